"""Tables come in from real life and from people who mean harm, and go out so that they harm nobody."""

import datetime as dt
import io
import json
import os
import subprocess
import sys
import zipfile
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from hypothesis import given, settings
from hypothesis import strategies as st

from cantiere.foundation.core import sheets
from cantiere.foundation.core.sheets import parse, reading
from tests.environment import examples
from tests.foundation.core import hostile_sheets as hostile


def sheet(content, name="tabella.csv"):
    return sheets.read(ContentFile(content, name=name))


def table(content):
    """Columns and rows."""
    with sheet(content) as found:
        return found.columns, [row.cells for row in found.rows()]


def refusal(content):
    with pytest.raises(ValidationError) as refused:
        sheet(content)
    return " ".join(refused.value.messages)


PLAIN = ("Titolo", "Città"), [("È già l'ora", "Forlì"), ("Perché no?", "Cantù")]
LINES = "Titolo;Città\nÈ già l'ora;Forlì\nPerché no?;Cantù\n"


# Text as people have it ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252"),
        ("utf-16", "UTF-16"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16"),
    ],
)  # fmt: skip
def test_the_encoding_is_found_and_told(encoding, named):
    content = LINES.encode(encoding)
    assert table(content) == PLAIN
    with sheet(content) as found:
        assert any(named in words for words in found.told)


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_sign_between_cells_and_every_line_end(sign, end):
    assert table(LINES.replace(";", sign).replace("\n", end).encode()) == PLAIN


def test_what_excel_says_of_its_own_sign_is_believed_and_not_a_row():
    with sheet(b"sep=,\r\na,b\r\nc;d,e\r\n") as found:
        assert found.columns == ("a", "b")
        assert list(found.rows()) == [(3, ("c;d", "e"))]


def test_semicolons_win_over_the_commas_of_decimals_and_prose():
    content = "Titolo;Costo;Note\nUno, due;1,5;a, b, c\nTre;2,5;d, e, f\n"
    assert table(content.encode()) == (
        ("Titolo", "Costo", "Note"),
        [("Uno, due", "1,5", "a, b, c"), ("Tre", "2,5", "d, e, f")],
    )


def test_quotes_hold_line_breaks_signs_and_quotes():
    content = 'a;b\r\n"due\r\nrighe; e ""virgolette""";x\n\r\n"ancora";"y"\r'
    assert table(content.encode()) == (("a", "b"), [('due\nrighe; e "virgolette"', "x"), ("ancora", "y")])


def test_rows_have_the_numbers_of_the_spreadsheet():
    with sheet(b'a;b\n1;2\n;\n"3\n3";4\n \n5;6\n') as found:
        assert [row.number for row in found.rows()] == [2, 4, 6]


def test_a_title_above_the_columns_is_left_out_and_told():
    with sheet("Censimento 2020;;\n;;\nTitolo;Comune;Anno\nUno;Forlì;2020\n".encode()) as found:
        assert found.columns == ("Titolo", "Comune", "Anno")
        assert [row.number for row in found.rows()] == [4]
        assert any("3" in words for words in found.told)


def test_empty_columns_at_the_end_are_dropped_and_columns_without_a_name_told():
    with sheet(b"Nome;;Note;note;;\nA;B;C;D;;\nE;;;;;\n") as found:
        assert found.columns[0] == "Nome"
        assert found.columns[2:] == ("Note", "note (2)")
        assert len(found.columns) == 4
        assert "B" in found.columns[1]
        assert [row.cells for row in found.rows()] == [("A", "B", "C", "D"), ("E", "", "", "")]
        assert len(found.told) == 3


def test_names_made_for_columns_meet_no_other():
    columns, _rows = table(b"Note;Note (2);Note;Note\nA;B;C;D\n")
    assert len({name.casefold() for name in columns}) == 4


def test_unreadable_signs_are_taken_out_and_told():
    with sheet(b"a;b\nx\0y;z\x07\n") as found:
        assert [row.cells for row in found.rows()] == [("xy", "z")]
        assert any("2" in words for words in found.told)


# Workbooks -------------------------------------------------------------------------------------


def test_numbers_and_days_of_a_workbook_are_as_an_italian_writes_them():
    row = [
        "uno",
        12,
        12.5,
        True,
        dt.date(2020, 6, 1),
        dt.datetime.fromisoformat("2020-06-01T15:30"),
        0.1 + 0.2,
        "007",
        1e15,
        "",
    ]
    _columns, rows = table(
        hostile.xlsx([[f"c{n}" for n in range(10)], row], default_date_format="dd/mm/yyyy hh:mm")
    )
    assert rows == [
        ("uno", "12", "12,5", "VERO", "01/06/2020", "01/06/2020 15:30", "0,3", "007", "1000000000000000", "")
    ]


def test_a_table_that_starts_further_in_keeps_its_numbers():
    with sheet(hostile.xlsx([[], [None, None, "a", "b"], [None, None, "c"]])) as found:
        assert list(found.rows()) == [(3, ("", "", "c", ""))]


def test_an_old_workbook_is_read_whatever_its_name_says():
    content = hostile.xls([["Titolo", "Anno"], ["Però", 2020.0]])
    with sheet(content, "elenco.xlsx") as found:
        assert (found.kind, found.columns) == ("xls", ("Titolo", "Anno"))
        assert [row.cells for row in found.rows()] == [("Però", "2020")]


def test_of_several_sheets_the_first_that_holds_anything_is_read_and_told():
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    for name, cell in (("Nascosto", "z"), ("Vuoto", ""), ("Dati", "a"), ("Note", "b")):
        made = book.add_worksheet(name)
        made.write(0, 0, cell)
        if name == "Vuoto":
            made.activate()
        if name == "Nascosto":
            made.hide()
    book.close()
    with sheet(out.getvalue()) as found:
        assert found.columns == ("a",)
        assert any("Dati" in words and "Note" in words for words in found.told)


# People who mean harm --------------------------------------------------------------------------

REFUSED = {
    "empty": b"",
    "nothing but lines": b";;\n;;\n",
    "a page of the web as xls": b"<html><table><tr><td>a</td></tr></table></html>",
    "XML of Excel 2003": b'<?xml version="1.0"?><Workbook/>',
    "PDF": b"%PDF-1.7 ...",
    "a program": b"MZ" + b"\0" * 100,
    "noise": bytes(range(256)) * 40,
    "a truncated workbook": hostile.xlsx([["a", "b"], ["c", "d"]])[:-600],
    "a truncated old workbook": hostile.xls([["a"], ["b"]])[:700],
    "a workbook with a password": hostile.encrypted(),
    "a letter": None,
    "laughs": hostile.laughs(),
    "a cell far away": hostile.far_cell(),
    "one string a million times": hostile.shared_giant(),
    "too many rows": b"a;b\n" + b"c;d\n" * 20_001,
    "too many columns": b";".join(b"c%d" % n for n in range(201)) + b"\n1\n",
    "too large": b"a" * 20_000_001,
}
with zipfile.ZipFile(letter := io.BytesIO(), "w") as packed:
    packed.writestr("[Content_Types].xml", "<Types/>")
    packed.writestr("word/document.xml", "<document/>")
REFUSED["a letter"] = letter.getvalue()


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_table_is_refused_in_words(name):
    if name == "laughs":  # read or refused, but never expanded
        try:
            assert sum(len(cell) for row in [*table(REFUSED[name])] for cell in row) < 100_000
        except ValidationError as refused:
            assert refused.messages  # noqa: PT017
        return
    assert len(refusal(REFUSED[name])) > 10


def test_a_bomb_is_refused_by_what_it_says_and_one_that_lies_by_what_it_takes():
    assert "troppo grande" in refusal(hostile.bomb())
    assert refusal(hostile.lying_bomb())


def test_a_cell_of_ten_megabytes_is_told_by_row_and_column():
    with sheet(b"a;b\n1;2\n3;" + b"x" * 10_000_000 + b"\n5;6\n") as found:
        assert [problem[:2] for problem in found.problems] == [(3, 1)]
        assert [row.cells for row in found.rows()] == [("1", "2"), ("3", ""), ("5", "6")]


def test_a_process_that_hangs_is_ended(monkeypatch):
    monkeypatch.setattr(reading.child, "SECONDS", 0.001)
    assert refusal(b"a;b\n1;2\n")


def test_an_unclosed_quote_takes_no_more_than_a_cell():
    with sheet(b'a;b\n"1;2\n' + b"3;4\n" * 9000) as found:
        assert len(found.problems) == 1


# What goes out ---------------------------------------------------------------------------------

FORMULAS = [
    "=1+1", "+39 051", "-5", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=1", "\u200b=1", "＝1", "＋1", "－1", "＠1",
    "'=1", "''=1", "\n=cmd|' /C calc'!A0", "-\n1",
]  # fmt: skip


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_leaves_as_a_formula(formula):
    raw = b"".join(sheets.write_csv(["c"], [[formula]])).decode("utf-8-sig")
    assert raw.split("\r\n", 1)[1].startswith("\"'")
    content = b"".join(sheets.write_xlsx(["c"], [[formula]]))
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        inside = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in inside
    assert f">{chr(39)}" in inside.replace('<t xml:space="preserve">', "<t>")


@pytest.mark.parametrize("harmless", ["", "a", "'", "''", "'a", "l'ora", "1=1", "a-b", "'tis", "(=1)"])
def test_other_cells_leave_as_they_are(harmless):
    assert sheets.guard(harmless) == harmless == sheets.unguard(harmless)


@given(st.text(alphabet="'=+-@ \t\n＝a\u200b") | st.text())
def test_the_apostrophe_is_taken_off_exactly_where_it_was_put(text):
    assert sheets.unguard(sheets.guard(text)) == text


def test_csv_is_what_an_italian_excel_opens():
    raw = b"".join(
        sheets.write_csv(["Titolo", "Costo"], [["È", Decimal("-1234.50")], ["b", dt.date(2020, 6, 1)]])
    )
    assert raw == '\ufeff"Titolo";"Costo"\r\n"È";"-1234,50"\r\n"b";"01/06/2020"\r\n'.encode()


def test_numbers_stay_numbers_in_a_workbook():
    row = [-5, Decimal("12.30"), dt.date(2020, 6, 1), "-5", None, 12345678901234567890, dt.date(1850, 1, 2)]
    content = b"".join(sheets.write_xlsx([f"c{n}" for n in range(7)], [row], name="Schede"))
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        inside = book.read("xl/worksheets/sheet1.xml").decode()
    assert "<v>-5</v>" in inside
    assert "<v>12.3" in inside
    assert "'-5" in inside
    assert table(content)[1] == [("-5", "12,3", "01/06/2020", "-5", "", "12345678901234567890", "02/01/1850")]


def test_what_no_spreadsheet_holds_is_an_error_and_no_shortened_file():
    with pytest.raises(ValueError, match="too long"):
        b"".join(sheets.write_xlsx(["c"], [["x" * 40_000]]))


cells = (st.text(max_size=30) | st.text(alphabet="'\"=+-@;,|\t\n \ufeffa1", max_size=12)).map(parse.plain)


@st.composite
def tables(draw):
    width = draw(st.integers(1, 5))
    names = st.text(max_size=12).map(lambda text: " ".join(parse.plain(text).split())).filter(bool)
    columns = draw(st.lists(names, min_size=width, max_size=width, unique_by=str.casefold))
    row = st.lists(cells, min_size=width, max_size=width).filter(
        lambda row: any(cell.strip() for cell in row)
    )
    return columns, draw(st.lists(row, min_size=1, max_size=6))


@pytest.mark.parametrize("write", [sheets.write_csv, sheets.write_xlsx])
@given(given_table=tables())
@settings(max_examples=examples(60))
def test_what_goes_out_comes_in_unchanged(write, given_table):
    columns, rows = given_table
    assert table(b"".join(write(columns, rows))) == (tuple(columns), [tuple(row) for row in rows])


# Bounds ----------------------------------------------------------------------------------------

MEASURE = """
import json, resource, django
django.setup()
from django.core.files.base import ContentFile
from cantiere.foundation.core import sheets
columns = [f"Colonna {n}" for n in range(40)]
content = b"".join(sheets.write_%s(columns, ([f"Testo è {r} {c}" for c in range(40)] for r in range(20_000))))
def used(who): return resource.getrusage(who).ru_maxrss // 1024
before = used(resource.RUSAGE_SELF)
with sheets.read(ContentFile(content, name="t")) as sheet:
    rows = sum(1 for _row in sheet.rows())
print(json.dumps([rows, used(resource.RUSAGE_SELF) - before, used(resource.RUSAGE_CHILDREN)]))
"""


@pytest.mark.parametrize(("kind", "most"), [("csv", 150), ("xlsx", 450)])
def test_twenty_thousand_rows_take_little_memory(kind, most):
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "cantiere.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", MEASURE % kind], capture_output=True, text=True, env=environment, check=True
    )
    rows, here, child = json.loads(done.stdout)
    assert rows == 20_000
    assert here < 60, f"{here} MB more in the process that asks"
    assert child < most, f"{child} MB in the child"
