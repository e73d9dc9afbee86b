"""Eight patients made by others come in by upload, and their screening page says what it must.

What the chart holds of each is specified in tests/exchange/test_eight_patients.py; here only that
the words stand on the page, in the group in which a prescriber looks for them.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.course import nurse
from tests.exchange.bundles import SYNTHEA
from tests.support.browsing import visit

WEIGH, EVALUATE, MISSING, FOR = (
    "To weigh", "Needs evaluation", "Not answered or not measured", "may be what treatment is for",
)  # fmt: skip

# Patient: what must be seen (the data's own README), group by group.
SEEN = {
    "Milan_Beatty": [
        (FOR, "Major depression disorder, active"),
        (WEIGH, "Fluoxetine 25MG, active"),
    ],
    "Liz_Conn": [(EVALUATE, "Hypertension, active since 29 Jul 2005"), (MISSING, "152/95 mmHg")],
    "Louis_Maggio": [(WEIGH, "Diazepam [Valium], active"), (WEIGH, "Epilepsy")],
    "Trenton_Turner": [(EVALUATE, "Drug overdose, active since 17 Jul 2000")],
    "Elsa_Vargas": [(MISSING, "Normal pregnancy, resolved")],
    "Eugenia_Schuster": [(EVALUATE, "Stroke, active since 15 Feb 2019"), (EVALUATE, "Miscarriage")],
    "Jacki_Feil": [(FOR, "Chronic pain, active"), (WEIGH, "Oxycodone")],
    "Rudy_Macejkovic": [(EVALUATE, "Coronary Heart Disease"), (EVALUATE, "Myocardial Infarction")],
}


@pytest.mark.parametrize("name", SEEN)
def test_an_uploaded_bundle_is_screened_at_once(browser, asgi_server, bob, name):
    tablet = visit(browser, asgi_server, bob, "tablet")
    (file,) = SYNTHEA.glob(f"{name}_*.json")
    nurse.imports(tablet, file)
    given, family = name.split("_")
    page = nurse.opens_screening(tablet, f"{family}, {given}")
    expect(page.locator(".banner .sentence")).to_have_text(
        re.compile("^Cannot start: .*2[1-3] unanswered")
    )
    for group, words in SEEN[name]:
        section = page.locator("section.panel", has=page.get_by_role("heading", name=group))
        expect(section.get_by_text(words).first).to_be_visible()
