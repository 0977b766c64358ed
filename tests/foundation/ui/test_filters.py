"""Filters: the address is the state, one state has one address, and a mistake takes nothing else away."""

import datetime as dt

import pytest
from django import forms
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from cantiere.foundation.ui.filters import FilterForm

THEMES = [("ambiente", "Ambiente"), ("welfare", "Welfare"), ("scuola", "Scuola")]
BEGUN = [("", "Sempre"), ("2019", "2019"), ("2020", "2020")]


class Sample(FilterForm):
    parameters = {
        "themes": "tema",
        "since": "dal",
        "order": "ordine",
        "emergency": "emergenza",
        "year": "anno",
    }
    words = {"themes": "sul tema %(value)s", "since": "dal %(value)s"}
    quiet = ("order",)

    q = forms.CharField(label="Parole", max_length=50)
    themes = forms.MultipleChoiceField(label="Tema", choices=THEMES)
    year = forms.ChoiceField(label="Anno", choices=BEGUN)
    since = forms.DateField(label="Dal giorno")
    emergency = forms.BooleanField(label="nati durante l'emergenza")
    order = forms.ChoiceField(
        label="Ordine", choices=[("recenti", "Recenti"), ("nome", "Nome")], initial="recenti"
    )


def asked(query):
    return Sample(QueryDict(query))


def test_nothing_asked_is_everything():
    form = asked("")
    assert (form.chips, form.active, form.query(), form.mistakes) == ([], 0, "", [])
    assert form.chosen["themes"] == []
    assert form.chosen["order"] == "recenti"
    assert form["order"].value() == "recenti"


def test_chips_read_on_from_the_count_and_each_takes_one_thing_away():
    form = asked("q=bosco&tema=welfare&tema=ambiente&emergenza=1&dal=2020-03-09&anno=2020")
    assert [chip.words for chip in form.chips] == [
        "con le parole «bosco»",
        "sul tema Welfare",
        "sul tema Ambiente",
        "Anno: 2020",
        "dal lunedì 9 marzo 2020",
        "nati durante l'emergenza",
    ]
    by_words = {chip.words: chip.query for chip in form.chips}
    assert by_words["sul tema Welfare"] == "q=bosco&tema=ambiente&anno=2020&dal=2020-03-09&emergenza=1"
    assert (
        by_words["nati durante l'emergenza"] == "q=bosco&tema=ambiente&tema=welfare&anno=2020&dal=2020-03-09"
    )
    assert (form.active, form.folded_active) == (6, 5)


@pytest.mark.parametrize(
    "query",
    [
        "tema=welfare&tema=ambiente&q=bosco",
        "q=+bosco&tema=ambiente&tema=welfare&tema=welfare&ordine=recenti&utm=x&dal=",
    ],
)
def test_one_state_has_one_address(query):
    assert asked(query).query() == "q=bosco&tema=ambiente&tema=welfare"


def test_changes_are_put_into_the_address_or_taken_out():
    form = asked("q=bosco&ordine=nome")
    assert (
        form.query(themes=["scuola"], since=dt.date(2021, 1, 2))
        == "q=bosco&tema=scuola&dal=2021-01-02&ordine=nome"
    )
    assert form.query(q=None) == "ordine=nome"
    assert form.cleared == "ordine=nome"
    with pytest.raises(KeyError):
        form.query(tema="scuola")


def test_what_is_wrong_is_told_and_the_rest_applies():
    form = asked("q=" + "x" * 51 + "&tema=ambiente&tema=magia&anno=1066&dal=ieri&emergenza=1&ordine=caso")
    assert form.chosen["themes"] == ["ambiente"]
    assert form.chosen["emergency"] is True
    assert (form.chosen["q"], form.chosen["since"], form.chosen["order"]) == ("", None, "recenti")
    assert form.query() == "tema=ambiente&emergenza=1"
    assert [told.split(":")[0] for told in form.mistakes] == [
        "Parole",
        "Tema",
        "Anno",
        "Dal giorno",
        "Ordine",
    ]


@given(
    st.lists(
        st.tuples(st.sampled_from(["q", "tema", "anno", "dal", "emergenza", "ordine", "altro"]), st.text()),
        max_size=8,
    )
)
def test_no_address_breaks_it_and_its_own_address_says_the_same(pairs):
    given_words = QueryDict(mutable=True)
    for name, value in pairs:
        given_words.appendlist(name, value)
    form = Sample(given_words)
    again = asked(form.query())
    assert again.mistakes == []
    assert again.query() == form.query()
    assert [chip.words for chip in again.chips] == [chip.words for chip in asked(again.query()).chips]


def test_of_many_fields_five_stand_in_the_row_and_hidden_ones_nowhere():
    names = [f"f{n}" for n in range(9)]
    fields = {name: forms.CharField() for name in names} | {"here": forms.CharField(widget=forms.HiddenInput)}
    form = type("Many", (FilterForm,), fields)(QueryDict("f7=x&f1=y&here=z"))
    assert [field.name for field in form.folded_fields] == names[:5]
    assert [field.name for field in form.further_fields] == names[5:]
    assert (form.active, form.folded_active, form.further_active) == (3, 3, 1)
    assert asked("").further_fields == []
