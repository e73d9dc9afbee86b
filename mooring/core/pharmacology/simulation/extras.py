"""Libraries that only simulations ask for, loaded when something needs them."""

from __future__ import annotations

from importlib import import_module
from typing import Any


class MissingExtraError(ImportError):
    """A library of the extra `simulate` that is not installed; says which."""


def extra(name: str) -> Any:
    """The module of that name. Raises MissingExtraError."""
    try:
        return import_module(name)
    except ImportError:
        library = name.partition(".")[0]
        raise MissingExtraError(
            f"{library} is not installed; it comes with the extra: mooring[simulate]"
        ) from None
