"""The list of phrases by its cases."""

import pytest

from mooring.core.protocols.suicidality.phrases import (
    PhraseCase,
    phrases,
    speaks_of_wanting_to_die,
)


@pytest.mark.parametrize("case", phrases().cases, ids=lambda case: case.text[:30])
def test_case(case: PhraseCase) -> None:
    assert speaks_of_wanting_to_die(case.text) is case.speaks


@pytest.mark.parametrize("phrase", phrases().phrases)
def test_each_phrase_speaks_in_capitals_and_behind_a_negation(
    phrase: str,
) -> None:
    assert speaks_of_wanting_to_die(f"No, I never {phrase.upper()}!")


@pytest.mark.parametrize("text", ["", "…", "die", "I want todie"])
def test_what_holds_no_phrase_does_not_speak(text: str) -> None:
    assert not speaks_of_wanting_to_die(text)
