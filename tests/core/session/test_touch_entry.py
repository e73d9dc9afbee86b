"""Touch as agreed is charted with what was agreed."""

import pytest
from pydantic import ValidationError

from mooring.core.session.entries import CONTENT


def test_touch_as_agreed_needs_what_was_agreed() -> None:
    with pytest.raises(ValidationError, match="say what was agreed"):
        CONTENT.validate_python({"kind": "touch_consent", "touch": "as_agreed"})
