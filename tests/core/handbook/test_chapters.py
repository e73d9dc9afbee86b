"""Every passage of the shipped handbook can be shown to the readers it is for."""

import pytest

from mooring.core import evidence, handbook

BOOK = handbook.load()


@pytest.mark.parametrize("passage", BOOK.passages.values(), ids=lambda passage: passage.id)
def test_a_passage_rests_on_its_claims_and_fits_its_readers(passage: handbook.Passage) -> None:
    assert handbook.problems(passage, evidence.load()) == ()
