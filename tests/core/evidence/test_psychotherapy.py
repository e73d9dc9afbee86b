"""Psychotherapy, the experience and the mechanism: contested, and shown as that."""

from decimal import Decimal

import pytest

from mooring.core import evidence, handbook
from mooring.core.evidence import SourceKind
from mooring.core.handbook import Face
from mooring.core.handbook.sentences import marks

BASE = evidence.load()
BOOK = handbook.load()


@pytest.mark.parametrize(
    ("claim_id", "points", "interval", "clear"),
    [
        # KARE 2022, abstract: therapy against education, ketamine in both: 4.2 (-6.7 to 15.2)
        ("kare-2022.therapy-added", "4.2", ("-6.7", "15.2"), False),
        # Ketamine with therapy against placebo with education: 15.9 (3.8 to 28.1)
        ("kare-2022.both-added", "15.9", ("3.8", "28.1"), True),
        # Ketamine against placebo: 10.1 (1.1 to 19.0)
        ("kare-2022.abstinent-days", "10.1", ("1.1", "19.0"), True),
    ],
)
def test_what_was_added_to_abstinent_days(
    claim_id: str, points: str, interval: tuple[str, str], clear: bool
) -> None:
    (found,) = BASE.claim(claim_id).quantities
    assert found.value == Decimal(points)
    assert found.confidence == tuple(Decimal(end) for end in interval)
    assert found.per == "days"
    low, high = found.confidence
    assert (low > 0 or high < 0) is clear


def test_the_largest_report_on_assisted_therapy_has_no_comparison_group() -> None:
    claim = BASE.claim("field-trip.design")
    assert (claim.n, claim.comparator) == (1806, "none")
    assert BASE.source("field-trip").conflict_of_interest


def test_the_page_that_praises_therapy_stands_beside_what_a_trial_found() -> None:
    against = {side.disagreement: side for side in BASE.other_side("S1.26")}
    assert "kare-2022.therapy-added" in against["D31"].outside_claims
    assert {"S2.87"} in [set(p.claims) for p in against["D31"].positions]


def test_those_who_hold_the_trip_for_the_cure_stand_beside_those_who_do_not() -> None:
    positions = [set(p.claims) for p in BASE.disagreement("D32").positions]
    assert {"S1.11"} in positions
    assert {"S4.36", "S4.81"} in positions


def test_no_theory_of_the_mechanism_is_shown_as_verified() -> None:
    theories = BASE.disagreement("D40").positioned
    assert set(theories) == {"S1.21", "S2.94", "S1.09", "S5.28"}
    for name in theories:
        source = BASE.source_of(name)
        assert source is not None
        assert source.kind is SourceKind.FOUNDING


@pytest.mark.parametrize("face", list(Face))
def test_a_reader_of_the_mechanism_meets_its_disagreement_first(face: Face) -> None:
    first = BOOK.chapter("mechanism").passages[0]
    assert "D40" in marks(first.text(face))


@pytest.mark.parametrize("face", list(Face))
def test_what_we_do_not_know_is_a_chapter_of_its_own(face: Face) -> None:
    text = " ".join(passage.text(face) for passage in BOOK.chapter("unknown").passages)
    assert {"S2.103", "S5.04", "D27", "D28", "D29", "D30", "D31", "D32", "D40"} <= set(marks(text))


def test_leaving_is_told_with_the_strictest_side_and_the_dangerous_one_as_a_warning() -> None:
    after = BOOK.passage("treatment-day.after")
    assert {"S1.38", "S1.39"} <= set(marks(after.text(Face.CLINICIAN)))
    assert not {"S1.38", "S1.39"} & set(marks(after.text(Face.PATIENT)))
    assert "D34" in marks(after.text(Face.PATIENT))


def test_patients_read_the_next_day_rule() -> None:
    driving = BOOK.passage("treatment-day.driving").text(Face.PATIENT)
    assert {"spravato-label.driving", "D35"} <= set(marks(driving))
    assert "next day" in driving
