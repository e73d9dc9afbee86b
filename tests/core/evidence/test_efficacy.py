"""Efficacy: what trials and cohorts printed, what follows from it, and what was told wrongly."""

from decimal import Decimal
from math import isclose, sqrt

import pytest

from mooring.core import evidence
from mooring.core.evidence import Flag, Status

BASE = evidence.load()


def number(claim_id: str, of: str = "") -> evidence.Quantity:
    (found,) = [q for q in BASE.claim(claim_id).quantities if q.of == of]
    return found


def share(claim_id: str, of: str = "") -> float:
    found = number(claim_id, of)
    assert found.numerator is not None
    assert found.denominator is not None
    return found.numerator / found.denominator


@pytest.mark.parametrize(
    ("claim_id", "of", "text"),
    [
        # Mathew 2010, abstract: 17 of 26 at 24 hours, 14 of 26 at 72 hours
        ("mathew-2010.response", "24 hours", "65 % (17 of 26 people)"),
        ("mathew-2010.response", "72 hours", "54 % (14 of 26 people)"),
        # Feder 2021, abstract
        ("feder-2021.response", "ketamine", "67 % of people"),
        ("feder-2021.response", "midazolam", "20 % of people"),
        # Albott 2018, abstract: remission of post-traumatic stress in 12 of 15
        ("albott-2018.ptsd-remission", "remission", "80 % (12 of 15 people)"),
        # Glue 2017, abstract: 10 of 12 responders, under the skin
        ("glue-2017.response", "response", "83 % (10 of 12 people)"),
        # Kellner 2005, abstract: after 3 and 6 treatments, and at the end
        ("kellner-2005.course", "after three treatments", "38.2 % (of 131 people)"),
        ("kellner-2005.course", "after six treatments", "61.1 % (of 131 people)"),
        ("kellner-2005.course", "end of the course", "80.9 % (of 131 people)"),
        # Ekstrand 2022 (KetECT), abstract
        ("ketect-2022.remission", "electroconvulsive therapy", "63 % of people"),
        ("ketect-2022.remission", "ketamine", "46 % of people"),
        # Abbar 2022 and its preprint, abstracts
        ("abbar-2022.day-3", "placebo", "31.6 % of people"),
        ("abbar-preprint.week-6", "ketamine", "69.5 % of people"),
        ("abbar-preprint.week-6", "placebo", "56.3 % of people"),
        # Krupitsky 2007, abstract
        ("krupitsky-2007.abstinent", "three sessions", "50 % (13 of 26 people)"),
        ("krupitsky-2007.abstinent", "one session", "22 % (6 of 27 people)"),
        # Founding document S4, lines 36, 44, 48 and 50
        ("S4.13", "response", "83 % of people"),
        ("S4.16", "remission", "at most 80 % of people"),
        ("S4.17", "suicides", "132 a day"),
        ("S4.21", "", "38 % of people"),
    ],
)
def test_a_figure_stands_as_its_source_prints_it(claim_id: str, of: str, text: str) -> None:
    assert number(claim_id, of).text == text


def test_one_suicide_every_so_many_minutes_follows_from_the_number_a_day() -> None:
    assert number("suicides.interval").value == round(Decimal(24 * 60) / 132, 1)


@pytest.mark.parametrize(
    ("group", "printed", "exact"),
    # SUSTAIN-1: 24/90 against 39/86 and 16/62 against 34/59; printed as 6 and 4
    [("remitters", 6, "5.35"), ("responders", 4, "3.14")],
)
def test_the_number_needed_to_treat_follows_from_the_counts_of_sustain_1(
    group: str, printed: int, exact: str
) -> None:
    treated, placebo = (share(f"sustain-1.{group}", of) for of in ("esketamine", "placebo"))
    needed = 1 / (placebo - treated)
    assert number(f"sustain-1.{group}-nnt").value == Decimal(exact) == Decimal(f"{needed:.2f}")
    assert number(f"sustain-1.{group}", "treated so that one fewer relapses").value == printed
    assert printed - 1 < needed <= printed


def test_the_difference_in_elekt_d_follows_from_its_nearest_counts() -> None:
    """108/195 and 70/170: 14.2 points, Wald interval 4.0 to 24.4 (printed: 3.9 to 24.2)."""
    ketamine, other = 108 / 195, 70 / 170
    half = 1.96 * sqrt(ketamine * (1 - ketamine) / 195 + other * (1 - other) / 170)
    difference = number("elekt-d-2023.recomputed", "difference")
    assert difference.confidence is not None
    low, high = difference.confidence
    assert difference.value is not None
    assert isclose(float(difference.value), 100 * (ketamine - other), abs_tol=0.05)
    assert isclose(float(low), 100 * (ketamine - other - half), abs_tol=0.05)
    assert isclose(float(high), 100 * (ketamine - other + half), abs_tol=0.05)
    published = number("elekt-d-2023.response", "difference").confidence
    assert published == (Decimal("3.9"), Decimal("24.2"))


@pytest.mark.parametrize(
    ("printed", "right", "of"),
    [
        ("abbar-2022.as-printed", "abbar-2022.counts-that-fit", "ketamine"),
        ("abbar-2022.as-printed", "abbar-2022.counts-that-fit", "placebo"),
        ("salloum-2020.day-3", "salloum-2020.of-56", "response"),
        ("salloum-2020.day-3", "salloum-2020.of-56", "remission"),
    ],
)
def test_a_share_printed_over_the_wrong_whole_stands_beside_counts_that_fit(
    printed: str, right: str, of: str
) -> None:
    stated = number(printed, of).value
    assert stated is not None
    assert not isclose(100 * share(printed, of), float(stated), abs_tol=0.5)
    assert isclose(100 * share(right, of), float(stated), abs_tol=0.5)
    correction = BASE.correction_for(printed)
    assert correction is not None
    assert right in correction.corrected_by


def test_sober_days_are_not_sober_people() -> None:
    assert BASE.claim("S4.22").quantities[0].per == "people"
    assert number("more-kare-notice.days", "ketamine with therapy").per == "days"
    assert share("kare-press.recomputed") == 0.9


def test_the_trial_without_an_effect_stands_against_every_claim_for_post_traumatic_stress() -> None:
    for claim_id in ("S1.03", "S3.02", "S4.16"):
        against = {c for side in BASE.other_side(claim_id) for c in side.outside_claims}
        assert "abdallah-2022.no-effect" in against


def test_a_comparison_left_out_of_a_document_is_in_its_correction() -> None:
    """E03, E04, E05 and E07: placebo, the end of the course, the route, the number of people."""
    for claim_id, right in {
        "S4.19": "abbar-2022.day-3",
        "S4.20": "abbar-preprint.week-6",
        "S4.21": "kellner-2005.course",
        "S4.13": "glue-2017.response",
        "S4.16": "albott-2018.ptsd-remission",
    }.items():
        correction = BASE.correction_for(claim_id)
        assert correction is not None
        assert right in correction.corrected_by
        assert correction.found_by


def test_cohorts_of_clinics_say_that_they_had_no_control_group() -> None:
    cohorts = ("mgh", "va", "osmind", "oliver")
    for claim_id in (*(f"{name}-cohort.response" for name in cohorts), "hull-2022.response"):
        assert BASE.claim(claim_id).comparator == "none"
    across = BASE.claim("real-world.response")
    assert across.status is Status.COMPUTED
    quoted = [q for claim_id in across.computed_from for q in BASE.claim(claim_id).quantities]
    responses = [q.value for q in quoted if "response" in q.of and q.value is not None]
    span = number("real-world.response")
    assert (span.low, span.high) == (min(responses), max(responses))


def test_those_who_gain_from_a_cohort_are_named() -> None:
    for source_id in ("osmind-cohort", "hull-2022", "kare-2022", "kare-press"):
        assert BASE.source(source_id).conflict_of_interest


def test_patients_are_not_shown_what_the_doses_of_a_trial_did() -> None:
    assert Flag.DOSE in BASE.claim("salloum-2020.relapse").flags
    assert Flag.DOSE in BASE.claim("S4.26").flags
