"""Tables that go wrong, made when they are needed."""

import io
import struct
import zipfile

import xlsxwriter


def xlsx(rows, **options):
    """A workbook; every string as a string."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, **options})
    sheet = book.add_worksheet("Foglio1")
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if cell is not None:
                sheet.write(row, column, cell)
    book.close()
    return out.getvalue()


def repacked(content, **parts):
    """A workbook with some of its parts (dots for slashes and endings) put in place of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(
                entry.filename, parts.get(entry.filename.rpartition("/")[2].split(".")[0], old.read(entry))
            )
    return out.getvalue()


def bomb():
    """Two hundred megabytes that are nothing but spaces."""
    return repacked(xlsx([["a"], ["b"]]), sheet1=b" " * 200_000_000)


def lying_bomb():
    """A bomb whose directory says it is small."""
    packed = bytearray(repacked(xlsx([["a"], ["b"]]), sheet1=b"<worksheet>" + b" " * 300_000_000))
    true = struct.pack("<I", 300_000_011)
    while (at := packed.find(true)) >= 0:
        packed[at : at + 4] = struct.pack("<I", 1000)
    return bytes(packed)


def laughs():
    """A billion of them, if somebody expands entities."""
    entities = "".join(
        f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 100}">' for n in range(10)
    )  # fmt: skip
    strings = f'<?xml version="1.0"?><!DOCTYPE sst [{entities}]><sst count="1" uniqueCount="1"><si><t>&l9;</t></si></sst>'
    return repacked(xlsx([["a"], ["b"]]), sharedStrings=strings.encode())


def shared_giant():
    """One long string that a hundred thousand cells refer to."""
    cells = "".join(f'<row r="{r}">' + '<c t="s"><v>0</v></c>' * 100 + "</row>" for r in range(1, 10_001))
    sheet = f'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>'
    strings = f'<?xml version="1.0"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>{"x" * 19_000}</t></si></sst>'
    return repacked(xlsx([["a"], ["b"]]), sheet1=sheet.encode(), sharedStrings=strings.encode())


def far_cell():
    """Two cells, one of them in the last row and column a sheet has."""
    sheet = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData></worksheet>'
    return repacked(xlsx([["a"], ["b"]]), sheet1=sheet.encode())


def encrypted():
    """What Excel makes of a workbook with a password, as far as anybody can see from outside."""
    return compound({"EncryptedPackage": b"\x93" * 5000, "EncryptionInfo": b"\x04\0\x04\0" + b"\0" * 5000})


def xls(rows):
    """A workbook of Excel 97: strings and numbers."""

    def record(kind, data=b""):
        return struct.pack("<HH", kind, len(data)) + data

    def bof(kind):
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))

    body = bof(0x0010)
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(cell, str):
                words = cell.encode("utf-16-le")
                body += record(0x0204, place + struct.pack("<HB", len(words) // 2, 1) + words)
            else:
                body += record(0x0203, place + struct.pack("<d", cell))
    body += record(0x000A)
    name = b"Foglio1"
    start = len(bof(5)) + 4 + 8 + len(name) + 4 + 6
    book = bof(0x0005) + record(0x0042, struct.pack("<H", 1200))
    book += record(0x0085, struct.pack("<IBBBB", start, 0, 0, len(name), 0) + name) + record(0x000A)
    return compound({"Workbook": (book + body).ljust(4096, b"\0")})


def compound(streams):
    """The container of old office files, each stream of at least 4096 bytes."""
    sectors, table, entries = [], [], []
    for name, data in streams.items():
        first = len(sectors)
        pieces = [data[at : at + 512].ljust(512, b"\0") for at in range(0, len(data), 512)]
        sectors += pieces
        table += [*range(first + 1, first + len(pieces)), 0xFFFFFFFE]
        entries.append((name, 2, first, len(data)))
    directory = len(sectors)
    rows = [("Root Entry", 5, 0xFFFFFFFE, 0), *entries]
    packed = b""
    for number in range(4):
        name, kind, first, size = rows[number] if number < len(rows) else ("", 0, 0, 0)
        words = name.encode("utf-16-le").ljust(64, b"\0")
        length = len(name) * 2 + 2 if name else 0
        right = number + 1 if 0 < number < len(rows) - 1 else 0xFFFFFFFF
        child = 1 if kind == 5 else 0xFFFFFFFF
        packed += words + struct.pack("<HBBIII", length, kind, 1, 0xFFFFFFFF, right, child)
        packed += b"\0" * 36 + struct.pack("<IQ", first, size)
    sectors.append(packed)
    table.append(0xFFFFFFFE)
    fat = len(sectors)
    table.append(0xFFFFFFFD)
    sectors.append(struct.pack("<128I", *(table + [0xFFFFFFFF] * (128 - len(table)))))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, directory, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<109I", fat, *[0xFFFFFFFF] * 108)
    return header + b"".join(sectors)
