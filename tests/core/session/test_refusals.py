"""What cannot be written now, and the sentence that says why."""

import pytest

from mooring.core.session.entries import (
    Content,
    Entry,
    InfusionStop,
    Note,
    PrescriberDecision,
    Readiness,
    SignOff,
    Weighed,
)
from mooring.core.session.refusals import refusals
from tests.core.session.building import (
    CHECK_IN,
    PLAN,
    POLICIES,
    START,
    at,
    entry,
    log,
    recovered,
    seated,
    started,
    strike,
)
from tests.core.session.test_infusion_amounts import COMPLETE, PAUSE, RESUME, rate

STOP = InfusionStop(reason="Anxiety")
SIGNED = SignOff(clinician="A. Rivera", credential="MD")
OVERRIDE = SIGNED.model_copy(update={"override_reason": "Transferred to the emergency department"})


def why(
    entries: list[Entry], minute: float, content: Content, now: float | None = None
) -> list[str]:
    proposed = entry(len(entries) + 1, minute, content)
    moment = at(minute if now is None else now)
    return [b.text for b in refusals(POLICIES, PLAN, entries, proposed, moment)]


def test_a_start_is_refused_with_everything_that_holds_it() -> None:
    assert why(log((-20, CHECK_IN), (-5, seated())), 0, START) == [
        "Baseline: two seated blood pressures are needed, one so far"
    ]


def test_a_start_with_everything_there_is_taken() -> None:
    assert why(log((-20, CHECK_IN), (-12, seated()), (-5, seated())), 0, START) == []


def test_a_second_start_is_refused() -> None:
    assert why(started(), 5, START) == ["The infusion has already started"]
    assert why(started((40, COMPLETE)), 50, START) == ["The infusion has already started"]


def test_a_start_dated_back_before_the_first_is_refused_as_well() -> None:
    assert why(started(), -1, START, now=5) == ["The infusion has already started"]


def test_a_start_from_a_tablet_that_was_offline_is_judged_by_its_own_time() -> None:
    """The baseline was fresh at minute 0; the entry arrives at minute 50."""
    before = log((-20, CHECK_IN), (-12, seated()), (-5, seated()))
    assert why(before, 0, START, now=50) == []


def test_a_start_dated_ahead_is_judged_by_now() -> None:
    before = log((-20, CHECK_IN), (-12, seated()), (-5, seated()))
    assert why(before, 60, START, now=0) == []


BEFORE = log((-20, CHECK_IN), (-12, seated()), (-5, seated()))
PAUSED = started((10, PAUSE))
ENDED = started((40, COMPLETE))


@pytest.mark.parametrize(
    ("entries", "content", "expected"),
    [
        (BEFORE, PAUSE, "There is nothing to pause: the infusion has not started"),
        (PAUSED, PAUSE, "There is nothing to pause: the infusion is paused"),
        (ENDED, PAUSE, "There is nothing to pause: the infusion has ended"),
        (BEFORE, RESUME, "There is nothing to resume: the infusion has not started"),
        (started(), RESUME, "There is nothing to resume: the infusion is running"),
        (ENDED, RESUME, "There is nothing to resume: the infusion has ended"),
        (BEFORE, STOP, "There is nothing to end: the infusion has not started"),
        (ENDED, STOP, "There is nothing to end: the infusion has ended"),
        (BEFORE, COMPLETE, "There is nothing to end: the infusion has not started"),
        (ENDED, COMPLETE, "There is nothing to end: the infusion has ended"),
        (BEFORE, rate("0.5"), "There is no rate to change: the infusion has not started"),
        (ENDED, rate("0.5"), "There is no rate to change: the infusion has ended"),
    ],
)
def test_the_pump_is_told_nothing_that_does_not_fit(
    entries: list[Entry], content: Content, expected: str
) -> None:
    assert why(entries, 45, content) == [expected]


@pytest.mark.parametrize(
    ("entries", "content"),
    [
        (started(), PAUSE), (started(), STOP), (started(), COMPLETE), (started(), rate("0.5")),
        (PAUSED, RESUME), (PAUSED, STOP), (PAUSED, COMPLETE), (PAUSED, rate("0.5")),
        (BEFORE, seated()), (started(), Note(text="Music changed")), (ENDED, seated()),
    ],
)  # fmt: skip
def test_what_fits_is_taken(entries: list[Entry], content: Content) -> None:
    assert why(entries, 45, content) == []


def test_a_sign_off_with_everything_met_is_taken() -> None:
    assert why(recovered(), 120, SIGNED) == []


def test_a_sign_off_is_refused_with_what_is_open() -> None:
    assert why(recovered(), 119, SIGNED) == [
        "Not yet: 119 of 120 min since the start of the infusion"
    ]


def test_a_named_reason_overrides_what_is_open() -> None:
    assert why(started((40, COMPLETE)), 45, OVERRIDE) == []
    assert why(BEFORE, 0, OVERRIDE) == []


def test_no_reason_overrides_a_running_infusion() -> None:
    refused = ["The infusion has not ended: complete or stop it first"]
    assert why(started(), 45, OVERRIDE) == refused
    assert why(PAUSED, 45, OVERRIDE) == refused


def test_after_the_signature_only_corrections_and_notes_are_taken() -> None:
    signed = recovered((121, SIGNED))
    refused = ["The session is signed: a correction or a note can still be added"]
    for content in (seated(), PAUSE, SIGNED, Readiness(criterion="oriented", met=True)):
        assert why(signed, 125, content) == refused
    first = "The session is signed: strike the signature first, then chart what was given"
    assert why(signed, 125, START) == [first]
    assert why(signed, 125, Note(text="Rang: well")) == []
    assert why(signed, 125, strike(6)) == []


BROTH = Weighed(hold="fasting.food", fact="09:50", text="Food 10 min ago")
DECISION = PrescriberDecision(decision="go_on", weighed=(BROTH,), reason="Clear broth")


def test_what_does_not_hold_the_start_cannot_be_weighed() -> None:
    assert why(log((-20, CHECK_IN)), -5, DECISION) == [
        "This does not hold the start, or no longer: Food 10 min ago"
    ]


def test_after_the_start_there_is_none_to_decide_on() -> None:
    assert why(started(), 5, DECISION) == ["Drug has gone in: there is no start to decide on"]
