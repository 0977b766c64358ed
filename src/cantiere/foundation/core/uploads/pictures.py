"""Pictures: recognised by content, decoded and made anew in a child process, stored without metadata."""

import secrets

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

from cantiere.foundation.core import bound, child
from cantiere.foundation.core.uploads import recode
from cantiere.foundation.core.uploads.files import Cleaned, display_name, read_within

MOST_BYTES = 8_000_000
_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")


def clean_picture(file: "File[bytes]") -> Cleaned:
    """A picture made anew as WebP, at most 1600 pixels on its longer side, upright, no metadata.

    :class:`ValidationError` with words for whoever sent it: too large, not a picture, too many pixels.
    """
    content = read_within(file, MOST_BYTES)
    webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    if not (webp or content.startswith(_BEGINNINGS)):
        raise ValidationError(_("This is not a picture we can show. Use JPEG, PNG, WebP or GIF."))
    cleaned = Cleaned(_in_a_child(content), name=f"{secrets.token_hex(16)}.webp")
    cleaned.shown = display_name(file.name or "")
    return cleaned


def _in_a_child(content: bytes) -> bytes:
    try:
        made = child.run(recode.__file__, content)
    except child.TooHeavyError as heavy:
        raise ValidationError(_too_heavy()) from heavy
    except child.RefusedError as refused:
        if refused.code == recode.TOO_MANY_PIXELS:
            most = recode.MOST_PIXELS // 1_000_000
            raise ValidationError(
                _("The picture is too large: at most %(most)s million pixels. Make it smaller and try again.")
                % {"most": most}
            ) from refused
        if refused.code == bound.BROKEN:
            raise ValidationError(_("The picture is damaged. Save it again and try once more.")) from refused
        raise ValidationError(_too_heavy()) from refused
    if not made:
        raise ValidationError(_too_heavy())
    return made


def _too_heavy() -> str:
    return _("This picture is too heavy to be read. Save it again in a smaller size.")
