"""What the shipped evidence says, checked against the sources' own numbers."""

import math
from decimal import Decimal

import pytest

from mooring.core import evidence
from mooring.core.evidence import Flag, SourceKind, Status

BASE = evidence.load()


def quantity(claim_id: str, of: str | None = None) -> evidence.Quantity:
    found = [q for q in BASE.claim(claim_id).quantities if of is None or q.of == of]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("claim_id", "of", "text"),
    [
        # Founding document S2, line 135: 45 systolic, 30 diastolic
        ("S2.44", "systolic rise over baseline", "at least 45 mmHg"),
        ("S2.44", "diastolic rise over baseline", "at least 30 mmHg"),
        # S2, line 169; S4, lines 167 and 174; S1, line 40; S5, line 20
        ("S2.55", None, "0.5 mg/kg"),
        ("S2.56", None, "at most 1 mg/kg"),
        ("S4.64", "infusions", "at least 6 infusions"),
        ("S4.64", "length of one", "40 min"),
        ("S4.65", None, "1 to 3 infusions a week"),
        ("S4.73", None, "at least 12 h"),
        ("S1.39", None, "at most 90 min"),
        ("S5.07", None, "45 to 60 min"),
        # Riva-Posse 2018, abstract
        ("emory-2018.blood-pressure-rise", "systolic", "3.28 mmHg"),
        ("emory-2018.interval-during", None, "10 min"),
        ("emory-2018.interval-after", None, "15 min"),
        # Andrashko 2020, abstract
        ("andrashko-2020.threshold", "diazepam equivalents", "more than 8 mg/day"),
        # Ahal 2016, protocol
        ("ed-protocol-2016.vital-limits", "systolic, above", "more than 180 mmHg"),
        ("ed-protocol-2016.observation", None, "at least 60 min"),
        # Esketamine label and its risk program
        ("spravato-rems.observation", None, "at least 2 h"),
        # Endoscopy study with the discharge score
        ("padss.two-scores", "score", "at least 9 of 10 points"),
        ("padss.two-scores", "apart", "20 min"),
        # The two definitions of remission that a score of exactly 5 tells apart
        ("remission.phq9.lt5", None, "less than 5 points"),
        ("remission.phq9.le5", None, "at most 5 points"),
    ],
)
def test_a_number_stands_as_its_source_has_it(claim_id: str, of: str | None, text: str) -> None:
    assert quantity(claim_id, of).text == text


def test_the_half_life_follows_from_volume_and_clearance() -> None:
    volume = quantity("kamp-2020.clearance", "volume").value
    clearance = quantity("kamp-2020.clearance", "clearance").value
    assert volume is not None
    assert clearance is not None
    half_life = math.log(2) * float(volume) / float(clearance)
    assert quantity("kamp-2020.half-life").value == Decimal(f"{half_life:.2f}")


def test_non_response_is_what_is_left_of_response() -> None:
    for cohort, of in (("phillips-2019", "response"), ("va-cohort", "response")):
        response = quantity(f"{cohort}.response", of).value
        assert response is not None
        assert quantity(f"{cohort}.non-response").value == 100 - response


def test_the_share_in_the_largest_suicidality_trial_follows_from_its_counts() -> None:
    share = quantity("abbar-2022.day-3", "ketamine")
    assert (share.numerator, share.denominator) == (46, 73)
    assert share.value == round(Decimal(4600) / 73, 1)


def test_no_numerator_exceeds_its_denominator() -> None:
    for claim in BASE.claims.values():
        for counted in claim.quantities:
            if counted.numerator is not None:
                assert counted.denominator is not None, claim.id
                assert counted.numerator <= counted.denominator, claim.id


def test_the_disagreements_of_this_course_are_all_there() -> None:
    wanted = {f"D{n:02}" for n in (*range(9, 23), 26, 27, 28, 33, 34, 35)}
    assert wanted <= set(BASE.disagreements)


def test_every_source_is_used() -> None:
    used = {name for claim in BASE.claims.values() for name in (claim.source, claim.cites)}
    assert set(BASE.sources) <= used


def test_a_claim_with_several_numbers_says_what_each_is_of() -> None:
    for claim in BASE.claims.values():
        if len(claim.quantities) > 1:
            names = [q.of for q in claim.quantities]
            assert all(names), claim.id
            assert len(set(names)) == len(names), claim.id


def test_a_claim_with_one_number_gives_it_directly() -> None:
    one = BASE.claim("S4.73").quantity
    assert one is not None
    assert one.value == 12
    assert BASE.claim("S2.44").quantity is None
    assert BASE.claim("S1.07").quantity is None


def test_a_founding_statement_names_its_own_document_and_line() -> None:
    documents = {s.id for s in BASE.sources.values() if s.kind is SourceKind.FOUNDING}
    assert documents == {"S1", "S2", "S3", "S4", "S5"}
    for claim in BASE.claims.values():
        if claim.source in documents:
            assert claim.id.split(".")[0] == claim.source
            assert claim.locator.startswith("line ")


def test_what_is_misreported_has_its_correction_or_its_other_side() -> None:
    for claim in BASE.claims.values():
        if Flag.MISREPORTED in claim.flags:
            assert BASE.correction_for(claim.id) or BASE.other_side(claim.id), claim.id


def test_dangerous_lines_carry_their_flag() -> None:
    """Lines that must never become a rule or patient text (flag ! of the inventory)."""
    for claim_id in ("S1.38", "S1.39", "S4.55", "S4.57", "S4.58"):
        assert Flag.DANGEROUS in BASE.claim(claim_id).flags


def test_a_clinic_choice_is_shown_as_exactly_that() -> None:
    choice = BASE.claim("choice.weight-age")
    assert choice.status is Status.CLINIC_CHOICE
    assert BASE.source_of(choice.id) is None


def test_the_sober_figure_stands_with_its_correction() -> None:
    correction = BASE.correction_for("S4.22")
    assert correction is not None
    assert "days" in correction.text
    assert "kare-2022.relapse" in correction.corrected_by


def test_holding_a_benzodiazepine_is_shown_with_all_that_speaks_against_it() -> None:
    others = {side.disagreement: side for side in BASE.other_side("S4.55")}
    assert set(others) == {"D19", "D20"}
    against = {claim for p in others["D19"].positions for claim in p.claims}
    assert against == {"S1.27", "S1.28", "S4.24"}
    assert "garel-2023.discontinued" in others["D19"].outside_claims


def test_authors_who_gain_from_their_claim_are_named() -> None:
    for source_id in ("S1", "S2", "S4", "S5", "osmind-cohort"):
        assert BASE.source(source_id).conflict_of_interest
