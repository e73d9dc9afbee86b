"""What several check-ins answer together."""

import pytest
from pydantic import ValidationError

from mooring.core.session.check_in import (
    answered,
    identifiers,
    latest_intake,
    medicines,
    substances,
    told,
)
from mooring.core.session.entries import CheckIn, TakenMedicine, TakenSubstance
from mooring.core.session.standing import Log, resolve
from tests.core.session.building import at, log


def asked(*answers: CheckIn) -> Log:
    """Check-ins 20, 19, 18 ... minutes before the start."""
    lines = [(-20.0 + number, answer) for number, answer in enumerate(answers)]
    return resolve(log(*lines), at(0)).log


def test_untouched_is_not_asked_and_an_empty_list_is_an_answer() -> None:
    assert not answered(asked(CheckIn(escort_name="Jo")), "medicines_today")
    assert answered(asked(CheckIn(medicines=())), "medicines_today")
    assert answered(asked(CheckIn(medicines_today="none")), "medicines_today")
    assert answered(asked(CheckIn(last_drink="over_8_h")), "last_fluid_at")


def test_a_span_counts_by_its_shortest_time_before_the_entry() -> None:
    assert latest_intake(asked(CheckIn(last_food="2_to_4_h")), "food") == at(-140)
    assert latest_intake(asked(CheckIn(last_food="under_1_h")), "food") == at(-20)


def test_the_newest_answer_on_food_counts() -> None:
    found = asked(CheckIn(last_food="under_1_h"), CheckIn(escort_name="Jo"))
    assert latest_intake(found, "food") == at(-20)
    exact = asked(CheckIn(last_food="under_1_h"), CheckIn(last_food_at=at(-70)))
    assert latest_intake(exact, "food") == at(-70)


def test_without_an_answer_there_is_no_time() -> None:
    assert latest_intake(asked(), "drink") is None
    assert latest_intake(asked(CheckIn(escort_name="Jo")), "nasal") is None


def test_of_the_nose_the_newest_answer_counts_also_when_it_is_none() -> None:
    none_last = asked(CheckIn(nasal_medicine="under_1_h"), CheckIn(nasal_medicine="none"))
    assert latest_intake(none_last, "nasal") is None
    spray_last = asked(CheckIn(nasal_medicine="none"), CheckIn(nasal_medicine="1_to_2_h"))
    assert latest_intake(spray_last, "nasal") == at(-79)


def test_identifiers_add_up_over_entries() -> None:
    found = asked(CheckIn(identified_by=("name",)), CheckIn(identified_by=("name", "birth_date")))
    assert identifiers(found) == ("name", "birth_date")


def test_of_one_medicine_the_newest_answer_counts_and_a_later_none_takes_nothing_back() -> None:
    found = asked(
        CheckIn(medicines=(TakenMedicine(name="Diazepam", dose="10 mg"),)),
        CheckIn(medicines=(TakenMedicine(name="diazepam", dose="20 mg"),)),
        CheckIn(medicines=()),
    )
    assert medicines(found) == (TakenMedicine(name="diazepam", dose="20 mg"),)


def test_two_other_substances_are_two() -> None:
    kratom = TakenSubstance(substance="other", detail="kratom")
    ghb = TakenSubstance(substance="other", detail="GHB")
    wine = TakenSubstance(substance="alcohol", detail="a glass")
    beer = TakenSubstance(substance="alcohol", detail="two beers")
    found = asked(CheckIn(substances=(kratom, wine)), CheckIn(substances=(ghb, beer)))
    assert set(substances(found)) == {kratom, ghb, beer}


def test_free_words_are_kept_each_once() -> None:
    found = asked(*(CheckIn(substances_today=text) for text in ("none", "beer", "none")))
    assert told(found, "substances_today") == ("none", "beer")


def test_another_substance_without_its_name_is_refused() -> None:
    with pytest.raises(ValidationError, match="another substance needs its name"):
        TakenSubstance(substance="other")


@pytest.mark.parametrize(
    ("span", "exact"), [("last_food", "last_food_at"), ("last_drink", "last_fluid_at")]
)
def test_a_span_and_an_exact_time_together_are_refused(span: str, exact: str) -> None:
    with pytest.raises(ValidationError, match="not both"):
        CheckIn.model_validate({span: "over_8_h", exact: at(-600)})
