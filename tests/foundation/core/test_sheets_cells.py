"""Cells as people write them become values, or errors that say how to mend them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from cantiere.foundation.core.sheets import cells
from cantiere.foundation.core.sheets.writing import text

THEMES = [("welfare", "Welfare"), ("info", "Società dell'informazione"), ("economy", "Sviluppo economico")]
CHOICE = cells.Choice(THEMES, also={"sociale": "welfare"})
ANSWERS = cells.yes_no([("yes", "Sì"), ("no", "No"), ("unstated", "Non indicato")], yes="yes", no="no")


@pytest.mark.parametrize(
    "written",
    [
        "12/06/2020", "12.6.20", "12-6-2020", "12 6 2020", "2020-06-12", "2020-06-12T15:30:00Z", "12/06/2020 15:30",
        "12 giugno 2020", "12 GIU 2020", "12-giu-20", "venerdì 12 giugno 2020", "ven. 12/06/2020", "43994", "43994,5",
        " 12/06/2020 ", "2020/6/12",
    ],
)  # fmt: skip
def test_days(written):
    assert cells.Day().read(written) == date(2020, 6, 12)


def test_the_first_of_a_month_and_a_month_alone():
    assert cells.Day().read("1° marzo 1998") == date(1998, 3, 1)
    for written in ("giugno 2020", "giu. 2020", "Giu 2020", "06/2020", "6-2020"):
        assert cells.Day(months=True).read(written) == date(2020, 6, 1)
        with pytest.raises(ValidationError):
            cells.Day().read(written)


@pytest.mark.parametrize(
    "written",
    [
        "31/02/2020",
        "06/25/2020",
        "12/06",
        "ieri",
        "2020",
        "99999",
        "0",
        "1/1/1/1",
        "12/06/20201",
        "12 foo 2020",
    ],
)
def test_what_is_no_day_is_refused_with_an_example(written):
    with pytest.raises(ValidationError, match="12/06/2020"):
        cells.Day().read(written)


@pytest.mark.parametrize("written", ["", " ", "-", "n.d.", "N.D.", "n/a", "non indicato", "—"])
def test_nothing_is_nothing(written):
    assert cells.Day().read(written) is None
    assert cells.Number().read(written) is None
    assert CHOICE.read(written) == ""
    assert ANSWERS.read(written) == ("unstated" if written == "non indicato" else "")
    assert cells.Choices(CHOICE).read(written) == []
    assert cells.Address().read(written) == "" == cells.Email().read(written)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.234,56", "1234.56"), ("€ 15.000", "15000"), ("15.000 €", "15000"), ("15000 euro", "15000"), ("1234,5", "1234.5"),
        ("1234.5", "1234.5"), ("1,234.56", "1234.56"), ("1'234", "1234"), ("1 234,56", "1234.56"), ("1.000.000", "1000000"),
        ("0,10", "0.1"), ("EUR 12", "12"), ("15.000,00", "15000"), ("12,-", "12"), ("+5", "5"),
    ],
)  # fmt: skip
def test_amounts(written, value):
    assert cells.Number(places=2).read(written) == Decimal(value)


@pytest.mark.parametrize(
    "written", ["circa 100", "12,345", "1.23.4", "-1", "9" * 16, "1e5", "٣", "NaN", "12-15", "²", "1..2"]
)
def test_what_is_no_amount_is_refused(written):
    with pytest.raises(ValidationError):
        cells.Number(places=2).read(written)


def test_whole_numbers_and_shares():
    assert cells.Number().read("1.200") == 1200
    assert isinstance(cells.Number().read("12"), int)
    with pytest.raises(ValidationError, match="0"):
        cells.Number().read("12,5")
    share = cells.Number(places=2, most=100, signs="%")
    assert share.read("80%") == 80
    with pytest.raises(ValidationError, match="100"):
        share.read("101")


@pytest.mark.parametrize(
    "written",
    ["info", "Società dell'informazione", "SOCIETA’  DELL’INFORMAZIONE", "societa dell'informazione "],
)
def test_choices_by_code_or_label_without_accents(written):
    assert CHOICE.read(written) == "info"


def test_other_names_and_unknown_ones():
    assert CHOICE.read("Sociale") == "welfare"
    with pytest.raises(ValidationError, match="Sviluppo economico"):
        CHOICE.read("<script>alert(1)</script>" * 50)


@pytest.mark.parametrize(
    "written",
    ["Welfare; economy", "economy|welfare", "Sviluppo economico\nWelfare", "welfare, sviluppo economico"],
)
def test_several_choices(written):
    assert cells.Choices(CHOICE).read(written) == ["welfare", "economy"]


def test_not_stated_is_an_answer_where_it_can_be_chosen_and_comes_back():
    assert ANSWERS.read("Non indicato") == "unstated" == ANSWERS.read(str(ANSWERS.write("unstated")))
    assert CHOICE.read("Non indicato") == "" == CHOICE.write("")


def test_yes_and_no():
    assert {ANSWERS.read(word) for word in ("sì", "SI", "x", "Si'"[:2], "VERO", "1")} == {"yes"}
    assert {ANSWERS.read(word) for word in ("no", "NO", "FALSO", "0")} == {"no"}
    with pytest.raises(ValidationError):
        ANSWERS.read("forse")


def test_addresses():
    assert cells.Address().read("www.comune.it/pagina") == "https://www.comune.it/pagina"
    assert cells.Email().read("mailto:info@comune.it") == "info@comune.it"
    for bad in ("javascript:alert(1)", "non so", "ftp://x.it", "http://"):
        with pytest.raises(ValidationError):
            cells.Address().read(bad)
    for bad in ("a@b", "info", "a@b.it c@d.it"):
        with pytest.raises(ValidationError):
            cells.Email().read(bad)


def test_text_says_how_much_too_long_it_is():
    with pytest.raises(ValidationError, match="11"):
        cells.Text(10).read("x" * 11)
    assert cells.Text(50).read(" due\n righe ") == "due righe"
    assert cells.Text(50, lines=True).read("due\n righe") == "due\n righe"


names = st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=1).filter(
    lambda name: not cells.is_nothing(name)
)


@given(st.lists(names | st.just("A; B"), unique=True, max_size=5))
def test_several_names_come_back_even_with_semicolons(values):
    several = cells.Several(lambda part: part)
    assert several.read(str(several.write(values))) == values


@given(st.dates(), st.decimals(0, 2_000_000_000, places=2), st.integers(0, 2_000_000_000))
def test_what_is_written_reads_as_the_same(day, amount, number):
    assert cells.Day().read(text(cells.Day().write(day))) == day
    assert cells.Number(places=2).read(text(amount)) == amount
    assert cells.Number().read(text(number)) == number


@given(st.text())
def test_nothing_that_is_written_makes_a_converter_stumble(written):
    for converter in (
        cells.Day(months=True),
        cells.Number(places=2),
        CHOICE,
        ANSWERS,
        cells.Choices(CHOICE),
        cells.Address(),
        cells.Email(),
    ):
        try:
            converter.read(written)
        except ValidationError as refused:
            assert all(refused.messages)  # noqa: PT017


def test_serial_numbers_are_those_of_excel():
    assert cells.Day().read("43831") == date(2020, 1, 1) == date(1899, 12, 30) + timedelta(days=43831)
