"""Names of places as people write them."""

import re
import unicodedata

# Words between the parts of a name, which people leave out: "Reggio Emilia", "S. Cesario sul Panaro".
PARTICLES = frozenset({
    "a", "ai", "al", "all", "alla", "alle", "d", "da", "dal", "dall", "dalla", "de", "dei", "del", "dell",
    "della", "delle", "di", "e", "in", "l", "la", "le", "lo", "nel", "nell", "nella", "su", "sul", "sull", "sulla",
})  # fmt: skip
_APOSTROPHES = re.compile("[\u2018\u2019\u02bc\u00b4`]")
_BETWEEN = re.compile(r"[^a-z0-9]+")


def fold(name: str) -> str:
    """Lower case without accents, apostrophes and signs: ``Forlì`` and ``FORLI'`` are both ``forli``."""
    # Typographic apostrophes part words like the plain one; left alone they would vanish with the accents.
    plain = _APOSTROPHES.sub("'", name).replace("ß", "ss")
    letters = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    return _BETWEEN.sub(" ", letters.lower()).strip()


def words(folded: str) -> list[str]:
    """The words of a folded name that carry meaning."""
    return [word for word in folded.split() if word not in PARTICLES] or folded.split()


def abbreviates(short: str, folded: str) -> bool:
    """Whether ``short``, folded, may stand for a name: ``s cesario s p`` for ``san cesario sul panaro``.

    Every word of the short form begins the word of the name in its place, with or without the particles,
    and at least one word is written out.
    """
    given = short.split()
    for whole in (folded.split(), words(folded)):
        for taken in (given, words(short)):
            written_out = any(len(word) > 2 and word in whole for word in taken)
            if len(taken) == len(whole) and written_out and all(map(str.startswith, whole, taken)):
                return True
    return False
