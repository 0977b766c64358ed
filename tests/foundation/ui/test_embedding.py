"""Pages for other sites' frames: only those; the code to copy is what it says."""

import html
import re

import pytest

pytestmark = pytest.mark.usefixtures("listings")


def test_only_the_page_made_for_it_may_be_framed_elsewhere(client):
    embedded, page = client.get("/elenco/incorpora/"), client.get("/elenco/")
    assert "X-Frame-Options" not in embedded
    assert "frame-ancestors *" in embedded["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    others = re.sub(r"frame-ancestors [^;]+;?", "", embedded["Content-Security-Policy"])
    assert "script-src 'self'" in others
    assert "default-src 'none'" in others


def test_the_framed_page_has_the_map_and_one_line_that_leads_to_all(client):
    page = client.get("/elenco/incorpora/?tema=bosco").content.decode()
    assert "<header" not in page
    assert "<footer" not in page
    assert page.count("<h1") == 1
    assert 'data-points="/elenco/punti.json?tema=bosco"' in page
    leads = re.findall(r'<a href="([^"]+)" target="_top">\s*([^<]+?)\s*</a>', page)
    assert leads == [("/elenco/?tema=bosco", "Vedi tutto su Cantiere")]


def test_the_code_to_copy_is_one_frame_with_a_title(client):
    page = client.get("/elenco/?tema=bosco").content.decode()
    shown = re.search(r"<textarea[^>]*>(.*?)</textarea>", page, re.DOTALL)[1]
    code = html.unescape(shown)
    assert re.fullmatch(
        r'<iframe src="http://testserver/elenco/incorpora/\?tema=bosco" title="Mappa dei processi" [^<>]*></iframe>',
        code,
    )
    assert f'data-copy="{shown}"' in page


def test_a_title_cannot_break_out_of_the_code(rf):
    from django.template import engines

    source = '{% embed_code "/x?a=1&b=2" title as code %}{{ code }}'
    shown = engines["django"].from_string(source).render({"title": '"><script>'}, rf.get("/"))
    assert "<script>" not in html.unescape(shown)
    assert 'src="http://testserver/x?a=1&amp;b=2"' in html.unescape(shown)
