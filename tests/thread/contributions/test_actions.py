"""Writing, correcting, holding back, withdrawing, following."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from cantiere.foundation.core import personal_data
from cantiere.foundation.core.models import AuditEntry, Erasure
from cantiere.foundation.notices.models import Notice
from cantiere.foundation.search.models import Entry
from cantiere.thread.contributions import actions, codes
from cantiere.thread.contributions.models import Contribution, Receipt, Step, Wording
from tests.factories import contributions as make
from tests.factories.accounts import person

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def entry(contribution):
    return Entry.objects.filter(key=f"contribution:{contribution.pk}")


# Writing ---------------------------------------------------------------------------------------


def test_written_twice_is_written_once_and_stays_as_it_is():
    activity = make.activity()
    first = actions.contribute(activity=activity, said=actions.Said(key="a", text="Un autobus la sera."))
    again = actions.contribute(activity=activity, said=actions.Said(key="a", text="Altro."))
    assert (again.pk, again.text) == (first.pk, "Un autobus la sera.")
    assert Contribution.objects.count() == 1
    assert AuditEntry.objects.filter(verb="contributions.contribute").count() == 1


def test_the_same_key_in_another_activity_is_another_thing():
    for _time in range(2):
        actions.contribute(activity=make.activity(), said=actions.Said(key="a", text="Un autobus."))
    assert Contribution.objects.count() == 2


def test_many_at_once_give_what_was_new_and_what_stood():
    activity = make.activity()
    old = make.contribution("Prima", of=activity, key="old")
    given = actions.contribute_all(
        activity=activity, said=[make.said("Dopo", key="new"), make.said("x", key="old"), make.said(" \n ")]
    )
    assert given.keys() == {"old", "new"}
    assert given["old"].pk == old.pk
    assert AuditEntry.objects.filter(verb="contributions.contribute").last().data == {"count": 1}


def test_neither_numbers_nor_order_nor_columns_tell_who_came_first(django_assert_max_num_queries):
    activity = make.activity(public=False)
    keys = [f"k{number}" for number in range(40)]
    with django_assert_max_num_queries(8):
        given = actions.contribute_all(activity=activity, said=[make.said(key=key) for key in keys])
    by_number = [row.key for row in sorted(given.values(), key=lambda row: row.pk)]
    assert by_number != keys
    other = make.activity(public=False)
    actions.contribute_all(activity=other, said=[make.said(key=key) for key in reversed(keys)])
    moments = [f.name for f in Contribution._meta.concrete_fields if f.get_internal_type() == "DateTimeField"]
    assert moments == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  Un ponte\x00\x07 qui  ", "Un ponte qui"),
        ("Uno\r\n\r\ndue\u202e", "Uno\n\ndue"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("=1+1", "=1+1"),
        ("👩\u200d🔧 al lavoro", "👩\u200d🔧 al lavoro"),
    ],
)
def test_text_is_cleaned_of_what_nobody_can_read(written, read):
    assert make.contribution(written).text == read


@pytest.mark.parametrize("nothing", ["", " \t\n", "\u200d\u200b", "\x00"])
def test_nothing_is_no_contribution(nothing):
    with pytest.raises(ValidationError):
        actions.contribute(activity=make.activity(), said=actions.Said(key="a", text=nothing))


def test_what_is_too_long_is_refused_not_cut():
    with pytest.raises(ValidationError, match="4001"):
        make.contribution("a" * 4001)


def test_a_key_is_needed():
    for key in ("", "k" * 81):
        with pytest.raises(ValueError, match="key"):
            make.contribution(key=key)


def test_only_what_is_public_is_found():
    shown, held = make.contribution("Più ombra in piazza"), make.contribution(published=False)
    hidden = make.contribution(of=make.activity(public=False))
    assert entry(shown).get().title == "Più ombra in piazza"
    assert not entry(held).exists()
    assert not entry(hidden).exists()


def test_a_name_needs_somebody():
    assert not make.contribution(named=True).named
    assert make.contribution(named=True, person=person()).named


# Receipts --------------------------------------------------------------------------------------


def test_a_code_opens_one_receipt_and_is_kept_nowhere():
    code = codes.new_code()
    first, again = (actions.open_receipt(code=each) for each in (code, f" {code[:5].lower()}-{code[5:]} "))
    assert first.pk == again.pk
    row = json.dumps(list(Receipt.objects.values()), default=str)
    assert code not in row
    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize("wrong", ["", "123", "UUUUUUUUUU", "0123456789A"])
def test_what_is_no_code_opens_nothing(wrong):
    with pytest.raises(ValueError, match="code"):
        actions.open_receipt(code=wrong)


def test_a_receipt_survives_a_new_secret(settings):
    receipt, code = make.receipt()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-secret-of-more-than-fifty-characters-0123456789"
    assert actions.open_receipt(code=code).pk == receipt.pk


def test_one_receipt_holds_several_things_of_one_visit():
    receipt, _code = make.receipt()
    for _time in range(3):
        make.contribution(receipt=receipt)
    assert receipt.contributions.count() == 3


# Correcting ------------------------------------------------------------------------------------


def test_whoever_said_it_corrects_and_the_earlier_words_are_kept():
    row = make.contribution("Piú alberi")
    assert actions.correct(contribution=row, text="Più alberi in via Roma")
    assert Contribution.objects.get(pk=row.pk).text == "Più alberi in via Roma"
    assert list(row.wordings.values_list("text", "hand", "reason")) == [("Piú alberi", "author", "")]
    assert entry(row).get().title == "Più alberi in via Roma"
    assert not actions.correct(contribution=row, text=" Più alberi in via Roma ")
    assert row.wordings.count() == 1


def test_the_team_corrects_with_a_reason_and_the_author_is_told():
    who, editor = person(), person()
    row = make.contribution("Lo dice Mario Rossi", person=who)
    actions.correct(
        contribution=row, text="Lo dice un vicino", by=editor, reason="Tolto il nome di una persona."
    )
    assert row.wordings.get().hand == Wording.Hand.TEAM
    assert Notice.objects.get(person=who).text == "Tolto il nome di una persona."
    log = AuditEntry.objects.filter(verb="contributions.correct").get()
    assert (log.by_id, log.data) == (editor.pk, {"hand": "team"})


def test_earlier_words_are_not_rewritten():
    row = make.contribution()
    actions.correct(contribution=row, text="Altro")
    wording = row.wordings.get()
    wording.text = "falso"
    with pytest.raises(TypeError):
        wording.save()


def test_after_an_answer_the_author_no_longer_corrects_but_the_team_may():
    row = make.contribution()
    actions.step(contributions=[row], kind=Step.Kind.REFUSED, words="Non ci sono fondi.")
    with pytest.raises(ValidationError):
        actions.correct(contribution=row, text="Altro")
    assert actions.correct(contribution=row, text="Altro", by=person(), reason="Errore di battitura.")


# Holding back, withdrawing ---------------------------------------------------------------------


def test_what_is_held_back_is_not_found_and_its_author_knows_why():
    who, team = person(), person()
    rows = [make.contribution(person=who), make.contribution()]
    assert actions.hold_back(by=team, contributions=rows, reason="Contiene un nome.") == 2
    assert not entry(rows[0]).exists()
    assert Notice.objects.get(person=who).text == "Contiene un nome."
    assert actions.hold_back(by=team, contributions=rows, reason="Ancora.") == 0
    assert actions.publish(by=team, contributions=rows) == 2
    assert entry(rows[0]).exists()
    assert Contribution.objects.filter(held_why="").count() == 2


def test_a_reason_is_needed_to_hold_back():
    with pytest.raises(ValidationError):
        actions.hold_back(by=person(), contributions=[make.contribution()], reason="  ")


def test_whoever_withdraws_erases_their_words_everywhere():
    row = make.contribution("Il mio segreto ZX9", origin="Tavolo ZX9", person=person(), named=True)
    theme = make.theme(row.activity.programme)
    actions.code(by=person(), contributions=[row], theme=theme)
    actions.correct(contribution=row, text="Il mio segreto ZX9, meglio detto")
    actions.withdraw(contribution=row)
    row.refresh_from_db()
    assert (row.text, row.origin, row.named, row.withdrawn_on) == ("", "", False, timezone.localdate())
    kept = json.dumps(
        [list(model.objects.values()) for model in (Contribution, Wording, Entry, AuditEntry)], default=str
    )
    assert "ZX9" not in kept
    assert theme.codings.count() == 0
    for act in (
        lambda: actions.correct(contribution=row, text="di nuovo"),
        lambda: actions.withdraw(contribution=row),
    ):
        with pytest.raises(ValidationError):
            act()


def test_the_database_too_knows_that_withdrawn_is_empty():
    row = make.contribution()
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=row.pk).update(withdrawn_on=timezone.localdate())
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=row.pk).update(text="")


# Steps -----------------------------------------------------------------------------------------


def test_a_step_is_written_once_for_each_event_and_told_once_a_person():
    who = person()
    activity = make.activity()
    rows = [make.contribution(of=activity, person=who) for _time in range(3)] + [
        make.contribution(of=activity)
    ]
    report = {"kind": Step.Kind.PROPOSED, "words": "Nella proposta 4.", "reference": "proposal:4"}
    assert actions.step(contributions=rows, **report) == 4
    assert actions.step(contributions=rows, **report | {"words": "Detto altrimenti."}) == 0
    assert Step.objects.count() == 4
    assert Notice.objects.filter(person=who).count() == 1
    assert not Notice.objects.get(person=who).urgent
    late = make.contribution(of=activity)
    assert actions.step(contributions=[*rows, late], **report) == 1


def test_without_a_reference_the_words_name_the_event():
    row = make.contribution()
    for words in ("Letto.", "Letto. ", "Letto di nuovo."):
        actions.step(contributions=[row], kind=Step.Kind.READ, words=words)
    assert row.steps.count() == 2


def test_what_was_withdrawn_gets_no_steps():
    row = make.contribution()
    actions.withdraw(contribution=row)
    assert actions.step(contributions=[row], kind=Step.Kind.READ, words="Letto.") == 0


@pytest.mark.parametrize("link", ["javascript:alert(1)", "//altrove.example", "http://example.org", "vai"])
def test_a_step_leads_only_where_it_is_safe(link):
    with pytest.raises(ValidationError):
        actions.step(contributions=[make.contribution()], kind=Step.Kind.READ, words="x", link=link)


def test_a_step_cannot_be_of_a_kind_that_is_none():
    with pytest.raises(ValueError, match="eaten"):
        actions.step(contributions=[make.contribution()], kind="eaten", words="x")


def test_a_step_reported_by_mistake_is_taken_back_from_all():
    activity = make.activity()
    rows = [make.contribution(of=activity) for _time in range(2)]
    other = make.contribution()
    for each in (rows, [other]):
        actions.step(contributions=each, kind=Step.Kind.READ, words="x", reference="r")
    taken = actions.take_back_step(by=person(), activity=activity, kind=Step.Kind.READ, reference="r")
    assert taken == 2
    assert list(Step.objects.values_list("contribution", flat=True)) == [other.pk]


def test_the_day_may_be_said():
    row, day = make.contribution(day=timezone.localdate() - timedelta(days=9)), timezone.localdate()
    actions.step(contributions=[row], kind=Step.Kind.READ, words="x", on=day - timedelta(days=2))
    assert row.steps.get().on == day - timedelta(days=2)


# An activity appears and disappears ------------------------------------------------------------


def test_nothing_said_in_an_activity_is_found_once_it_is_hidden():
    activity = make.activity()
    row = make.contribution(of=activity)
    actions.hide_activity(activity=activity)
    assert not entry(row).exists()
    actions.show_activity(activity=activity)
    assert entry(row).exists()


def test_words_that_were_withdrawn_do_not_come_back_with_an_older_backup(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.DATA = tmp_path
    row = make.contribution("Mi chiamo così e abito lì")
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw(contribution=row)
    Erasure.objects.all().delete()
    Contribution.objects.filter(pk=row.pk).update(text=row.text, withdrawn_on=None)  # made before
    assert personal_data.replay() == 1
    assert Contribution.objects.get().text == ""
