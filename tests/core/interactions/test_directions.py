"""Directions as charts and pharmacies write them: a wrong number never, an unknown one where open.

`directions.tsv` was made from public reports, `directions_of_our_own.txt` by us. Lines whose right
answer is a number may stay unknown; how many do is counted here, and no number may be another.
"""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.drugs.interactions import daily_amount

HERE = Path(__file__).parent
Line = tuple[str, str, Fraction | None]


def as_reported() -> list[Line]:
    with (HERE / "directions.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(row["text"], row["dosage"], right(row["right_mg_a_day"])) for row in rows]


def of_our_own() -> list[Line]:
    text = (HERE / "directions_of_our_own.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    parts = [[part.strip() for part in line.split("|")] for line in lines]
    return [(name, dose, right(mg)) for name, dose, mg in parts]


def right(written: str) -> Fraction | None:
    return None if written in {"unknown", "?"} else Fraction(written)


def close(one: Fraction, other: Fraction) -> bool:
    """The file rounds sevenths to six figures."""
    return abs(one - other) < Fraction(1, 10_000)


def unread(lines: list[Line]) -> list[str]:
    open_ = [
        line for line in lines if line[2] is not None and daily_amount(line[0], line[1]).mg is None
    ]
    return [", ".join(filter(None, (name, dose))) for name, dose, _ in open_]


@pytest.mark.parametrize(("name", "dose", "mg"), [*as_reported(), *of_our_own()])
def test_no_number_is_wrong(name: str, dose: str, mg: Fraction | None) -> None:
    read = daily_amount(name, dose).mg
    assert read is None or (mg is not None and close(read, mg))


def test_what_stays_unknown_although_the_words_say_it() -> None:
    assert unread(as_reported()) == [
        "diazepam 5mg ii tabs qhs",
        "alprazolam 0.5mg three times daily and one extra at night",
        "lorazepam 2mg 0.5 tab bid",
    ]
    assert len(unread(of_our_own())) <= 10


def test_there_are_enough_lines_to_mean_something() -> None:
    assert len(as_reported()) == 103
    assert len(of_our_own()) >= 190


TIMES = ("qam", "at noon", "in the evening", "at bedtime")
COUNTS = {"1/2": "0.5", "1": "1", "1 & 1/2": "1.5", "2": "2", "two and a half": "2.5"}
doses = st.lists(
    st.tuples(st.sampled_from(sorted(COUNTS)), st.sampled_from(TIMES)),
    min_size=2,
    max_size=4,
    unique_by=lambda dose: dose[1],
)


@given(doses, st.sampled_from([", ", " and ", " & ", "; ", " + "]))
def test_doses_at_different_times_are_added_in_any_order(parts, between: str) -> None:
    total = sum((Fraction(COUNTS[count]) for count, _ in parts), Fraction(0))
    for order in (parts, parts[::-1]):
        said = between.join(f"{count} tablets {time}" for count, time in order)
        assert daily_amount("lorazepam 1 mg tablet", said).mg == total


AMOUNTS = {
    **{"1 tab": 1, "1/2 tab": Fraction(1, 2), "1½ tablets": Fraction(3, 2), "5 mg": 1, "10 mg": 2},
    **{"1 tablet (5 mg)": 1, "2 tablets (10 mg total)": 2, "half a tablet": Fraction(1, 2)},
}
WHEN = {
    **{"qam": "morning", "with lunch": "noon", "with dinner": "evening", "qhs": "night"},
    **{"every morning": "morning", "at noon": "noon", "at bedtime": "night", "nightly": "night"},
}
TAILS = {"": True, ".": True, " for anxiety": True, " prn": False, " unless drowsy": False}


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(AMOUNTS)), st.sampled_from(sorted(WHEN))),
        min_size=1,
        max_size=3,
        unique_by=lambda dose: WHEN[dose[1]],
    ),
    st.sampled_from([", ", " and ", "; ", " "]),
    st.sampled_from(sorted(TAILS)),
    st.sampled_from(["diazepam 5 mg tablet", "Diazepam 5 MG Oral Tablet"]),
)
def test_composed_directions_come_to_their_sum_or_stay_open(doses, between, tail, name) -> None:
    said = between.join(f"{amount} {when}" for amount, when in doses) + tail
    total = sum((5 * Fraction(AMOUNTS[amount]) for amount, _ in doses), Fraction(0))
    right_ones = {total, None} if TAILS[tail] else {None}
    assert daily_amount(name, said).mg in right_ones
    assert daily_amount(f"{name}, {said}").mg in right_ones


@given(st.sampled_from(of_our_own()), st.from_regex(r"[j-z]{7,12}", fullmatch=True))
def test_a_word_that_nobody_thought_of_leaves_the_amount_open(line: Line, word: str) -> None:
    name, dose, _ = line
    said = (name, f"{dose} {word}") if dose else (f"{name} {word}", "")
    assert daily_amount(*said).mg is None


@given(
    st.integers(min_value=1, max_value=9),
    st.sampled_from(["0.25", "0.5", "1", "2", "5"]),
    st.sampled_from([("bid", 2), ("every 6 hours", 4), ("q.o.d.", Fraction(1, 2)), ("qhs", 1)]),
)
def test_millilitres_of_a_solution_are_its_strength_times_their_number(ml, strength, often) -> None:
    words, times = often
    read = daily_amount(f"lorazepam {strength} mg/mL", f"{ml} mL {words}")
    assert read.mg == Fraction(strength) * ml * times


@given(st.sampled_from(["1-2", "1 to 2", "1/2-1", "one or two", "1-1 1/2", "up to 2"]))
def test_a_range_is_no_number(count: str) -> None:
    for when in ("bid", "at bedtime", "in the morning and 2 tablets at bedtime"):
        assert daily_amount("lorazepam 1 mg", f"{count} tablets {when}").mg is None


@pytest.mark.parametrize(
    "said",
    ["1-0-1, 0-0-1", "0-0-0", "and", "weekly 1 mg 1 mg (1 mg total)"],
)
def test_two_patterns_none_at_all_and_an_amount_told_twice_are_no_number(said: str) -> None:
    assert daily_amount("lorazepam", said).mg is None


def test_the_strength_on_the_package_and_how_many_to_take_go_together() -> None:
    read = daily_amount("lorazepam 1 mg", "1 mg tablet take 2 tablets bid")
    assert read.mg == 4
