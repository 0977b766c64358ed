"""Templates carry no script, no style, no request elsewhere; every form that posts counts once."""

import re

import pytest

from tests.architecture.source import SOURCE, modules, short, templates

PAGES = [file for file in templates() if file.suffix == ".html"]
# Choosing a language, reading less mail or looking for one's words twice is the same as once; mail programs send
# no key.
KEYLESS = {
    "foundation/ui/templates/ui/_languages.html",
    "foundation/notices/templates/notices/less.html",
    "activities/labs/templates/labs/after/_kept.html",
    "activities/labs/templates/labs/phone/_mine.html",
}


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("inline script", r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")"),
        ("inline style", r"\sstyle=|<style"),
        ("inline handler", r"\son[a-z]+=\""),
        ("unescaped text", r"\|safe\b|autoescape off"),
        ("request elsewhere", r"(src|href)=\"(https?:)?//"),
    ],
)
def test_no_template_has(what, pattern):
    found = [short(file) for file in PAGES if re.search(pattern, file.read_text(encoding="utf-8"))]
    assert found == [], what


def posting_forms(file):
    forms = re.findall(r"<form\b.*?</form>", file.read_text(encoding="utf-8"), re.DOTALL)
    return [form for form in forms if re.search(r"method=\"post\"", form, re.IGNORECASE)]


def test_every_form_that_posts_carries_its_token_and_its_key():
    bare = [
        short(file)
        for file in PAGES
        for form in posting_forms(file)
        if "csrf_token" not in form or "once_key" not in form
    ]
    assert set(bare) - KEYLESS == set()


def test_html_is_trusted_only_where_it_is_made():
    allowed = {"foundation/core/richtext.py", "foundation/ui/drawing.py", "foundation/ui/assets.py"}
    found = {short(file) for file in modules() if "mark_safe(" in file.read_text(encoding="utf-8")}
    assert found - allowed == set()


def test_csrf_protection_is_never_switched_off_but_for_one_click_unsubscribing():
    allowed = {"foundation/notices/views.py", "foundation/notices/views/unsubscribe.py"}
    found = {short(file) for file in modules() if "csrf_exempt" in file.read_text(encoding="utf-8")}
    assert found - allowed == set()


def test_blocktranslate_is_trimmed():
    loose = [
        short(file)
        for file in PAGES
        if re.search(r"\{% blocktranslate(?![^%]*\btrimmed\b)", file.read_text(encoding="utf-8"))
    ]
    assert loose == []


def test_no_formatted_string_is_handed_to_the_catalogue():
    pattern = re.compile(r"\b(_|gettext|gettext_lazy|ngettext)\(\s*f[\"']")
    assert [short(file) for file in modules() if pattern.search(file.read_text(encoding="utf-8"))] == []


def test_source_names_no_package_registry():
    words = ["pypi" + ".org", "python" + "hosted", "registry.npm" + "js", "deb.deb" + "ian"]
    root = SOURCE.parents[1]
    files = [*SOURCE.rglob("*.py"), *(root / "requirements").iterdir(), *(root / "frontend").glob("*.json")]
    found = [file.name for file in files if any(word in file.read_text(encoding="utf-8") for word in words)]
    assert found == []
