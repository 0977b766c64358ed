"""The built files: their weight, their colours, and that they ask nobody else for anything."""

import gzip
import re

import pytest

from cantiere.foundation.ui import assets

PALETTES = ["appennino", "siena", "vivaio", "ardesia", "mosto"]


def built(source):
    return (assets.DIST / assets.address(source).split("/dist/")[1]).read_text()


def luminance(colour):
    def part(value):
        value /= 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (part(int(colour[i : i + 2], 16)) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def long(colour):
    return "#" + "".join(c * 2 for c in colour[1:]) if len(colour) == 4 else colour


def tokens(palette):
    root = re.findall(r"--cantiere-([a-z]+):\s*(#[0-9a-f]{3,6}|[a-z]+)[;}]", built(f"styles/{palette}.scss"))
    return {name: long(value) for name, value in reversed(root) if value.startswith("#")}


@pytest.mark.parametrize("palette", PALETTES)
def test_text_and_lines_reach_aa_on_white_and_on_the_tint(palette):
    colours = tokens(palette)
    for ground in ("#ffffff", colours["tint"]):
        for name in ("ink", "deep", "primary", "muted", "success", "danger"):
            assert contrast(colours[name], ground) >= 4.5, (name, ground)
        assert contrast(colours["field"], ground) >= 3, ground
    assert contrast("#ffffff", colours["deep"]) >= 7


@pytest.mark.parametrize("palette", PALETTES)
def test_a_page_weighs_little(palette):
    weight = sum(len(gzip.compress(built(name).encode())) for name in (f"styles/{palette}.scss", "main.ts"))
    assert weight <= 60_000


@pytest.mark.parametrize("source", [*(f"styles/{name}.scss" for name in PALETTES), "main.ts", "icons.svg"])
def test_built_files_ask_nobody_else(source):
    text = built(source).replace("http://www.w3.org/", "")
    assert re.findall(r"(?:url\(|@import|fetch\(|from)\s*[\"']?(?:https?:)?//", text) == []


@pytest.mark.parametrize("palette", PALETTES)
def test_no_blue_of_the_state_is_left(palette):
    sheet = built(f"styles/{palette}.scss").lower()
    assert re.findall(r"#06c\b|#0066cc|hsl\(210", sheet) == []
