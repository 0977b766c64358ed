"""Publishing, answering, sending, correcting: what is written and what is refused."""

import pytest
from django.core.exceptions import ValidationError

from cantiere.engine.questionnaire import SchemaError
from cantiere.foundation.core.keys import digest_of
from cantiere.foundation.core.models import AuditEntry
from cantiere.foundation.places.models import Place
from cantiere.foundation.questionnaires import actions, queries
from cantiere.foundation.questionnaires.models import Questionnaire, Response, Version
from tests.factories import accounts
from tests.factories import places as make_places
from tests.factories import questionnaires as make

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def verbs():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


# Versions --------------------------------------------------------------------------------------


def test_the_same_schema_is_the_same_version():
    first = make.version()
    assert make.version() == first
    assert (first.number, Version.objects.count()) == (1, 1)
    assert queries.latest("census") == first
    assert verbs().count("questionnaires.publish") == 1


def test_another_schema_is_the_next_version_and_answers_keep_theirs():
    begun = make.response()
    second = make.version(title=make.said("Nuovo titolo"))
    assert (second.number, queries.latest("census")) == (2, second)
    begun.refresh_from_db()
    assert begun.version.number == 1
    assert begun.schema.title["it"] == "Censimento dei processi"
    assert make.version().number == 3  # and back again


def test_a_code_cannot_be_given_another_meaning():
    make.version()
    changed = make.schema()
    changed["lists"]["method"][0]["label"] = make.said("Giuria")
    with pytest.raises(SchemaError, match="the code “world_cafe” meant “World café” in version 1"):
        actions.publish(key="census", title="Censimento", schema=changed)
    assert Version.objects.count() == 1


def test_a_wrong_schema_leaves_nothing():
    with pytest.raises(SchemaError):
        make.version(groups=[])
    assert not Questionnaire.objects.exists()


def test_the_title_follows():
    make.version()
    actions.publish(key="census", title="Altro titolo", schema=make.SCHEMA)
    assert Questionnaire.objects.get().title == "Altro titolo"


def test_a_version_never_changes():
    version = make.version()
    version.number = 9
    with pytest.raises(TypeError, match="never changes"):
        version.save()


def test_a_version_is_read_as_it_was_stored():
    version = Version.objects.get(pk=make.version().pk)
    assert version.parsed is Version.objects.get(pk=version.pk).parsed
    assert [group.name for group in version.parsed.groups] == ["who", "where", "call", "how"]


# Beginning -------------------------------------------------------------------------------------


def test_a_key_is_shown_once_and_kept_as_a_digest():
    begun, key = actions.start(version=make.version())
    assert begun.key_digest == digest_of(key)
    assert key not in str(Response.objects.values().get())
    again = actions.new_key(response=begun)
    begun.refresh_from_db()
    assert begun.key_digest == digest_of(again) != digest_of(key)


def test_a_response_belongs_to_whoever_begins_it():
    somebody = accounts.person()
    assert make.response(by=somebody).person == somebody
    assert make.response(by=somebody, for_somebody_else=True).person is None


def test_what_is_known_before_is_there():
    places = make_places.loaded()
    begun = make.response(answers={"title": "Il patto", "seat": places["036002"].pk, "methods": ["ost"]})
    assert begun.answers == {"title": "Il patto", "seat": places["036002"].pk, "methods": ["ost"]}


@pytest.mark.parametrize("answers", [{"year": "presto"}, {"nobody": 1}, {"seat": 999_999}, {"seat": -1}])
def test_what_is_known_before_must_be_right(answers):
    with pytest.raises(ValidationError):
        make.response(answers=answers)
    assert not Response.objects.exists()


def test_defaults_are_answered_from_the_beginning():
    changed = make.schema()
    changed["groups"][2]["questions"][0] |= {"default": 2019, "read_only": True}
    assert make.response(actions.publish(key="c", title="C", schema=changed)).answers == {"year": 2019}


# Pages -----------------------------------------------------------------------------------------


def test_a_page_is_saved_right_or_wrong():
    make_places.loaded()
    begun = make.response()
    raw = {"seat": "Bomprto", "territory": "Bastiglia\nAtlantide", "started": "ieri", "funded": "no"}
    saved = actions.save_page(response=begun, page="where", raw=raw)
    assert [each.question for each in saved.problems] == ["seat", "territory", "started"]
    stored = Response.objects.get()
    assert (stored.answers, stored.unfinished) == (
        {"funded": "no"},
        {name: raw[name] for name in ("seat", "territory", "started")},
    )
    assert (stored.revision, stored.pages) == (1, {"where": 1})
    assert (begun.answers, begun.revision) == (stored.answers, 1)
    saved = actions.save_page(
        response=begun, page="where", raw={**raw, "seat": "Bomporto", "started": "1/6/2020"}
    )
    assert list(begun.unfinished) == ["territory"]
    assert begun.answers["seat"] == Place.objects.get(code="036002").pk


def test_saving_leaves_no_line_in_the_log():
    begun = make.response()
    before = verbs()
    actions.save_page(response=begun, page="who", raw=make.WHOLE["who"])
    assert verbs() == before


def test_two_devices_overwrite_nothing_of_each_other():
    begun = make.response()
    telephone, desk = Response.objects.get(), Response.objects.get()
    actions.save_page(response=telephone, page="who", raw={"title": "Dal telefono"}, revision=0)
    with pytest.raises(actions.ChangedMeanwhileError) as told:
        actions.save_page(response=desk, page="who", raw={"title": "Dal tavolo"}, revision=0)
    assert told.value.response.answers == {"title": "Dal telefono"}
    begun.refresh_from_db()
    assert (begun.answers, begun.revision) == ({"title": "Dal telefono"}, 1)
    actions.save_page(response=desk, page="who", raw={"title": "Dal tavolo"}, revision=1)
    begun.refresh_from_db()
    assert begun.answers == {"title": "Dal tavolo"}


def test_two_devices_on_two_pages_do_not_disturb_each_other():
    begun = make.response()
    actions.save_page(response=begun, page="how", raw={"methods": ["ost"]}, revision=0)
    actions.save_page(response=begun, page="who", raw={"title": "T"}, revision=0)
    assert begun.answers == {"methods": ["ost"], "title": "T"}


def test_the_same_content_twice_is_no_conflict():
    begun = make.response()
    for _time in range(2):
        actions.save_page(response=begun, page="who", raw={"title": "T"}, revision=0)
    assert begun.revision == 1


def test_there_is_no_such_page():
    with pytest.raises(ValidationError):
        actions.save_page(response=make.response(), page="../../etc", raw={})


# Sending ---------------------------------------------------------------------------------------


def test_sending_drops_what_does_not_apply():
    make_places.loaded()
    begun = make.filled()
    actions.save_page(response=begun, page="where", raw={"funded": "yes", "amount": "20.000"})
    actions.save_page(response=begun, page="call", raw={"year": "2019"})
    actions.save_page(response=begun, page="where", raw={"funded": "no"})
    assert (begun.answers["amount"], begun.answers["year"]) == (20000, 2019)  # kept while drafting
    actions.complete(response=begun)
    stored = Response.objects.get()
    assert {"amount", "year"} & stored.answers.keys() == set()
    assert (stored.is_complete, stored.completed_at is not None, stored.unfinished) == (True, True, {})
    assert verbs()[-1] == "questionnaires.complete"


def test_what_is_not_right_yet_cannot_be_sent():
    begun = make.response()
    actions.save_page(response=begun, page="who", raw={"title": "", "email": "chi@"})
    with pytest.raises(ValidationError) as refused:
        actions.complete(response=begun)
    assert set(refused.value.message_dict) == {"title", "body", "email", "funded"}
    assert not Response.objects.get().is_complete


def test_sending_twice_is_sending_once():
    make_places.loaded()
    done = make.sent()
    at = done.completed_at
    actions.complete(response=done)
    assert Response.objects.get().completed_at == at
    assert verbs().count("questionnaires.complete") == 1


def test_what_was_sent_is_not_saved_over():
    make_places.loaded()
    done = make.sent()
    with pytest.raises(ValidationError):
        actions.save_page(response=done, page="who", raw={"title": "Dopo"})
    actions.reopen(response=done)
    actions.save_page(response=done, page="who", raw={"title": "Dopo"})
    assert Response.objects.get().answers["title"] == "Dopo"


def test_what_was_changed_and_never_sent_can_be_dropped():
    make_places.loaded()
    done = make.sent()
    before = done.answers
    actions.reopen(response=done)
    actions.save_page(response=done, page="who", raw={"title": ""})
    actions.close_again(response=done)
    stored = Response.objects.get()
    assert (stored.is_complete, stored.answers, stored.unfinished, stored.sent) == (True, before, {}, {})


# Correcting ------------------------------------------------------------------------------------


def test_a_curator_corrects_what_was_sent():
    make_places.loaded()
    done, curator = make.sent(), accounts.curator()
    changed = actions.change(by=curator, response=done, answers={"title": "Titolo giusto", "website": ""})
    stored = Response.objects.get()
    assert (changed, stored.answers["title"], "website" in stored.answers) == (
        ["title", "website"],
        "Titolo giusto",
        False,
    )
    assert stored.is_complete
    entry = AuditEntry.objects.latest("pk")
    assert (entry.by, entry.verb, entry.data) == (
        curator,
        "questionnaires.change",
        {"changed": ["title", "website"]},
    )


def test_a_correction_must_leave_everything_right():
    make_places.loaded()
    done, curator = make.sent(), accounts.curator()
    for answers in ({"title": ""}, {"funded": "yes"}, {"funded": "perhaps"}, {"nobody": "x"}):
        with pytest.raises(ValidationError):
            actions.change(by=curator, response=done, answers=answers)
    assert Response.objects.get().answers["title"] == "Il patto del Sorbara"


def test_the_author_of_a_draft_is_told_of_a_correction():
    begun = make.response()
    actions.change(by=accounts.curator(), response=begun, answers={"title": "Da chi cura"})
    with pytest.raises(actions.ChangedMeanwhileError):
        actions.save_page(response=begun, page="who", raw={"title": "Mio"}, revision=0)


def test_a_correction_that_changes_nothing_leaves_no_trace():
    begun, curator = make.response(answers={"title": "T"}), accounts.curator()
    before = verbs()
    assert actions.change(by=curator, response=begun, answers={"title": "T"}) == []
    assert verbs() == before


def test_a_response_can_be_deleted():
    actions.discard(response=make.response())
    assert not Response.objects.exists()
