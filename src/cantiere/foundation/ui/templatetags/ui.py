"""Template words of the look."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.http import QueryDict
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from cantiere.engine import drawing
from cantiere.foundation.ui import assets, boards, dates
from cantiere.foundation.ui.knots import Knot

register = template.Library()

STATUS_ICONS = {
    "open": "it-check-circle",
    "now": "it-map-marker",
    "success": "it-check-circle",
    "done": "it-check",
    "soon": "it-clock",
    "waiting": "it-clock",
    "draft": "it-pencil",
    "private": "it-lock",
    "closed": "it-lock",
    "paused": "it-minus-circle",
    "info": "it-info-circle",
    "warning": "it-warning-circle",
    "danger": "it-error",
}


@register.simple_tag
def asset(source: str) -> SafeString:
    """``{% asset "main.ts" %}``: a script; ``{% asset "palette" %}``: the sheet and its first fonts.

    ``{% asset "sheet" %}`` is the small one of bare pages, without fonts: a slow network has more to carry.
    """
    if source == "sheet":
        return format_html('<link rel="stylesheet" href="{}">', assets.address(_sheet()))
    if source == "palette":
        fonts = format_html_join(
            "",
            '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>',
            ((font,) for font in assets.first_fonts()),
        )
        sheet = assets.address(f"styles/{settings.CANTIERE_PALETTE}.scss")
        return format_html('{}<link rel="stylesheet" href="{}">', fonts, sheet)
    return format_html(
        '{}<script type="module" src="{}"></script>', _preloads(assets.needed(source)), assets.address(source)
    )


@register.simple_tag(takes_context=True)
def within(context: template.Context, source: str) -> SafeString:
    """``{% within "sheet" %}``, ``{% within "in-place.ts" %}``: the sheet of bare pages, or a script, in the
    page itself, one way through the network less. The view must be ``policies.self_contained``.
    """
    name = "style" if source == "sheet" else "script"
    text = assets.within(_sheet() if source == "sheet" else source)
    return format_html('<{} nonce="{}">{}</{}>', name, context["request"].csp_nonce, text, name)


def _sheet() -> str:
    return f"styles/bare-{settings.CANTIERE_PALETTE}.scss"


def _preloads(scripts: Sequence[str]) -> SafeString:
    """Scripts asked for at once, not when another one that needs them has come."""
    return format_html_join("", '<link rel="modulepreload" href="{}">', ((script,) for script in scripts))


# From this width on a map stands beside its list; on less it is folded, and nothing of it is loaded.
_WIDE = "(min-width: 62rem)"


@register.simple_tag
def map_ahead(points_url: str, ground_url: str = "", *, always: bool = False) -> SafeString:
    """What the map will ask for, asked for at once: its scripts and sheet, the points, the ground."""
    scripts, sheets = assets.ahead("islands/map/index.ts")
    media = "all" if always else _WIDE
    links = [("modulepreload", "script", script) for script in scripts]
    links += [("preload", "style", sheet) for sheet in sheets]
    links += [("preload", "fetch", url) for url in (points_url, ground_url) if url]
    pattern = '<link rel="{}" as="{}" href="{}" media="{}" crossorigin>'
    return format_html_join("", pattern, ((*link, media) for link in links))


@register.simple_tag
def ahead(source: str) -> SafeString:
    """``{% ahead "islands/lab/index.ts" %}``: what the next page needs is fetched while this one is read."""
    return _preloads([assets.address(source), *assets.needed(source)])


@register.simple_tag
def icon(name: str, css: str = "", label: str = "") -> SafeString:
    """``{% icon "it-calendar" %}``: decoration; with ``label`` an image that is read out."""
    return _icon(assets.address("icons.svg"), name, css, str(label))


@lru_cache(maxsize=512)
def _icon(sprite: str, name: str, css: str, label: str) -> SafeString:
    use = format_html('<use href="{}#{}"></use>', sprite, name)
    classes = f"icon {css}".strip()
    if label:
        return format_html('<svg class="{}" role="img" aria-label="{}">{}</svg>', classes, label, use)
    return format_html('<svg class="{}" aria-hidden="true" focusable="false">{}</svg>', classes, use)


@register.simple_tag
def facts(pairs: Iterable[tuple[str, object]]) -> SafeString:
    """``{% facts item.facts %}``: each an icon and words; lists draw many, so no template does it."""
    items = format_html_join("", "<li>{}<span>{}</span></li>", ((icon(name), words) for name, words in pairs))
    return format_html('<ul class="facts">{}</ul>', items)


@register.inclusion_tag("ui/_thread.html")
def thread(knots: Sequence[Knot], *, wide: bool = False, label: str = "") -> dict[str, Any]:
    """The thread: an ordered list with its line; ``wide`` lays it flat on a desk."""
    pieces = [
        {
            "knot": knot,
            "level": drawing.strand(knot.label, bend=knot.bend),
            "upright": drawing.strand(knot.label, bend=knot.bend, upright=True),
        }
        for knot in knots
    ]
    return {"pieces": pieces, "wide": wide, "label": label}


@register.simple_tag
def cover(name: str, rings: Sequence[Any] = (), palette: str = "", css: str = "") -> SafeString:
    """A drawn cover for what has no picture; ``rings`` are the borders, as lists of (longitude, latitude)."""
    classes = " ".join(filter(None, ["cover", f"palette-{palette}" if palette else "", css]))
    return _cover(str(name), tuple(tuple((point[0], point[1]) for point in ring) for ring in rings), classes)


@lru_cache(maxsize=512)
def _cover(name: str, rings: tuple[drawing.Ring, ...], classes: str) -> SafeString:
    drawn = drawing.cover(name, rings)
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" preserveAspectRatio="xMidYMid slice" aria-hidden="true">'
        "{}{}</svg>",
        classes,
        drawing.COVER_WIDTH,
        drawing.COVER_HEIGHT,
        format_html_join("", '<path d="{}"/>', ((line,) for line in drawn.lines)),
        format_html('<path class="border" d="{}"/>', drawn.border) if drawn.border else "",
    )


def _time(machine: str, words: str) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', machine, words)


@register.simple_tag
def day(date: dt.date, *, full: bool = False) -> SafeString:
    """``{% day programme.starts %}``: «venerdì 12 giugno»; ``full=True`` never relative, with the year."""
    return _time(date.isoformat(), dates.full_day(date) if full else dates.day(date))


@register.simple_tag
def moment(when: dt.datetime) -> SafeString:
    """``{% moment meeting.starts %}``: «oggi alle 18»."""
    return _time(when.isoformat(timespec="minutes"), dates.moment(when))


@register.simple_tag
def span(start: dt.datetime, end: dt.datetime | None = None) -> SafeString:
    """``{% span meeting.starts meeting.ends %}``: «venerdì 12 giugno dalle 18 alle 20»."""
    return _time(start.isoformat(timespec="minutes"), dates.span(start, end))


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """``{% field form.name %}``: one field with its label, help and errors."""
    return bound.as_field_group()


@register.inclusion_tag("ui/_status.html")
def status(kind: str, words: str) -> dict[str, str]:
    """``{% status "open" "Iscrizioni aperte" %}``: word, icon, colour; kinds in ``STATUS_ICONS``."""
    return {"kind": kind, "words": words, "icon_name": STATUS_ICONS[kind]}


@register.inclusion_tag("ui/_pagination.html", takes_context=True)
def pagination(
    context: template.Context, page: Page[Any], parameter: str = "page", query: str | None = None
) -> dict[str, Any]:
    """``{% pagination page %}``: links that keep the other words of the address, or those of ``query``."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    request = context["request"]

    def to(number: int) -> str:
        words = request.GET.copy() if query is None else QueryDict(query, mutable=True)
        words[parameter] = str(number)
        return f"?{words.urlencode()}"

    return {
        "page": page,
        "links": [(number, to(number) if isinstance(number, int) else "") for number in numbers],
        "previous": to(page.previous_page_number()) if page.has_previous() else "",
        "next": to(page.next_page_number()) if page.has_next() else "",
    }


@register.simple_tag(takes_context=True)
def embed_code(context: template.Context, url: str, title: str) -> str:
    """``{% embed_code url title as code %}``: what to paste into another site to show a page of ours."""
    address = escape(context["request"].build_absolute_uri(url))
    # Plain text: who shows it escapes it.
    return (
        f'<iframe src="{address}" title="{escape(title)}" width="100%" height="480" loading="lazy"></iframe>'
    )


@register.simple_tag
def board_words() -> dict[str, str | list[str]]:
    """The words of a board's island, in the language of the page."""
    return boards.words()


@register.simple_tag
def icons_address() -> str:
    """Where the icons are, for islands that draw their own."""
    return assets.address("icons.svg")


@register.simple_tag
def bar(length: float) -> SafeString:
    """A bar of 0–100 beside the number it repeats: what is read aloud is the number."""
    return format_html(
        '<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect width="{}" height="8" /></svg>',
        f"{length:g}",
    )
