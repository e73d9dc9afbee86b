"""The four-organ watch: every case of the policy, and what holds whatever was given."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mooring.core import evidence
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.exposure import Administered
from mooring.core.protocols.cited import Number
from mooring.core.protocols.watch import (
    Item,
    Look,
    Organ,
    OrganStanding,
    OrganWatch,
    Result,
    State,
    WatchCase,
    WatchPolicy,
    cases,
    load,
    names,
    standing,
)
from mooring.core.protocols.watch.policy import FOLDER, Repeat
from mooring.core.quantities import Milligrams
from tests.support.released import released

FIRST = date(2026, 3, 2)
POLICY = load("four_organs")
RANK = list(State)


def dose(day: int, mg: int | None = 35, drug: Drug = Drug.RACEMIC_KETAMINE) -> Administered:
    at = datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(days=day)
    return Administered(at, Route.ORAL, drug, None if mg is None else Milligrams(mg))


def look(item: str, day: int = 0, result: Result = Result.NOTHING, **more: str) -> Look:
    return Look(f"{item} {day}", item, FIRST + timedelta(days=day), result, **more)


def stands(doses, looks, day: int, *, ongoing: bool = True) -> dict[Organ, OrganStanding]:
    found = standing(POLICY, doses, looks, FIRST + timedelta(days=day), ongoing=ongoing)
    return {one.watch.organ: one for one in found}


@pytest.mark.parametrize(
    ("name", "version", "case"),
    [
        pytest.param(name, version, case, id=f"{name} v{version}: {case.id}")
        for name, version in released(FOLDER)
        for case in cases(name, version)
    ],
)
def test_the_watch_says_what_its_case_says(name: str, version: str, case: WatchCase) -> None:
    told = [
        (item.item.id, why.rule, why.state)
        for organ in case.standing(load(name, version), FIRST)
        for item in organ.items
        for why in item.whys
    ]
    assert told == [(one.item, one.rule, one.state) for one in case.expect]


def test_the_numbers_are_those_of_the_claims_they_cite() -> None:
    unit = {"days since": "days", "days with a dose since": "dose_days", "given since": "amount"}
    for item, claim in (
        ("urinary_symptoms", "choice.watch-urinary"),
        ("liver_tests", "choice.watch-liver"),
        ("memory_attention", "choice.watch-cognition"),
        ("resting_pressure", "choice.watch-blood-pressure"),
    ):
        repeat = POLICY.items[item].repeat
        said = {unit[q.of]: q.value for q in evidence.load().claim(claim).quantities}
        kept = {name: number.value for name, number in repeat if number is not None}
        assert kept == said
    raised = POLICY.items["resting_pressure"].raised
    stage_2 = {q.of: q.value for q in evidence.load().claim("acc-aha-2017.stage-2").quantities}
    assert stage_2 == {
        "systolic, stage 2": raised.systolic.value,
        "diastolic, stage 2": raised.diastolic.value,
    }


@pytest.mark.parametrize(
    ("pressure", "is_finding"),
    [((139, 89), False), ((140, 70), True), ((110, 90), True)],
)
def test_a_resting_pressure_is_a_finding_from_140_or_from_90_on(pressure, is_finding) -> None:
    # ACC/AHA 2017, stage 2: 140 systolic or 90 diastolic and above.
    assert POLICY.items["resting_pressure"].finds(*map(Decimal, pressure)) is is_finding


def test_the_limits_of_a_pressure_are_cited_once() -> None:
    assert POLICY.items["resting_pressure"].raised.claims == ("acc-aha-2017.stage-2",)


def test_the_last_look_is_all_that_was_written_down_on_its_day() -> None:
    again = replace(look("liver_tests", 4), id="again")
    organ = stands([], [look("liver_tests", 1), look("liver_tests", 4), again], 5)[Organ.LIVER]
    assert [one.id for one in organ.items[0].last] == ["again", "liver_tests 4"]


def test_only_an_item_with_limits_judges_a_pressure() -> None:
    with pytest.raises(ValueError, match="liver_tests"):
        POLICY.items["liver_tests"].finds(Decimal(120), Decimal(80))


def test_an_organ_says_its_most_pressing_reason_first_and_since_when() -> None:
    looks = [look("urinary_symptoms", 4, Result.FOUND, words="urgency", source="the record")]
    organ = stands([dose(7)], looks, 8)[Organ.URINARY]
    assert organ.state is State.OVERDUE
    assert [why.state for why in organ.whys] == [State.OVERDUE, State.OVERDUE, State.DUE]
    assert organ.since == FIRST + timedelta(days=4)
    assert organ.whys[0].text == (
        "Found on 6 Mar 2026: urgency (the record). A prescriber looks at it before another dose."
    )


def test_what_is_due_without_a_day_says_none() -> None:
    assert stands([], [], 0)[Organ.LIVER].since is None


def test_an_item_for_after_a_finding_is_not_asked_for_without_one() -> None:
    organ = stands([], [look("urinary_symptoms")], 1)[Organ.URINARY]
    assert [item.state for item in organ.items] == [State.DONE, State.NOT_ASKED]
    assert organ.state is State.DONE


def test_what_was_not_looked_at_before_the_first_dose_stays_unknown_and_is_said() -> None:
    organs = stands([dose(0)], [look("liver_tests", 1), look("memory_attention", 0)], 2)
    assert organs[Organ.LIVER].note == (
        "Before the first dose of 2 Mar 2026 nothing is on record: liver tests."
    )
    assert organs[Organ.COGNITION].note == ""
    assert stands([], [], 0)[Organ.LIVER].note == ""


def test_reasons_are_sentences_with_their_numbers() -> None:
    looks = [look("urinary_symptoms"), look("liver_tests")]
    organs = stands([dose(0, 600), dose(3, 600), dose(4, None)], looks, 40)
    assert [why.text for why in organs[Organ.URINARY].whys] == [
        "Last on 2 Mar 2026, 40 days ago; wanted at least every 30.",
        "3 days with a dose since 2 Mar 2026; wanted after 1.",
    ]
    assert [why.text for why in organs[Organ.LIVER].whys] == [
        "KETAmine (racemic) since 2 Mar 2026: at least 1200 mg; wanted after 1000 mg."
    ]
    assert [why.text for why in organs[Organ.COGNITION].whys] == [
        "Nothing on record, and 3 days with a dose since 2 Mar 2026."
    ]


def test_every_reason_has_a_claim() -> None:
    for name in names():
        for case in cases(name):
            for organ in case.standing(load(name), FIRST):
                assert all(why.claims for why in organ.whys)


def finding_and_review(found_at: datetime | None, reviewed_at: datetime | None):
    """A finding and a review of the same day, written down at these times."""
    found = replace(look("liver_tests", 4, Result.FOUND, words="ALT 96"), recorded_at=found_at)
    review = replace(look("liver_review", 4), recorded_at=reviewed_at)
    return stands([], [found, review], 5)[Organ.LIVER]


NOON = datetime(2026, 3, 6, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("found_at", "reviewed_at", "waits"),
    [
        (NOON, NOON + timedelta(minutes=1), False),
        (NOON, NOON, False),
        (NOON, NOON - timedelta(minutes=1), True),
        (NOON + timedelta(days=9), NOON, True),
        (None, NOON, False),
        (NOON, None, False),
    ],
)
def test_a_review_counts_only_for_what_was_written_down_before_it(
    found_at, reviewed_at, waits
) -> None:
    """A finding that is entered later, even for an earlier day, was not what somebody reviewed."""
    rules = [why.rule for why in finding_and_review(found_at, reviewed_at).whys]
    assert ("finding" in rules) is waits


# --- what it refuses ---


def test_a_dose_or_a_look_after_the_day_is_refused() -> None:
    with pytest.raises(ValueError, match="5 Mar 2026 lies after 2 Mar 2026"):
        stands([dose(3)], [], 0)
    with pytest.raises(ValueError, match="lies after"):
        stands([], [look("liver_tests", 1)], 0)


def test_a_look_at_what_the_policy_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="does not have kidney"):
        stands([], [look("kidney")], 0)


DAYS = Number(value=Decimal(30), unit="days", claims=("choice.watch-urinary",))
ITEM = POLICY.items["urinary_symptoms"].model_dump()
ORGAN = POLICY.organs[0].model_dump()


@pytest.mark.parametrize(
    ("number", "says"),
    [
        ({}, "give days, dose_days or amount"),
        ({"days": DAYS.model_copy(update={"unit": "mg"})}, "a whole number of days above 0"),
        ({"days": DAYS.model_copy(update={"value": Decimal(0)})}, "above 0"),
        ({"days": DAYS.model_copy(update={"value": Decimal("1.5")})}, "a whole number"),
    ],
)
def test_a_repeat_needs_whole_numbers_in_their_units(number, says) -> None:
    with pytest.raises(ValidationError, match=says):
        Repeat(**number)


@pytest.mark.parametrize("change", [{"repeat": None}, {"after": "liver_tests"}])
def test_an_item_is_repeated_or_follows_a_finding(change) -> None:
    with pytest.raises(ValidationError, match="an item has one of them"):
        Item.model_validate({**ITEM, **change})


def test_an_item_follows_a_repeated_item_of_its_own_organ() -> None:
    follows = {**ITEM, "id": "x", "repeat": None, "after": "liver_tests"}
    with pytest.raises(ValidationError, match="no item 'liver_tests' is repeated for urinary"):
        OrganWatch.model_validate({**ORGAN, "items": [ITEM, follows]})


def test_a_policy_has_each_organ_and_each_item_once() -> None:
    whole = POLICY.model_dump()
    with pytest.raises(ValidationError, match="organs: each once"):
        WatchPolicy.model_validate({**whole, "organs": whole["organs"][:3]})
    twice = [{**organ, "items": [ITEM]} for organ in whole["organs"]]
    with pytest.raises(ValidationError, match="each id stands once"):
        WatchPolicy.model_validate({**whole, "organs": twice})


# --- what holds whatever was given ---

LAST = 400
days = st.integers(0, LAST)
doses = st.lists(
    st.builds(
        dose,
        days,
        st.one_of(st.none(), st.integers(1, 900)),
        st.sampled_from(list(Drug)),
    ),
    max_size=8,
)


@st.composite
def many_looks(draw: st.DrawFn) -> list[Look]:
    about = st.sampled_from(sorted(POLICY.recordable))
    result = st.sampled_from([Result.NOTHING, Result.FOUND, Result.NOT_DONE])
    drawn = draw(st.lists(st.tuples(about, days, result), max_size=12))
    return [replace(look(*one), id=str(n)) for n, one in enumerate(drawn)]


@given(doses, doses, many_looks(), st.booleans())
def test_more_doses_never_make_less_due(some, more, looks, ongoing) -> None:
    before = stands(some, looks, LAST, ongoing=ongoing)
    after = stands(some + more, looks, LAST, ongoing=ongoing)
    for organ in Organ:
        assert RANK.index(after[organ].state) >= RANK.index(before[organ].state)


@given(doses, many_looks(), st.sampled_from(sorted(POLICY.items)), days)
def test_a_look_at_one_organ_changes_no_other(some, looks, item, day) -> None:
    before = stands(some, looks, LAST)
    after = stands(some, [*looks, look(item, day)], LAST)
    own = {o.organ for o in POLICY.organs if item in {one.id for one in o.items}}
    assert all(after[organ] == before[organ] for organ in set(Organ) - own)


@given(doses, many_looks(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(some, looks, random) -> None:
    shuffled = random.sample(some, len(some)), random.sample(looks, len(looks))
    before, after = stands(some, looks, LAST), stands(*shuffled, LAST)
    for organ in Organ:
        assert after[organ].whys == before[organ].whys
        assert after[organ].state == before[organ].state


@given(doses, st.booleans())
def test_what_was_never_looked_at_is_never_done(some, ongoing) -> None:
    for organ in stands(some, [], LAST, ongoing=ongoing).values():
        assert organ.state not in (State.DONE, State.NOT_ASKED)


@given(doses, many_looks(), st.sampled_from(sorted(POLICY.items)))
def test_a_finding_that_is_entered_now_waits_whatever_was_reviewed_before(
    some, looks, item
) -> None:
    before = [replace(one, recorded_at=NOON) for one in looks]
    found = look(item, LAST, Result.FOUND, words="new")
    late = replace(found, id="new", recorded_at=NOON + timedelta(hours=1))
    organs = stands(some, [*before, late], LAST).values()
    whys = [why for organ in organs for why in organ.whys if why.rule == "finding"]
    assert any("new" in why.text for why in whys)
