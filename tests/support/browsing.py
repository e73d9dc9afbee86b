"""A person with a real browser: signed in, at one screen size, with everything that went wrong."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Browser, BrowserContext, Page

if TYPE_CHECKING:
    from mooring.clinic.accounts.models import User

SIZES = {"desk": (1280, 800), "tablet": (820, 1180), "phone": (390, 844)}
AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


@dataclass
class Visit:
    """One page of one person, and what its console complained about."""

    page: Page
    address: str
    problems: list[str] = field(default_factory=list)

    def go(self, path: str) -> Page:
        """Open a path of the clinic."""
        self.page.goto(self.address + path)
        return self.page

    def check_refused(self) -> None:
        """As check(), on a page that answers with a refusal, which the browser itself remarks."""
        self.problems = [said for said in self.problems if "with a status of 4" not in said]
        self.check()

    def check(self) -> None:
        """Nothing in the console, nothing that axe finds, nothing to scroll sideways."""
        found = [*self.problems, *accessibility(self.page)]
        assert not found, found
        wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{wide} px wider than the screen"


def calm(browser: Browser, **settings: Any) -> BrowserContext:
    """A window of its own that asks for no motion: what is measured in it stands at rest."""
    return browser.new_context(reduced_motion="reduce", **settings)


def visit(browser: Browser, address: str, user: User, size: str = "desk") -> Visit:
    """Sign a person in, without the form, at one of SIZES."""
    from django.test import Client

    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    width, height = SIZES[size]
    context = calm(browser, viewport={"width": width, "height": height})
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}
    context.add_cookies([cookie])
    opened = Visit(context.new_page(), address)
    opened.page.on("console", lambda message: note(opened, message))
    opened.page.on("pageerror", lambda error: opened.problems.append(str(error)))
    return opened


def note(visit: Visit, message: Any) -> None:
    """Keep warnings and errors."""
    if message.type in {"error", "warning"}:
        visit.problems.append(message.text)


def accessibility(page: Page) -> list[str]:
    """What axe finds wrong, one line each: the rule and the first element."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(
        "axe.run().then(r => r.violations.map(v => `${v.id}: ${v.nodes[0].target.join(' ')}`))"
    )
    return found
