"""What was given is rate times time, exactly, without the pauses, and never capped in silence."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.session.entries import (
    Content,
    InfusionComplete,
    InfusionPause,
    InfusionRate,
    InfusionResume,
    InfusionStart,
    InfusionStop,
)
from mooring.core.session.fold import fold
from mooring.core.session.view import DoseStep, DueState, Phase, Plan
from tests.core.session.building import (
    PLAN,
    POLICIES,
    START,
    at,
    entry,
    log,
    name_of,
    seated,
    started,
    view,
)

PAUSE = InfusionPause(reason="Bathroom")
RESUME = InfusionResume()
COMPLETE = InfusionComplete()


def rate(milligrams_per_minute: str) -> InfusionRate:
    return InfusionRate(rate_mg_per_minute=Decimal(milligrams_per_minute), reason="Dizzy")


def given_after(minute: float, *lines: tuple[float, Content]) -> Decimal:
    return view(started(*lines), minute).given_mg


def test_nothing_is_given_before_the_start() -> None:
    seen = view(log((-5, seated())), 0)
    assert seen.given_mg == 0
    assert seen.rate_mg_per_minute is None
    assert seen.elapsed_seconds is None
    assert seen.dose_steps == ()


def test_35_mg_over_40_minutes_are_half_in_after_20() -> None:
    assert given_after(20) == Decimal("17.5")


def test_all_of_it_is_in_at_the_end_and_stays_so() -> None:
    assert given_after(120, (40, COMPLETE)) == 35


def test_a_pause_gives_nothing_and_keeps_what_was_given() -> None:
    assert given_after(18, (10, PAUSE)) == Decimal("8.75")
    assert given_after(20, (10, PAUSE), (15, RESUME)) == Decimal("13.125")


def test_a_changed_rate_counts_from_its_time() -> None:
    assert given_after(20, (10, rate("0.5"))) == Decimal("13.75")


def test_a_rate_set_during_a_pause_runs_from_the_resume() -> None:
    lines = ((10, PAUSE), (12, rate("0.5")), (15, RESUME))
    assert given_after(14, *lines) == Decimal("8.75")
    assert given_after(25, *lines) == Decimal("13.75")


def test_a_stop_during_a_pause_ends_it() -> None:
    seen = view(started((10, PAUSE), (12, InfusionStop(reason="Anxiety"))), 30)
    assert seen.given_mg == Decimal("8.75")
    assert (seen.phase, seen.stopped_early, seen.ended_at) == (Phase.RECOVERING, True, at(12))


def test_thirds_of_a_milligram_are_rounded_once_at_the_very_end() -> None:
    """0.1 mg/min for 1.2e9 - 1 microseconds, of which a minute has 6e7."""
    almost = 20 - 1 / 60_000_000
    assert given_after(almost, (0, rate("0.1"))) == Decimal(1_199_999_999) / Decimal(600_000_000)


def test_what_does_not_fit_the_pump_changes_nothing() -> None:
    second = InfusionStart(
        rate_mg_per_minute=Decimal(5),
        drawn_up_mg=Decimal(100),
        concentration_mg_per_ml=Decimal(10),
    )
    lines = ((5, second), (6, RESUME), (10, PAUSE), (11, PAUSE), (15, RESUME), (16, RESUME))
    assert given_after(20, *lines) == Decimal("13.125")
    after_end = ((10, COMPLETE), (12, PAUSE), (13, RESUME), (14, InfusionStop(reason="Late")))
    seen = view(started(*after_end), 20)
    assert (seen.given_mg, seen.ended_at, seen.stopped_early) == (Decimal("8.75"), at(10), True)


@pytest.mark.parametrize(
    ("minute", "early"), [(20, True), (37, True), (38, False), (39, False), (40, False)]
)
def test_a_dose_said_to_be_in_is_short_where_less_than_95_percent_went_in(minute, early) -> None:
    """35 mg over 40 minutes: after 20 minutes half of it, after 38 minutes 33.25 mg."""
    seen = view(started((minute, COMPLETE)), 60)
    assert (seen.phase, seen.stopped_early) == (Phase.RECOVERING, early)


def test_entries_of_the_pump_before_its_start_change_nothing() -> None:
    entries = log((-3, PAUSE), (-2, COMPLETE), (0, START))
    assert view(entries, 8).given_mg == 7


def test_entries_may_arrive_out_of_order() -> None:
    late_pause = started((15, RESUME), (10, PAUSE))
    assert view(late_pause, 20).given_mg == Decimal("13.125")


def test_the_hour_that_the_clocks_leave_out_is_not_infused() -> None:
    """On 8 March 2026 the clocks in Chicago go from 2:00 to 3:00, at 8:00 UTC."""
    chicago = ZoneInfo("America/Chicago")
    begin = datetime(2026, 3, 8, 7, 50, tzinfo=UTC).astimezone(chicago)
    now = datetime(2026, 3, 8, 8, 10, tzinfo=UTC).astimezone(chicago)
    start = entry(1, 0, START).model_copy(update={"effective_at": begin})
    seen = fold(POLICIES, PLAN, [start], now)
    assert (seen.given_mg, seen.elapsed_seconds) == (Decimal("17.5"), 20 * 60)


def test_elapsed_time_is_infusing_time() -> None:
    seen = view(started((10, PAUSE), (15, RESUME)), 20)
    assert seen.elapsed_seconds == 15 * 60
    assert seen.planned_seconds == 40 * 60


def test_the_rate_is_nought_in_a_pause_and_none_after_the_end() -> None:
    assert view(started(), 5).rate_mg_per_minute == Decimal("0.875")
    assert view(started((10, PAUSE)), 11).rate_mg_per_minute == 0
    assert view(started((10, PAUSE), (11, RESUME)), 12).rate_mg_per_minute == Decimal("0.875")
    assert view(started((40, COMPLETE)), 41).rate_mg_per_minute is None


def test_steps_show_each_change_of_the_pump() -> None:
    seen = view(started((10, PAUSE), (15, RESUME), (20, rate("0.5")), (40, COMPLETE)), 60)
    assert seen.dose_steps == (
        DoseStep(at(0), Decimal("0.875")),
        DoseStep(at(10), Decimal(0)),
        DoseStep(at(15), Decimal("0.875")),
        DoseStep(at(20), Decimal("0.5")),
        DoseStep(at(40), Decimal(0)),
    )


def infusion_due(minute: float, *lines: tuple[float, Content]) -> list[tuple[object, ...]]:
    found = view(started(*lines), minute).due
    return [(d.due_at, d.overdue_at, d.state, d.reason) for d in found if d.check == "infusion"]


def test_when_the_planned_time_is_over_completing_or_stopping_is_due() -> None:
    reason = "infusion time is over: complete or stop"
    assert infusion_due(39.9) == []
    assert infusion_due(40) == [(at(40), at(42), DueState.DUE, reason)]
    assert infusion_due(43) == [(at(40), at(42), DueState.OVERDUE, reason)]
    assert infusion_due(43, (41, COMPLETE)) == []


def test_a_pause_moves_the_end_of_the_planned_time() -> None:
    paused = ((10, PAUSE), (15, RESUME))
    assert infusion_due(44, *paused) == []
    assert infusion_due(45, *paused)[0][0] == at(45)


def test_a_pause_after_the_planned_time_does_not_hide_that_it_is_over() -> None:
    assert infusion_due(50, (41, PAUSE))[0][0] == at(40)


def dose_alerts(minute: float, *lines: tuple[float, Content]) -> list[tuple[object, ...]]:
    found = view(started(*lines), minute).alerts
    return [(a.rule, a.level, a.at, a.trigger, a.detail, a.active) for a in found]


def test_exactly_the_ordered_dose_raises_nothing() -> None:
    assert dose_alerts(60, (40, COMPLETE)) == []


def test_more_given_than_ordered_is_said_and_not_cut_off() -> None:
    detail = "35.88 mg by rate and time, 35 mg ordered"
    expected = ("given_over_order", "caution", at(40), name_of(4), detail, True)
    assert dose_alerts(41) == [expected]
    assert view(started(), 41).given_mg == Decimal("35.875")


def test_more_than_a_tenth_over_the_order_is_a_stop() -> None:
    """38.5 mg are in at minute 44."""
    assert [alert[:3] for alert in dose_alerts(44)] == [("given_over_order", "caution", at(40))]
    assert [alert[:3] for alert in dose_alerts(44.5)] == [
        ("given_over_order", "caution", at(40)),
        ("given_far_over_order", "stop", at(44)),
    ]


def test_the_entry_that_set_the_rate_is_named_as_the_trigger() -> None:
    """8.75 mg by minute 10, then 8.75 mg a minute: the other 26.25 mg take three minutes."""
    alert = dose_alerts(13.1, (10, rate("8.75")))[0]
    assert alert[2:4] == (at(13), name_of(5))


def test_the_dose_alert_stays_after_the_end() -> None:
    assert [alert[0] for alert in dose_alerts(90, (41, COMPLETE))] == ["given_over_order"]


rates = st.decimals(min_value="0.001", max_value="100", places=4)


@given(rate=rates, microseconds=st.integers(0, 6 * 3600 * 1_000_000))
def test_without_pauses_given_is_rate_times_time(rate: Decimal, microseconds: int) -> None:
    start = START.model_copy(update={"rate_mg_per_minute": rate})
    minutes = microseconds / 60_000_000
    entries = log((0, start))
    moment = at(minutes)
    elapsed = (moment - at(0)).total_seconds()
    exact_microseconds = round(elapsed * 1_000_000)
    given_mg = fold(POLICIES, PLAN, entries, moment).given_mg
    assert given_mg == rate * exact_microseconds / Decimal(60_000_000)


@given(
    lines=st.lists(
        st.tuples(
            st.floats(-10, 90),
            st.sampled_from([START, PAUSE, RESUME, COMPLETE, rate("0.1"), rate("2")]),
        ),
        max_size=8,
    ),
    nows=st.tuples(st.floats(-20, 200), st.floats(-20, 200)),
)
def test_given_never_falls_as_time_goes_on(
    lines: list[tuple[float, Content]], nows: tuple[float, float]
) -> None:
    entries = log(*lines)
    earlier, later = sorted(nows)
    assert view(entries, earlier).given_mg <= view(entries, later).given_mg


def test_an_order_over_another_time_has_its_own_planned_end() -> None:
    slow = Plan(Decimal(35), Decimal(100), None, None)
    assert fold(POLICIES, slow, started(), at(60)).planned_seconds == 6000


def test_more_than_ordered_points_at_the_rate_that_went_over() -> None:
    """35 mg are in at minute 40, where a new rate begins: that one goes over."""
    entry_of_it = dose_alerts(41, (40, rate("0.5")))[0][3]
    assert entry_of_it == name_of(5)


def test_the_amount_given_reads_the_same_in_the_alert_as_on_every_page_and_paper() -> None:
    """It was rounded up in the alert and to the nearest elsewhere: 43.27 mg beside 43.26."""
    # 0.875 mg a minute: a hundredth of a second after 40 minutes 35.0001 mg are in.
    (caution,) = view(started(), 40 + 1 / 6000).alerts
    assert caution.detail == ("35 mg by rate and time, 35 mg ordered: over it by less than 0.01 mg")
    assert dose_alerts(41)[0][4] == "35.88 mg by rate and time, 35 mg ordered"
    # 35.014 mg: both to the nearest hundredth.
    (caution,) = view(started(), 40 + 0.016).alerts
    assert caution.detail == "35.01 mg by rate and time, 35 mg ordered"
