"""How much of a dose arrives, and the steps by nose, as the sources print them."""

from decimal import Decimal

import pytest

from mooring.core import evidence
from mooring.core.evidence import Flag, Status
from mooring.core.evidence.lint import lint
from mooring.core.handbook.readers import disagreement_readable_by_patients

BASE = evidence.load()
ROUTES = "Routes and how much of a dose arrives"
STEPS = "Finding a dose by the nose, step by step"


def number(claim_id: str, of: str | None = None) -> evidence.Quantity:
    found = [q for q in BASE.claim(claim_id).quantities if of is None or q.of == of]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("claim_id", "of", "text"),
    [
        # Pharmacotherapy 2022; 42:298, table 6: F 17, 13 and 11 % at 10, 30 and 50 mg by nose
        ("intranasal-2022.bioavailability", "at the lowest dose", "17 %"),
        ("intranasal-2022.bioavailability", "at the middle dose", "13 %"),
        ("intranasal-2022.bioavailability", "at the highest dose", "11 %"),
        ("intranasal-2022.peak", "by vein", "296 ng/mL"),
        ("intranasal-2022.peak", "by nose, 50 mg", "77.6 ng/mL"),
        # Yanagihara 2003, abstract: tablet about 20, sublingual about 30, spray about 45 %
        ("yanagihara-2003.swallowed", None, "about 20 %"),
        ("yanagihara-2003.sublingual", None, "about 30 %"),
        ("yanagihara-2003.intranasal", None, "about 45 %"),
        # Rolan 2013, abstract: median 29 % (90 % CI 27 to 31), peak after 0.75 h
        ("rolan-2013.sublingual", "median share", "29 %"),
        ("rolan-2013.sublingual", "90 % confidence interval", "27 to 31 %"),
        # Chong 2006, abstract: 32 ± 17 % and 23 ± 9 %; with norketamine 54 and 59 %
        ("chong-2006.sublingual", "mean", "32 %"),
        ("chong-2006.swallowed", "mean", "23 %"),
        ("chong-2006.swallowed", "mean with norketamine counted in", "59 %"),
        # Andrade 2019, Fanta 2015, Hasan 2021, abstracts
        ("andrade-2019.swallowed", None, "20 to 25 %"),
        ("fanta-2015.swallowed", None, "8 %"),
        ("hasan-2021.swallowed", "S-ketamine", "15 %"),
        ("hasan-2021.swallowed", "R-ketamine", "19 %"),
        # Hornik 2018, abstract: 113 children
        ("hornik-2018.intramuscular", None, "41 %"),
        # Founding documents: S1 line 31, S4 lines 122 and 132
        ("S1.24", None, "17 to 23 %"),
        ("S4.42", None, "40 %"),
        ("S4.47", None, "about 20 %"),
    ],
)
def test_a_share_stands_as_its_source_prints_it(claim_id: str, of: str | None, text: str) -> None:
    assert number(claim_id, of).text == text


def test_the_shares_by_nose_follow_from_the_printed_exposures() -> None:
    """113 ng·h/mL after 10 mg by vein; 19, 46 and 64 after 10, 30 and 50 mg by nose."""
    by_vein = Decimal(113) / 10
    for step, exposure, dose in (("lowest", 19, 10), ("middle", 46, 30), ("highest", 64, 50)):
        share = round(Decimal(exposure) / dose / by_vein * 100, 1)
        assert number("intranasal-2022.recomputed", f"share at the {step} dose").value == share


def test_the_shares_of_the_missing_table_are_recovered() -> None:
    """S2, line 177: 35 mg by vein, 70 by nose, 140 under the tongue, 175 swallowed."""
    for route, dose in (("intranasal", 70), ("sublingual", 140), ("swallowed", 175)):
        assert number(f"implied-bioavailability.{route}").value == Decimal(35) / dose * 100
    correction = BASE.correction_for("S2.59")
    assert correction is not None
    assert correction.needs_human


def test_one_dose_by_vein_is_many_doses_by_nose() -> None:
    doses = {q.of: q.value for q in BASE.claim("nasal-equivalents").quantities}
    assert doses["at 40 %"] == Decimal("87.5")
    assert doses["at 11.3 %"] == round(Decimal(35) / Decimal("0.113"))


def test_the_steps_by_nose_are_sprays_of_ten_milligrams() -> None:
    """S2, lines 185 to 193: 100 mg/mL, 0.1 mL a spray; one, three and five sprays."""
    for step, sprays, dose in (("S2.68", 1, 10), ("S2.71", 3, 30), ("S2.72", 5, 50)):
        assert number(step, "sprays").value == sprays
        assert number(step, "dose").value == dose == sprays * 100 * Decimal("0.1")


def test_a_month_of_the_course_is_forty_sprays() -> None:
    """Five sprays twice a week for four weeks, and the first two steps on top."""
    assert number("titration.course", "sprays").value == 5 * 2 * 4 == 40
    assert number("titration.course", "amount").value == 400
    assert number("titration.course", "amount with the first two steps").value == 400 + 10 + 30
    assert number("titration.minutes", "from first to last").value == (5 - 1) * 10


def test_nearly_all_by_nose_is_an_outlier_that_is_corrected() -> None:
    correction = BASE.correction_for("S1.23")
    assert correction is not None
    assert "outlier" in correction.found_by
    found = [finding for finding, _ in lint(BASE).acknowledged if finding.claim == "S1.23"]
    assert "outlier" in {finding.check for finding in found}


def test_the_dose_without_a_unit_stays_without_one() -> None:
    assert number("S1.33").text == "50 to 200"
    assert BASE.correction_for("S1.33") is not None


def test_no_open_finding_is_left_on_routes_steps_groups_and_home() -> None:
    topics = {ROUTES, STEPS, "Group sessions under the tongue", "Ketamine at home"}
    left = [f for f in lint(BASE).open if BASE.claim(f.claim).topic in topics]
    assert left == []


@pytest.mark.parametrize("claim_id", ["S2.61", "S2.62", "S2.63", "S2.75", "S2.93", "S2.100"])
def test_what_is_dangerous_says_why_nothing_follows_it(claim_id: str) -> None:
    claim = BASE.claim(claim_id)
    assert Flag.DANGEROUS in claim.flags
    assert claim.excluded


def test_every_amount_is_kept_from_patients() -> None:
    """Each number in milligrams or sprays of these topics stands on a claim for clinicians."""
    for claim in BASE.claims.values():
        if claim.topic in {ROUTES, STEPS} and any(
            q.unit in ("mg", "mg/kg", "sprays", "mg a spray") for q in claim.quantities
        ):
            assert {Flag.DOSE, Flag.DANGEROUS} & set(claim.flags), claim.id


@pytest.mark.parametrize("disagreement", ["D02", "D03", "D04", "D05", "D06", "D08", "D23"])
def test_patients_may_read_both_sides_on_routes_and_home(disagreement: str) -> None:
    assert disagreement_readable_by_patients(BASE.disagreement(disagreement), BASE)


def test_the_meta_analysis_of_routes_stands_beside_how_it_was_read() -> None:
    """S2 reads it as equal routes; its authors say that it does not compare them."""
    relayed = BASE.claim(BASE.claim("S2.52").reports)
    assert relayed.source == BASE.claim("S2.52").cites == "mcintyre-2020"
    assert relayed.status is Status.RELAYED


def test_esketamine_and_racemic_ketamine_are_not_one_subject() -> None:
    for claim in BASE.claims.values():
        for counted in claim.quantities:
            if counted.subject.startswith("bioavailability, intranasal"):
                assert counted.subject.endswith(
                    "esketamine" if claim.drug == "esketamine" else "racemic"
                ), claim.id
