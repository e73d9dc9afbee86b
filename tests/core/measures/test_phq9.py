"""PHQ-9: its words, its codes, its total, its bands, and the ninth item."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mooring.core.measures import MEASURES

PHQ9 = MEASURES["phq9"]
IDS = [f"phq9.{number}" for number in range(1, 10)]


def answers(*values: int) -> dict[str, int]:
    return dict(zip(IDS, values, strict=True))


def adding_up_to(total: int) -> dict[str, int]:
    """Nine answers with that total, filled from the front."""
    values = []
    for _ in IDS:
        values.append(min(3, total))
        total -= values[-1]
    return answers(*values)


def test_the_words_of_the_items_are_those_of_the_instrument() -> None:
    # Kroenke, Spitzer and Williams 2001; text as in LOINC panel 44249-1.
    assert [item.text for item in PHQ9.items] == [
        "Little interest or pleasure in doing things",
        "Feeling down, depressed, or hopeless",
        "Trouble falling or staying asleep, or sleeping too much",
        "Feeling tired or having little energy",
        "Poor appetite or overeating",
        "Feeling bad about yourself — or that you are a failure or have let yourself or your "
        "family down",
        "Trouble concentrating on things, such as reading the newspaper or watching television",
        "Moving or speaking so slowly that other people could have noticed? Or the opposite — "
        "being so fidgety or restless that you have been moving around a lot more than usual",
        "Thoughts that you would be better off dead or of hurting yourself in some way",
    ]


def test_four_answers_with_their_published_words_and_values() -> None:
    assert [(option.value, option.text, option.loinc) for option in PHQ9.options] == [
        (0, "Not at all", "LA6568-5"),
        (1, "Several days", "LA6569-3"),
        (2, "More than half the days", "LA6570-1"),
        (3, "Nearly every day", "LA6571-9"),
    ]


def test_the_licence_travels_with_the_words() -> None:
    assert PHQ9.licence == (
        "No permission required to reproduce, translate, display or distribute."
    )


def test_items_carry_stable_ids_and_their_loinc_codes() -> None:
    # Codes: US National Library of Medicine, lforms test questionnaire phq9.json.
    assert {item.id: item.loinc for item in PHQ9.items} == {
        "phq9.1": "44250-9",
        "phq9.2": "44255-8",
        "phq9.3": "44259-0",
        "phq9.4": "44254-1",
        "phq9.5": "44251-7",
        "phq9.6": "44258-2",
        "phq9.7": "44252-5",
        "phq9.8": "44253-3",
        "phq9.9": "44260-8",
    }
    assert (PHQ9.loinc, PHQ9.total_loinc) == ("44249-1", "44261-6")
    assert PHQ9.unscored[0].loinc == "69722-7"


def test_a_worked_example_adds_up_to_sixteen_moderately_severe() -> None:
    # Evidence file §4: 3×1 + 2×2 + 3×3 = 16, one item at 0.
    score = PHQ9.score(answers(1, 1, 1, 2, 2, 3, 3, 3, 0))
    assert score.total == 16
    assert score.band is not None
    assert score.band.label == "moderately severe"
    assert (score.answered, score.missing, score.maximum) == (9, (), 27)


@pytest.mark.parametrize(
    ("total", "label"),
    # Kroenke 2001: bands begin at 5, 10, 15 and 20.
    [
        (0, "none to minimal"),
        (4, "none to minimal"),
        (5, "mild"),
        (9, "mild"),
        (10, "moderate"),
        (14, "moderate"),
        (15, "moderately severe"),
        (19, "moderately severe"),
        (20, "severe"),
        (27, "severe"),
    ],
)
def test_each_band_at_both_edges(total: int, label: str) -> None:
    score = PHQ9.score(adding_up_to(total))
    assert score.total == total
    assert score.band is not None
    assert score.band.label == label


@pytest.mark.parametrize("total", [-1, 28])
def test_a_total_outside_the_scale_has_no_band(total: int) -> None:
    with pytest.raises(ValueError, match="between 0 and 27"):
        PHQ9.band(total)


@pytest.mark.parametrize("left_out", IDS)
def test_one_missing_answer_leaves_no_total_and_is_named(left_out: str) -> None:
    given_answers = adding_up_to(18)
    del given_answers[left_out]
    score = PHQ9.score(given_answers)
    assert score.total is None
    assert score.band is None
    assert score.missing == (left_out,)
    assert score.answered == 8


def test_an_empty_form_is_unknown_and_not_zero() -> None:
    score = PHQ9.score({})
    assert score.total is None
    assert score.missing == tuple(IDS)


def test_all_zero_is_a_total_of_zero_and_not_unknown() -> None:
    assert PHQ9.score(adding_up_to(0)).total == 0


def test_the_difficulty_question_may_stay_open_and_adds_nothing() -> None:
    without = PHQ9.score(adding_up_to(10))
    with_it = PHQ9.score({**adding_up_to(10), "phq9.difficulty": 3})
    assert without == with_it


@pytest.mark.parametrize("value", [4, -1, True, "2", 1.0, None])
@pytest.mark.parametrize("item", ["phq9.3", "phq9.difficulty"])
def test_a_value_that_is_no_option_is_refused_by_name(item: str, value: object) -> None:
    with pytest.raises(ValueError, match=f"{item}: choose one of 0, 1, 2, 3"):
        PHQ9.score({**adding_up_to(10), item: value})  # type: ignore[dict-item]


@pytest.mark.parametrize("item", ["phq9.10", "gad7.1", ""])
def test_an_item_of_another_scale_is_refused_by_name(item: str) -> None:
    with pytest.raises(ValueError, match=f"{item}: PHQ-9 has no such item"):
        PHQ9.score({**adding_up_to(10), item: 1})
    with pytest.raises(ValueError, match="has no such item"):
        PHQ9.alerts({item: 1})


@pytest.mark.parametrize(("value", "calls"), [(0, False), (1, True), (2, True), (3, True)])
def test_any_answer_above_zero_on_the_ninth_item_calls_someone(value: int, calls: bool) -> None:
    found = PHQ9.alerts(answers(0, 0, 0, 0, 0, 0, 0, 0, value))
    assert [(alert.item, alert.value) for alert in found] == ([("phq9.9", value)] if calls else [])


def test_the_ninth_item_calls_someone_even_on_a_form_left_half_way() -> None:
    (alert,) = PHQ9.alerts({"phq9.9": 1})
    assert "assess suicidality" in alert.text
    assert "phq-9.item-9" in alert.claims


def test_an_item_left_out_that_calls_nobody_calls_nobody_when_declined() -> None:
    assert PHQ9.alerts({"phq9.9": 0}, declined=["phq9.3"]) == ()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (answers(1, 1, 1, 2, 2, 3, 3, 3, 0), "16"),
        ({"phq9.1": 3, "phq9.9": 1}, "at least 4"),
        ({}, "at least 0"),
    ],
)
def test_without_a_total_the_sum_of_what_was_answered_is_the_least_it_can_be(given, words) -> None:
    assert PHQ9.score(given).in_words == words


def test_a_ninth_item_left_open_is_named_apart_because_silence_is_not_no() -> None:
    without = adding_up_to(10)
    del without["phq9.9"]
    assert PHQ9.alerts(without) == ()
    (alert,) = PHQ9.alerts(without, declined=["phq9.9"])
    assert (alert.value, "ask today" in alert.text) == (None, True)
    assert "choice.declined-is-asked" in alert.claims
    assert PHQ9.score(without).alert_items_missing == ("phq9.9",)
    assert PHQ9.score(adding_up_to(10)).alert_items_missing == ()


@given(st.lists(st.integers(min_value=0, max_value=3), min_size=9, max_size=9))
def test_the_order_in_which_answers_come_in_does_not_matter(values: list[int]) -> None:
    forwards = answers(*values)
    backwards = dict(reversed(forwards.items()))
    assert PHQ9.score(forwards) == PHQ9.score(backwards)
    assert PHQ9.score(forwards).total == sum(values)


def test_every_pair_of_answers_counts_both() -> None:
    for first, last in product(range(4), repeat=2):
        assert PHQ9.score(answers(first, 0, 0, 0, 0, 0, 0, 0, last)).total == first + last
