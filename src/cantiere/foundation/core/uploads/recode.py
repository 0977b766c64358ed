"""Makes a picture anew, in a process of its own that may use little memory and time.

Run as a script by ``core.child``: a picture on standard input, WebP on standard output; the exit code says
what was wrong. Nothing of the rest is imported, so that a hostile file meets as little as possible.
"""

import io
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

LONGEST_SIDE = 1600
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")

TOO_MANY_PIXELS = 11


def recode(content: bytes, longest: int = LONGEST_SIDE) -> bytes:
    """The picture upright, no larger than asked, without metadata."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # counted here, as an error and before decoding
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS or max(picture.size) > 30_000:
            sys.exit(TOO_MANY_PIXELS)
        orientation = picture.getexif().get(0x0112, 1)
        picture.draft("RGB", (longest * 2, longest * 2))
        picture.load()
        small = _colours(picture)
        small.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    fresh = Image.new(small.mode, small.size)
    fresh.paste(small)
    if orientation != 1:
        exif = Image.Exif()
        exif[0x0112] = orientation
        fresh.info["exif"] = exif.tobytes()
        fresh = ImageOps.exif_transpose(fresh)
    out = io.BytesIO()
    fresh.save(out, "WEBP", quality=82, method=4, exif=b"", icc_profile=None, xmp=b"")
    return out.getvalue()


def _colours(picture: "Picture") -> "Picture":
    """RGB or RGBA in the colours of the web."""
    from PIL import ImageCms

    wanted = "RGBA" if picture.has_transparency_data else "RGB"
    profile = picture.info.get("icc_profile")
    if (
        profile
        and picture.mode in {"RGB", "RGBA", "CMYK"}
        and not (picture.mode == "CMYK" and wanted == "RGBA")
    ):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            web = ImageCms.createProfile("sRGB")
            converted = ImageCms.profileToProfile(picture, source, web, outputMode=wanted)
        except (ImageCms.PyCMSError, ValueError, OSError):
            converted = None
        if converted is not None:
            return converted
    return picture.convert(wanted)


if __name__ == "__main__":
    sys.stdout.buffer.write(recode(sys.stdin.buffer.read()))
