"""Words as people write them: accents, capitals, apostrophes and endings do not matter.

Stems are those of Snowball for Italian, after a few rules of our own that bring together what the
algorithm keeps apart (``laboratorio`` and ``laboratori``, ``quartiere`` and ``quartieri``, ``anziano``
and ``anziani``).
"""

import re
import threading
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

import snowballstemmer
from rapidfuzz.distance import OSA

# Too common to tell one text from another.
_COMMON = """
a ad agli ai al alla alle allo anche che chi ci coi col come con cui da dagli dai dal dalla dalle dallo
degli dei del della delle dello di dove e ed era gli ha hai hanno ho i il in io l la le lo loro ma mi ne
negli nei nel nella nelle nello noi non o per piu quale quali quando quella quelle quelli quello questa
queste questi questo se si sia sono su sua sue sugli sui sul sulla sulle sullo suo suoi ti tra fra tu tua
tuo un una uno vi voi
all dall dell nell sull coll un quell quest c d s
the of and to for
"""
STOP_WORDS = frozenset(_COMMON.split())
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘‛ʼʹ′`´＇", "'"))
_WORD = re.compile(r"[^\W_]+")
_WRITTEN = re.compile(r"(?:[^\W_][\u0300-\u036f]*)+")
_SHORT = 4

_stemmers = threading.local()  # a Snowball stemmer keeps its word in itself


def _marks_off(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


def fold(text: str) -> str:
    """Without accents, capitals and fancy apostrophes, spaces made single; folding twice changes nothing."""
    # The typographic apostrophes first: some would decompose into a space.
    folded = _marks_off(text.translate(_APOSTROPHES).casefold())
    folded = _marks_off(folded.translate(_APOSTROPHES).casefold())
    return " ".join(folded.translate(_APOSTROPHES).split())


def words(text: str) -> list[str]:
    """The words of a text in order, folded; an apostrophe ends a word."""
    return _WORD.findall(fold(text))


def telling(text: str) -> list[str]:
    """The words that tell something, each once, in order: no stop words, no single letters."""
    found = (word for word in words(text) if word not in STOP_WORDS)
    return list(dict.fromkeys(word for word in found if len(word) > 1 or word.isdigit()))


def spellings(text: str) -> dict[str, str]:
    """The telling words of a text, folded, each with how it was first written (in small letters)."""
    written: dict[str, str] = {}
    for found in _WRITTEN.findall(text):
        if len(folded := telling(found)) == 1:
            written.setdefault(folded[0], unicodedata.normalize("NFC", found).lower())
    return written


def asked(query: str, limit: int = 8) -> list[str]:
    """The words to look for, at most ``limit``; a question made only of common words keeps them."""
    return (telling(query) or list(dict.fromkeys(words(query))))[:limit]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The root that the forms of a folded Italian word share."""
    if len(word) > _SHORT:
        word = re.sub(r"io$", "i", word)
        word = re.sub(r"iere$", "ieri", word)
        word = re.sub(r"an[aeo]$", "ani", word)
    try:
        stemmer = _stemmers.italian
    except AttributeError:
        stemmer = _stemmers.italian = snowballstemmer.stemmer("italian")
    root = str(stemmer.stemWord(word))
    return re.sub(r"(?<=...)[aeio]$", "", root) if root == word else root


def shared_beginning(one: str, other: str) -> str:
    """The signs that two words begin with alike."""
    length = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    return one[: min(len(one), len(other)) if length is None else length]


def trigrams(word: str) -> list[str]:
    """The runs of three signs of a word, its beginning counted twice (it is seldom misspelt), each once."""
    padded = f"  {word} "
    return list(dict.fromkeys(padded[start : start + 3] for start in range(len(padded) - 2)))


def matches(word: str, token: str) -> bool:
    """Whether a folded word begins with what was asked, or is another form of it."""
    return word.startswith(token) or stem(word) == stem(token)


def slips(word: str) -> int:
    """How many slips of the pen are forgiven in a word of this length: 0, 1 or 2."""
    return 0 if len(word) < _SHORT or word.isdigit() else 1 if len(word) < 7 else 2


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate with the fewest slips, first letter kept where possible; ``None`` when all are far.

    Of equals the one that came first: whoever asks gives the likelier ones first.
    """
    allowed = slips(word)
    found = [
        (slip, candidate[:1] != word[:1], place, candidate)
        for place, candidate in enumerate(candidates)
        if (slip := OSA.distance(word, candidate, score_cutoff=allowed)) <= allowed
    ]
    return min(found)[-1] if found and allowed else None


def mark(text: str, tokens: Collection[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is a found word; the pieces joined are the text."""
    pieces: list[tuple[str, bool]] = []
    since = 0
    for start, end in _found(text, tokens):
        if start > since:
            pieces.append((text[since:start], False))
        pieces.append((text[start:end], True))
        since = end
    if since < len(text):
        pieces.append((text[since:], False))
    return pieces


def excerpt(text: str, tokens: Collection[str], length: int = 200) -> list[tuple[str, bool]]:
    """About ``length`` signs around the first found word, in marked pieces; an ellipsis where it was cut."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    if len(text) <= length:
        return mark(text, tokens)
    first = next((start for start, _ in _found(text, tokens)), 0)
    start = _word_start(text, max(0, min(first - length // 3, len(text) - length)))
    end = start + length
    if end < len(text):
        space = text.rfind(" ", start + length // 2, end)
        end = space if space >= 0 else end
    cut = ("… " if start else "", text[start:end].strip(), " …" if end < len(text) else "")
    return mark("".join(cut), tokens)


def _word_start(text: str, at: int) -> int:
    """The beginning of the next word; a text without spaces is cut where asked."""
    space = text.find(" ", at, at + 40) if at else -1
    return space + 1 if space >= 0 else at


def _found(text: str, tokens: Collection[str]) -> Iterator[tuple[int, int]]:
    if not tokens:
        return
    for found in _WRITTEN.finditer(text):
        if any(matches(word, token) for word in words(found.group()) for token in tokens):
            yield found.span()


def roots(found: Sequence[str]) -> list[str]:
    """The stems of some words, each once."""
    return list(dict.fromkeys(stem(word) for word in found))
