"""A correction is a new entry: it replaces or strikes an earlier one, and both stay readable."""

from decimal import Decimal
from uuid import UUID

from mooring.core.session.entries import AlertSeen, Correction, Note, SignOff
from mooring.core.session.view import Phase
from tests.core.session.building import (
    START,
    at,
    correct,
    log,
    name_of,
    pressures_of,
    recovered,
    seated,
    started,
    strike,
    view,
)


def test_a_replacement_counts_everywhere_in_place_of_what_was_written() -> None:
    entries = started((10, seated(165, 90)), (11, correct(5, seated(135, 90))))
    seen = view(entries, 12)
    assert seen.alerts == ()
    assert pressures_of(seen)[-1] == "135/90"
    assert next(v for v in seen.latest if v.check == "blood_pressure").text == "135/90"


def test_a_replacement_keeps_the_time_and_the_name_of_the_entry() -> None:
    seen = view(started((10, seated(165, 90)), (11, correct(5, seated(135, 90)))), 12)
    assert seen.readings[-1][:2] == (at(10), name_of(5))


def test_a_wrong_time_is_corrected_with_the_entry() -> None:
    moved = correct(5, seated(165, 90), replacement_effective_at=at(8))
    seen = view(started((10, seated(165, 90)), (11, moved)), 12)
    assert seen.alerts[0].at == at(8)


def test_a_time_typed_into_the_future_is_corrected_back_into_the_past() -> None:
    moved = correct(5, seated(165, 90), replacement_effective_at=at(10))
    seen = view(started((720, seated(165, 90)), (11, moved)), 12)
    assert pressures_of(seen)[-1] == "165/90"


def test_a_struck_entry_no_longer_counts() -> None:
    seen = view(started((10, seated(165, 90)), (11, strike(5))), 12)
    assert seen.alerts == ()
    assert pressures_of(seen) == ["120/78", "120/78"]


def test_both_stay_in_the_timeline_with_the_reason() -> None:
    seen = view(started((10, seated(165, 90)), (11, correct(5, seated(135, 90)))), 12)
    wrong, correction = seen.timeline[-2:]
    assert wrong.text.startswith("Blood pressure 165/90")
    assert (wrong.struck, wrong.corrected_by) == (True, name_of(6))
    assert wrong.correction_reason == "Mistyped"
    assert not correction.struck
    assert correction.text.startswith("Corrected to: Blood pressure 135/90")


def test_an_entry_that_nobody_corrected_is_not_struck() -> None:
    item = view(started(), 1).timeline[0]
    assert (item.struck, item.corrected_by, item.correction_reason) == (False, None, None)


def test_a_correction_of_a_correction_speaks_in_its_place() -> None:
    entries = started(
        (10, seated(165, 90)), (11, correct(5, seated(135, 90))), (12, correct(6, seated(136, 90)))
    )
    seen = view(entries, 13)
    assert pressures_of(seen)[-1] == "136/90"
    overtaken = {i.entry.sequence: i.corrected_by for i in seen.timeline if i.struck}
    assert overtaken == {5: name_of(7), 6: name_of(7)}


def test_striking_a_correction_withdraws_it() -> None:
    entries = started((10, seated(165, 90)), (11, correct(5, seated(135, 90))), (12, strike(6)))
    seen = view(entries, 13)
    assert pressures_of(seen)[-1] == "165/90"
    assert [item.struck for item in seen.timeline[-3:]] == [False, True, False]


def test_striking_a_strike_brings_the_entry_back() -> None:
    entries = started((10, seated(165, 90)), (11, strike(5)), (12, strike(6)))
    assert pressures_of(view(entries, 13))[-1] == "165/90"


def test_of_two_corrections_to_one_entry_the_newer_counts_and_the_older_is_struck() -> None:
    entries = started(
        (10, seated(165, 90)), (11, correct(5, seated(135, 90))), (12, correct(5, seated(136, 90)))
    )
    seen = view(entries, 13)
    assert pressures_of(seen)[-1] == "136/90"
    assert {i.entry.sequence: i.corrected_by for i in seen.timeline if i.struck} == {
        5: name_of(7),
        6: name_of(7),
    }


def test_when_the_newer_of_two_is_withdrawn_the_older_counts_again() -> None:
    entries = started(
        (10, seated(165, 90)),
        (11, correct(5, seated(135, 90))),
        (12, correct(5, seated(136, 90))),
        (13, strike(7)),
    )
    seen = view(entries, 14)
    assert pressures_of(seen)[-1] == "135/90"
    assert [item.struck for item in seen.timeline[-4:]] == [True, False, True, False]


def test_a_correction_for_an_unknown_entry_stays_in_the_timeline_and_changes_nothing() -> None:
    lost = Correction(corrects=UUID(int=999), reason="Mistyped", replacement=seated(200, 100))
    with_it, without = view(started((11, lost)), 12), view(started(), 12)
    assert with_it.readings == without.readings
    assert with_it.timeline[-1].text.startswith("Corrected to")
    assert not with_it.timeline[-1].struck


def test_corrections_that_name_each_other_change_nothing() -> None:
    entries = started((10, strike(6)), (11, strike(5)))
    assert len(view(entries, 12).readings) == 2


def test_a_correction_made_later_than_now_does_not_count_yet() -> None:
    entries = started((10, seated(165, 90)), (20, correct(5, seated(135, 90))))
    assert [alert.active for alert in view(entries, 15).alerts] == [True]
    assert view(entries, 20).alerts == ()


def test_a_struck_baseline_reading_leaves_the_running_infusion_without_a_baseline() -> None:
    seen = view(started((10, strike(2)), (12, seated(190, 110))), 13)
    assert seen.baseline is None
    assert [(a.rule, a.active) for a in seen.alerts] == [
        ("baseline_unknown", True),
        ("start_would_be_held", True),
    ]


def test_a_corrected_rate_changes_what_was_given_from_the_start() -> None:
    slower = START.model_copy(update={"rate_mg_per_minute": Decimal("0.5")})
    assert view(started((10, correct(4, slower))), 20).given_mg == Decimal(10)


def test_a_struck_start_is_no_start() -> None:
    seen = view(started((1, strike(4))), 2)
    assert seen.phase is Phase.CHECKED_IN
    assert seen.started_at is None


def test_a_struck_sign_off_opens_the_session_again() -> None:
    signed = SignOff(clinician="A. Rivera", credential="MD")
    entries = recovered((121, signed))
    undone = [
        *entries,
        log((122, strike(len(entries))))[0].model_copy(update={"id": name_of(99), "sequence": 99}),
    ]
    assert view(entries, 123).phase is Phase.SIGNED
    assert view(undone, 123).phase is Phase.RECOVERING


def test_who_saw_an_alert_has_not_seen_what_it_was_corrected_to() -> None:
    seen_it = AlertSeen(rule="blood_pressure_rise", reading=name_of(5))
    entries = started((10, seated(165, 90)), (11, seen_it), (12, correct(5, seated(185, 95))))
    (alert,) = view(entries, 13).alerts
    assert alert.detail == "185/95 is +65 over baseline 120/78"
    assert alert.seen_by is None


def test_a_note_can_be_struck_like_anything_else() -> None:
    seen = view(started((10, Note(text="Music changed")), (11, strike(5))), 12)
    assert [item.struck for item in seen.timeline[-2:]] == [True, False]
    assert seen.timeline[-1].text == "Struck: Wrong patient"
