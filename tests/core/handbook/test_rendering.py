"""From a passage's CommonMark to HTML."""

from __future__ import annotations

import pytest

from mooring.core.handbook.rendering import to_html


def chip(name: str) -> str:
    return f"<b>{name}</b>"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("It rises {S2.41}.", "<p>It rises <b>S2.41</b>.</p>\n"),
        ("{D14} {emory-2018.x}", "<p><b>D14</b> <b>emory-2018.x</b></p>\n"),
        ("A { brace } and {} stay.", "<p>A { brace } and {} stay.</p>\n"),
        ("- one {S2.41}\n- two", "<ul>\n<li>one <b>S2.41</b></li>\n<li>two</li>\n</ul>\n"),
        ("*soft* {S2.41}", "<p><em>soft</em> <b>S2.41</b></p>\n"),
        ("*soft {S2.41}*", "<p><em>soft <b>S2.41</b></em></p>\n"),
        ("`{S2.41}`", "<p><code>{S2.41}</code></p>\n"),
    ],
)
def test_what_stands_in_braces_becomes_a_chip(text, html):
    assert to_html(text, chip) == html


@pytest.mark.parametrize("text", ["<script>x</script>", "a <b>b</b>", "<img src=x onerror=y>"])
def test_html_in_a_text_stays_text(text):
    assert "&lt;" in to_html(text, chip)
    assert "<script" not in to_html(text, chip)
    assert "<img" not in to_html(text, chip)


def test_pictures_and_script_links_are_no_part_of_a_text():
    assert "<img" not in to_html("![a](b.png)", chip)
    assert "href" not in to_html("[a](javascript:alert)", chip)


@pytest.mark.parametrize(("text", "tag"), [("# A", "h3"), ("## A", "h4"), ("A\n===", "h3")])
def test_headings_stand_below_the_passages_own(text, tag):
    assert to_html(text, chip) == f"<{tag}>A</{tag}>\n"


def test_tables_are_tables():
    assert "<td>x <b>S2.41</b></td>" in to_html("| a | b |\n|---|---|\n| x {S2.41} | y |", chip)
