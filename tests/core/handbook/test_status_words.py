"""The handbook explains each chip that stands on a claim, to both readers."""

import pytest

from mooring.core import handbook
from mooring.core.evidence import Status
from mooring.core.handbook import Face


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("face", Face)
def test_each_chip_is_explained(status: Status, face: Face) -> None:
    assert f"**{status.in_words}" in handbook.load().passage("how-to-read.claims").text(face)
