"""The thermometer of the recipe at work; run by ``test_adding_an_activity.py`` in a house that has the room."""

import pytest

from tests.factories import programmes as make
from tests.factories.accounts import form_key, person, signed_in

pytestmark = pytest.mark.django_db


def test_somebody_warms_it_and_the_team_asks_another_question():
    programme = make.programme()
    activity = make.activity(programme, kind="thermometer")
    client = signed_in(person())
    for _time in range(2):
        assert client.post(f"/termometri/{activity.slug}/scalda/", form_key()).status_code == 302
    assert [measure.value for measure in activity.kind.measures(activity)] == [2]
    editor = signed_in(make.member(programme).person)
    sent = {"title": activity.title, "phase": activity.phase_id, "question": "Quanto ti piace?"}
    assert editor.post(activity.edit_url, sent | form_key()).status_code == 302
    assert "Quanto ti piace?" in client.get(activity.get_absolute_url()).content.decode()
