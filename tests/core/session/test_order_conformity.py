"""Before drug is given it is held against its order; what has been given is charted and marked."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.session.entries import (
    AgainstOrder,
    AlertSeen,
    Content,
    DoseGiven,
    DosingStopped,
    Entry,
    InfusionComplete,
    InfusionPause,
    InfusionRate,
    InfusionResume,
    InfusionStart,
    InfusionStop,
    Opening,
)
from mooring.core.session.fold import fold
from mooring.core.session.order_conformity import made_mg_per_ml
from mooring.core.session.readable import readable
from mooring.core.session.refusals import Judgement, judge, refusals
from mooring.core.session.view import Alert, Phase, Plan
from tests.core.session.building import (
    CHECK_IN,
    POLICIES,
    at,
    entry,
    log,
    name_of,
    seated,
)
from tests.core.session.test_doses import BEFORE, NASAL, ORDER, left_out
from tests.core.session.test_doses_withheld import HIGH

SLOW = Decimal("0.0675")
TEN = Decimal(10)
ORDERED = Plan(
    Decimal("29.5"), Decimal(40), Decimal("0.5"), Decimal(59), concentration_mg_per_ml=TEN
)
"""29.5 mg over 40 minutes from 10 mg/mL: 0.7375 mg a minute, 2.95 mL."""
READY = ((-20, CHECK_IN), (-12, seated()), (-5, seated()))


def start(**more: Any) -> InfusionStart:
    facts = {
        "rate_mg_per_minute": Decimal("0.7375"),
        "drawn_up_mg": Decimal("29.5"),
        "concentration_mg_per_ml": TEN,
    }
    return InfusionStart(**{**facts, **more})


def judged(content: Content, *lines: tuple[float, Content], plan: Plan = ORDERED) -> Judgement:
    """At minute 5, or at the start where nothing was started."""
    entries = log(*READY, *lines)
    minute = 5 if lines else 0
    return judge(POLICIES, plan, entries, entry(len(entries) + 1, minute, content), at(minute))


def why(content: Content, *lines: tuple[float, Content], plan: Plan = ORDERED) -> list[str]:
    return [held.blocker.text for held in judged(content, *lines, plan=plan).held]


def test_the_start_as_ordered_passes() -> None:
    assert judged(start()) == Judgement(judged(start()).entry, first=True)


def test_ten_times_of_everything_is_held_and_each_is_said() -> None:
    """The order of the issue: 29.5 mg over 40 min from 10 mg/mL, started at 7.375 mg/min."""
    tenfold = start(
        rate_mg_per_minute=Decimal("7.375"),
        drawn_up_mg=Decimal(295),
        concentration_mg_per_ml=Decimal(100),
    )
    found = judged(tenfold)
    assert [held.blocker.text for held in found.held] == [
        "100 mg/mL in the line: the order says 10 mg/mL",
        "295 mg drawn up: the order says 29.5 mg",
        "7.375 mg/min is faster than ordered: 29.5 mg over 40 min is 0.7375 mg/min",
    ]
    assert all(held.second_person for held in found.held)


@pytest.mark.parametrize(
    ("drawn_up", "held"),
    [("29.44", True), ("29.45", False), ("29.5", False), ("29.55", False), ("29.56", True)],
)
def test_the_amount_may_differ_by_half_a_mark_of_the_syringe(drawn_up: str, held: bool) -> None:
    """Half of 0.01 mL of 10 mg/mL is 0.05 mg."""
    assert bool(why(start(drawn_up_mg=Decimal(drawn_up)))) is held


def test_the_mark_is_that_of_the_vial_it_was_drawn_from() -> None:
    """29.5 mg of 50 mg/mL is 0.59 mL; half a mark of it is 0.25 mg."""
    fifty = {"drawn_up_mg": Decimal("29.25"), "vial_mg_per_ml": Decimal(50)}
    assert why(start(**fifty)) == []
    assert why(start(drawn_up_mg=Decimal("29.25"))) == ["29.25 mg drawn up: the order says 29.5 mg"]
    named = replace(ORDERED, strength_mg_per_ml=Decimal(50))
    assert why(start(drawn_up_mg=Decimal("29.25")), plan=named) == []


def test_another_vial_than_the_order_names_is_held_and_lends_no_coarser_mark() -> None:
    """2.7 mg of the ordered 10 mg/mL are drawn exactly; of 100 mg/mL they would be 3 mg."""
    small = replace(ORDERED, ordered_mg=Decimal("2.7"), strength_mg_per_ml=TEN)
    strong = start(drawn_up_mg=Decimal(3), vial_mg_per_ml=Decimal(100), rate_mg_per_minute=SLOW)
    assert why(strong, plan=small) == [
        "3 mg drawn up: the order says 2.7 mg",
        "A vial of 100 mg/mL: the order names 10 mg/mL",
    ]


def test_what_primes_the_line_may_be_drawn_up_on_top_where_the_clinic_says_so() -> None:
    """0.5 mL of 10 mg/mL is 5 mg."""
    primed = replace(ORDERED, priming_ml=Decimal("0.5"))
    assert why(start(drawn_up_mg=Decimal("34.5")), plan=primed) == []
    assert why(start(drawn_up_mg=Decimal("34.56")), plan=primed) == [
        "34.56 mg drawn up: the order says 29.5 mg, and 0.5 mL to prime the line"
    ]
    assert why(start(drawn_up_mg=Decimal("34.5"))) != []


def test_less_in_the_syringe_was_made_for_something_else() -> None:
    assert why(start(drawn_up_mg=Decimal("2.95"))) == ["2.95 mg drawn up: the order says 29.5 mg"]


@pytest.mark.parametrize(
    ("rate", "held"),
    [("0.1", False), ("0.7375", False), ("0.7391", False), ("0.7392", True), ("0.8", True)],
)
def test_only_a_rate_above_the_order_is_held_to_the_step_of_a_pump(rate: str, held: bool) -> None:
    """0.01 mL/h of 10 mg/mL is 0.0016667 mg/min."""
    assert bool(why(start(rate_mg_per_minute=Decimal(rate)))) is held


def rate(milligrams: str, **more: Any) -> InfusionRate:
    return InfusionRate(rate_mg_per_minute=Decimal(milligrams), reason="Dizzy", **more)


def test_a_later_rate_above_the_order_is_held_the_same_way() -> None:
    assert why(rate("0.5"), (0, start())) == []
    assert why(rate("0.7375"), (0, start()), (1, rate("0.3"))) == []
    assert why(rate("1.5"), (0, start())) == [
        "1.5 mg/min is faster than ordered: 29.5 mg over 40 min is 0.7375 mg/min"
    ]


def test_a_rate_that_was_opened_above_the_order_may_come_down_step_by_step() -> None:
    running = (0, start(rate_mg_per_minute=Decimal("3")))
    assert why(rate("2"), running) == []
    assert why(rate("3.1"), running) != []


@pytest.mark.parametrize(
    "content", [InfusionPause(reason="Anxiety"), InfusionStop(reason="Anxiety"), InfusionComplete()]
)
def test_a_pause_a_stop_and_an_end_are_never_held(content: Content) -> None:
    found = judged(content, (0, start(rate_mg_per_minute=Decimal("7.375"))))
    assert (found.impossible, found.held, found.gives) == ((), (), None)


def test_a_resume_at_the_rate_it_had_is_not_held() -> None:
    assert why(InfusionResume(), (0, start()), (2, InfusionPause(reason="Anxiety"))) == []


STOP_RULE = "A stop rule is active (Blood pressure rise): no more drug runs in until it is over"


def test_while_a_stop_rule_is_active_no_more_drug_runs_in() -> None:
    """165/90 over a baseline of 120/78: a resume and a faster rate wait, a slower one passes."""
    paused = ((0, start()), (2, HIGH), (3, InfusionPause(reason="Pressure")))
    assert why(InfusionResume(), *paused) == [STOP_RULE]
    assert why(rate("0.7375"), (0, start()), (1, rate("0.3")), (2, HIGH)) == [STOP_RULE]
    assert why(rate("0.3"), (0, start()), (2, HIGH)) == []


def test_a_resume_after_the_stop_rule_is_over_is_not_held() -> None:
    paused = ((0, start()), (2, HIGH), (3, InfusionPause(reason="Pressure")), (4, seated()))
    assert why(InfusionResume(), *paused) == []


def test_a_resume_that_has_happened_is_charted_and_marked() -> None:
    paused = ((0, start()), (2, HIGH), (3, InfusionPause(reason="Pressure")))
    found = judged(InfusionResume(timing="has_happened"), *paused)
    assert [held.blocker.text for held in found.held] == [STOP_RULE]
    assert found.gives is not None
    assert found.impossible == ()


def test_vial_and_diluent_have_to_come_to_what_is_in_the_line() -> None:
    """29.5 mg are 0.59 mL of 50 mg/mL; 2.36 mL more make 2.95 mL of 10 mg/mL."""
    made = {"vial_mg_per_ml": Decimal(50), "diluent_ml": Decimal("2.36")}
    assert why(start(**made)) == []
    assert why(start(**{**made, "diluent_ml": Decimal(0)})) == [
        "0 mL of diluent with 29.5 mg of 50 mg/mL makes 50 mg/mL, not 10"
    ]
    assert why(start(vial_mg_per_ml=TEN, diluent_ml=Decimal(0))) == []
    assert why(start(vial_mg_per_ml=TEN)) == []
    assert why(start(diluent_ml=Decimal(5))) == []


def test_what_vial_and_diluent_come_to_is_unknown_where_one_was_not_recorded() -> None:
    fifty = {"vial_mg_per_ml": Decimal(50)}
    assert made_mg_per_ml(ORDERED, start(**fifty, diluent_ml=Decimal("2.36"))) == TEN
    assert made_mg_per_ml(ORDERED, start(**fifty)) is None
    assert made_mg_per_ml(ORDERED, start(diluent_ml=Decimal(2))) is None


def test_a_weaker_vial_does_not_make_a_stronger_line() -> None:
    twenty = replace(ORDERED, concentration_mg_per_ml=Decimal(20))
    made = start(concentration_mg_per_ml=Decimal(20), vial_mg_per_ml=TEN)
    assert why(made, plan=twenty) == ["A vial of 10 mg/mL does not make 20 mg/mL"]


def test_a_plan_without_a_line_or_a_time_has_nothing_to_compare() -> None:
    bare = Plan(Decimal("29.5"), Decimal(0), None, None)
    assert why(start(concentration_mg_per_ml=Decimal(7)), plan=bare) == []


def test_what_is_missing_before_the_start_no_second_person_replaces() -> None:
    entries = log((-20, CHECK_IN))
    found = judge(POLICIES, ORDERED, entries, entry(2, 0, start()), at(0))
    assert found.first
    assert {held.second_person for held in found.held} == {False}
    assert found.held[0].blocker.id == "start.baseline.pair"


HAPPENED = "has_happened"


def test_what_has_happened_is_never_refused_and_what_stood_is_told() -> None:
    fast = start(rate_mg_per_minute=Decimal("7.375"), timing=HAPPENED)
    entries = log((-20, CHECK_IN))
    proposed = entry(2, 0, fast)
    assert refusals(POLICIES, ORDERED, entries, proposed, at(0)) == []
    found = judge(POLICIES, ORDERED, entries, proposed, at(0))
    assert {held.blocker.id.split(".")[0] for held in found.held} == {"start", "order"}


def test_an_infusion_that_was_started_again_after_its_end_is_charted_and_counts() -> None:
    lines = ((0, start()), (2, InfusionStop(reason="Stop rule")))
    again = start(timing=HAPPENED)
    assert why(again, *lines) == ["The infusion had ended: the order does not start it again"]
    assert judged(start(), *lines).impossible[0].text == "The infusion has already started"
    view = fold(POLICIES, ORDERED, log(*READY, *lines, (5, again)), at(7))
    assert (view.phase, view.given_mg, view.ended_at) == (Phase.INFUSING, Decimal("2.95"), None)


def test_a_second_start_of_a_pump_that_runs_is_a_change_of_its_rate() -> None:
    found = judged(start(timing=HAPPENED), (0, start()))
    assert [b.text for b in found.impossible] == ["The infusion has already started"]


def device(step: int, milligrams: str = "10", **more: Any) -> DoseGiven:
    return DoseGiven(step=step, amount_mg=Decimal(milligrams), **more)


def dose_why(minute: float, content: Content, *lines: tuple[float, Content]) -> list[str]:
    entries = log(*BEFORE, *lines)
    proposed = entry(len(entries) + 1, minute, content)
    found = judge(NASAL, ORDER, entries, proposed, at(minute))
    return [each.text for each in found.impossible] or [held.blocker.text for held in found.held]


def test_a_dose_sooner_than_ordered_is_held_to_the_second() -> None:
    assert dose_why(0.3, device(2), (0, device(1))) == [
        "Dose 2 comes 18 s after dose 1: the order has 10 min between the two"
    ]
    assert dose_why(9.9, device(2), (0, device(1))) == [
        "Dose 2 comes 9 min 54 s after dose 1: the order has 10 min between the two"
    ]
    assert dose_why(10, device(2), (0, device(1))) == []


def test_a_dose_is_not_larger_than_ordered_and_may_be_less() -> None:
    assert dose_why(0, device(1, "10.1")) == ["Dose 1: 10.1 mg, 10 mg ordered"]
    assert dose_why(0, device(1, "7.5")) == []


def test_a_drawn_up_dose_may_differ_by_half_a_mark() -> None:
    """Half of 0.01 mL of 50 mg/mL is 0.25 mg."""
    drawn = replace(ORDER, strength_mg_per_ml=Decimal(50))
    for milligrams, held in (("10.25", False), ("10.26", True)):
        proposed = entry(4, 0, device(1, milligrams))
        found = judge(NASAL, drawn, log(*BEFORE), proposed, at(0))
        assert bool(found.held) is held


def test_while_a_rule_withholds_a_dose_it_is_held() -> None:
    (said,) = dose_why(10, device(2), (0, device(1)), (8, HIGH))
    assert said.startswith("A rule is active (Blood pressure rise)")


def test_a_dose_left_out_under_a_rule_is_told_which() -> None:
    entries = log(*BEFORE, (0, device(1)), (8, HIGH))
    proposed = entry(len(entries) + 1, 10, left_out(2))
    assert judge(NASAL, ORDER, entries, proposed, at(10)).withheld_by == "Blood pressure rise"
    calm = judge(NASAL, ORDER, entries[:4], entry(5, 10, left_out(2)), at(10))
    assert calm.withheld_by is None


def test_what_went_in_beyond_the_order_is_charted() -> None:
    all_in = ((0, device(1)), (10, device(2)), (20, device(3)))
    assert dose_why(30, device(4), *all_in) == ["There is no dose 4: the order's last is 3"]
    assert dose_why(30, device(4, timing=HAPPENED), *all_in) == [
        "The order's last dose is 3: this is one more",
        "The doses had ended",
    ]


def test_what_went_in_after_it_was_left_out_or_ended_is_charted() -> None:
    left = ((0, device(1)), (9, left_out(2)))
    assert dose_why(10, device(2), *left) == ["Dose 2 is charted already: correct that entry"]
    assert dose_why(10, device(2, timing=HAPPENED), *left) == []
    ended = ((0, device(1)), (9, DosingStopped(reason="Nausea")))
    assert dose_why(10, device(2, timing=HAPPENED), *ended) == ["The doses had ended"]


def marked(content: DoseGiven | InfusionStart, *ids: str) -> Content:
    stood = tuple(AgainstOrder(id=name, text=f"{name} stood") for name in ids)
    return content.model_copy(update={"timing": HAPPENED, "against": stood})


def alerts(minute: float, *lines: tuple[float, Content]) -> list[Alert]:
    return list(fold(POLICIES, ORDERED, log(*READY, *lines), at(minute)).alerts)


def test_drug_given_against_the_order_stops_until_somebody_has_seen_it() -> None:
    lines: tuple[tuple[float, Content], ...] = (
        (0, marked(start(), "order.rate", "start.check_in")),
    )
    (alert,) = alerts(1, *lines)
    assert (alert.rule, alert.level, alert.active) == ("given_against_order", "stop", True)
    assert (alert.at, alert.trigger) == (at(0), name_of(4))
    assert alert.detail == "order.rate stood; start.check_in stood"
    seen = AlertSeen(rule="given_against_order", reading=name_of(4))
    (looked_at,) = alerts(3, *lines, (2, seen))
    assert (looked_at.active, looked_at.seen_by) == (False, "R. Okafor")


def test_what_was_only_missing_before_the_start_calls() -> None:
    (alert,) = alerts(1, (0, marked(start(), "start.check_in")))
    assert alert.level == "call"


def test_a_dose_against_the_order_withholds_the_next_until_it_was_seen() -> None:
    entries = log(*BEFORE, (0, marked(device(1), "order.spacing")))
    assert fold(NASAL, ORDER, entries, at(11)).withheld is not None
    seen = entry(5, 5, AlertSeen(rule="given_against_order", reading=name_of(4)))
    assert fold(NASAL, ORDER, [*entries, seen], at(11)).withheld is None


def test_what_was_opened_by_another_person_raises_no_banner() -> None:
    opening = Opening(
        by="A. Rivera",
        account=name_of(77),
        reason="Bag of 50 mL",
        stood=(AgainstOrder(id="order.drawn_up", text="50 mg drawn up"),),
    )
    opened = start(timing="about_to_happen", opened=opening)
    assert alerts(1, (0, opened)) == []


def test_the_timeline_says_when_it_was_charted_the_vial_and_what_stood() -> None:
    told = marked(
        start(vial_mg_per_ml=Decimal(50), diluent_ml=Decimal("2.36"), vial="not checked"),
        "order.rate",
    )
    assert readable(entry(1, 0, told)) == (
        "Infusion started at 0.7375 mg/min; 29.5 mg drawn up, 10 mg/mL, from a vial of 50 mg/mL, "
        "2.36 mL of diluent added; charted after it went in; vial not checked; "
        "AGAINST THE ORDER: order.rate stood"
    )
    opening = Opening(
        by="A. Rivera",
        account=name_of(77),
        reason="Bag",
        stood=(AgainstOrder(id="order.drawn_up", text="50 mg drawn up"),),
    )
    opened = start(timing="about_to_happen", diluent_ml=Decimal(0), opened=opening)
    assert readable(entry(1, 0, opened)) == (
        "Infusion started at 0.7375 mg/min; 29.5 mg drawn up, 10 mg/mL, undiluted; "
        "charted before it went in; opened by A. Rivera (Bag): 50 mg drawn up"
    )


def test_an_entry_of_before_says_nothing_of_it() -> None:
    stored = {"kind": "infusion_resume"}
    assert readable(entry(1, 0, InfusionResume.model_validate(stored))) == "Infusion resumed"


MILLIGRAMS = st.decimals("0.1", "100", places=2)


@given(MILLIGRAMS, MILLIGRAMS)
def test_nothing_passes_that_would_give_more_or_faster_than_ordered(
    rate_typed: Decimal, drawn_up: Decimal
) -> None:
    """Against the definition: within the marks of syringe and pump, or held."""
    passes = not why(start(rate_mg_per_minute=rate_typed, drawn_up_mg=drawn_up))
    fits = abs(drawn_up - Decimal("29.5")) <= Decimal("0.05")
    slow = rate_typed * 60 / TEN <= Decimal("0.7375") * 60 / TEN + Decimal("0.01")
    assert passes is (fits and slow)


def test_entries_are_compared_as_they_stood_when_a_tablet_was_offline() -> None:
    """At minute 10 the rate was 0.3; that it is 0.7375 again by minute 20 does not matter."""
    entries: list[Entry] = log(*READY, (0, start()), (9, rate("0.3")), (20, rate("0.7375")))
    proposed = entry(7, 10, rate("0.9"))
    assert judge(POLICIES, ORDERED, entries, proposed, at(25)).held != ()
