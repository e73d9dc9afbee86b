"""The made-up courses follow the published curve that they claim to follow."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.clinic.demo.illness import Outlook, outlooks, part_left, spread, total_at, weibull

FIRST = datetime(2026, 3, 2, 9, tzinfo=UTC)
SERIES = [FIRST + timedelta(days=day) for day in (0, 3, 7, 10, 14, 17)]


# McInnes 2022, sustained response of 537 patients: about 0.80 at 4 weeks, about 0.60 at 8.
@pytest.mark.parametrize(("days", "published"), [(28, 0.80), (56, 0.60)])
def test_responders_keep_their_response_as_the_published_cohort_did(days, published):
    responders = [o for o in outlooks(52, Random(1)) if o.kind != "none"]
    kept = sum(outlook.holds_days > days for outlook in responders) / len(responders)
    assert kept == pytest.approx(published, abs=0.03)


def test_the_curve_passes_through_the_two_published_points():
    assert weibull(1 - 0.80) == pytest.approx(28, abs=0.2)
    assert weibull(1 - 0.60) == pytest.approx(56, abs=0.2)


def test_all_four_courses_of_illness_are_there():
    assert {o.kind for o in outlooks(52, Random(1))} == {"early", "standard", "late", "none"}


@pytest.mark.parametrize(("kind", "number"), [("early", 2), ("standard", 3), ("late", 5)])
def test_a_responder_first_falls_below_half_after_the_infusion_that_names_the_type(kind, number):
    outlook = Outlook(kind, 20, 100.0)
    at = SERIES[-1] + timedelta(days=1)
    left = [part_left(outlook, SERIES[:done], at) for done in range(7)]
    assert [part < 0.5 for part in left] == [done >= number for done in range(7)]


def test_who_does_not_respond_stays_above_half():
    outlook = Outlook("none", 20, 0.0)
    after = SERIES[-1] + timedelta(days=60)
    assert all(part_left(outlook, SERIES[:done], after) > 0.5 for done in range(7))


def test_a_lost_response_comes_back_after_a_booster_and_is_lost_again():
    outlook = Outlook("early", 20, 30.0)
    lost = SERIES[-1] + timedelta(days=31)
    booster = SERIES[-1] + timedelta(days=45)
    assert part_left(outlook, SERIES, lost) > 0.5
    assert part_left(outlook, [*SERIES, booster], booster + timedelta(days=7)) < 0.5
    assert part_left(outlook, [*SERIES, booster], booster + timedelta(days=40)) > 0.5


@given(total=st.integers(0, 27), dark=st.integers(0, 3), seed=st.integers(0, 99))
def test_nine_answers_add_up_to_the_total_with_the_ninth_as_given(total, dark, seed):
    wanted = min(max(total, dark), 24 + dark)
    answers = spread(max(total, dark), Random(seed), thoughts_of_death=dark)
    assert sum(answers.values()) == wanted
    assert answers["phq9.9"] == dark
    assert set(answers) == {f"phq9.{item}" for item in range(1, 10)}
    assert all(0 <= value <= 3 for value in answers.values())


@given(first=st.integers(15, 24), days=st.integers(0, 300), seed=st.integers(0, 99))
def test_a_total_is_always_a_phq9_total(first, days, seed):
    at = FIRST + timedelta(days=days)
    assert 0 <= total_at(Outlook("late", first, 20.0), SERIES, at, Random(seed)) <= 27
