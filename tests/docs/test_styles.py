"""The look: colours are named in one place, and each can be read on its ground in either room."""

import re
from pathlib import Path

import pytest

SCSS = Path(__file__).parents[2] / "frontend" / "scss"
COLOUR_NAMED_BY = {"_tokens.scss", "_bootstrap.scss"}
LITERAL = re.compile(
    r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(|"
    r":[^;{]*(?<![-\w])(?:white|black|gr[ae]y|red|green|blue|yellow|orange)(?![-\w])",
    re.IGNORECASE,
)

LEAST = 6.4
TONES = ("stop", "due", "met", "info", "harbour")
PAIRS = [
    *((ink, ground) for ink in ("ink", "muted", *TONES) for ground in ("ground", "surface")),
    *((tone, f"{tone}-ground") for tone in TONES),
    *(("ink", f"{tone}-ground") for tone in TONES),
    ("harbour-ink", "harbour"),
    ("surface", "stop"),
]


def without_comments(path):
    return re.sub(r"//.*", "", path.read_text(encoding="utf-8"))


def tokens(opening):
    """The tokens with a plain colour in the block that opens like this."""
    block = (SCSS / "_tokens.scss").read_text(encoding="utf-8").split(opening)[1].split("\n}")[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


def luminance(colour):
    """Relative luminance: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Contrast ratio: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("room", [":root {", "@mixin dark-room {"], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_each_colour_can_be_read_on_its_ground(room, ink, ground):
    named = tokens(room)
    assert contrast(named[ink], named[ground]) >= LEAST


def test_both_rooms_name_the_same_colours():
    light, dark = tokens(":root {"), tokens("@mixin dark-room {")
    assert set(light) - set(dark) == {"camera-ground"}
    assert set(dark) <= set(light)


def test_no_other_file_names_a_colour():
    named = {
        path.name: found
        for path in SCSS.glob("*.scss")
        if path.name not in COLOUR_NAMED_BY
        and (found := [hit.group() for hit in LITERAL.finditer(without_comments(path))])
    }
    assert named == {}


@pytest.mark.parametrize("line", ["color: #fff;", "background: rgb(0 0 0 / 5%);", "fill: black;"])
def test_a_colour_would_be_found(line):
    assert LITERAL.search(line)
