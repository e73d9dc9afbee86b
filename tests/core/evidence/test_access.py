"""How treatment is reached, paid, begun and prescribed: as the documents have it, recomputed."""

from decimal import Decimal

import pytest

from mooring.core import evidence, handbook
from mooring.core.evidence import Flag, Quantity, Status
from mooring.core.evidence.lint import findings, lint
from mooring.core.evidence.units import units
from mooring.core.handbook import Face

BASE = evidence.load()
PRICES = ("S1.14", "S1.16", "S2.05", "S2.10", "S2.11", "S2.88")


def quantity(claim_id: str, of: str = "") -> Quantity:
    found = [q for q in BASE.claim(claim_id).quantities if not of or q.of == of]
    assert len(found) == 1
    return found[0]


def value(claim_id: str, of: str = "") -> Decimal:
    found = quantity(claim_id, of).value
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("claim_id", "of", "text"),
    [
        # S2, lines 53, 55, 57 and 229
        ("S2.05", "infusions", "6 infusions"),
        ("S2.05", "length of the course", "3 weeks"),
        ("S2.05", "price of one", "800 US dollars a session"),
        ("S2.05", "price of the course", "4800 US dollars"),
        ("S2.10", "price", "about 6400 US dollars a month"),
        ("S2.11", "", "about 10 US dollars a dose"),
        ("S2.88", "price of one", "950 US dollars a session"),
        ("S2.88", "length of one", "3 h"),
        ("S2.89", "", "about 6 sessions"),
        # S1, line 18
        ("S1.14", "", "about 70 US dollars a month"),
        ("S1.16", "cost", "at least 250 US dollars a session"),
        # S3, line 15; S4, lines 11 and 12
        ("S3.09", "", "about 6 months"),
        ("S4.01", "", "1962 year"),
        ("S4.02", "first given to people", "1964 year"),
        ("S4.02", "approval", "1970 year"),
        # Rule of the Drug Enforcement Administration, 22 June 2023
        ("dea-rules.loss", "written notice", "at most 1 day"),
        ("dea-rules.loss", "form 106", "at most 45 days"),
        # Report on San Diego, as relayed
        ("va-oig.lapse", "", "35 people"),
        # CANMAT 2021, abstract; eligibility of the veterans' program, as relayed
        ("canmat-2021.single-infusion", "", "1 level of evidence"),
        ("canmat-2021.repeated", "other routes", "3 to 4 level of evidence"),
        ("va-program.eligibility", "PHQ-9", "at least 15 points"),
        ("va-program.eligibility", "failed trials", "4 trials"),
        # Hypertension guideline 2017
        ("acc-aha-2017.stage-2", "systolic, stage 2", "at least 140 mmHg"),
    ],
)
def test_a_number_stands_as_its_source_has_it(claim_id: str, of: str, text: str) -> None:
    assert quantity(claim_id, of).text == text


def test_six_infusions_at_800_dollars_are_4800() -> None:
    assert value("S2.05", "infusions") * value("S2.05", "price of one") == 4800


def test_the_labels_first_four_weeks_of_two_sessions_are_eight_at_800_dollars_each() -> None:
    assert value("cost.esketamine-first-sessions") == 4 * 2
    assert value("cost.esketamine-a-session") == Decimal(6400) / 8
    assert value("cost.esketamine-own-share") == 250 * 8


@pytest.mark.parametrize(
    "claim_id",
    [
        "S2.05",
        "cost.esketamine-first-sessions",
        "cost.esketamine-a-session",
        "cost.esketamine-own-share",
    ],
)
def test_the_linter_recomputes_each_sum_of_money(claim_id: str) -> None:
    assert BASE.claim(claim_id).arithmetic
    assert claim_id not in {f.claim for f in findings(BASE) if f.check == "arithmetic"}


def test_dollars_for_a_dose_a_session_a_month_and_a_course_cannot_be_mixed() -> None:
    money = [name for name in units() if name.startswith("US dollars")]
    assert len(money) == 4
    assert len({units()[name].dimension for name in money}) == 4


def test_every_price_stands_in_one_disagreement() -> None:
    assert set(PRICES) == set(BASE.disagreement("D42").positioned)


def test_approval_for_chronic_pain_is_found_and_corrected_by_the_label() -> None:
    told = [f for f in findings(BASE) if f.check == "approval" and f.claim == "S2.12"]
    assert len(told) == 1
    assert "chronic pain" in told[0].says
    correction = BASE.correction_for("S2.12")
    assert correction is not None
    assert correction.id == "E09"
    assert correction.found_by == ("approval",)
    assert "ketalar-label.approved-use" in correction.corrected_by
    assert BASE.claim("ketalar-label.approved-use").approves == ("anaesthesia",)


def test_a_finding_on_access_or_screening_is_either_mended_or_explained() -> None:
    topics = {BASE.claim(name).topic for name in ("S2.05", "S3.09", "S2.95", "S4.28")}
    assert [f for f in lint(BASE).open if BASE.claim(f.claim).topic in topics] == []


@pytest.mark.parametrize(
    ("claim_id", "against"),
    [
        ("S5.21", "S5.27"),  # suicidality: evaluate, or treat
        ("S4.29", "S5.22"),  # psychosis: any history excludes, or active is evaluated
        ("S4.28", "S5.18"),  # heart: unstable disease, or any history
        ("S4.32", "S5.15"),  # breastfeeding: not named, or excluded
        ("S2.39", "S1.29"),  # substance use: last resort, or what is treated
        ("S4.06", "S2.95"),  # place in therapy: early, or after a few antidepressants
    ],
)
def test_a_criterion_is_shown_with_the_document_that_says_otherwise(
    claim_id: str, against: str
) -> None:
    sides = BASE.other_side(claim_id)
    assert against in {claim for side in sides for p in side.positions for claim in p.claims}


def test_the_veterans_program_stands_against_bipolar_disorder_as_a_use() -> None:
    assert "va-program.exclusions" in BASE.disagreement("D12").outside_claims


def test_a_relayed_rule_is_not_shown_as_read_in_the_original() -> None:
    for name in ("va-program", "va-oig", "dea-rules", "askp3-basics"):
        assert BASE.source(name).read is evidence.Read.SECONDARY


def test_numbers_the_clinic_chose_for_screening_are_shown_as_its_own() -> None:
    for name in ("weight-age", "blood-pressure-age", "measured-blood-pressure-limits"):
        assert BASE.claim(f"choice.{name}").status is Status.CLINIC_CHOICE


def test_starting_out_is_for_clinicians_alone() -> None:
    shown = handbook.load().for_reader(Face.PATIENT)
    assert "starting-out" not in {chapter.id for chapter in shown.chapters}
    assert handbook.load().chapter("starting-out").passages


def test_patients_read_the_prices_with_their_disagreement_and_no_dose() -> None:
    text = handbook.load().passage("access.prices").text(Face.PATIENT)
    assert "{D42}" in text
    assert all(f"{{{name}}}" in text for name in PRICES)
    assert not any(Flag.DOSE in BASE.claim(name).flags for name in PRICES)
