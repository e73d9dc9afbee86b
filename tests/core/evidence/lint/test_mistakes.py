"""The mistakes that are known, each found on the recorded numbers without being told.

The acknowledgements play no part here: this is what the checks find.
"""

import pytest

from mooring.core import evidence
from mooring.core.evidence.lint import findings

BASE = evidence.load()
FOUND = {(name, finding.check) for finding in findings(BASE) for name in finding.claims}

FOUNDING: dict[str, tuple[str, str]] = {
    "E01": ("S2.19", "arithmetic"),  # 8 doses of 35 mg are not 3 g
    "E02": ("S4.22", "unit_of_analysis"),  # days without alcohol told as people
    "E03": ("S4.19", "comparator_missing"),  # 31.6 % with placebo left out
    "E04": ("S4.21", "interim_value"),  # 38 % after three treatments, 80.9 % at the end
    "E05": ("S4.13", "route"),  # injections under the skin told as infusions
    "E06": ("S4.49", "population"),  # those who tried it told as Americans
    "E07": ("S4.16", "small_uncontrolled"),  # 12 of 15, nobody to compare with
    "E08": ("S4.24", "small_uncontrolled"),  # 20 of 22
    "E09": ("S2.12", "approval"),  # chronic pain is on no label
    "E10": ("S1.23", "outlier"),  # a nasal bioavailability near 100 %
    "E11": ("S4.54", "outlier"),  # 15 to 20 % non-response, where 41 and 74 % were found
    "E13": ("S1.33", "unit_missing"),  # 50 to 200 of what
    "E15": ("S2.44", "not_in_source"),  # thresholds that the abstract does not name
    "E16": ("S4.12", "unsourced"),  # a duration without a source
}
NEEDS_A_PERSON = {"E12", "E14"}
"""A table that is only a picture, and a misspelt word."""

MORE = [
    ("S4.13", "population"),  # people without depression
    ("S4.20", "comparator_missing"),
    ("S4.16", "population"),  # veterans
]
LITERATURE = {
    "46 of 83 printed as 63.0 %": "abbar-2022.as-printed",
    "340 of 1285 printed as 26.6 %": "winstock-2012.urinary",
    "8 of 251 printed as 3.8 %": "winstock-2012.after-stopping",
    "17 of 138 printed as 12.5 %": "yale-cohort.severe-hypertension",
    "19 and 27 of 60 printed as 34 and 48 %": "salloum-2020.day-3",
    "162 of 180 days printed as less than 90 %": "kare-press.days",
}


@pytest.mark.parametrize("correction", FOUNDING)
def test_a_mistake_of_a_founding_document_is_found(correction: str) -> None:
    claim, check = FOUNDING[correction]
    assert (claim, check) in FOUND
    assert claim in BASE.corrections[correction].claims
    assert check in BASE.corrections[correction].found_by


def test_the_others_say_why_no_check_can_find_them() -> None:
    assert set(FOUNDING) | NEEDS_A_PERSON == {f"E{number:02}" for number in range(1, 17)}
    for correction in NEEDS_A_PERSON:
        assert BASE.corrections[correction].needs_human
        assert not BASE.corrections[correction].found_by


@pytest.mark.parametrize(("claim", "check"), MORE)
def test_a_mistake_with_two_sides_is_found_by_both(claim: str, check: str) -> None:
    assert (claim, check) in FOUND


@pytest.mark.parametrize("slip", LITERATURE)
def test_a_slip_in_the_literature_is_found(slip: str) -> None:
    assert (LITERATURE[slip], "percent") in FOUND


def test_what_is_recomputed_is_said_in_full() -> None:
    said = {(f.claim, f.check): f.says for f in findings(BASE)}
    eight = said["S2.19", "arithmetic"]
    assert "8 doses × 35 mg = 280 mg; the claim says about 3 g." in eight
    assert said["winstock-2012.after-stopping", "percent"].startswith("8 of 251 people is 3.19 %")
