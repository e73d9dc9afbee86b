"""Dose tables in and out: nothing in a table is ignored, nothing that contradicts itself runs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.drugs.drug import Drug
from mooring.core.pharmacology import models
from mooring.core.pharmacology.expressions import parse
from mooring.core.pharmacology.graph import build
from mooring.core.pharmacology.nonmem import TableError, read, write
from mooring.core.pharmacology.regimen import Amount, DoseEvent, GivenAs, Regimen
from mooring.core.pharmacology.regimens import iv_infusion, repeated, spravato

EVENTS = "row 1, EVID: 0 for an observation, 1 for a dose; "
RESET = f"{EVENTS}a reset is not simulated: give the rows from here on an ID of their own"
MEANS = {"1": GivenAs.INTRAVENOUS_INFUSION, "2": GivenAs.ORAL, "3": GivenAs.NASAL_DEVICE}


def table(*rows: str) -> str:
    return "\n".join(rows)


def one(*rows: str) -> tuple[DoseEvent, ...]:
    (regimen,) = read(table(*rows), Drug.ESKETAMINE, MEANS).values()
    return regimen.events


def test_a_rate_and_an_amount_give_the_duration() -> None:
    """42 mg at 63 mg/h last two thirds of an hour."""
    (event,) = one("ID,TIME,AMT,RATE,CMT,EVID", "1,0.5,42,63,1,1")
    assert (event.time, event.amount) == (30, 42)
    assert event.duration == pytest.approx(40)


def test_further_doses_follow_at_their_interval() -> None:
    events = one("time,amt,cmt,addl,ii", "0,50,2,2,8")
    assert [event.time for event in events] == [0, 480, 960]


def test_devices_know_which_of_the_session_they_are() -> None:
    events = one("TIME,AMT,CMT", "0,28,3", "0.1,28,3", "0.2,28,3")
    assert [(event.time, event.nth) for event in events] == [(0, 1), (6, 2), (12, 3)]


def test_devices_are_counted_anew_in_each_session() -> None:
    """A later device of a session takes up less than the first; the first of another does not."""
    events = one("TIME,AMT,CMT", "0,28,3", "0.1,28,3", "84,28,3", "84.1,28,3")
    assert [event.nth for event in events] == [1, 2, 1, 2]


def test_sessions_of_devices_are_read_back_as_they_were_written() -> None:
    weeks = repeated(spravato(devices=2), times=3, every="3 days")
    back = read(write({"1": weeks}, MEANS), Drug.ESKETAMINE, MEANS)["1"]
    assert [event.nth for event in back.events] == [1, 2, 1, 2, 1, 2]
    assert [event.nth for event in weeks.events] == [1, 2, 1, 2, 1, 2]


def test_names_of_columns_may_be_small_and_spaced_and_begin_with_a_byte_order_mark() -> None:
    assert one("\ufefftime, Amt ,cmt", "0,50,2")[0].amount == 50


def test_who_was_given_nothing_is_kept_without_doses() -> None:
    text = "ID,TIME,AMT,CMT,EVID\n1,0,50,2,1\n2,0,.,2,0"
    found = read(text, Drug.ESKETAMINE, MEANS)
    assert found["2"] == Regimen(Drug.ESKETAMINE, ())
    assert read(write(found, MEANS), Drug.ESKETAMINE, MEANS) == found


@pytest.mark.parametrize("minutes", [0.0, -60.0, float("nan"), float("inf")])
def test_a_unit_of_time_is_more_than_nothing(minutes: float) -> None:
    with pytest.raises(TableError, match=r"^minutes: "):
        read("TIME,AMT,CMT\n0,50,2", Drug.ESKETAMINE, MEANS, minutes=minutes)
    with pytest.raises(TableError, match=r"^minutes: "):
        write({"1": spravato(devices=1)}, MEANS, minutes=minutes)


@pytest.mark.parametrize("name", ["", " ", "."])
def test_a_name_that_reads_as_an_empty_cell_is_not_written(name: str) -> None:
    with pytest.raises(TableError, match=r"^ID: "):
        write({name: spravato(devices=1)}, MEANS)


def test_observations_are_passed_over() -> None:
    assert len(one("TIME,AMT,CMT,EVID,MDV", "0,50,2,1,1", "1,.,2,0,0", "2,,2,,0")) == 1


def test_a_column_that_says_nothing_of_doses_is_left_out_by_its_name() -> None:
    rows = table("ID,TIME,AMT,CMT,DV,WT", "1,0,50,2,.,70", "1,1,.,2,31.5,70")
    (regimen,) = read(rows, Drug.ESKETAMINE, MEANS, leave_out=("dv", "WT")).values()
    assert [event.amount for event in regimen.events] == [50]


@pytest.mark.parametrize("name", ["C", "comment", "EXCL", "IGNORE"])
def test_a_row_marked_as_comment_is_never_dosed_though_its_column_is_left_out(name: str) -> None:
    """To leave the column out was what the message said; the marked rows were dosed then."""
    rows = table(f"{name},TIME,AMT,CMT", ".,0,50,2", "1,1,500,2")
    with pytest.raises(TableError, match=rf"^row 2, {name.upper()}: marks the row as no data"):
        read(rows, Drug.ESKETAMINE, MEANS, leave_out=(name,))


def test_a_comment_column_that_marks_nothing_is_passed_over() -> None:
    assert [event.amount for event in one("C,TIME,AMT,CMT", ".,0,50,2", "0,1,25,2")] == [50, 25]


@pytest.mark.parametrize("name", ["date", "DAT2", "F1", "ALAG2", "R1"])
def test_no_column_that_changes_the_doses_is_left_out(name: str) -> None:
    with pytest.raises(TableError, match=rf"^leave_out: {name} changes the doses"):
        read(f"TIME,AMT,CMT,{name}", Drug.ESKETAMINE, MEANS, leave_out=(name,))


def test_a_clock_that_begins_anew_is_refused_so_that_two_sessions_never_meet_at_nought() -> None:
    """A table with resets starts at 0 again after each; without those rows both doses lie at 0."""
    rows = table("ID,TIME,AMT,CMT", "1,0,50,2", "1,24,.,2", "1,0,50,2")
    with pytest.raises(TableError, match=r"^row 3, TIME: earlier than the row before it of the sa"):
        read(rows, Drug.ESKETAMINE, MEANS)


def test_times_of_another_person_begin_where_they_like() -> None:
    found = read("ID,TIME,AMT,CMT\n1,5,50,2\n2,0,25,2", Drug.ESKETAMINE, MEANS)
    assert found["2"].events[0].time == 0


def test_no_column_of_doses_is_left_out() -> None:
    with pytest.raises(TableError, match="leave_out: rate says how doses are given"):
        read("TIME,AMT,RATE,CMT", Drug.ESKETAMINE, MEANS, leave_out=("rate",))


def test_each_person_has_a_regimen_of_their_own() -> None:
    found = read("ID,TIME,AMT,CMT\n7,0,50,2\n9,0,25,2\n7,1,50,2", Drug.ESKETAMINE, MEANS)
    assert {person: len(regimen.events) for person, regimen in found.items()} == {"7": 2, "9": 1}


@pytest.mark.parametrize(
    ("heading", "cells", "said"),
    [
        ("TIME,AMT,CMT,SS,II,ADDL", "0,50,2,1,8,1", "row 1, SS: steady state is not assumed"),
        (
            "TIME,AMT,CMT,EVID",
            "0,50,2,5",
            f"{EVENTS}no other is known",
        ),
        ("TIME,AMT,CMT,EVID", "0,50,2,4", RESET),
        ("TIME,AMT,CMT,EVID", "0,.,2,3", RESET),
        (
            "TIME,AMT,CMT,EVID",
            "0,.,2,2",
            f"{EVENTS}an event of another kind",
        ),
        ("C,TIME,AMT,CMT", "C,0,50,2", "row 1, C: marks the row as no data: take it out"),
        ("TIME,AMT,CMT,IGNORE", "0,50,2,1", "row 1, IGNORE: marks the row as no data"),
        ("ID,TIME,AMT,CMT", "#1,0,50,2", "row 1, ID: begins with # and is a comment"),
        ("TIME,AMT,CMT,DAT1", "0,50,2,3", "row 1, DAT1: changes the doses and is not read"),
        ("TIME,AMT,CMT,F1", "0,50,2,0.5", "row 1, F1: changes the doses and is not read"),
        ("TIME,AMT,CMT,ALAG1", "0,50,2,1", "row 1, ALAG1: changes the doses and is not read"),
        ("TIME,AMT,CMT,EVID,SS", "0,.,2,0,1", "row 1, SS: an observation has none"),
        ("TIME,AMT,CMT,EVID", "x,.,2,0", "row 1, TIME: 'x' is not a number"),
        ("TIME,AMT,CMT,MDV", "0,50,2,0", "row 1, MDV: 0 or 1, and 1 with every dose"),
        ("TIME,AMT,CMT,MDV", "0,.,2,5", "row 1, MDV: 0 or 1"),
        ("ID,TIME,AMT,CMT", ",0,50,2", "row 1, ID: whose row this is"),
        ("ID,TIME,AMT,CMT", ".,0,50,2", "row 1, ID: whose row this is"),
        ("TIME,time,AMT,CMT", "0,5,50,2", "the heading, TIME: stands there 2 times"),
        ("TIME;AMT;CMT", "0;50;2", "the heading: columns are parted by commas"),
        ("TIME,AMT,CMT", '0,"10,5",2', "row 1, AMT: '10,5' is not a number"),
        ("TIME,AMT,CMT", "0,1_0,2", "row 1, AMT: '1_0' is not a number"),
        ("TIME,AMT,CMT", "9:30,10,2", "row 1, TIME: '9:30' is not a number"),
        ("TIME,AMT,CMT", "0,10," + "2" * 200_000, "the table: not to be read as a table"),
        ("TIME,AMT,CMT,ADDL,II", "0,10,2,10001,1", "row 1, ADDL: a whole number from 0 to 10000"),
        ("TIME,AMT,CMT,RATE", "0,50,1,-1", "row 1, RATE: a model of the duration"),
        ("TIME,AMT,CMT,EVID", "0,50,2,0", "row 1, AMT: an observation has none"),
        ("TIME,AMT,CMT,RATE", "0,50,1,-2", "row 1, RATE: a model of the duration"),
        ("TIME,AMT,CMT,DUR", "0,50,1,-2", "row 1, DUR: 0 or more"),
        ("TIME,AMT,CMT,RATE,DUR", "0,50,1,100,1", "row 1, DUR: RATE 100 over 1 gives not AMT 50"),
        ("TIME,AMT,CMT,ADDL", "0,50,2,3", "row 1, II: more than 0 where ADDL"),
        ("TIME,AMT,CMT,ADDL,II", "0,50,2,1.5,3", "row 1, ADDL: a whole number"),
        ("TIME,AMT,CMT,II", "0,50,2,24", "row 1, II: only with ADDL"),
        ("TIME,AMT,CMT,EVID", "0,0,2,1", "row 1, AMT: a dose is more than 0"),
        ("TIME,AMT,CMT", "0,-5,2", "row 1, AMT: a dose is more than 0"),
        ("TIME,AMT,CMT", "0,5e999,2", "row 1, AMT: '5e999' is not a number"),
        ("TIME,AMT,CMT", "0,ten,2", "row 1, AMT: 'ten' is not a number"),
        ("TIME,AMT,CMT", "-1,10,2", "row 1, TIME: a number from 0 on"),
        ("TIME,AMT,CMT", ".,10,2", "row 1, TIME: a number from 0 on"),
        ("TIME,AMT,CMT", "0,10,8", "row 1, CMT: '8' has no meaning; known: 1 (intravenous_inf"),
        ("TIME,AMT,CMT", "0,10,1", "row 1, RATE: intravenous infusion takes RATE or DUR above 0"),
        ("TIME,AMT,CMT,DUR", "0,10,2,1", "row 1, RATE: oral takes neither RATE nor DUR"),
        ("TIME,AMT,CMT,DOSE", "0,10,2,10", "row 1, DOSE: would be ignored; name it in leave_out"),
        ("TIME,AMT,CMT", "0,10", "row 1: as many cells as the heading has"),
        ("TIME,AMT,CMT", "0,10,2,4", "row 1: as many cells as the heading has"),
        ("TIME,AMT,CMT", "", "the table: holds no dose"),
    ],
)
def test_what_would_be_ignored_or_contradicts_itself_is_refused(heading, cells, said) -> None:
    with pytest.raises(TableError) as refused:
        read(table(heading, cells), Drug.ESKETAMINE, MEANS)
    assert str(refused.value).startswith(said)


@st.composite
def regimens(draw: st.DrawFn) -> Regimen:
    number = st.floats(0.01, 1000)
    events = [
        DoseEvent(draw(number), draw(number), GivenAs.INTRAVENOUS_INFUSION, duration=draw(number))
        for _ in range(draw(st.integers(1, 4)))
    ]
    events += [DoseEvent(draw(number), draw(number), GivenAs.ORAL)]
    return Regimen(Drug.ESKETAMINE, tuple(sorted(events, key=lambda event: event.time)))


@given(regimens(), regimens())
def test_what_is_written_is_read_back(first: Regimen, second: Regimen) -> None:
    people = {"1": first, "b": second}
    found = read(write(people, MEANS), Drug.ESKETAMINE, MEANS)
    for person, regimen in people.items():
        for event, back in zip(regimen.events, found[person].events, strict=True):
            assert back.given_as is event.given_as
            assert back.time == pytest.approx(event.time, rel=1e-12)
            assert back.amount == event.amount
            assert (back.duration or 0) == pytest.approx(event.duration or 0, rel=1e-12)


def test_a_dose_by_weight_is_no_milligrams_and_is_not_written() -> None:
    by_weight = iv_infusion("0.5 mg/kg", over="40 min")
    assert by_weight.events[0].unit is Amount.MILLIGRAMS_PER_KILOGRAM
    with pytest.raises(TableError, match=r"^AMT: person 1 is dosed in mg/kg"):
        write({"1": by_weight}, MEANS)


def test_a_way_of_giving_without_a_name_is_not_written() -> None:
    with pytest.raises(TableError, match=r"^CMT: 'intravenous_infusion' has no name"):
        write({"1": iv_infusion("35 mg", over="40 min")}, {"2": GivenAs.ORAL})


def infusion_of_which_half_arrives(nonmem_compat: bool) -> tuple[float, float]:
    model = models.load("otto_2021")
    found = next(one for one in model.inputs if one.given_as is GivenAs.INTRAVENOUS_INFUSION)
    portion = found.portions[0].model_copy(update={"fraction": parse("0.5")})
    halved = model.model_copy(
        update={"inputs": (found.model_copy(update={"portions": (portion,)}),)}
    )
    values = models.typical(model, {"weight": 70.0})
    regimen = iv_infusion("40 mg", over="40 min", drug=Drug.ESKETAMINE)
    system = build(halved, values, regimen, {"weight": 70.0}, nonmem_compat=nonmem_compat)
    return float(system.inputs[0].amount[0]), float(system.inputs[0].duration[0])


def test_bioavailability_scales_the_amount_and_keeps_the_duration() -> None:
    assert infusion_of_which_half_arrives(nonmem_compat=False) == (20, 40)


def test_asked_for_the_rate_is_kept_instead_as_other_programs_do() -> None:
    """NONMEM, rxode2 and mrgsolve: 1 mg/min goes on until the 20 mg that arrive are in."""
    assert infusion_of_which_half_arrives(nonmem_compat=True) == (20, 20)
