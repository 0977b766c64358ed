import re
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

import cantiere
from cantiere.foundation.ui import assets
from cantiere.foundation.ui.knots import Knot
from cantiere.foundation.ui.templatetags.ui import STATUS_ICONS

REPOSITORY = Path(__file__).parents[3]
LISTED = {
    line for line in (REPOSITORY / "frontend/icons.txt").read_text().splitlines() if line.startswith("it-")
}


def render(source, path="/", **context):
    return engines["django"].from_string(source).render(context, RequestFactory().get(path))


def test_every_icon_named_in_a_template_is_in_the_sprite():
    package = Path(cantiere.__file__).parent
    drawn = re.compile(r"""(?:icon |icon=|icon_name=)["'](it-[a-z-]+)["']""")
    named = {name for file in package.rglob("*.html") for name in drawn.findall(file.read_text())}
    named |= {
        name for file in package.rglob("*.py") for name in re.findall(r'"(it-[a-z-]+)"', file.read_text())
    }
    assert named - LISTED == set()
    assert set(STATUS_ICONS.values()) - LISTED == set()


def test_an_icon_is_decoration_unless_it_has_a_label():
    assert 'aria-hidden="true"' in render('{% icon "it-check" %}')
    assert render('{% icon "it-check" label="Fatto" %}').startswith(
        '<svg class="icon" role="img" aria-label="Fatto">'
    )
    assert '#it-check"' in render('{% icon "it-check" %}')


def test_assets_are_the_built_files_of_the_installations_palette(settings):
    settings.CANTIERE_PALETTE = "siena"
    assert re.search(
        r'rel="stylesheet" href="/static/ui/dist/assets/siena-[\w-]+\.css"', render('{% asset "palette" %}')
    )
    script = render('{% asset "main.ts" %}')
    assert re.fullmatch(
        r'(<link rel="modulepreload" href="/static/ui/dist/assets/[\w-]+\.js">)*'
        r'<script type="module" src="/static/ui/dist/assets/main-[\w-]+\.js"></script>',
        script,
    )


def test_an_unknown_source_is_an_error():
    with pytest.raises(ImproperlyConfigured, match=r"nothing\.ts"):
        assets.address("nothing.ts")


def test_an_unbuilt_front_end_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(assets, "DIST", tmp_path)
    with pytest.raises(ImproperlyConfigured, match="script/build"):
        assets.address("main.ts")


def test_the_thread_is_an_ordered_list_that_says_the_same_in_words():
    knots = [
        Knot("Esplora", "done", "/1"),
        Knot("Progetta", "now", bend=True),
        Knot("Agisci", note="da ottobre"),
    ]
    page = render("{% thread knots wide=True label='Le fasi' %}", knots=knots)
    text = " ".join(re.sub(r"<[^>]+>", " ", page).split())
    assert text == "Esplora Fatto Progetta Siamo qui Agisci Più avanti da ottobre"
    assert page.count('aria-current="step"') == 1
    assert page.count("<svg") == page.count('aria-hidden="true"') == 9
    assert "<script" not in page
    assert "style=" not in page


def test_an_empty_thread_draws_nothing():
    assert render("{% thread knots %}", knots=[]).strip() == ""


def test_a_cover_is_drawn_from_the_name_and_escapes_nothing_dangerous():
    page = render("{% cover name palette='mosto' %}", name='<script>"')
    assert page.startswith('<svg class="cover palette-mosto" viewBox="0 0 640 360"')
    assert "script" not in page


def test_a_status_is_a_word_then_an_icon():
    page = render("{% status 'open' 'Iscrizioni aperte' %}")
    assert re.match(r'<span class="status status-open">Iscrizioni aperte <svg', page)


def test_pagination_keeps_the_other_words_of_the_address():
    page = Paginator(range(90), 10).page(3)
    links = re.findall(
        r'<a href="([^"]+)"', render("{% pagination page %}", "/?tema=acqua&page=3", page=page)
    )
    assert links[0] == "?tema=acqua&amp;page=2"
    assert links[-1] == "?tema=acqua&amp;page=4"


def test_one_page_needs_no_pagination():
    assert render("{% pagination page %}", page=Paginator(range(5), 10).page(1)).strip() == ""


def test_days_are_machine_readable_too():
    import datetime as dt

    assert render("{% day date full=True %}", date=dt.date(2026, 6, 12)) == (
        '<time datetime="2026-06-12">venerdì 12 giugno 2026</time>'
    )
