"""How long it lasts and whether to go on: as the studies print it, and the sums behind it."""

import math
from decimal import Decimal

import pytest

from mooring.core import evidence, handbook
from mooring.core.evidence import Flag, Quantity
from mooring.core.handbook import Face
from mooring.core.handbook.sentences import marks

BASE = evidence.load()


def quantity(claim_id: str, of: str = "") -> Quantity:
    found = [q for q in BASE.claim(claim_id).quantities if q.of == of]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize(
    ("claim_id", "of", "text"),
    [
        # Founding document S2, lines 201 to 211
        ("S2.77", "studies", "4 studies"),
        ("S2.77", "median, shortest", "1 week"),
        ("S2.77", "median, longest", "1 month"),
        ("S2.78", "", "17 people"),
        ("S2.81", "", "about 50 % of people"),
        ("S2.82", "gap, where the effect lasts two weeks", "less than 2 weeks"),
        ("S2.83", "first course", "6 months"),
        ("S2.83", "between attempts to stop", "1 to 2 years"),
        # Shiroma 2014, abstract: five of eleven at four weeks; the six relapsed at 16 days
        ("shiroma-2014.four-weeks", "still responding", "5 of 11 responders"),
        ("shiroma-2014.four-weeks", "mean of those who relapsed", "16 days"),
        # Phillips 2019, abstract: four further infusions, weekly
        ("phillips-2019.maintenance", "further infusions", "4 infusions"),
        # Veterans Affairs cohort, abstract: 18 in a year, every five days to every 3-4 weeks
        ("va-cohort.maintenance", "mean", "18 infusions"),
        ("va-cohort.maintenance", "apart at first", "5 days"),
        ("va-cohort.maintenance", "apart later", "3 to 4 weeks"),
        # Hospital clinic, abstract
        ("mgh-cohort.maintenance", "", "28 of 85 people"),
    ],
)
def test_a_number_stands_as_its_source_prints_it(claim_id: str, of: str, text: str) -> None:
    assert quantity(claim_id, of).text == text


def test_the_survival_at_four_weeks_follows_from_who_still_responded() -> None:
    """Nobody left the study: 11 responders, 6 relapses, so the curve ends at 5/11."""
    counted = quantity("shiroma-2014.four-weeks", "still responding")
    relapsed = quantity("shiroma-2014.four-weeks", "relapsed")
    assert (counted.numerator, relapsed.numerator, counted.denominator) == (5, 6, 11)
    printed = quantity("shiroma-2014.kept", "still responding").value
    assert printed == round(Decimal(500) / 11, 1) == Decimal("45.5")


def test_the_curve_of_the_page_is_that_of_seventeen_responders() -> None:
    """S2 shows a curve of 17 people: those who responded in Murrough 2013, 17 of 24."""
    page = BASE.claim("S2.78")
    assert (page.cites, page.reports) == ("murrough-2013", "murrough-2013.relapse")
    assert page.n == BASE.claim("murrough-2013.relapse").n == 17


def test_the_half_life_of_the_clinic_is_the_recomputed_one() -> None:
    """Kamp 2020: 252 L and 79 L/h per 70 kg; S4 says 2.2 hours."""
    assert round(math.log(2) * 252 / 79, 2) == 2.21
    assert quantity("kamp-2020.half-life", "half-life").value == Decimal("2.21")
    assert quantity("S4.72", "half-life").value == Decimal("2.2")
    volume = quantity("kamp-2020.clearance", "volume")
    assert volume.confidence == (Decimal(200), Decimal(304))


def test_needing_more_stands_against_needing_none() -> None:
    others = {c for side in BASE.other_side("S4.11") for p in side.positions for c in p.claims}
    assert {"S2.101", "S2.82", "S1.12"} <= others
    assert "sustain-1.remitters" in BASE.disagreement("D29").outside_claims


def test_both_ways_to_end_are_sides_of_one_disagreement() -> None:
    sides = [p.claims for p in BASE.disagreement("D30").positions]
    assert sides == [("S2.83",), ("S4.67", "S2.101")]


def test_how_often_to_dose_is_for_clinicians_only() -> None:
    assert Flag.DOSE in BASE.claim("S2.82").flags
    shown = [passage.text(Face.PATIENT) for passage in handbook.load().passages.values()]
    assert not any("S2.82" in marks(text) for text in shown)


def test_every_source_without_a_comparison_group_says_so() -> None:
    for claim_id in (
        "shiroma-2014.four-weeks",
        "phillips-2019.maintenance",
        "va-cohort.maintenance",
        "mgh-cohort.maintenance",
    ):
        assert BASE.claim(claim_id).comparator == "none"
