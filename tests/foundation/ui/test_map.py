"""The list and its map in a real browser: by keyboard, on a phone, without script, inside another site."""

import re

import pytest

from tests.browser import Keyboard, assert_sound, needs_browser

pytestmark = [pytest.mark.journey, needs_browser, pytest.mark.usefixtures("listings")]

SENTENCE = "#listing-sentence"
SMALL_OR_TOUCHING = """() => {
    const boxes = [...document.querySelectorAll('.map-mark')].map(one => one.getBoundingClientRect());
    const small = boxes.filter(box => box.width < 24 || box.height < 24).length;
    const near = boxes.some((a, n) => boxes.slice(n + 1).some(b =>
        Math.hypot((a.x + a.width / 2) - (b.x + b.width / 2), (a.y + a.height / 2) - (b.y + b.height / 2))
            < (a.width + b.width) / 2));
    return [boxes.length, small, near];
}"""

# As soon as neither a mark nor the focus moves between two looks.
AT_REST = """async () => {
    const seen = () => [document.activeElement, ...document.querySelectorAll('.map-mark, .map-card')].map(one => {
        const box = one.getBoundingClientRect();
        return [box.x, box.y, one.className, one.textContent].join();
    }).join('|');
    for (let was = null, now = seen(); was !== now; was = now, now = seen())
        await new Promise(done => setTimeout(done, 200));
}"""


@pytest.fixture
def visit(browser, address):
    """Windows of one person; nothing may come from elsewhere, nothing may be complained about."""
    contexts, elsewhere, complaints = [], [], []
    other = address.replace("127.0.0.1", "localhost")

    def open_window(*, width=1280, height=900, **options):
        context = browser.new_context(
            base_url=address, locale="it-IT", viewport={"width": width, "height": height}, **options
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.without_script = options.get("java_script_enabled") is False
        page.on(
            "request", lambda asked: asked.url.startswith((address, other)) or elsewhere.append(asked.url)
        )
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert (elsewhere, complaints) == ([], [])


def named(page):
    return page.evaluate(
        "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"
    )


@pytest.mark.parametrize("width", [1280, 390])
def test_the_map_is_sound_and_its_marks_can_be_hit(visit, width):
    page = visit(width=width, height=844)
    page.goto("/elenco/?quanti=10000")
    if width == 390:
        assert page.locator(".map-mark").count() == 0
        page.get_by_text("Mostra la mappa").click()
    page.wait_for_selector(".map-cluster")
    assert_sound(page)
    for _zoom in range(3):
        count, small, near = page.evaluate(SMALL_OR_TOUCHING)
        assert count > 0
        assert (small, near) == (0, False)
        page.get_by_role("button", name="Ingrandisci", exact=True).click()
        page.evaluate(AT_REST)
    assert_sound(page)


def test_through_clusters_to_a_page_by_keyboard_alone(visit):
    page = visit()
    keys = Keyboard(page)
    page.goto("/elenco/")
    page.wait_for_selector(".map-cluster")
    keys.tab_to("Salta la mappa", tag="a")
    keys.tab_to("Mappa dei processi", tag="div")
    keys.tab_to(r"^\d+ processi: ingrandisci qui", tag="button", at_most=3)
    counts = [int(re.match(r"\d+", keys.stop()["name"])[0])]
    while page.locator(".map-card").count() == 0:
        page.keyboard.press("Enter")
        page.evaluate(AT_REST)
        found = re.match(r"(\d+) processi", keys.stop()["name"])
        counts += [int(found[1])] if found else []
        assert len(counts) < 12
    assert counts == sorted(set(counts), reverse=True), "each step leads to fewer"
    page.keyboard.press("Escape")
    assert keys.stop()["name"].startswith("Processo"), "Escape goes back to the mark"
    page.keyboard.press("Enter")
    title = keys.stop()["name"]
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == title


def test_keys_move_and_zoom_the_map_and_escape_leaves_it(visit):
    page = visit(reduced_motion="reduce")
    page.goto("/elenco/")
    page.wait_for_selector(".map-cluster")
    mark = page.locator(".map-mark").first
    page.locator(".map-area").focus()
    before = mark.bounding_box()
    page.keyboard.press("ArrowRight")
    page.evaluate(AT_REST)
    assert page.locator(".map-pane, .leaflet-map-pane").first.evaluate("one => one.style.transform") != ""
    assert mark.bounding_box() != before
    marks = page.locator(".map-mark").count()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("+")
    page.keyboard.press("+")
    page.evaluate(AT_REST)
    page.keyboard.press("-")
    page.keyboard.press("-")
    page.evaluate(AT_REST)
    assert page.locator(".map-mark").count() >= marks
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "listing-results"


def test_filters_change_list_map_address_and_announcement_and_keep_the_focus(visit):
    page = visit()
    page.goto("/elenco/")
    page.wait_for_selector(".map-cluster")
    page.get_by_text("Tema", exact=True).first.click()
    with page.expect_response("**/punti.json?tema=bosco"):
        page.get_by_role("checkbox", name="Bosco").check()
    page.wait_for_url("**/elenco/?tema=bosco")
    assert page.locator(SENTENCE).inner_text() == "20 processi in 9 province"
    assert page.locator("#listing-live").inner_text() == "20 processi in 9 province"
    assert page.evaluate("document.activeElement.value") == "bosco"
    assert page.locator("details.listing-menu").get_attribute("open") is not None, "the choices stay open"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"

    page.get_by_label("Quanti al massimo").fill("tanti")
    page.keyboard.press("Enter")
    page.get_by_text("Un filtro non vale, gli altri sì").wait_for()
    assert page.get_by_label("Quanti al massimo").input_value() == "tanti"
    assert page.locator("#filter_quanti_slot").inner_text() != ""
    page.get_by_label("Quanti al massimo").fill("30")
    page.keyboard.press("Enter")
    page.wait_for_url("**/elenco/?quanti=30&tema=bosco")
    assert page.locator("#filter_quanti_slot").inner_text().strip() == ""
    assert_sound(page)

    page.get_by_role("link", name="Togli: sul tema Bosco").click()
    page.wait_for_url("**/elenco/?quanti=30")
    page.locator("#listing-sentence:focus").wait_for()
    assert not page.get_by_role("checkbox", name="Bosco", include_hidden=True).is_checked()
    page.get_by_role("link", name="Pagina 2").click()
    page.wait_for_url("**/elenco/?quanti=30&pagina=2")
    assert page.locator(".listing-items > li").count() == 10
    page.go_back()
    page.wait_for_url("**/elenco/?quanti=30")
    page.locator(".listing-items > li").nth(19).wait_for()
    page.wait_for_selector(".map-mark")


def test_a_link_of_the_map_to_the_list_changes_the_list_beside(visit):
    page = visit()
    page.goto("/elenco/?molti=1")
    page.wait_for_selector(".map-mark")
    page.evaluate("window.stayed = true")
    page.locator(".map-mark", has_text="5").click()
    page.get_by_role("link", name="Mostra l’elenco").click()
    page.wait_for_url("**/elenco/?tema=scuola")
    assert page.locator(SENTENCE).inner_text() == "20 processi in 9 province"
    assert page.evaluate("window.stayed") is True


def test_on_a_phone_the_results_are_on_the_first_screen_and_applying_leads_to_them(visit):
    page = visit(width=390, height=844)
    page.goto("/elenco/")
    assert page.get_by_role("heading", name="Processo 0").bounding_box()["y"] < 844
    page.get_by_text("Filtri", exact=True).click()
    page.get_by_text("Tema", exact=True).first.click()
    page.get_by_role("checkbox", name="Bosco").check()
    page.wait_for_url("**/elenco/?tema=bosco")
    page.get_by_role("button", name="Applica i filtri").click()
    page.locator("#listing-sentence:focus").wait_for()
    assert not page.get_by_role("button", name="Applica i filtri").is_visible()
    assert_sound(page)


@pytest.mark.parametrize("width", [1280, 390])
def test_without_script_everything_works_as_links_and_a_form(visit, width):
    page = visit(width=width, java_script_enabled=False)
    page.goto("/elenco/")
    if width == 390:
        page.get_by_text("Mostra la mappa").click()
        page.get_by_text("Filtri", exact=True).click()
    assert page.locator("svg.map-sketch circle").first.is_visible()
    page.get_by_text("Tema", exact=True).first.click()
    page.get_by_role("checkbox", name="Bosco").check()
    page.get_by_role("button", name="Applica i filtri").click()
    assert page.locator(SENTENCE).inner_text() == "20 processi in 9 province"
    page.get_by_role("link", name="Togli: sul tema Bosco").click()
    assert page.locator(SENTENCE).inner_text() == "60 processi in 9 province"
    assert_sound(page)


def test_the_map_stands_in_a_page_of_another_site(visit, address):
    page = visit()
    page.goto(address.replace("127.0.0.1", "localhost") + "/altrove/")
    frame = page.frame_locator("iframe")
    frame.locator(".map-cluster").first.wait_for()
    assert frame.get_by_role("link", name="Vedi tutto su Cantiere").is_visible()


def test_where_points_do_not_come_the_drawing_stays_and_says_why(visit):
    page = visit()
    page.route("**/punti.json*", lambda route: route.fulfill(status=200, body="niente"))
    page.goto("/elenco/")
    page.get_by_text("La mappa non si è caricata").wait_for()
    assert page.locator("svg.map-sketch").is_visible()
