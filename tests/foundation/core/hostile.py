"""Files that mean harm, made when they are needed."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from PIL import Image


def picture(kind: str = "JPEG", size: tuple[int, int] = (60, 40)) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", size, (20, 90, 60))
    image.paste((255, 0, 0), (0, 0, size[0] // 3, size[1] // 3))
    image.save(out, kind)
    return out.getvalue()


def with_gps(orientation: int = 1) -> bytes:
    out = io.BytesIO()
    image = Image.open(io.BytesIO(picture("PNG")))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "Fotocamera"
    exif.get_ifd(0x8825).update({1: "N", 2: (44.0, 29.0, 0.0), 3: "E", 4: (11.0, 20.0, 0.0)})
    image.convert("RGB").save(out, "JPEG", quality=95, exif=exif)
    return out.getvalue()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *, body: bytes | None = None, depth: int = 1, colour: int = 0) -> bytes:
    """A PNG that says it is that large; its rows are all zeros, so it packs to almost nothing."""
    if body is None:
        packer = zlib.compressobj(9)
        row = b"\0" * (1 + -(-width * depth * (3 if colour == 2 else 1) // 8))
        parts = [packer.compress(row) for _ in range(height)]
        body = b"".join(parts) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def gif(width: int, height: int) -> bytes:
    return (
        b"GIF89a"
        + struct.pack("<HH", width, height)
        + b"\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0"
        + struct.pack("<HH", width, height)
        + b"\0\x02\x02D\x01\0;"
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'

PICTURES: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "svg": lambda: SVG,
    "svg with a declaration": lambda: b'<?xml version="1.0"?>' + SVG,
    "html": lambda: b"<!doctype html><script>alert(1)</script>",
    "script after a jpeg mark": lambda: b"\xff\xd8\xff" + b"<script>alert(1)</script>" * 20,
    "script after a gif mark": lambda: b"GIF89a/*" + b"a" * 100 + b"*/=1;alert(1)",
    "script after a png mark": lambda: b"\x89PNG\r\n\x1a\n<?php system(1); ?>",
    "script after a webp mark": lambda: b"RIFF\x24\0\0\0WEBPVP8 <script>" + b"0" * 60,
    "truncated jpeg": lambda: picture("JPEG", (800, 800))[:900],
    "truncated png": lambda: picture("PNG", (800, 800))[:120],
    "truncated webp": lambda: picture("WEBP", (800, 800))[:60],
    "png of 81 million pixels": lambda: png(9000, 9000),
    "png of 177 million pixels": lambda: png(13300, 13300),
    "png of 41 million pixels in colour": lambda: png(6500, 6400, depth=8, colour=2),
    "png one pixel high": lambda: png(2_000_000, 1, body=b""),
    "png that says it is huge": lambda: png(2**31 - 1, 2**31 - 1, body=b""),
    "png of no size": lambda: png(0, 0, body=b""),
    "png with rubbish inside": lambda: png(100, 100, body=b"rubbish"),
    "gif of 4 thousand million pixels": lambda: gif(65535, 65535),
    "tiff": lambda: picture("TIFF"),
    "bmp": lambda: picture("BMP"),
    "ico": lambda: picture("ICO"),
    "eps": lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    "playlist": lambda: b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/\n",
    "pdf": lambda: b"%PDF-1.7\n1 0 obj\n%%EOF\n",
    "zip": lambda: office({"a": b"b"}),
    "program": lambda: b"\x7fELF" + b"\0" * 100,
}

POLYGLOTS: dict[str, Callable[[], bytes]] = {
    "jpeg with a script behind": lambda: picture("JPEG") + b"<script>alert(1)</script>",
    "jpeg with a script in its comment": lambda: (
        picture("JPEG")[:2] + b"\xff\xfe\x00\x1b<script>alert(1)</script>"[:31] + picture("JPEG")[2:]
    ),
    "png with php behind": lambda: picture("PNG") + b"<?php system($_GET[0]); ?>",
    "gif with a script behind": lambda: picture("GIF") + b"<script>alert(1)</script>",
    "jpeg with a zip behind": lambda: picture("JPEG") + office({"a.js": b"alert(1)"}),
    "png with a pdf behind": lambda: picture("PNG") + b"%PDF-1.4 %%EOF",
}


def office(entries: dict[str, bytes], *, packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packed) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return out.getvalue()


def open_document(kind: str, **more: bytes) -> bytes:
    declared = f"application/vnd.oasis.opendocument.{kind}".encode()
    return office({"mimetype": declared, "content.xml": b"<x/>", **more})


def link() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("word/document.xml")
        entry.external_attr = 0o120777 << 16
        archive.writestr(entry, "/etc/passwd")
        archive.writestr("[Content_Types].xml", "<x/>")
    return out.getvalue()


def word(**more: bytes) -> dict[str, bytes]:
    return {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>", **more}


DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "pdf": lambda: b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n",
    "odt": lambda: open_document("text"),
    "ods": lambda: open_document("spreadsheet"),
    "odp": lambda: open_document("presentation"),
    "docx": lambda: office(word()),
    "xlsx": lambda: office({"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"<x/>"}),
    "pptx": lambda: office({"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"}),
    "csv": "età;città\n12;Forlì\n".encode,
    "txt": lambda: "Perché no?\n".encode("cp1252"),
}

BAD_DOCUMENTS: dict[str, tuple[Callable[[], bytes], str]] = {
    "html as text": (lambda: b"<html><script>alert(1)</script>", "a.txt"),
    "html behind a byte order mark": (lambda: b"\xef\xbb\xbf \n<!doctype html>", "a.csv"),
    "svg as text": (lambda: SVG, "a.txt"),
    "text of another ending": (lambda: b"words", "a.bat"),
    "binary as text": (lambda: b"a\0b", "a.txt"),
    "script": (lambda: b"#!/bin/sh\nrm -rf /\n", "a.txt"),
    "program": (lambda: b"MZ" + b"a" * 100, "a.csv"),
    "playlist": (lambda: b"#EXTM3U\nhttp://127.0.0.1/", "a.txt"),
    "rtf": (lambda: b"{\\rtf1 x}", "a.txt"),
    "html before a pdf": (lambda: b"<script>alert(1)</script>%PDF-1.4 %%EOF", "a.pdf"),
    "pdf cut off": (lambda: b"%PDF-1.7\n1 0 obj", "a.pdf"),
    "plain zip": (lambda: office({"a.txt": b"a"}), "a.docx"),
    "half a zip": (lambda: office(word())[:40], "a.docx"),
    "word with a macro": (lambda: office(word(**{"word/vbaProject.bin": b"x"})), "a.docx"),
    "document with a macro": (lambda: open_document("text", **{"Basic/Standard/a.xml": b"x"}), "a.odt"),
    "word that climbs": (lambda: office(word(**{"../../a": b"x"})), "a.docx"),
    "word with an absolute path": (lambda: office(word(**{"/etc/a": b"x"})), "a.docx"),
    "word with a link": (link, "a.docx"),
    "bomb": (lambda: office(word(**{"word/a.xml": b"0" * 40_000_000})), "a.docx"),
    "bomb of many": (lambda: office(word(**{f"word/{n}": b"" for n in range(1200)})), "a.docx"),
    "picture": (lambda: picture("PNG"), "a.pdf"),
    "empty": (lambda: b"", "a.pdf"),
}  # fmt: skip
