"""The pages on which a sheet of records is brought, matched, looked at, confirmed and taken out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cantiere.activities.observatory.models import ImportRow, Record, RecordImport
from cantiere.activities.observatory.sheet import COLUMNS
from cantiere.foundation.core import sheets
from cantiere.foundation.core.jobs.worker import run_all
from cantiere.foundation.core.models import Job
from tests.factories import places
from tests.factories import programmes as make
from tests.factories.accounts import form_key
from tests.foundation.core import hostile_sheets as hostile

pytestmark = pytest.mark.django_db
State = RecordImport.State


@pytest.fixture
def census():
    places.loaded()
    return make.activity(make.programme(), "Censimento", kind="census", public=True)


@pytest.fixture
def editor(client, census):
    client.force_login(make.member(census.programme, "editor").person)
    return client


def bring(client, census, content, name="schede.csv"):
    content = content if isinstance(content, bytes) else content.encode()
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("observatory:imports", args=[census.slug]), {"file": file, **form_key()})


def page(client, brought=None):
    brought = brought or RecordImport.objects.latest("pk")
    return client.get(reverse("observatory:import", args=[brought.pk])).content.decode()


def press(client, name, **data):
    brought = RecordImport.objects.latest("pk")
    return client.post(reverse(f"observatory:{name}", args=[brought.pk]), form_key() | data)


def matched(brought, **changes):
    from cantiere.activities.observatory.sheet import propose

    return {f"column{at}": name for at, name in enumerate(propose(brought.headers, {}))} | changes


def test_from_the_upload_to_the_records(editor, census):
    answer = bring(editor, census, "Titolo;Comune;Boh\nUno;Bologna;x\nDue;Atlantide;y\n")
    brought = RecordImport.objects.get()
    assert answer.url == reverse("observatory:import", args=[brought.pk])
    shown = page(editor)
    assert "B · Comune" in shown
    assert "Atlantide" in shown  # an example of what stands in the column
    press(editor, "import_match", **matched(brought))
    shown = page(editor)
    assert 'hx-trigger="every 2s"' in shown
    assert "<progress" in shown
    run_all("maintenance")
    shown = page(editor)
    assert "hx-trigger" not in shown
    assert "Atlantide" in shown
    assert "Boh" in shown
    assert Record.objects.count() == 0
    refused = press(editor, "import_confirm")
    assert refused.status_code == 200
    assert Record.objects.count() == 0
    assert "aria-invalid" in refused.content.decode()
    press(editor, "import_confirm", leave_out="on", publish="on")
    assert "<progress" in page(editor)
    run_all("maintenance")
    assert "Atlantide" in page(editor)
    assert [record.title for record in Record.objects.public()] == ["Uno"]
    left = editor.get(reverse("observatory:leftovers_csv", args=[brought.pk])).getvalue()
    assert b'"Due";"Atlantide"' in left
    again = bring(editor, census, left)
    assert again.status_code == 302


@pytest.mark.parametrize(
    "content", [b"", b"Titolo\n", b"<html></html>", b"PK\x03\x04", b"%PDF-1.7", b"a" * 20_000_001]
)
def test_what_cannot_be_read_is_told_beside_the_field(editor, census, content):
    answer = bring(editor, census, content, "schede.xlsx")
    assert answer.status_code == 200
    assert "aria-invalid" in answer.content.decode()
    assert not RecordImport.objects.exists()


@pytest.mark.parametrize("harm", [hostile.bomb, hostile.lying_bomb, hostile.shared_giant, hostile.far_cell, hostile.encrypted])  # fmt: skip
def test_files_of_people_who_mean_harm_are_refused_in_words_and_leave_nothing(editor, census, harm):
    answer = bring(editor, census, harm(), "schede.xlsx")
    assert answer.status_code == 200
    assert "aria-invalid" in answer.content.decode()
    assert not RecordImport.objects.exists()


def test_a_cell_of_ten_megabytes_is_one_problem_and_the_rest_comes_in(editor, census):
    content = b"Titolo;Contesto\nUno;a\nDue;" + b"x" * 10_000_000 + b"\nTre;b\n"
    bring(editor, census, content)
    press(editor, "import_match", **matched(RecordImport.objects.get()))
    run_all("maintenance")
    assert "Riga 3, colonna B (Contesto):" in page(editor)
    press(editor, "import_confirm")
    assert not Record.objects.exists()
    press(editor, "import_confirm", leave_out="on")
    run_all("maintenance")
    assert set(Record.objects.values_list("title", flat=True)) == {"Uno", "Tre"}


def test_the_title_is_needed_and_no_column_is_taken_twice(editor, census):
    bring(editor, census, "Titolo;Nome;Contesto\nUno;Due;Tre\n")
    for columns in ({"column0": "", "column1": "", "column2": ""}, {"column0": "title", "column1": "title"}):
        answer = press(editor, "import_match", **columns)
        assert answer.status_code == 200
        assert RecordImport.objects.get().state == State.UPLOADED
    assert 'value="title" selected' in answer.content.decode()


def test_cells_and_names_of_a_sheet_stay_text(editor, census):
    evil = "<script>alert(1)</script>"
    bring(editor, census, f'Titolo;{evil};Comune\n"{evil}";{evil};{evil}\nUno;{evil};\n', f"{evil}.csv")
    brought = RecordImport.objects.get()
    assert evil not in page(editor)
    press(editor, "import_match", **matched(brought, column1="context"))
    run_all("maintenance")
    assert evil not in page(editor)
    press(editor, "import_confirm", leave_out="on")
    run_all("maintenance")
    assert evil not in page(editor)
    assert Record.objects.get().context == evil


def test_what_changes_is_read_before_it_is_confirmed(editor, census):
    for content in (
        "Titolo;Contesto;Comune\nUno;prima;Bologna\nDue;x;\n",
        "Titolo;Contesto;Comune;Partner\nUno;dopo;Siena;CNA\nDue;x;\nTre;y;\n",
    ):
        bring(editor, census, content)
        press(editor, "import_match", **matched(RecordImport.objects.latest("pk")))
        run_all("maintenance")
        shown = " ".join(page(editor).split())
        press(editor, "import_confirm")
        run_all("maintenance")
    changed = shown[shown.index("Che cosa cambia nelle schede") : shown.index("Come saranno le prime")]
    assert changed.index("prima") < changed.index("dopo")
    assert changed.index("Bologna (BO)") < changed.index("Siena (SI)")
    assert "CNA" in changed
    assert "Due" not in changed, "it stays as it is"
    assert "Tre" in shown[shown.index("Come saranno le prime") :]


def test_it_can_be_dropped_matched_anew_and_set_going(editor, census):
    bring(editor, census, "Titolo\nUno\n")
    press(editor, "import_match", column0="title")
    Job.objects.all().delete()
    assert reverse("observatory:import_restart", args=[RecordImport.objects.get().pk]) in page(editor)
    press(editor, "import_restart")
    run_all("maintenance")
    press(editor, "import_rematch")
    assert RecordImport.objects.get().state == State.UPLOADED
    press(editor, "import_drop")
    assert RecordImport.objects.get().state == State.DROPPED
    assert not ImportRow.objects.exists()
    assert press(editor, "import_confirm").status_code == 302
    assert Record.objects.count() == 0


def test_what_the_team_takes_out_comes_in(editor, census):
    Record.objects.create(census=census, slug="bozza", title="=Bozza")
    for ending in ("csv", "xlsx"):
        answer = editor.get(reverse(f"observatory:census_{ending}", args=[census.slug]))
        assert ending in answer["Content-Disposition"]
        file = SimpleUploadedFile("x", answer.getvalue())
        with sheets.read(file) as sheet:
            assert sheet.columns == tuple(column.header for column in COLUMNS)
            assert [row.cells[2] for row in sheet.rows()] == ["=Bozza"]
    item = editor.get(reverse("observatory:census_json", args=[census.slug]))
    assert b'"title": "=Bozza"' in item.getvalue()
    model = editor.get(reverse("observatory:census_model", args=[census.slug])).getvalue()
    with sheets.read(SimpleUploadedFile("x", model)) as sheet:
        assert (sheet.columns[2], sheet.count) == (COLUMNS[2].header, 0)


@pytest.mark.parametrize("name", ["records_csv", "records_json", "sheet_csv", "sheet_xlsx"])
def test_everyone_takes_out_what_is_public_under_the_filters(client, census, name):
    for slug, theme, when in (
        ("a", "welfare", timezone.now()),
        ("b", "economy", timezone.now()),
        ("c", "welfare", None),
    ):
        Record.objects.create(
            census=census, slug=slug, title=f"Scheda {slug}", theme=theme, published_at=when
        )
    answer = client.get(reverse(f"observatory:{name}"), {"tema": "welfare"}).getvalue()
    if name == "sheet_xlsx":
        with sheets.read(SimpleUploadedFile("x", answer)) as sheet:
            answer = repr(list(sheet.rows())).encode()
    assert b"Scheda a" in answer
    assert b"Scheda b" not in answer
    assert b"Scheda c" not in answer


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_everyone_takes_out_tells_no_small_numbers_and_changes_nothing_when_it_comes_in(
    editor, client, census, ending
):
    Record.objects.create(
        census=census, slug="a", title="Scheda a", participants_actual=3, participants_estimated=12,
        published_at=timezone.now(),
    )  # fmt: skip
    assert reverse(f"observatory:sheet_{ending}") in client.get("/osservatorio/").content.decode()
    taken = client.get(reverse(f"observatory:sheet_{ending}")).getvalue()
    with sheets.read(SimpleUploadedFile("x", taken)) as sheet:
        told = dict(zip(sheet.columns, next(iter(sheet.rows())).cells, strict=True))
    assert (told["Partecipanti effettivi"], told["Partecipanti stimati"]) == ("<5", "12")
    bring(editor, census, taken)
    brought = RecordImport.objects.latest("pk")
    press(editor, "import_match", **matched(brought))
    run_all("maintenance")
    brought.refresh_from_db()
    assert (brought.counts["same"], brought.counts["changed"], brought.counts["refused"]) == (1, 0, 0)


def test_others_do_not_get_in(client, census):
    client.force_login(make.member(make.programme(), "editor").person)
    assert client.get(reverse("observatory:imports", args=[census.slug])).status_code == 404


def test_pages_read_the_same_however_many_rows(editor, census):
    def counted(rows):
        bring(
            editor,
            census,
            "Titolo;Partecipanti\n" + "".join(f"P{n};boh\n" for n in range(rows)) + "Buono;1\n",
        )
        brought = RecordImport.objects.latest("pk")
        press(editor, "import_match", **matched(brought))
        run_all("maintenance")
        with CaptureQueriesContext(connection) as captured:
            page(editor)
        return len(captured)

    counted(1)
    assert counted(2) == counted(15)
