"""The pages in a real browser: accessible, of any width, with and without script."""

import pytest

from cantiere.foundation.questionnaires import actions
from tests.browser import Keyboard, assert_sound, needs_browser
from tests.factories import places as make_places
from tests.factories import questionnaires as make

pytestmark = [
    needs_browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.foundation.questionnaires.urls"),
]


@pytest.fixture
def begun():
    make_places.loaded()
    return actions.start(version=make.version())


@pytest.fixture
def window(browser, live_server):
    """Open a window of some width, with script or without."""
    contexts = []

    def open_window(width=1280, *, script=True):
        context = browser.new_context(
            base_url=live_server.url,
            locale="it-IT",
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
        )
        contexts.append(context)
        page = context.new_page()
        page.without_script = not script
        return page

    yield open_window
    for context in contexts:
        context.close()


def fill_wrong(page):
    """A page with a place that does not exist, a day in words and no required answer."""
    page.get_by_label("Comune").fill("Bomprto")
    page.get_by_label("Quando è iniziato").evaluate("one => { one.type = 'text'; one.value = 'ieri' }")
    page.get_by_role("button", name="Salva e continua").click()
    page.wait_for_load_state()


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_every_page_is_sound(window, begun, width, request):
    response, key = begun
    page, home = window(width), f"/prova/{key}/"
    look = request.config.cache.mkdir("questionnaires")
    page.goto(f"{home}?pagina=who")
    assert_sound(page)
    page.screenshot(path=look / f"who-{width}.png", full_page=True)
    page.goto(f"{home}?pagina=where")
    fill_wrong(page)
    assert page.locator(".form-feedback").count() == 3
    assert_sound(page)
    page.screenshot(path=look / f"where-wrong-{width}.png", full_page=True)
    page.goto(f"{home}riepilogo/")
    assert_sound(page)
    page.screenshot(path=look / f"summary-wrong-{width}.png", full_page=True)
    for name, raw in make.WHOLE.items():
        actions.save_page(response=response, page=name, raw=raw)
    page.goto(f"{home}riepilogo/")
    assert_sound(page)
    page.screenshot(path=look / f"summary-{width}.png", full_page=True)
    page.goto(f"{home}dopo/")
    assert_sound(page)
    page.screenshot(path=look / f"later-{width}.png", full_page=True)
    page.goto(f"{home}?pagina=where")
    actions.save_page(response=response, page="where", raw={"seat": "Bastiglia", "funded": "no"})
    page.get_by_label("Comune").fill("Siena")
    page.get_by_role("button", name="Salva e continua").click()
    page.get_by_text("Nel frattempo questa pagina è stata salvata altrove").wait_for()
    assert_sound(page)
    page.screenshot(path=look / f"meanwhile-{width}.png", full_page=True)


def test_without_script_from_the_first_page_to_the_end(window, begun):
    response, key = begun
    page = window(390, script=False)
    page.goto(f"/prova/{key}/?pagina=who")
    page.get_by_label("Titolo del processo").fill("Il patto")
    page.get_by_role("radio", name="Associazione").check()
    page.get_by_role("button", name="Salva e continua").click()
    page.get_by_label("Comune").fill("Bomporto")
    page.get_by_role("group", name="Ha avuto un contributo?").get_by_role("radio", name="Sì").check()
    page.get_by_role("button", name="Salva e continua").click()
    assert page.get_by_text("C’è ancora una domanda").is_visible()
    assert_sound(page)
    page.get_by_label("Di quanto, in euro").fill("20.000")
    page.get_by_role("button", name="Salva e continua").click()
    page.get_by_label("Anno del bando").fill("2019")
    page.get_by_role("button", name="Salva e continua").click()
    page.get_by_role("checkbox", name="Open Space").check()
    page.get_by_role("button", name="Salva e continua").click()
    page.get_by_role("button", name="Invia il questionario").click()
    page.get_by_text("Grazie").wait_for()
    response.refresh_from_db()
    assert response.is_complete
    assert (response.answers["amount"], response.answers["year"]) == (20000, 2019)


def test_by_keyboard_alone(window, begun):
    _response, key = begun
    page = window()
    page.goto(f"/prova/{key}/?pagina=who")
    keyboard = Keyboard(page)
    keyboard.tab_to("Titolo del processo")
    keyboard.type("Il patto")
    keyboard.tab_to("Ente pubblico")
    page.keyboard.press("Space")
    keyboard.follow("Salva e continua")
    assert "pagina=where" in page.url
