"""What holds for every log, also for those that nobody should ever write."""

import random
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from mooring.core.session.entries import (
    AlertSeen,
    CheckIn,
    Content,
    DoseGiven,
    DoseNotGiven,
    DosingStopped,
    Entry,
    InfusionComplete,
    InfusionPause,
    InfusionResume,
    InfusionStop,
    Intervention,
    MedicationGiven,
    Note,
    Padss,
    Readiness,
    Reading,
    Refusal,
    Sedation,
    SignOff,
    Symptom,
)
from mooring.core.session.view import Due, DueState, SessionView
from tests.core.session.building import START, correct, entry, log, name_of, seated, strike, view
from tests.core.session.test_infusion_amounts import rate

EVERY_NOTEWORTHY: list[Content] = [
    CheckIn(escort_name="T. Marsh"),
    seated(), seated(118, 80), seated(165, 90), seated(150, 108), seated(190, 110, spo2=88),
    Reading(spo2=91, origin="device"), Reading(heart_rate=45), Reading(systolic=120, diastolic=70),
    Sedation(moaas=0), Sedation(moaas=5),
    Symptom(symptom="chest_pain", severity="severe"),
    Symptom(symptom="chest_pain", severity="none"),
    Symptom(symptom="nausea", severity="mild"),
    START, rate("0.2"), rate("3"),
    InfusionPause(reason="Bathroom"), InfusionResume(), InfusionStop(reason="Anxiety"),
    InfusionComplete(),
    MedicationGiven(medication="Ondansetron", dose="4 mg", route="intravenous", reason="Nausea"),
    Intervention(intervention="reassurance"),
    Refusal(check="blood_pressure", reason="Asleep"), Refusal(check="sedation", reason="Asleep"),
    Padss(vital_signs=2, activity=2, nausea_and_vomiting=2, pain=2, bleeding=1),
    Padss(vital_signs=0, activity=2, nausea_and_vomiting=2, pain=2, bleeding=2),
    Readiness(criterion="oriented", met=True), Readiness(criterion="oriented", met=False),
    Note(text="Quiet"),
    DoseGiven(step=1, amount_mg=Decimal(10)), DoseNotGiven(step=2, reason="Nausea"),
    DosingStopped(reason="Nausea"),
]  # fmt: skip

minutes = st.integers(-60, 180).map(lambda half: half / 2 + 30) | st.floats(-30, 150)
targets = st.integers(1, 14)
plain_contents = st.sampled_from(EVERY_NOTEWORTHY)
seen_contents = targets.map(
    lambda number: AlertSeen(rule="blood_pressure_rise", reading=name_of(number))
)
sign_offs = st.just(SignOff(clinician="A. Rivera", credential="MD"))
corrections = targets.map(strike) | st.builds(correct, targets, plain_contents)
uncorrected = st.lists(st.tuples(minutes, plain_contents | seen_contents), max_size=12)
anything = st.lists(
    st.tuples(minutes, plain_contents | seen_contents | sign_offs | corrections), max_size=14
)
Lines = list[tuple[float, Content]]


def clinical(seen: SessionView) -> SessionView:
    """The view without what only says what was written."""
    return replace(seen, timeline=(), last_sequence=0)


ADDED = 99
"""Sequence and id of an entry that a property adds: none of the drawn entries names it."""


def appended(entries: list[Entry], minute: float, content: Content) -> list[Entry]:
    return [*entries, entry(ADDED, minute, content)]


def overdue(seen: SessionView) -> set[tuple[str, str, object]]:
    return {(d.policy, d.check, d.due_at) for d in seen.due if d.state is DueState.OVERDUE}


@given(lines=anything, now=minutes, seed=st.integers(0, 1000))
def test_the_order_in_which_entries_are_handed_over_does_not_matter(
    lines: Lines, now: float, seed: int
) -> None:
    entries = log(*lines)
    shuffled = entries.copy()
    random.Random(seed).shuffle(shuffled)
    assert view(shuffled, now) == view(entries, now)


@given(lines=anything, now=minutes, noted_at=minutes)
def test_a_note_changes_nothing_clinical(lines: Lines, now: float, noted_at: float) -> None:
    entries = log(*lines)
    noted = appended(entries, noted_at, Note(text="Asked for water"))
    assert clinical(view(noted, now)) == clinical(view(entries, now))


@given(lines=anything.filter(bool), now=minutes, pick=st.integers(0, 13))
@settings(max_examples=200)
def test_striking_an_entry_equals_never_having_had_it(lines: Lines, now: float, pick: int) -> None:
    entries = log(*lines)
    chosen = entries[pick % len(entries)]
    struck = appended(entries, -1000, strike(chosen.sequence))
    never = [kept for kept in entries if kept is not chosen]
    assert clinical(view(struck, now)) == clinical(view(never, now))


@given(lines=anything, now=minutes)
def test_every_entry_stays_in_the_timeline_once(lines: Lines, now: float) -> None:
    entries = log(*lines)
    shown = [item.entry for item in view(entries, now).timeline]
    assert sorted(e.sequence for e in shown) == [e.sequence for e in entries]


@given(lines=uncorrected, nows=st.tuples(minutes, minutes))
@settings(max_examples=200)
def test_an_alert_that_fired_stays_in_the_list_as_time_goes_on(
    lines: Lines, nows: tuple[float, float]
) -> None:
    entries = log(*lines)
    earlier, later = (view(entries, now) for now in sorted(nows))
    fired = {(a.policy, a.rule, a.trigger, a.at) for a in earlier.alerts}
    assert fired <= {(a.policy, a.rule, a.trigger, a.at) for a in later.alerts}


unrelated = st.sampled_from(
    [
        Note(text="Quiet"),
        CheckIn(escort_name="T. Marsh"),
        Intervention(intervention="reassurance"),
        MedicationGiven(medication="Ondansetron", dose="4 mg", route="oral", reason="Nausea"),
        Readiness(criterion="oriented", met=True),
        Padss(vital_signs=2, activity=2, nausea_and_vomiting=2, pain=2, bleeding=2),
        AlertSeen(rule="blood_pressure_rise", reading=name_of(2)),
        Refusal(check="respiratory_rate", reason="Moving"),
        Reading(respiratory_rate=14),
    ]
)


@given(lines=anything, now=minutes, at_minute=minutes, content=unrelated)
@settings(max_examples=200)
def test_an_overdue_check_is_not_lost_by_an_entry_that_does_not_concern_it(
    lines: Lines, now: float, at_minute: float, content: Content
) -> None:
    entries = log(*lines)
    assert overdue(view(entries, now)) <= overdue(view(appended(entries, at_minute, content), now))


def scheduled(found: tuple[Due, ...]) -> set[tuple[str, object]]:
    return {
        (d.check, d.due_at)
        for d in found
        if d.state is DueState.OVERDUE and d.policy == "emory_q10" and d.check != "infusion"
    }


ends = st.sampled_from([InfusionComplete(), InfusionPause(reason="Bathroom")])


@given(lines=uncorrected, now=minutes, end=ends)
def test_ending_or_pausing_the_infusion_now_does_not_hide_a_check_that_is_overdue(
    lines: Lines, now: float, end: Content
) -> None:
    entries = log(*lines)
    ended = appended(entries, now, end)
    assert scheduled(view(entries, now).due) <= scheduled(view(ended, now).due)


@given(lines=uncorrected, now=minutes, rise=st.integers(0, 40))
def test_a_higher_reading_never_silences_a_stop(lines: Lines, now: float, rise: int) -> None:
    """Whatever came before: when so high a reading fires at this moment, a higher one does too."""
    entries = log(*lines)
    lower = view(appended(entries, now, Reading(systolic=165, diastolic=90)), now)
    higher = view(appended(entries, now, Reading(systolic=165 + rise, diastolic=90)), now)

    def fired(seen: SessionView) -> bool:
        return any(a.trigger == name_of(ADDED) and a.active for a in seen.alerts)

    assert fired(lower) <= fired(higher)


@given(lines=uncorrected, now=minutes)
def test_amounts_times_and_states_are_never_negative(lines: Lines, now: float) -> None:
    seen = view(log(*lines), now)
    assert seen.given_mg >= Decimal(0)
    assert seen.elapsed_seconds is None or seen.elapsed_seconds >= 0
    assert all(value.age_seconds >= 0 for value in seen.latest)
    assert all(d.due_at <= d.overdue_at for d in seen.due)
