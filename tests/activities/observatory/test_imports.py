"""Sheets of records are matched, checked and written all or nothing; what goes out comes in unchanged."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cantiere.activities.observatory.actions import importing, imports
from cantiere.activities.observatory.import_tasks import forget_imports
from cantiere.activities.observatory.models import (
    BodyRole,
    Changed,
    CoFunding,
    ColumnMapping,
    Extension,
    ExtensionKind,
    ImportRow,
    ParticipationKind,
    Record,
    RecordBody,
    RecordImport,
    Source,
    Theme,
    Tool,
    ToolUse,
    YesNo,
)
from cantiere.activities.observatory.queries import exports
from cantiere.activities.observatory.queries import imports as queries
from cantiere.activities.observatory.queries.figures import few
from cantiere.activities.observatory.sheet import BY_NAME, COLUMNS, PROBLEMS, key, propose
from cantiere.activities.observatory.sheet.parts import Stretch, Stretches
from cantiere.foundation.core import sheets
from cantiere.foundation.core.bulk import Rows
from cantiere.foundation.core.jobs.worker import run_all
from cantiere.foundation.core.models import AuditEntry, Job
from cantiere.foundation.core.sheets.parse import plain
from cantiere.foundation.search.models import Entry
from tests.environment import examples
from tests.factories import accounts, places
from tests.factories import programmes as make

pytestmark = [pytest.mark.django_db, pytest.mark.database]
State = RecordImport.State


@pytest.fixture
def census(db):
    places.loaded()
    return make.activity(make.programme(), "Censimento", kind="census", public=True)


@pytest.fixture
def person(db):
    return accounts.person()


def bring(census, person, content, name="schede.csv"):
    file = ContentFile(content if isinstance(content, bytes) else content.encode(), name=name)
    with sheets.read(file) as sheet:
        return imports.bring(by=person, census=census, file=file, sheet=sheet)


def check(brought, person, columns=None):
    columns = columns or propose(brought.headers, queries.remembered())
    imports.match(by=person, brought=brought, columns=columns)
    run_all("maintenance")
    brought.refresh_from_db()
    return brought


def write(brought, person, *, leave_out=False, keep_existing=False, publish=False):
    imports.confirm(
        by=person, brought=brought, leave_out=leave_out, keep_existing=keep_existing, publish=publish
    )
    run_all("maintenance")
    brought.refresh_from_db()
    return brought


def take(census, person, content, **options):
    """All the way."""
    brought = check(bring(census, person, content), person)
    assert brought.state == State.CHECKED, brought.failure
    return write(brought, person, **options)


def problems(brought):
    return {
        (told.row, told.header): told.words for told in queries.told(brought, queries.refused_rows(brought))
    }


REAL = (
    "Osservatorio;;;;;;;;\r\n"
    "Titolo;Ente proponente;Comune;Ambito tematico;Data inizio;Importo finanziato (€);Proroga;Partecipanti;Altro\r\n"
    "Patto di collaborazione;Unione di prova;BASTIGLIA - ;Welfare;21/02/2020;€ 15.000,50;83 giorni di proroga/sospensione;100;x\r\n"
).replace("BASTIGLIA - ", "BASTIGLIA, s. cesario s.p.")


def test_a_sheet_as_people_have_it_becomes_records(census, person):
    brought = bring(census, person, REAL.encode("cp1252", "replace"))
    assert brought.state == State.UPLOADED
    assert Record.objects.count() == 0
    done = check(brought, person)
    assert (done.state, queries.summary(done)) == (
        State.CHECKED,
        {"new": 1, "changed": 0, "same": 0, "refused": 0},
    )
    assert queries.unmapped(done) == ["Altro"]
    assert Record.objects.count() == 0
    done = write(done, person)
    assert done.state == State.DONE
    record = Record.objects.get()
    assert (record.title, record.proponent, record.theme) == (
        "Patto di collaborazione",
        "Unione di prova",
        Theme.WELFARE,
    )
    assert (record.started_on, record.grant_amount) == (date(2020, 2, 21), Decimal("15000.50"))
    assert (record.participants_actual, record.year, record.source) == (100, 2020, Source.IMPORTED)
    assert {place.name for place in record.territories.all()} == {"Bastiglia", "San Cesario sul Panaro"}
    assert "Emilia-Romagna" in {place.name for place in record.reach.all()}
    assert (record.extra_days, record.curated_by, record.published_at) == (83, person, None)
    assert "patto" in record.folded
    assert AuditEntry.objects.filter(verb="observatory.import_records").count() == 1
    assert not ImportRow.objects.exists()


def test_every_problem_is_named_by_row_and_column(census, person):
    content = (
        "Titolo;Comune;Data inizio;Data fine;Ambito;Partecipanti;Strumenti\n"
        "Uno;Atlantide;31/02/2020;;Musica;circa cento;Zuum\n"
        ";Bologna;;;;;\n"
        "Tre;;02/03/2020;01/03/2020;;;\n"
        "Quattro;Bologna;;;;;\n"
    )
    brought = check(bring(census, person, content), person)
    found = problems(brought)
    assert set(found) == {
        (2, "Comune"), (2, "Data inizio"), (2, "Ambito"), (2, "Partecipanti"), (2, "Strumenti"), (3, "Titolo"), (4, "Data fine"),
    }  # fmt: skip
    assert "Atlantide" in found[2, "Comune"]
    assert queries.summary(brought) == {"new": 1, "changed": 0, "same": 0, "refused": 3}
    with pytest.raises(ValidationError):
        imports.confirm(by=person, brought=brought, leave_out=False, keep_existing=False, publish=False)
    assert Record.objects.count() == 0
    write(brought, person, leave_out=True)
    assert [record.title for record in Record.objects.all()] == ["Quattro"]


def test_rows_left_out_are_mended_and_brought_again(census, person):
    brought = check(bring(census, person, "Titolo;Partecipanti\nUno;molti\n=Due;3\nTre;boh\n"), person)
    columns, rows = queries.leftovers(brought)
    content = b"".join(sheets.write_xlsx(columns, rows))
    write(brought, person, leave_out=True)
    with sheets.read(ContentFile(content, name="x")) as sheet:
        assert sheet.columns == ("Titolo", "Partecipanti", PROBLEMS)
        assert [row.cells[0] for row in sheet.rows()] == ["Uno", "Tre"]
    again = check(bring(census, person, content, "esclusi.xlsx"), person)
    assert again.mapping[PROBLEMS] == ""
    assert again.counts["refused"] == 2
    mended = content_of(columns, [["Uno", "30", "..."], ["Tre", "3", ""]])
    take(census, person, mended)
    assert {record.title for record in Record.objects.all()} == {"Uno", "=Due", "Tre"}


def content_of(columns, rows):
    return b"".join(sheets.write_csv(columns, rows))


def test_records_that_are_here_are_found_by_identifier_or_by_title_and_proponent(census, person):
    take(
        census,
        person,
        "Identificativo;Titolo;Proponente;Note sul territorio\nA1;Uno;Ente;x\n;Due;Ente;x\n;Tre;;x\n",
    )
    content = (
        "Identificativo;Titolo;Proponente;Note sul territorio\n"
        "A1;Nuovo titolo;Ente;y\n"  # by identifier
        "B2;DUE’;ente;\n"  # by title and proponent: gets its identifier
        ";Tre;;x\n"  # the same
        ";Tre;Altro ente;x\n"  # another one
    )
    brought = check(bring(census, person, content), person)
    assert queries.summary(brought) == {"new": 1, "changed": 2, "same": 1, "refused": 0}
    write(brought, person)
    assert Record.objects.count() == 4
    first = Record.objects.get(identifier="A1")
    assert (first.title, first.territory_note) == ("Nuovo titolo", "y")
    second = Record.objects.get(identifier="B2")
    assert second.territory_note == "x"  # an empty cell takes nothing away


def test_what_was_exported_finds_its_record_even_under_another_title(census, person):
    take(census, person, "Titolo;Contesto\nUno;prima\nUno2;x\n")
    Record.objects.filter(title="Uno2").update(title="Uno")
    content = (
        b"".join(exports.as_csv(Record.objects.of(census)))
        .decode("utf-8-sig")
        .replace('"Uno"', '"Mai più uno"', 1)
    )
    brought = take(census, person, content)
    assert brought.counts["written"] == {"new": 0, "changed": 1, "same": 1}
    assert set(Record.objects.values_list("title", "slug")) == {("Mai più uno", "uno"), ("Uno", "uno2")}


def test_records_that_are_here_may_stay_as_they_are(census, person):
    take(census, person, "Titolo;Contesto\nUno;prima\n")
    brought = take(census, person, "Titolo;Contesto\nUno;dopo\nDue;dopo\n", keep_existing=True)
    assert dict(Record.objects.values_list("title", "context")) == {"Uno": "prima", "Due": "dopo"}
    assert brought.counts["written"] == {"new": 1, "changed": 0, "same": 1}


def test_the_same_record_twice_in_a_sheet_is_told(census, person):
    content = "Id;Titolo\n1;Uno\n1;Altro\n;Due\n;due\n2;Tre\n3;Tre\n"
    brought = check(bring(census, person, content), person)
    assert set(problems(brought)) == {(3, "Id"), (5, "Titolo")}
    assert "2" in problems(brought)[3, "Id"]


def test_a_tool_that_the_record_has_in_its_other_column_is_told(census, person):
    Tool.objects.create(kind="digital", name="Zoom", slug="zoom")
    Tool.objects.create(kind="digital", name="Webex", slug="webex")
    planned, introduced = BY_NAME["uses.planned"].header, BY_NAME["uses.introduced"].header
    take(census, person, f"Titolo;{planned}\nUno;Zoom\n")
    for content in (f"Titolo;{introduced}\nUno;Zoom\n", f"Titolo;{planned};{introduced}\nUno;;Zoom\n"):
        found = problems(check(bring(census, person, content), person))
        assert list(found) == [(2, introduced)]
        assert "Zoom" in found[2, introduced]
    take(census, person, f"Titolo;{planned};{introduced}\nUno;Webex;Zoom\n")
    used = ToolUse.objects.values_list("since", "tool__name")
    assert set(used) == {("planned", "Webex"), ("introduced", "Zoom")}


def test_two_records_of_the_same_name_ask_for_the_identifier(census, person):
    take(census, person, "Id;Titolo\n1;Uno\n2;Uno\n")
    brought = check(bring(census, person, "Titolo\nUno\n"), person)
    assert list(problems(brought)) == [(2, "Titolo")]


def test_changes_put_the_parts_of_a_record_in_place_of_the_old(census, person):
    take(census, person, "Titolo;Partner;Comune;Sostenitori\nUno;A; Bologna;S\n")
    take(census, person, "Titolo;Partner;Comune\nUno;B;Siena\n")
    record = Record.objects.get(title="Uno")
    assert {(body.role, body.name) for body in record.bodies.all()} == {("partner", "B"), ("supporter", "S")}
    assert [place.name for place in record.territories.all()] == ["Siena"]
    assert "Toscana" in {place.name for place in record.reach.all()}
    assert "Emilia-Romagna" not in {place.name for place in record.reach.all()}


def test_an_answer_that_is_the_usual_one_changes_a_record_and_an_empty_cell_does_not(census, person):
    headers = "Titolo;Tipo di scheda;Già in essere o nuovo;Cofinanziamento di altri soggetti"
    take(census, person, f"{headers}\nUno;Progetto finanziato dal bando;Nuovo;sì\n")
    record = Record.objects.get()
    assert (record.sheet, record.origin, record.cofunding) == ("funded", "new", "yes")
    same = check(bring(census, person, f"{headers}\nUno;;n.d.;-\n"), person)
    assert queries.summary(same)["same"] == 1
    take(census, person, f"{headers}\nUno;Altra esperienza;Non indicato;Non indicato\n")
    record.refresh_from_db()
    assert (record.sheet, record.origin, record.cofunding) == ("other", "unstated", "unstated")


def test_municipalities_of_the_past_lead_to_todays(census, person):
    take(census, person, "Titolo;Comune\nUno;BAZZANO\nDue;037004\nTre;37006\n")
    found = {
        record.title: [place.name for place in record.territories.all()] for record in Record.objects.all()
    }
    assert found == {"Uno": ["Valsamoggia"], "Due": ["Valsamoggia"], "Tre": ["Bologna"]}


def test_what_headers_meant_is_remembered(census, person):
    brought = bring(census, person, "Nome strano (2020);Titolo\nx;Uno\n")
    assert propose(brought.headers, queries.remembered()) == ["", "title"]
    check(brought, person, ["specific_topic", "title"])
    assert propose(["NOME STRANO", "titolo"], queries.remembered()) == ["specific_topic", "title"]
    assert ColumnMapping.objects.filter(column="specific_topic").count() == 1


@pytest.mark.parametrize(
    "headers",
    ["Titolo;Titolo (breve)", "Titolo (breve);Titolo", "Titolo;Titolo", "Titolo;Titolo del processo"],
)
def test_a_header_left_out_for_another_is_not_left_out_of_the_next_sheet(census, person, headers):
    brought = check(bring(census, person, f"{headers}\nx;Uno\n"), person)
    assert sorted(brought.mapping.values()) == ["", "title"]
    assert propose(["Titolo", "Note"], queries.remembered())[0] == "title"


def test_a_header_left_out_for_itself_is_left_out_of_the_next_sheet(census, person):
    check(bring(census, person, "Titolo;Anno bando\nUno;2020\n"), person, ["title", ""])
    assert propose(["Titolo", "Anno bando"], queries.remembered()) == ["title", ""]


def test_the_columns_of_the_sheet_find_themselves():
    assert propose([column.header for column in COLUMNS], {}) == list(BY_NAME)
    assert propose(["Partecipanti", "Partecipanti effettivi"], {}) == ["", "participants_actual"]
    headers = [key(column.header) for column in COLUMNS]
    assert len(set(headers)) == len(headers)


def test_writing_is_all_or_nothing_and_may_be_begun_again(census, person, monkeypatch):
    brought = check(
        bring(census, person, "Titolo;Comune\n" + "".join(f"P{n};Bologna\n" for n in range(600))), person
    )
    imports.confirm(by=person, brought=brought, leave_out=False, keep_existing=False, publish=True)
    whole = Rows.write

    def stop(rows, keys=None):
        if keys is not None:
            assert Record.objects.count() == 600  # written, and undone with the rest
            raise KeyboardInterrupt
        whole(rows)

    monkeypatch.setattr(Rows, "write", stop)
    with pytest.raises(KeyboardInterrupt):
        importing.write(brought.pk)
    assert Record.objects.count() == 0
    monkeypatch.setattr(Rows, "write", whole)
    importing.write(brought.pk)
    importing.write(brought.pk)
    run_all("maintenance")
    brought.refresh_from_db()
    assert (brought.state, Record.objects.public().count()) == (State.DONE, 600)
    assert AuditEntry.objects.filter(verb="observatory.import_records").count() == 1


def test_what_is_published_from_a_sheet_is_found_on_the_site(census, person):
    def found():
        return set(Entry.objects.filter(key__startswith="record:").values_list("title", flat=True))

    take(census, person, "Id;Titolo\n1;Un orto\n2;Un forno\n", publish=True)
    assert found() == {"Un orto", "Un forno"}
    take(census, person, "Id;Titolo\n1;Un orto di tutti\n3;Una bozza\n")
    assert found() == {"Un orto di tutti", "Un forno"}


def test_checking_may_be_begun_again(census, person):
    brought = bring(census, person, "Titolo\nUno\n")
    imports.match(by=person, brought=brought, columns=["title"])
    ImportRow.objects.create(of=brought, number=2, cells=["?"], verdict="new")
    importing.check(brought.pk)
    run_all("maintenance")
    assert ImportRow.objects.get().cells == ["Uno"]


def test_records_changed_while_it_is_prepared_are_seen(census, person, monkeypatch):
    take(census, person, "Titolo;Contesto\nUno;prima\n")
    brought = check(bring(census, person, "Titolo;Contesto\nUno;dopo\n"), person)
    imports.confirm(by=person, brought=brought, leave_out=False, keep_existing=False, publish=False)
    prepare, times = importing.prepare, []

    def meanwhile(row):
        plan = prepare(row)
        times.append(1)
        if len(times) == 1:
            Record.objects.get().save()
        return plan

    monkeypatch.setattr(importing, "prepare", meanwhile)
    importing.write(brought.pk)
    assert (len(times), Record.objects.get().context) == (2, "dopo")


def test_what_its_job_left_alone_is_seen_and_begun_again(census, person):
    brought = bring(census, person, "Titolo\nUno\n")
    imports.match(by=person, brought=brought, columns=["title"])
    assert not queries.is_left_alone(brought)
    Job.objects.all().delete()
    assert queries.is_left_alone(brought)
    imports.restart(by=person, brought=brought)
    assert not queries.is_left_alone(brought)
    run_all("maintenance")
    brought.refresh_from_db()
    assert brought.state == State.CHECKED


def test_two_who_confirm_write_once(census, person):
    brought = check(bring(census, person, "Titolo\nUno\n"), person)
    other = RecordImport.objects.get(pk=brought.pk)
    options = {"leave_out": False, "keep_existing": False, "publish": False}
    imports.confirm(by=person, brought=brought, **options)
    with pytest.raises(ValidationError):
        imports.confirm(by=person, brought=other, **options)


def test_a_file_that_is_gone_is_told(census, person):
    brought = bring(census, person, "Titolo\nUno\n")
    brought.file.storage.delete(brought.file.name)
    assert check(brought, person).state == State.FAILED
    assert brought.failure


def test_old_sheets_and_their_files_are_forgotten(census, person):
    brought = bring(census, person, "Titolo\nUno\n")
    name, storage = brought.file.name, brought.file.storage
    RecordImport.objects.update(at=brought.at.replace(year=2020))
    with TestCase.captureOnCommitCallbacks(execute=True):
        forget_imports.func()
    assert not RecordImport.objects.exists()
    assert not storage.exists(name)


def test_titles_that_are_alike_get_addresses_of_their_own(census, person):
    take(census, person, "Id;Titolo\n" + "".join(f"{n};Stesso titolo\n" for n in range(20)) + "x;???\n")
    slugs = set(Record.objects.values_list("slug", flat=True))
    assert len(slugs) == 21


def test_the_number_of_queries_does_not_grow_with_the_rows(census, person):
    def queries_for(count, start):
        lines = "".join(f"T{n};Bologna;Partner {n}\n" for n in range(start, start + count))
        brought = bring(census, person, "Titolo;Comune;Partner\n" + lines)
        imports.match(by=person, brought=brought, columns=["title", "territories", "bodies.partner"])
        with CaptureQueriesContext(connection) as captured:
            importing.check(brought.pk)
            RecordImport.objects.filter(pk=brought.pk).update(state=State.CHECKED)
            brought.refresh_from_db()
            imports.confirm(by=person, brought=brought, leave_out=False, keep_existing=False, publish=False)
            importing.write(brought.pk)
        return len(captured)

    few = queries_for(3, 0)
    assert queries_for(13, 100) <= few + 2


# What goes out comes in ------------------------------------------------------------------------

words = st.text(
    alphabet=st.characters(exclude_categories=["C"]) | st.sampled_from("=+-@';|\\\"à"), max_size=30
).map(lambda text: " ".join(plain(text).split()))
FEW = few(1)
said = words.filter(lambda text: text and text not in {"-", "/", "?", "–", "—"})
long = st.lists(words, max_size=3).map(lambda lines: "\n".join(lines).strip())
days = st.none() | st.dates(date(1950, 1, 1), date(2050, 1, 1))
amounts = st.none() | st.decimals(0, 9_999_999_999, places=2)
numbers = st.none() | st.integers(0, 6) | st.integers(0, 2_000_000)
stretches = st.builds(
    Stretch, st.sampled_from(ExtensionKind.values), st.integers(1, 3660), days, days, words, words
)


def listing(choices):
    return st.lists(st.sampled_from(choices.values), unique=True).map(
        lambda found: [code for code in choices.values if code in found]
    )


@st.composite
def contents(draw):
    start, end = draw(days), draw(days)
    if start and end and end < start:
        start, end = end, start
    return {
        "title": draw(said), "identifier": draw(said), "proponent": draw(words), "context": draw(long), "changes": draw(long),
        "public_contacts": draw(long), "started_on": start, "ended_on": end, "total_cost": draw(amounts),
        "participants_estimated": draw(numbers), "planned_months": draw(st.none() | st.integers(0, 240)),
        "theme": draw(st.sampled_from(["", *Theme.values])), "cofunding": draw(st.sampled_from(CoFunding.values)),
        "female_presence": draw(st.sampled_from(YesNo.values)), "changed": draw(listing(Changed)),
        "participation_kinds": draw(listing(ParticipationKind)), "call_year": draw(st.none() | st.integers(1900, 2100)),
        "website": draw(st.sampled_from(["", "https://www.comune.it/a?b=1&c=è"])),
    }  # fmt: skip


@given(st.lists(stretches, max_size=4))
def test_stretches_come_back(found):
    assert Stretches().read(str(Stretches().write(found))) == found


@pytest.mark.parametrize(
    ("written", "kind", "days"),
    [
        ("83", "extension", 83), ("83 giorni", "extension", 83), ("Proroga: 83 gg.", "extension", 83),
        ("sospensione 60 giorni", "suspension", 60), ("83 giorni di proroga/sospensione", "both", 83),
        ("Proroga | 30 giorni", "extension", 30),
    ],
)  # fmt: skip
def test_stretches_as_people_write_them(written, kind, days):
    assert Stretches().read(written) == [Stretch(kind, days)]


@pytest.mark.parametrize(
    "written", ["Proroga | 0", "Proroga", "| 5", "Proroga | | 5", "Festa | 5", "a|1|2|3|4|5|6", "5000"]
)
def test_stretches_that_are_not_clear_are_refused(written):
    with pytest.raises(ValidationError):
        Stretches().read(written)


class RoundTripTests(TestCase):
    """A world once, and in it any records: out, into another census, out again."""

    @classmethod
    def setUpTestData(cls):
        towns = places.loaded()
        programme = make.programme()
        cls.census = make.activity(programme, "Primo", kind="census", public=True)
        cls.other = make.activity(programme, "Secondo", kind="census", public=True)
        cls.person = accounts.person()
        cls.places = [towns["037006"], towns["036001"], towns["036"], towns["08"]]
        cls.tools = [
            Tool.objects.create(kind="digital", name=name, slug=f"t{n}")
            for n, name in enumerate(["Lavagna; condivisa", "Sondaggio dal vivo", "Assemblea"])
        ]

    @given(
        st.lists(contents(), min_size=1, max_size=3, unique_by=lambda each: each["identifier"]),
        st.lists(st.integers(0, 3), unique=True),
        st.lists(said, max_size=3, unique=True),
        st.lists(stretches, max_size=2),
        st.sampled_from(["csv", "xlsx"]),
        st.booleans(),
    )
    @settings(
        max_examples=examples(25), suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
    )
    def test_what_goes_out_comes_in_unchanged(self, found, towns, partners, extensions, form, for_all):
        for number, details in enumerate(found):
            record = Record.objects.create(census=self.census, slug=f"r{number}", **details)
            record.territories.set([self.places[at] for at in towns])
            RecordBody.objects.bulk_create(
                RecordBody(record=record, role=BodyRole.PARTNER, name=name) for name in partners
            )
            Extension.objects.bulk_create(Extension(record=record, **each.fields()) for each in extensions)
            ToolUse.objects.create(record=record, tool=self.tools[0], since="planned")
            ToolUse.objects.create(
                record=record, tool=self.tools[1], since="introduced", instead_of=self.tools[2]
            )
        write_out = {"csv": exports.as_csv, "xlsx": exports.as_xlsx}[form]
        content = b"".join(write_out(Record.objects.of(self.census), for_all=for_all))
        brought = check(bring(self.other, self.person, content), self.person)
        assert problems(brought) == {}
        assert write(brought, self.person).state == State.DONE
        out, again = (
            [row[1:] for row in exports.rows(Record.objects.of(census), for_all=for_all)]
            for census in (self.census, self.other)
        )
        # Fewer than five people leave the public sheet without their number: nothing is said of them then.
        assert [["" if for_all and cell == FEW else cell for cell in row] for row in out] == again
        for census in (self.census, self.other):
            same = check(bring(census, self.person, content), self.person)
            assert queries.summary(same) == {"new": 0, "changed": 0, "same": len(found), "refused": 0}
