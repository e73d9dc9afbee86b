"""How soon a locked screen shows that a room calls: `python -m benchmarks.locked_screen`.

From the repository's root, in the environment of the tests (`make test` installs it), with Chromium
at /usr/bin/chromium or where CHROMIUM says. One browser is the bedside; it sends a reading that
fires a stop rule. Another browser, of somebody else, is locked. Measured is the time from just
before the reading is sent until the words stand on the locked screen: two browsers, one server and
its database, all on this machine.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from statistics import median
from typing import Any

TIMES = 20
CALLING = "a session needs attention"
SEND = """async (content) => {
    const {entryUrl, by} = document.querySelector("[data-session]").dataset;
    const headers = {
        "Content-Type": "application/json",
        "X-CSRFToken": JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"],
        "X-Mooring-By": by,
    };
    const id = crypto.randomUUID(), effective_at = new Date().toISOString();
    const sent = performance.timeOrigin + performance.now();
    const body = JSON.stringify({id, effective_at, content});
    const answer = await fetch(entryUrl, {method: "POST", headers, body});
    if (!answer.ok) throw new Error(await answer.text());
    return {id, sent};
}"""
WATCH = """(words) => {
    window.shown = null;
    new MutationObserver(() => {
        const calls = document.querySelector("dialog[open]")?.textContent.includes(words);
        if (!calls) window.shown = null;
        else window.shown ??= performance.timeOrigin + performance.now();
    }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


@contextmanager
def clinic() -> Iterator[tuple[str, Any, Any, Any]]:
    """A clinic of its own, served: its address, two people, and a session that runs."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["MOORING_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "mooring.clinic.settings"
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
        import django

        django.setup()
        from django.core.management import call_command
        from django.utils import timezone

        call_command("migrate", verbosity=0)
        from mooring.clinic.accounts.models import Clinic
        from mooring.clinic.asgi import application
        from tests.clinic.sessions.steps import planned, running, signed_order
        from tests.support.cast import patient_record, person
        from tests.support.server import serving

        Clinic.objects.create(name="Harbour Clinic", time_zone="Europe/London", demonstration=True,
                              crisis_text="Call now.", crisis_phone="555-0100",
                              emergency_phone="555-0199", idle_minutes=60)  # fmt: skip
        prescriber = person("alice", "A. Lindqvist", "prescriber", "MD")
        nurse = person("bob", "B. Okafor", "nurse", "RN")
        start = timezone.now() - timedelta(minutes=5)
        order = signed_order(patient_record("Marsh", "Pat"), prescriber, at=start)
        session = planned(order, nurse, at=start)
        running(nurse, session, start)
        with serving(application) as address:
            yield address, prescriber, nurse, session


def milliseconds(bedside: Any, locked: Any) -> float:
    """One reading that fires a stop rule, and the time until the locked screen says so."""
    reading = {"kind": "reading", "systolic": 165, "diastolic": 90}
    sent = bedside.evaluate(SEND, reading)
    taken = wait(locked, shown=True) - sent["sent"]
    seen = {"kind": "alert_seen", "rule": "blood_pressure_rise", "reading": sent["id"]}
    bedside.evaluate(SEND, seen)
    wait(locked, shown=False)
    return taken


def wait(locked: Any, *, shown: bool) -> float:
    """When the words came, as the page itself noted it; 0 once they are gone."""
    while True:
        found: float | None = locked.evaluate("window.shown")
        if (found is not None) is shown:
            return found or 0
        locked.wait_for_timeout(20)


def measured(times: int) -> list[float]:
    """Each of so many repetitions, in milliseconds."""
    from playwright.sync_api import sync_playwright

    from tests.support.browsing import visit

    program = {"executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
               "args": ["--no-sandbox"]}  # fmt: skip
    with clinic() as (address, prescriber, nurse, session), sync_playwright() as playwright:
        one, other = (playwright.chromium.launch(**program) for _ in range(2))
        bedside = visit(one, address, nurse, "tablet").go(f"/sessions/{session.pk}/")
        bedside.get_by_text("All sent").wait_for()
        locked = visit(other, address, prescriber, "tablet").go("/tasks/")
        with locked.expect_response("**/sessions/calling/"):
            locked.get_by_role("button", name="Lock").click()
        locked.evaluate(WATCH, CALLING)
        taken = [milliseconds(bedside, locked) for _ in range(times)]
        one.close()
        other.close()
    return sorted(taken)


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--times", type=int, default=TIMES, help="how often (20)")
    taken = measured(options.parse_args().times)
    load, processors = os.getloadavg()[0], os.cpu_count()
    print(f"{len(taken)} readings: median {median(taken):.0f} ms, worst {taken[-1]:.0f} ms")
    print(f"load of this machine {load:.1f} on {processors} processors")
