"""A correction passes the gates of what it makes of the log, whatever its own kind says."""

from decimal import Decimal
from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from mooring.core.session.entries import (
    AgainstOrder,
    AnyContent,
    CheckIn,
    Content,
    Correction,
    DoseGiven,
    DosingStopped,
    Entry,
    GivesDrug,
    InfusionComplete,
    InfusionPause,
    InfusionResume,
    Note,
    Reading,
    SignOff,
)
from mooring.core.session.fold import fold
from mooring.core.session.refusals import judge, refusals
from mooring.core.session.standing import as_if_written, of, resolve
from mooring.core.session.view import Phase
from tests.core.session.building import (
    CHECK_IN,
    PLAN,
    POLICIES,
    START,
    at,
    correct,
    entry,
    log,
    recovered,
    seated,
    started,
    strike,
    view,
)
from tests.core.session.test_doses import BEFORE, NASAL, ORDER, left_out, spray

NOTE = Note(text="Came late")
SIGNED = SignOff(clinician="A. Rivera", credential="MD")
HAPPENED = "has_happened"
NEEDS = [
    "Check-in is not done",
    "Baseline: two seated blood pressures are needed, none so far",
]


def why(entries: list[Entry], minute: float, content: Content) -> list[str]:
    proposed = entry(len(entries) + 1, minute, content)
    return [b.text for b in refusals(POLICIES, PLAN, entries, proposed, at(minute))]


def sprays(entries: list[Entry], minute: float, content: Content) -> list[str]:
    proposed = entry(len(entries) + 1, minute, content)
    return [b.text for b in refusals(NASAL, ORDER, entries, proposed, at(minute))]


def test_a_note_does_not_become_a_start() -> None:
    assert why(log((0, NOTE)), 1, correct(1, START)) == [
        "A correction keeps the kind of its entry: note does not become infusion start. "
        "Strike it, and write the other anew"
    ]


def test_nor_does_a_correction_of_a_note_a_correction_of_that_or_a_note_become_a_signature() -> (
    None
):
    twice = log((0, NOTE), (1, correct(1, Note(text="Came at 9:10"))))
    (said,) = why(twice, 2, correct(2, START))
    assert said.startswith("A correction keeps the kind")
    (said,) = why(log((0, NOTE)), 1, correct(1, SIGNED))
    assert said.startswith("A correction keeps the kind")


def test_a_correction_names_an_entry_that_is_there() -> None:
    """Otherwise it would lie in wait for an entry that is written later under that id."""
    for named in (9, 2):
        assert why(log((0, NOTE)), 1, correct(named, NOTE)) == [
            "There is no such entry in this session to correct"
        ]


def test_two_corrections_that_name_each_other_lead_to_no_entry() -> None:
    circle = log((0, correct(2, NOTE)), (0, correct(1, NOTE)))
    assert why(circle, 1, correct(1, NOTE)) == ["There is no such entry in this session to correct"]


def test_a_start_that_a_correction_moves_before_its_baseline_is_held() -> None:
    moved = correct(4, START, replacement_effective_at=at(-15))
    assert why(started(), 5, moved) == [
        "Baseline: two seated blood pressures are needed, none so far",
        *why(log((-20, CHECK_IN)), -15, START)[1:],
    ]


def test_a_start_that_is_corrected_where_it_stood_passes_the_gates_it_passed_then() -> None:
    """At minute 60 the baseline is old; at minute 0 it was not."""
    typed = START.model_copy(update={"drawn_up_mg": Decimal("35.0")})
    assert why(started((40, InfusionComplete())), 60, correct(4, typed)) == []


def test_a_start_is_not_corrected_into_ten_times_its_rate() -> None:
    tenfold = START.model_copy(update={"rate_mg_per_minute": Decimal("8.75")})
    assert why(started(), 5, correct(4, tenfold)) == [
        "8.75 mg/min is faster than ordered: 35 mg over 40 min is 0.875 mg/min"
    ]
    happened = tenfold.model_copy(update={"timing": HAPPENED})
    assert why(started(), 5, correct(4, happened)) == []


def test_a_correction_that_another_one_overtook_is_judged_when_it_would_count() -> None:
    tenfold = START.model_copy(update={"rate_mg_per_minute": Decimal("8.75")})
    same = started((1, correct(4, START)), (2, correct(4, START)))
    assert why(same, 3, correct(5, tenfold)) == []
    sleeping = [*same, entry(7, 3, correct(5, tenfold))]
    assert why(sleeping, 4, strike(6)) == [
        "8.75 mg/min is faster than ordered: 35 mg over 40 min is 0.875 mg/min"
    ]


def test_what_was_opened_or_marked_before_is_not_judged_again() -> None:
    marked = START.model_copy(
        update={
            "rate_mg_per_minute": Decimal("8.75"),
            "timing": HAPPENED,
            "against": (AgainstOrder(id="order.rate", text="too fast"),),
        }
    )
    entries = log((-20, CHECK_IN), (-12, seated()), (-5, seated()), (0, marked))
    undone = [*entries, entry(5, 1, correct(4, START))]
    assert why(undone, 2, strike(5)) == []


def test_the_pump_s_entries_are_judged_where_they_come_to_stand() -> None:
    pause, resume = InfusionPause(reason="Bathroom"), InfusionResume()
    done = started((10, pause), (15, resume), (40, InfusionComplete()))
    assert why(done, 50, correct(5, pause, replacement_effective_at=at(12))) == []
    assert why(done, 50, correct(6, resume, replacement_effective_at=at(8))) == [
        "There is nothing to resume: the infusion is running"
    ]
    assert why(done, 50, correct(7, InfusionComplete(), replacement_effective_at=at(-1))) == [
        "There is nothing to end: the infusion has not started"
    ]


def test_a_dose_that_the_order_does_not_have_is_refused_in_a_correction() -> None:
    given = log(*BEFORE, (0, spray(1)))
    assert sprays(given, 1, correct(4, spray(4))) == ["There is no dose 4: the order's last is 3"]


def test_a_dose_is_not_corrected_into_one_that_is_charted_already() -> None:
    given = log(*BEFORE, (0, spray(1)), (10, spray(2)), (20, left_out(3)))
    taken = ["Dose 1 is charted already: correct that entry"]
    assert sprays(given, 21, correct(5, spray(1))) == taken
    assert sprays(given, 21, correct(6, left_out(1))) == taken


def test_a_dose_corrected_to_a_larger_one_is_held_or_happened() -> None:
    given = log(*BEFORE, (0, spray(1)))
    assert sprays(given, 1, correct(4, spray(1, "40"))) == ["Dose 1: 40 mg, 10 mg ordered"]
    happened = spray(1, "40").model_copy(update={"timing": HAPPENED})
    assert sprays(given, 1, correct(4, happened)) == []


def test_a_dose_is_not_moved_so_close_to_the_next_that_it_follows_too_soon() -> None:
    given = log(*BEFORE, (0, spray(1)), (10, spray(2)))
    moved = correct(4, spray(1), replacement_effective_at=at(5))
    assert sprays(given, 11, moved) == [
        "Dose 2 comes 5 min after dose 1: the order has 10 min between the two"
    ]


SIGNED_LOG = recovered((121, SIGNED))
SIGNATURE = len(SIGNED_LOG)
NOT_REPLACED = ["A signature is not replaced: strike it with a reason, then sign anew"]


def test_a_signature_is_never_replaced() -> None:
    other = SIGNED.model_copy(update={"clinician": "B. Okafor"})
    assert why(SIGNED_LOG, 122, correct(SIGNATURE, other)) == NOT_REPLACED
    assert why(SIGNED_LOG, 122, correct(SIGNATURE, NOTE)) == NOT_REPLACED


def test_a_struck_signature_stays_struck_and_a_new_one_is_taken() -> None:
    assert why(SIGNED_LOG, 122, strike(SIGNATURE)) == []
    struck = [*SIGNED_LOG, entry(SIGNATURE + 1, 122, strike(SIGNATURE))]
    assert view(struck, 123).phase is Phase.RECOVERING
    assert why(struck, 123, strike(SIGNATURE + 1)) == NOT_REPLACED
    assert why(struck, 123, strike(SIGNATURE)) == ["This signature is struck already: sign anew"]
    assert why(struck, 123, SIGNED) == []


def test_below_a_signature_no_correction_leaves_the_drug_running() -> None:
    complete = next(e for e in SIGNED_LOG if isinstance(e.content, InfusionComplete))
    assert why(SIGNED_LOG, 122, strike(complete.sequence)) == [
        "Signed, and this would leave the drug running: strike the signature first"
    ]


def test_below_a_signature_a_reading_can_be_corrected() -> None:
    assert why(SIGNED_LOG, 122, correct(2, seated(124, 80))) == []


# Every log that the door lets through, by entries and by corrections.
MILLIGRAMS = st.sampled_from(["2.5", "10", "40"])
TIMING = st.sampled_from([None, "about_to_happen", HAPPENED])


def _spray(step: int, milligrams: str, timing: Any) -> DoseGiven:
    return DoseGiven(step=step, amount_mg=Decimal(milligrams), timing=timing)


DIRECT: st.SearchStrategy[Content] = (
    st.builds(_spray, st.integers(1, 4), MILLIGRAMS, TIMING)
    | st.builds(left_out, st.integers(1, 4))
    | st.sampled_from([
        NOTE, CHECK_IN, seated(), DosingStopped(reason="Nausea"), Reading(spo2=90),
        SIGNED, SIGNED.model_copy(update={"override_reason": "Transferred"}),
    ])
)  # fmt: skip
STEPS = st.lists(
    st.tuples(
        st.integers(1, 9),
        DIRECT,
        st.booleans(),
        st.integers(0, 30),
        st.none() | st.integers(-30, 60),
    ),
    max_size=12,
)


def through_the_door(steps: list[tuple[Any, ...]]) -> tuple[list[Entry], float]:
    """What is kept of a hand's attempts: entries, and corrections of what stands there by then."""
    entries, minute = log(*BEFORE), 0.0
    for wait, content, corrects, pick, moved in steps:
        minute += wait
        said = content
        if corrects:
            named = entries[pick % len(entries)]
            time = None if moved is None else min(at(moved), at(minute))
            said = correct(named.sequence, content, replacement_effective_at=time)
        tried = entry(len(entries) + 1, minute, said)
        found = judge(NASAL, ORDER, entries, tried, at(minute))
        if refusals(NASAL, ORDER, entries, tried, at(minute)):
            continue
        entries.append(_as_kept(tried, [held.blocker.text for held in found.held]))
    return entries, minute


def _as_kept(tried: Entry, stood: list[str]) -> Entry:
    """As the server stores it: with what stood against drug that has been given."""
    if not stood:
        return tried
    made = {"against": tuple(AgainstOrder(id="order.test", text=text) for text in stood)}
    content = tried.content
    if isinstance(content, Correction):
        kept = content.replacement.model_copy(update=made) if content.replacement else None
        return tried.model_copy(
            update={"content": content.model_copy(update={"replacement": kept})}
        )
    return tried.model_copy(update={"content": content.model_copy(update=made)})


@given(STEPS)
@settings(max_examples=150)
def test_no_correction_reaches_what_entries_could_not(steps: list[tuple[Any, ...]]) -> None:
    """All drug in the log passes its gates, written anew where it stands, or says what stood."""
    entries, minute = through_the_door(steps)
    standing = as_if_written(resolve(entries, at(minute)).log)
    evidence = {CheckIn, Reading}
    touched = {
        type(cast(Correction, e.content).replacement)
        for e in entries
        if isinstance(e.content, Correction)
    }
    if touched & evidence:
        return  # a fact that was corrected is a fact; what rested on it stays as it was judged
    for place, each in enumerate(standing):
        if not isinstance(each.content, GivesDrug) or each.content.against:
            continue
        before = [other for other in standing[:place] if not isinstance(other.content, SignOff)]
        anew = each.model_copy(update={"content": each.content})
        found = judge(NASAL, ORDER, before, anew, each.effective_at)
        assert found.impossible == ()
        assert [held.blocker.text for held in found.held] == []


@given(STEPS)
@settings(max_examples=150)
def test_every_kind_stays_what_it_was_and_no_signature_changes_hands(
    steps: list[tuple[Any, ...]],
) -> None:
    entries, minute = through_the_door(steps)
    written = {e.id: e.content.kind for e in entries}
    log_now = resolve(entries, at(minute)).log
    assert all(cast(AnyContent, s.content).kind == written[s.id] for s in log_now)
    signed = {e.content for e in entries if isinstance(e.content, SignOff)}
    assert {s.content for s in of(log_now, SignOff)} <= signed
    seen = fold(NASAL, ORDER, entries, at(minute))
    unsigned = [e for e in entries if not isinstance(e.content, SignOff)]
    if seen.phase is Phase.SIGNED:
        assert fold(NASAL, ORDER, unsigned, at(minute)).phase is not Phase.DOSING
