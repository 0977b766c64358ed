"""Names of places as people write them."""

from cantiere.engine.words import words

# Words between the parts of a name, which people leave out: "Reggio Emilia", "S. Cesario sul Panaro".
PARTICLES = frozenset({
    "a", "ai", "al", "all", "alla", "alle", "d", "da", "dal", "dall", "dalla", "de", "dei", "del", "dell",
    "della", "delle", "di", "e", "in", "l", "la", "le", "lo", "nel", "nell", "nella", "su", "sul", "sull",
    "sulla",
})  # fmt: skip


def fold(name: str) -> str:
    """The words of a name in small letters without accents: ``Forlì`` and ``FORLI'`` are both ``forli``."""
    return " ".join(words(name))


def telling(folded: str) -> list[str]:
    """The words of a folded name that carry meaning."""
    return [word for word in folded.split() if word not in PARTICLES] or folded.split()


def abbreviates(short: str, folded: str) -> bool:
    """Whether ``short``, folded, may stand for a name: ``s cesario s p`` for ``san cesario sul panaro``.

    Every word of the short form begins the word of the name in its place, with or without the particles,
    and at least one word is written out.
    """
    given = short.split()
    for whole in (folded.split(), telling(folded)):
        for taken in (given, telling(short)):
            written_out = any(len(word) > 2 and word in whole for word in taken)
            if len(taken) == len(whole) and written_out and all(map(str.startswith, whole, taken)):
                return True
    return False
