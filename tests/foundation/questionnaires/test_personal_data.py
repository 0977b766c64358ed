"""What is given out about a person, and what is left when they go."""

import pytest

from cantiere.foundation.core.personal_data import erase_all, export_all
from cantiere.foundation.questionnaires import actions
from cantiere.foundation.questionnaires.models import Response
from cantiere.foundation.questionnaires.personal_data import Answered
from tests.factories import accounts, census
from tests.factories import places as make_places
from tests.factories import questionnaires as make

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def test_a_person_has_all_their_answers():
    make_places.loaded()
    somebody = accounts.person(email="chi@example.org")
    begun = make.response(by=somebody)
    actions.save_page(response=begun, page="who", raw={"title": "T", "website": "non è un sito"})
    make.filled()  # by nobody's account, but with their address
    make.filled(answers={})
    made = export_all(somebody)["questionnaires"]
    assert isinstance(made, list)
    assert [row["answers"].get("title") for row in made] == [
        "T",
        "Il patto del Sorbara",
        "Il patto del Sorbara",
    ]
    assert made[0]["answers"]["website"] == "non è un sito"


def test_a_draft_that_a_room_above_points_at_is_emptied():
    somebody = accounts.person()
    entry = census.begun()
    Response.objects.filter(pk=entry.response_id).update(person=somebody, answers={"x": "y"})
    Answered().erase(somebody)
    draft = Response.objects.get(pk=entry.response_id)
    assert (draft.person, draft.answers, draft.pages) == (None, {}, {})


def test_who_goes_leaves_only_what_was_sent_and_nothing_of_themselves():
    make_places.loaded()
    somebody, other = accounts.person(email="CHI@example.org"), accounts.person()
    make.filled(by=somebody)
    sent, foreign, named = make.sent(by=somebody), make.sent(by=other), make.sent()
    actions.reopen(response=named)
    erase_all(somebody)
    assert set(Response.objects.values_list("pk", flat=True)) == {sent.pk, foreign.pk, named.pk}
    for row in (sent, foreign, named):
        row.refresh_from_db()
    assert (sent.person, "email" in sent.answers, sent.answers["title"]) == (
        None,
        False,
        "Il patto del Sorbara",
    )
    assert (foreign.person, foreign.answers["email"]) == (other, "chi@example.org")
    assert "email" not in named.answers.keys() | named.sent.keys()
    assert named.sent["title"] == "Il patto del Sorbara"
