"""Milan, as Synthea made him, and what he and the clinic say in the walk."""

from __future__ import annotations

from tests.exchange.bundles import SYNTHEA

MILAN = "Beatty, Milan"
RECORD = "e78d0ed2-1b54-4c30-90ae-f7405af1e402"
(FILE,) = SYNTHEA.glob("Milan_Beatty_*.json")

INTERVIEW: dict[str, tuple[str, ...]] = {
    "Is the patient pregnant?": ("Not possible", "A man"),
    "Is the patient breastfeeding?": ("No",),
    "allergic reaction to ketamine": ("Never, or never had it",),
    "Psychosis?": ("Never",),
    "Psychosis in a parent, sibling or child?": ("Not obtainable", "Adopted, family not known"),
    "Mania or bipolar disorder?": ("Never",),
    "Suicidality tier": ("Low",),
    "Heart disease?": ("None",),
    "Ever an aneurysm": ("No",),
    "Ever a stroke": ("No",),
    "High blood pressure?": ("None",),
    "Liver disease?": ("None",),
    "Overactive thyroid?": ("No",),
    "ever misused ketamine": ("Never",),
    "Another substance use disorder": ("None",),
    "risk severe withdrawal": ("No",),
    "A history of severe dissociation?": ("No",),
    "A severe personality disorder?": ("No",),
    "How many adequate antidepressant trials": ("2",),
}
WRITTEN = {
    "imports": "B. Okafor",
    "screening.decide": "A. Lindqvist",
    "courses.sign_order": "A. Lindqvist",
    "record_therapy_visit": "T. Nakamura",
    "measures.answer": MILAN,
    "sessions.sign_off": "B. Okafor",
}
BASELINE = "12078729814"  # 120/78, heart rate 72, oxygen 98 %, 14 breaths a minute
# The form's columns add up: 3 × 1 + 3 × 2 + 3 × 3 = 18, with "several days" for item 9.
EIGHTEEN = [2, 3, 2, 3, 1, 2, 3, 1, 1]
# 4 × 1 + 4 × 2 = 12, a third less than 18; item 9 at 0.
TWELVE = [1, 2, 1, 2, 1, 2, 2, 1, 0]
