"""Whoever uses a keyboard sees where they are: one outline, the same on everything."""

from __future__ import annotations

import pytest

from tests.support.browsing import visit

LOOK = (
    "e => { const s = getComputedStyle(e); return [s.outlineStyle, s.outlineWidth, s.boxShadow] }"
)


@pytest.mark.parametrize(
    "what", [("link", "New patient"), ("button", "Search"), ("textbox", "Name")]
)
def test_the_focus_is_one_outline_without_a_shadow(browser, asgi_server, bob, what):
    page = visit(browser, asgi_server, bob).go("/patients/")
    role, name = what
    wanted = page.get_by_role(role, name=name)
    for _ in range(30):
        page.keyboard.press("Tab")
        if wanted.evaluate("e => e === document.activeElement"):
            break
    assert wanted.evaluate(LOOK) == ["solid", "3px", "none"]
