"""The pages."""

import re
from datetime import date

import pytest
from django.db import connection
from django.template import engines
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from cantiere.engine.readability import gulpease
from cantiere.foundation.core.richtext import strip_tags
from cantiere.foundation.notices import less
from cantiere.foundation.notices.models import Notice, Preference, Subscription
from tests.factories.accounts import form_key, person, signed_in
from tests.factories.notices import TOPIC, follower, notice, tell

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def body(client: Client, address: str = "/avvisi/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().partition("<main")[2].partition("</main>")[0].split())


def readable(page: str) -> float:
    return gulpease(strip_tags(re.sub(r"</(p|h\d|li|button|label|legend)>", ". ", page)))


def test_mine_asks_to_sign_in(client: Client) -> None:
    assert client.get("/avvisi/").headers["Location"] == "/entra/?next=%2Favvisi%2F"


def test_mine_shows_one_s_own_only() -> None:
    who = follower()
    tell(title="Per tutti")
    notice(person(), "x", title="Di un altro")
    page = body(signed_in(who))
    assert ("Per tutti" in page, "Di un altro" in page) == (True, False)
    assert "1 da leggere" in page
    assert 'href="/programmi/12/">Programma 12</a>' in page
    assert readable(page) >= 60


def test_mine_says_what_will_be_here() -> None:
    page = body(signed_in(person()))
    assert ("Qui trovi le novità" in page, "Per ora non segui niente." in page) == (True, True)
    assert 'value="weekly"' in page
    assert re.search(r'value="weekly"[^>]* checked', page)
    assert readable(page) >= 60


def test_mine_hides_what_may_no_longer_be_seen(hidden: set[tuple[int | None, int]]) -> None:
    who = follower()
    tell(title="Riservato")
    hidden.add((who.pk, 12))
    page = body(signed_in(who))
    assert ("Riservato" in page, "Programma 12" in page, "da leggere" in page) == (False, False, False)


def test_mine_runs_no_markup() -> None:
    who = follower()
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    tell(title=evil, text=evil)
    page = body(signed_in(who))
    assert ("<script" in page, "<img" in page) == (False, False)


def test_mine_costs_the_same_for_one_and_three() -> None:
    who = follower()
    client = signed_in(who)
    counts = []
    for number in range(3):
        tell(f"news {number}")
        Subscription.objects.get_or_create(person=who, topic=f"programme:{12 + number}")
        with CaptureQueriesContext(connection) as captured:
            body(client)
        counts.append(len(captured))
    assert counts == [8] * 3


def test_mine_lists_in_pages() -> None:
    who = follower()
    for number in range(23):
        notice(who, f"{number}", title=f"Avviso {number}", day=date(2026, 3, 1 + number))
    client = signed_in(who)
    assert body(client).count("<article") == 20
    assert body(client, "/avvisi/?page=2").count("<article") == 3


def test_read_marks_one_and_read_all_the_rest() -> None:
    who = person()
    first, _second = notice(who, "a"), notice(who, "b")
    client = signed_in(who)
    assert client.post(f"/avvisi/{first.pk}/letto/", form_key()).headers["Location"] == "/avvisi/"
    assert Notice.objects.unread().count() == 1
    client.post("/avvisi/letti/", form_key())
    assert Notice.objects.unread().count() == 0
    assert "Niente di nuovo" in body(client)


def test_read_of_another_s_does_not_exist() -> None:
    told = notice(person())
    stranger = signed_in(person())
    assert [
        stranger.post(f"/avvisi/{told.pk}/letto/", form_key()).status_code,
        stranger.post("/avvisi/999999/letto/", form_key()).status_code,
        Client().post(f"/avvisi/{told.pk}/letto/", form_key()).status_code,
    ] == [404, 404, 404]
    assert Notice.objects.unread().count() == 1


def test_rhythm_is_saved_or_explained() -> None:
    who = person()
    client = signed_in(who)
    assert client.post("/avvisi/ritmo/", {"rhythm": "hourly"} | form_key()).status_code == 422
    assert client.post("/avvisi/ritmo/", {"rhythm": "daily"} | form_key()).status_code == 302
    assert Preference.objects.get(person=who).rhythm == "daily"
    assert "Da ora le mail arrivano come hai chiesto." in body(client)


def test_follow_and_stop() -> None:
    who = person()
    client = signed_in(who)
    words = {"topic": TOPIC, "follow": "yes", "back": "/programmi/12/"}
    key = form_key()
    for _ in range(2):
        assert client.post("/avvisi/segui/", words | key).headers["Location"] == "/programmi/12/"
    assert Subscription.objects.follows(who, TOPIC)
    assert "Ora segui: Programma 12." in body(client)
    client.post("/avvisi/segui/", words | {"follow": "no"} | form_key())
    assert not Subscription.objects.exists()


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
def test_follow_comes_back_to_this_site_only(back: str) -> None:
    answer = signed_in(person()).post(
        "/avvisi/segui/", {"topic": TOPIC, "follow": "yes", "back": back} | form_key()
    )
    assert answer.headers["Location"] == "/avvisi/"


@pytest.mark.parametrize("topic", ["programme:12", "programme:99", "nothing:1", "programme", ""])
def test_follow_of_what_may_not_be_seen_does_not_exist(
    topic: str, hidden: set[tuple[int | None, int]]
) -> None:
    who = person()
    hidden.add((who.pk, 12))
    answer = signed_in(who).post("/avvisi/segui/", {"topic": topic, "follow": "yes"} | form_key())
    assert (answer.status_code, Subscription.objects.exists()) == (404, False)


def test_follow_stops_also_for_what_may_no_longer_be_seen(hidden: set[tuple[int | None, int]]) -> None:
    who = follower()
    hidden.add((who.pk, 12))
    answer = signed_in(who).post("/avvisi/segui/", {"topic": TOPIC, "follow": "no"} | form_key())
    assert (answer.status_code, Subscription.objects.exists()) == (302, False)
    assert "Programma 12" not in body(signed_in(who))


def test_follow_asks_to_sign_in(client: Client) -> None:
    answer = client.post(
        "/avvisi/segui/",
        {"topic": TOPIC, "follow": "yes"} | form_key(),
        headers={"referer": "/programmi/12/"},
    )
    assert answer.headers["Location"] == "/entra/?next=%2Fprogrammi%2F12%2F"


def test_writing_pages_take_posts_only() -> None:
    client = signed_in(person())
    assert [client.get(f"/avvisi/{word}/").status_code for word in ("ritmo", "segui", "letti")] == [405] * 3


@pytest.mark.parametrize(
    ("who", "followed", "holds"),
    [("nobody", False, "?next=/a%3Fb%3D1"), ("me", False, 'value="yes"'), ("me", True, 'value="no"')],
)
def test_follow_button(who: str, holds: str, *, followed: bool) -> None:
    request = RequestFactory().get("/a?b=1")
    words = {"topic": TOPIC, "followed": followed, "user": person() if who == "me" else None}
    button = engines["django"].get_template("notices/_follow.html").render(words, request)
    assert holds in button.replace("%2F", "/")
    assert ("csrfmiddlewaretoken" in button) == (who == "me")


def test_less_asks_first_and_changes_nothing(client: Client) -> None:
    who = follower()
    page = body(client, f"/avvisi/meno/{less.token(who.pk, TOPIC)}/")
    assert "Non seguire più Programma 12" in page
    assert who.email not in page
    assert readable(page) >= 60
    assert "Non seguire più" not in body(client, f"/avvisi/meno/{less.token(who.pk)}/")
    assert Subscription.objects.exists()
    assert not Preference.objects.exists()


@pytest.mark.parametrize(
    ("topic", "choice", "follows", "rhythm"),
    [
        (TOPIC, "unfollow", False, None),
        (TOPIC, "weekly", True, "weekly"),
        ("", "never", True, "never"),
        ("", "unfollow", True, None),
    ],
)
def test_less_by_hand_without_signing_in(topic: str, choice: str, follows: bool, rhythm: str | None) -> None:  # noqa: FBT001
    who = follower()
    client = Client(enforce_csrf_checks=True)
    address = f"/avvisi/meno/{less.token(who.pk, topic)}/"
    answer = client.post(address, {"choice": choice} | form_key())
    assert answer.headers["Location"] == f"{address}?done"
    assert "La tua scelta è salva." in body(client, f"{address}?done")
    assert Subscription.objects.follows(who, TOPIC) == follows
    assert Preference.objects.filter(person=who).values_list("rhythm", flat=True).first() == rhythm


@pytest.mark.parametrize(("topic", "follows", "rhythm"), [(TOPIC, False, None), ("", True, "never")])
def test_less_by_mail_program_in_one_click(topic: str, follows: bool, rhythm: str | None) -> None:  # noqa: FBT001
    who = follower()
    for _ in range(2):
        answer = Client(enforce_csrf_checks=True).post(
            f"/avvisi/meno/{less.token(who.pk, topic)}/",
            "List-Unsubscribe=One-Click",
            content_type="application/x-www-form-urlencoded",
        )
        assert (answer.status_code, answer.content, answer.cookies) == (200, b"", {})
    assert Subscription.objects.follows(who, TOPIC) == follows
    assert Preference.objects.filter(person=who).values_list("rhythm", flat=True).first() == rhythm


def test_less_of_a_forged_or_forgotten_word_does_not_exist(client: Client) -> None:
    who = person()
    word = less.token(who.pk)
    who_gone = less.token(999_999)
    assert [client.get(f"/avvisi/meno/{one}/").status_code for one in (word[:-1] + "x", "x", who_gone)] == [
        404
    ] * 3
    assert client.post(f"/avvisi/meno/{word}/", {"choice": "all"} | form_key()).status_code == 400
