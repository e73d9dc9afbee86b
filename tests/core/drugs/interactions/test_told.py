"""What somebody says they took, taken apart: nothing that was said is dropped."""

from fractions import Fraction

import pytest

from mooring.core.drugs.interactions import Entry, parts, read_taken, says_nothing


@pytest.mark.parametrize(
    "text", ["none", "None today", "nothing", "nil", "No medicines today", "0"]
)
def test_none_is_said_in_many_ways(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize(
    "text", ["", "unknown", "no alcohol", "nothing but two beers", "not asked", "6 beers"]
)
def test_what_names_something_or_knows_nothing_is_not_none(text: str) -> None:
    assert not says_nothing(text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Six beers and cannabis", ["Six beers", "cannabis"]),
        (
            "oxycodone 40 mg, diazepam 20 mg one hour ago",
            ["oxycodone 40 mg", "diazepam 20 mg one hour ago"],
        ),
        ("valium 10 mg, at 10 pm", ["valium 10 mg at 10 pm"]),
        ("diazepam 0,5 mg", ["diazepam 0,5 mg"]),
        ("at 8 am, xanax", ["at 8 am xanax"]),
        ("vodka; 2 joints", ["vodka", "2 joints"]),
        ("St John's wort\nibuprofen", ["St John's wort", "ibuprofen"]),
    ],
)
def test_each_thing_stands_apart_with_its_amount(text: str, found: list[str]) -> None:
    assert parts(text) == found


@pytest.mark.parametrize(
    ("text", "known", "unread"),
    [
        ("Six beers", ["alcohol"], ()),
        ("two lines of coke", [], ("lines", "coke")),
        ("a few glasses of wine last night", ["alcohol"], ()),
        ("cannabis blorfex", ["cannabis"], ("blorfex",)),
        ("Adderall 20mg this morning with breakfast", ["dextroamphetamine"], ()),
    ],
)
def test_words_that_nobody_read_are_named(
    text: str, known: list[str], unread: tuple[str, ...]
) -> None:
    read, rest = read_taken(Entry(text))
    assert ([one.name for one in read.known], rest) == (known, unread)


@pytest.mark.parametrize(
    ("text", "dose", "mg"),
    [
        ("diazepam 20 mg one hour ago", "", Fraction(20)),
        ("diazepam", "20 mg", Fraction(20)),
        ("took diazepam 10 mg this morning", "", Fraction(10)),
        ("lorazepam 0.5 mg twice daily", "", Fraction(1)),
        ("diazepam 10 mg once today", "", None),
        ("diazepam", "", None),
        ("diazepam about 20 mg", "", None),
        ("diazepam 10 or 20 mg", "", None),
        ("diazepam 10 mg skipped this morning", "", None),
        ("lorazepam 1 mg spat out this morning", "", None),
        ("diazepam 5 mg 3 times", "", None),
    ],
)
def test_the_amount_of_one_time_is_the_amount_of_today(
    text: str, dose: str, mg: Fraction | None
) -> None:
    read, _ = read_taken(Entry(text, dose))
    assert read.daily.mg == mg
