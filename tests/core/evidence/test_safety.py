"""Harms, misuse and interactions, as their sources print them, and the sums behind them."""

from decimal import Decimal

import pytest

from mooring.core import evidence
from mooring.core.evidence import Claim, Flag, Quantity, SourceKind

BASE = evidence.load()


def quantity(claim_id: str, of: str) -> Quantity:
    return next(q for q in BASE.claim(claim_id).quantities if q.of == of)


def value(claim_id: str, of: str = "") -> Decimal:
    found = quantity(claim_id, of).value
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("claim_id", "of", "text"),
    [
        # S2, lines 81 to 131, as the document has them
        ("S2.17", "amount a time", "3.5 g"),
        ("S2.18", "lifetime amount, misuse", "about 7000 g"),
        ("S2.19", "in all", "about 3 g"),
        ("S2.32", "hours before", "40 to 50 h"),
        # Winstock 2012, abstract: 26.6 % (340) of 1285; eight (3.8 %) of 251
        ("winstock-2012.urinary", "", "26.6 % (340 of 1285 people)"),
        ("winstock-2012.after-stopping", "worse", "3.8 % (8 of 251 people)"),
        # Yale 2024, abstract: 17 patients (12.5 %), 23 of 2342 sessions (0.98 %)
        ("yale-cohort.severe-hypertension", "patients", "12.5 % (17 of 138 people)"),
        ("yale-cohort.severe-hypertension", "sessions", "0.98 % (23 of 2342 sessions)"),
        # Garel 2023: 20 of 22, then 14 of 22
        ("garel-2023.discontinued", "stopped", "91 % (20 of 22 people)"),
        ("garel-2023.discontinued", "off at follow-up", "64 % (14 of 22 people)"),
        # SUSTAIN-3, final results
        ("sustain-3.side-effects", "nausea", "33.6 % (of 1148 people)"),
        # Noppers 2011, abstract: three of six, 10-20 mg/h
        ("noppers-2011.liver", "injured", "3 of 6 people"),
        ("noppers-2011.liver", "speed", "10 to 20 mg/h"),
        # Volunteer studies of S-ketamine: exposure by mouth and by vein
        ("s-ketamine-enzymes.rifampicin-oral", "exposure lowered by", "86 %"),
        ("s-ketamine-enzymes.rifampicin-intravenous", "exposure lowered by", "14 %"),
    ],
)
def test_a_number_stands_as_its_source_prints_it(claim_id: str, of: str, text: str) -> None:
    assert quantity(claim_id, of).text == text


@pytest.mark.parametrize(
    ("claim_id", "of", "ratio", "interval"),
    [
        # Palamar 2022, abstract: adjusted prevalence ratios
        ("palamar-2022.worse-together", "gamma-hydroxybutyrate", "3.43", ("1.57", "7.46")),
        ("palamar-2022.worse-together", "opioids", "2.44", ("1.46", "4.08")),
        ("palamar-2022.worse-together", "injection", "2.68", ("1.21", "5.92")),
        # Yale 2024, abstract; grapefruit study, abstract
        ("yale-cohort.age-and-hypertension", "for each year of age", "1.04", ("1.02", "1.05")),
        ("s-ketamine-enzymes.grapefruit-oral", "exposure", "3.0", ("2.4", "3.6")),
    ],
)
def test_an_effect_stands_with_its_interval(
    claim_id: str, of: str, ratio: str, interval: tuple[str, str]
) -> None:
    assert value(claim_id, of) == Decimal(ratio)
    assert quantity(claim_id, of).confidence == tuple(Decimal(end) for end in interval)


def test_a_course_of_eight_infusions_of_35_mg_is_0_28_g() -> None:
    assert 8 * 35 / Decimal(1000) == value("computed.course-amount", "in all")
    correction = BASE.correction_for("S2.19")
    assert correction is not None
    assert (correction.id, correction.found_by) == ("E01", ("arithmetic",))


def test_the_lifetime_amount_is_25000_courses_and_not_2333() -> None:
    lifetime = value("S2.18", "lifetime amount, misuse")
    assert lifetime / Decimal("0.28") == value("computed.exposure-ratio", "misuse to course")
    assert round(lifetime / 3) == value("computed.exposure-ratio", "with the wrong sum")


def test_six_years_of_such_use_come_to_what_the_document_says() -> None:
    times = Decimal("365.25") * 6 / 7 * Decimal("6.5")
    assert round(times) == value("computed.misuse-lifetime", "times")
    assert round(times * Decimal("3.5")) == value("computed.misuse-lifetime", "in all")


def test_calls_to_poison_centres_rose_as_printed() -> None:
    rise = Decimal(67 - 37) / 37 * 100
    assert round(rise, 1) == value("palamar-2022.exposures", "rise") == Decimal("81.1")


@pytest.mark.parametrize(
    ("claim_id", "of", "really"),
    [
        ("winstock-2012.urinary", "", "26.5"),
        ("winstock-2012.after-stopping", "worse", "3.2"),
        ("yale-cohort.severe-hypertension", "patients", "12.3"),
    ],
)
def test_a_slip_in_print_is_kept_and_its_reason_names_the_right_share(
    claim_id: str, of: str, really: str
) -> None:
    printed = quantity(claim_id, of)
    assert printed.numerator is not None
    assert printed.denominator is not None
    assert round(Decimal(100 * printed.numerator) / printed.denominator, 1) == Decimal(really)
    reasons = [a.reason for a in BASE.claim(claim_id).acknowledged if a.check == "percent"]
    assert len(reasons) == 1
    assert f"{really} %" in reasons[0]


def test_the_survey_on_ketamine_at_home_counts_those_who_tried_it() -> None:
    correction = BASE.correction_for("S4.49")
    assert correction is not None
    assert correction.id == "E06"
    told, counted = BASE.claim("S4.49"), BASE.claim("apn-2023.more-than-recommended")
    assert told.reports == counted.id
    assert told.population == "Americans"
    assert "tried" in counted.population
    assert BASE.source("apn-2023").conflict_of_interest


def test_no_single_rate_of_misuse_stands_alone() -> None:
    held = BASE.disagreement("D24").positioned
    assert {"S1.20", "S2.35", "S2.99", "S3.07", "S4.49"} <= set(held)


def test_stories_of_large_doses_stand_against_the_errors_that_did_harm() -> None:
    d44 = BASE.disagreement("D44")
    assert {"S2.62", "S2.63", "S2.75", "S5.10"} <= set(d44.positioned)
    assert {"psnet-2021.strength", "ismp-1998.unit", "ijmt-2003.fatal"} <= set(d44.outside_claims)
    for story in ("S2.62", "S2.63", "S2.75", "S2.102"):
        assert Flag.DANGEROUS in BASE.claim(story).flags


def test_what_changes_swallowed_ketamine_changes_it_less_by_vein() -> None:
    oral = value("s-ketamine-enzymes.rifampicin-oral", "exposure lowered by")
    by_vein = value("s-ketamine-enzymes.rifampicin-intravenous", "exposure lowered by")
    assert oral > 6 * by_vein
    assert BASE.claim("s-ketamine-enzymes.rifampicin-oral").route == "oral"


def _amounts(claim: Claim) -> list[Quantity]:
    return [q for q in claim.quantities if q.unit in ("mg", "mg/kg", "mg/h")]


def test_amounts_of_ketamine_given_as_treatment_are_for_clinicians() -> None:
    for claim_id in ("S2.19", "S2.29", "S2.30", "S2.32", "S2.33", "computed.course-amount"):
        claim = BASE.claim(claim_id)
        assert _amounts(claim)
        assert Flag.DOSE in claim.flags, claim_id


def test_a_source_that_was_not_read_verifies_nothing() -> None:
    unread = {s.id for s in BASE.sources.values() if s.read is evidence.Read.NOT_READ}
    assert "uptodate" in unread
    for claim in BASE.claims.values():
        assert claim.source not in unread, claim.id
    assert BASE.source("uptodate").kind is SourceKind.REVIEW
