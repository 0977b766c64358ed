"""On paper: a programme and the minutes of a meeting, without what only serves on a screen."""

import pytest

from tests.browser import assert_sound, needs_browser

pytestmark = [pytest.mark.journey, needs_browser]


@pytest.mark.parametrize(
    "path", ["/programmi/pistoia2030/", "/incontri/che-cosa-vogliamo-imparare/"], ids=["programme", "minutes"]
)
def test_a_page_prints_as_a_document(visit, path):
    page = visit()
    page.goto(path)
    assert_sound(page)
    page.emulate_media(media="print")
    assert page.locator("h1").is_visible()
    only_on_screen = page.locator("header nav, .breadcrumb-container, main form, main .btn, footer nav")
    assert [one.inner_text() for one in only_on_screen.all() if one.is_visible()] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    paper = page.pdf(format="A4", print_background=True)
    assert paper.startswith(b"%PDF-")
    assert page.url.endswith(path)
