"""Sets one document: reads what is asked as JSON, writes the file. Nothing of the house is imported.

``{"template": Typst source, "data": JSON, "form": "pdf" | "png", "ppi": 144}``. Only the fonts that come with
the typesetter are used, so that a document looks the same wherever it is made.
"""

import json
import re
import sys
import unicodedata
from collections.abc import Mapping
from typing import Any

import typst

MOST_ROUNDS = 200
_MISSING = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPE = re.compile(r"\\u\{([0-9a-f]+)\}")
# What changes or joins others and is seen by nobody: it goes with the sign it belongs to.
_JOINERS = {"\u200d", "\ufe0e", "\ufe0f", "\u20e3"}


def spoken(sign: str) -> str:
    """A sign in words, where it is a picture; else the empty square that stands for a letter."""
    if unicodedata.category(sign) in {"So", "Sk", "Sm", "Sc"}:
        return f"[{unicodedata.name(sign, 'symbol').lower()}]"
    return "" if sign in _JOINERS or unicodedata.category(sign)[0] in "MC" else "\u25a1"


def alike(sign: str) -> set[int]:
    """The sign itself; outside of the alphabets of Europe, all those that stand beside it in the standard."""
    number = ord(sign)
    return set(range(number & ~127, (number | 127) + 1)) if number >= 0x0600 else {number}


def replaced(value: Any, table: Mapping[int, str]) -> Any:
    """The data with these signs in words."""
    if isinstance(value, str):
        return value.translate(table)
    if isinstance(value, list):
        return [replaced(each, table) for each in value]
    if isinstance(value, dict):
        return {key: replaced(each, table) for key, each in value.items()}
    return value


def cleaned(value: Any) -> Any:
    """Without signs that control a printer or turn the direction of the line."""
    if isinstance(value, str):
        return "".join(sign for sign in value if not _is_unseen(sign))
    if isinstance(value, list):
        return [cleaned(each) for each in value]
    if isinstance(value, dict):
        return {key: cleaned(each) for key, each in value.items()}
    return value


def _is_unseen(sign: str) -> bool:
    return sign not in "\n\t\u200d" and unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co"}


def compiled(template: str, data: Any, form: str, ppi: int) -> bytes:
    """The file; :class:`typst.TypstError` where the template is wrong."""
    source, inputs = template.encode(), {"data": json.dumps(data)}
    if form == "pdf":
        return typst.compile(
            source, format="pdf", sys_inputs=inputs, ignore_system_fonts=True, pdf_standards=["ua-1"]
        )
    return typst.compile(source, format="png", sys_inputs=inputs, ignore_system_fonts=True, ppi=float(ppi))


def printable(template: str, data: Any) -> Any:
    """The data with every sign that no font has in words; the accessible form alone says which those are."""
    for _round in range(MOST_ROUNDS):
        try:
            compiled(template, data, "pdf", 0)
        except typst.TypstError as wrong:
            found = _MISSING.findall(str(wrong))
            if not found:
                raise
            signs = "".join(_ESCAPE.sub(lambda code: chr(int(code[1], 16)), text) for text in found)
            data = replaced(data, _words_for(signs) or _Marks())
        else:
            return data
    return data


def _words_for(signs: str) -> dict[int, str]:
    numbers = {number for sign in signs if ord(sign) > 127 for number in alike(sign)}
    return {number: spoken(chr(number)) for number in numbers}


class _Marks(dict[int, str]):
    """Takes away what is set upon plain letters and figures, which every font has."""

    def __missing__(self, number: int) -> str:
        sign = chr(number)
        return "" if sign in _JOINERS or unicodedata.category(sign)[0] == "M" else sign


def main() -> None:
    """What is asked comes on the standard input, the file goes to the standard output."""
    asked = json.load(sys.stdin)
    data = printable(asked["template"], cleaned(asked["data"]))
    sys.stdout.buffer.write(compiled(asked["template"], data, asked["form"], asked["ppi"]))


if __name__ == "__main__":
    main()
