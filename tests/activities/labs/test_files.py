"""What came out as files, opened by tools that are not ours; whatever people wrote."""

import csv
import io
import json

import pypdf
import pytest

from cantiere.activities.labs import actions, files
from cantiere.activities.labs.queries.outcome import outcome
from cantiere.foundation.core.sheets import write_csv
from tests.factories import labs
from tests.factories.accounts import person

pytestmark = pytest.mark.django_db

HOSTILE = [
    '<script>alert("x")</script>',
    '=HYPERLINK("http://x.example";"y")',
    "+39 0543 1",
    "@SUM(A1)",
    "-2+3",
    "\tcon un tabulatore",
    '#import "@preview/x:0.1.0" #let d = 1 $a^2$ *grassetto* _corsivo_ `codice` @rif <etichetta>',
    '#read("/etc/passwd")',
    "# Titolo\n\n| a | b |\n| - | - |\n\n[clicca](javascript:alert(1)) ![x](http://x.example/y.png)",
    "مرحبا بالعالم",
    "שלום \u202ecod.exe\u202c",
    "😀 👩\u200d👩\u200d👧 🏳️\u200d🌈 1️⃣ 🇮🇹 ☃",
    "你好，世界",
    "a\u0300\u0301\u0302" * 100,
    "x" * 500,
    "Zalgo t\u0335\u0321e\u0338s\u0334t\u0337o",
    "{{ lab.code }} {% debug %} %s %(a)s {0}",
    "\ufeffmarca \u00ad trattino \u0001 comando",
]


@pytest.fixture
def lab():
    play = labs.played(people=len(HOSTILE))
    actions.finish(lab=play.lab)
    actions.harvest(by=person(), lab=play.lab)
    return labs.fresh(play.lab)


@pytest.fixture
def hostile():
    own = labs.lab(title="Laboratorio <b>di</b> prova #1")
    ask = labs.question(own, "Titolo *con* #segni", key="q", prompt="=1+1 $x$ #let", most=9)
    vote = labs.block(own, "vote", "Voto", key="v", of="q", most=3)
    play = labs.Play(own)
    people = [play.join() for _text in HOSTILE]
    play.go(ask)
    refs = [play.answer(who, ask, text) for who, text in zip(people, HOSTILE, strict=True)]
    play.go(vote)
    for who in people:
        play.answer(who, vote, [f"i{refs[0]}", f"i{refs[1]}"])
    actions.finish(lab=play.end())
    actions.harvest(by=person(), lab=own)
    return labs.fresh(own)


def read(pdf):
    return pypdf.PdfReader(io.BytesIO(pdf))


def words(pdf):
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


def tags(reader):
    """The kinds of structure elements, in reading order."""
    found = []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(str(node["/S"]))
            if "/K" in node:
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    return found


def test_the_document_is_accessible(lab):
    reader = read(files.document(lab))
    root = reader.trailer["/Root"]
    assert reader.metadata.title == f"Verbale e risultati: {lab.activity.title}"
    assert root["/Lang"] == "it"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    kinds = tags(reader)
    assert kinds.count("/H1") == 1
    assert {"/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/LI", "/Link"} <= set(kinds)


def test_the_document_says_what_came_out(lab):
    told = words(files.document(lab))
    for text in (
        lab.activity.title,
        "Hanno partecipato 24 persone",
        "Più autobus",
        "Idea di prova numero 0",
        "Media 3",
    ):
        assert text in told
    assert "Idea di prova numero 2 " not in told  # it was removed


def test_minutes_that_somebody_wrote_come_first(lab):
    lab.minutes = (
        "# Come è andata\n\nSi è parlato **a lungo**.\n\n- uno\n- due\n\n| a | b |\n| - | - |\n| 1 | 2 |"
    )
    told = words(files.document(lab))
    assert told.index("Come è andata") < told.index("Idea di prova numero 0")


def test_whatever_people_wrote_becomes_text_and_nothing_else(hostile):
    pdf = files.document(hostile)
    told = words(pdf)
    for text in (
        "<script>alert",
        "#import",
        '#read("/etc/passwd")',
        "[grinning face]",
        "{{ lab.code }}",
        "=HYPERLINK",
    ):
        assert text.replace(" ", "") in told.replace(" ", "")
    assert "\u202e" not in told
    links = [
        note.get_object()["/A"].get("/URI", "")
        for page in read(pdf).pages
        for note in page.get("/Annots", [])
    ]
    assert links
    assert all(str(link).startswith("http") and "x.example" not in link for link in links)
    assert "/JavaScript" not in str(read(pdf).trailer["/Root"])


def test_no_cell_is_computed_by_a_spreadsheet(hostile):
    columns = [column.name for column in files.columns()]
    sent = b"".join(write_csv(columns, files.rows(outcome(hostile)))).decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(sent), delimiter=";"))
    assert found[0] == columns
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in found for cell in row)
    assert any("<script>" in cell for row in found for cell in row)


def test_programs_get_everything(hostile):
    told = json.loads(json.dumps(files.as_json(outcome(hostile))))
    said = {each["text"] for each in told["moments"][0]["said"]}
    assert '<script>alert("x")</script>' in said
    assert told["moments"][1]["lines"][0]["counts"] == [len(HOSTILE)]
    assert all(each["address"].endswith("/") for each in told["moments"][0]["said"])


def test_a_file_is_made_anew_when_somebody_takes_their_words_back(lab):
    from cantiere.thread.contributions import actions as contributions
    from cantiere.thread.contributions.models import Contribution

    assert "Idea di prova numero 5" in words(files.document(lab))
    contributions.withdraw(contribution=Contribution.objects.get(text="Idea di prova numero 5"))
    assert "Idea di prova numero 5" not in words(files.document(labs.fresh(lab)))
