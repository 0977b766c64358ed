"""How easy an Italian text is to read.

Source: P. Lucisano, M. E. Piemontese, «GULPEASE: una formula per la predizione della difficoltà dei testi
in lingua italiana», Scuola e città, 3, 1988.
"""

import re

_LETTER = re.compile(r"[^\W_]")
_WORD = re.compile(r"[^\W_]+")
_END = re.compile(r"[.!?…]+(?=\s|$|[»”\"')])|\n\s*\n|;(?=\s)")


def gulpease(text: str) -> float:
    """The Gulpease index, from 0 (very hard) to 100 (very easy): 89 + (300 sentences − 10 letters) / words.

    Blank lines end a sentence as well, so that headings and list entries count; a text without words is 100.
    """
    words = len(_WORD.findall(text))
    if not words:
        return 100.0
    letters = len(_LETTER.findall(text))
    sentences = sum(1 for part in _END.split(text) if _WORD.search(part))
    return max(0.0, min(100.0, 89 + (300 * sentences - 10 * letters) / words))
