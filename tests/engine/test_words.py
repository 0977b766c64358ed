"""Folding, stems, slips of the pen, excerpts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantiere.engine.words import (
    asked,
    excerpt,
    fold,
    mark,
    matches,
    nearest,
    roots,
    shared_beginning,
    spellings,
    stem,
    telling,
    trigrams,
    words,
)

ITALIAN = st.text(alphabet="abcdefghilmnopqrstuvzàèéìòù'’ -.,", max_size=60)


@given(st.text(max_size=80))
def test_fold_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=80))
def test_words_of_folded_text_are_the_same(text: str) -> None:
    assert words(fold(text)) == words(text)


@given(ITALIAN)
def test_fold_ignores_case_accents_and_apostrophes(text: str) -> None:
    bare = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    assert {
        fold(text.upper()),
        fold(bare),
        fold(text.replace("'", "’")),
        fold(unicodedata.normalize("NFD", text)),
    } == {fold(text)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("perché", "PERCHE"),
        ("Città", "citta'"),
        ("l’innovazione", "L'INNOVAZIONE"),
        ("Forlì–Cesena", "forli cesena"),
        ("naïve", "naive"),
        ("Straße", "strasse"),
        ("ﬁnanza", "finanza"),
    ],
)
def test_words_are_the_same_however_written(one: str, other: str) -> None:
    assert words(one) == words(other)


def test_telling_leaves_out_common_words_and_elided_articles() -> None:
    assert telling("Che cosa è l'innovazione della città, e perché dell’innovazione?") == [
        "cosa",
        "innovazione",
        "citta",
        "perche",
    ]


def test_spellings_remember_how_a_word_was_written() -> None:
    assert spellings("La Città e l’ATTIVITA\u0300 della citta: x 7") == {
        "citta": "città",
        "attivita": "attività",
        "7": "7",
    }


def test_asked_keeps_a_question_of_common_words_only() -> None:
    assert asked("che non") == ["che", "non"]
    assert asked("l'") == ["l"]
    assert asked(" !? ") == []
    assert asked("uno2 due3 tre4", limit=2) == ["uno2", "due3"]


@pytest.mark.parametrize(
    "forms",
    [
        "laboratorio laboratori",
        "quartiere quartieri",
        "anziano anziani anziana anziane",
        "servizio servizi",
        "bosco boschi",
        "innovatore innovatori innovatrice innovatrici",
        "partecipare partecipazione",
        "biblioteca biblioteche",
        "acqua acque",
        "rete reti",
    ],
)
def test_stem_is_shared_by_forms(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


def test_stem_keeps_different_words_apart() -> None:
    assert roots(["zio", "casa", "case", "castello", "2030", "bosco"]) == [
        "zio",
        "cas",
        "castell",
        "2030",
        "bosc",
    ]


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("boschi", "bosc", "bosc"),
        ("bosc", "boschi", "bosc"),
        ("esperienza", "esperient", "esperien"),
        ("a", "b", ""),
        ("a", "", ""),
    ],
)
def test_shared_beginning(one: str, other: str, shared: str) -> None:
    assert shared_beginning(one, other) == shared


def test_trigrams_cover_both_ends() -> None:
    assert trigrams("casa") == ["  c", " ca", "cas", "asa", "sa "]
    assert trigrams("") == ["   "]


@given(st.text(alphabet="abc", min_size=1, max_size=12))
def test_trigrams_of_a_beginning_are_in_the_whole_word(word: str) -> None:
    assert set(trigrams(word)[:-1]) <= set(trigrams(f"{word}zzz"))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("labboratorio", "laboratorio"),
        ("laboraotrio", "laboratorio"),
        ("inovazione", "innovazione"),
        ("bosko", "bosco"),
        ("parco", "parco"),
        ("pa", None),
        ("2031", None),
        ("xilofono", None),
    ],
)
def test_nearest_forgives_a_few_slips(written: str, meant: str | None) -> None:
    assert nearest(written, ["bosco", "innovazione", "laboratorio", "parco", "2030", "po"]) == meant


def test_nearest_prefers_the_same_first_letter_then_what_was_given_first() -> None:
    assert nearest("mosta", ["posta", "mosto"]) == "mosto"
    assert nearest("appertta", ["aperta", "aspetta"]) == "aperta"
    assert nearest("appertta", ["aspetta", "aperta"]) == "aspetta"


def test_matches_beginnings_and_other_forms() -> None:
    assert [matches(word, "laboratori") for word in ("laboratorio", "laboratoriale", "labor", "lavoro")] == [
        True,
        True,
        True,
        False,
    ]


@given(ITALIAN, st.lists(st.sampled_from(["ab", "citta", "e", "in"]), max_size=3))
def test_mark_loses_nothing(text: str, tokens: list[str]) -> None:
    assert "".join(piece for piece, _ in mark(text, tokens)) == text


def test_mark_finds_accents_and_forms() -> None:
    assert mark("Le città, l’Innovazione e <b>", ["citta", "innovazioni"]) == [
        ("Le ", False),
        ("città", True),
        (", l’", False),
        ("Innovazione", True),
        (" e <b>", False),
    ]
    assert mark("perche\u0301 no", ["perche"]) == [("perche\u0301", True), (" no", False)]
    assert mark("", ["a"]) == []


def test_excerpt_stands_around_the_first_found_word() -> None:
    text = "inizio " * 60 + "il laboratorio di quartiere " + "fine " * 60
    pieces = excerpt(text, ["laboratori"], length=80)
    whole = "".join(piece for piece, _ in pieces)
    assert ("laboratorio", True) in pieces
    assert whole.startswith("… inizio")
    assert whole.endswith("fine …")
    assert len(whole) <= 84


def test_excerpt_of_an_end_has_no_ellipsis_after_it() -> None:
    whole = "".join(piece for piece, _ in excerpt("inizio " * 60 + "bosco", ["bosco"], length=80))
    assert (whole[:9], whole[-12:]) == ("… inizio ", "inizio bosco")


def test_excerpt_of_a_short_text_is_the_text() -> None:
    assert excerpt("Un  bosco\nnuovo", ["bosco"]) == [("Un ", False), ("bosco", True), (" nuovo", False)]


@given(st.text(max_size=400), st.sampled_from([["a"], ["citta"], []]))
def test_excerpt_is_never_much_longer_than_asked(text: str, tokens: list[str]) -> None:
    assert sum(len(piece) for piece, _ in excerpt(text, tokens, length=60)) <= 60 + 4
