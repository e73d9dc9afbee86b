"""A day and a time as the clinic's wall clock shows them, in the two nights of the year too.

When summer time ends an hour comes twice, and the form asks which is meant; when it begins an hour
is left out, and the form says so. Neither is guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

FORMAT = "%Y-%m-%dT%H:%M"
READ = (FORMAT, "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M")
NEEDED = "A day and a time such as 2026-03-12 14:30 are needed."
WHICH = ("first", "second")
"""The place of an hour that comes twice; its index is Python's `fold`."""


@dataclass(frozen=True)
class Wall:
    """What was typed: a time of the wall clock, and which of the two where it comes twice."""

    text: str
    which: str = ""
    """first, second, or empty where nobody said."""

    def read(self) -> datetime | None:
        """The time without its zone; None when it cannot be read."""
        for pattern in READ:
            try:
                return datetime.strptime(self.text, pattern)  # noqa: DTZ007 (its zone follows)
            except ValueError:
                continue
        return None


def both(naive: datetime) -> tuple[datetime, datetime]:
    """The moments that a wall time may be: the same one twice on nearly every day of the year."""
    here = naive.replace(tzinfo=timezone.get_current_timezone())
    return here.replace(fold=0), here.replace(fold=1)


def comes_twice(naive: datetime) -> bool:
    """True in the hour that is repeated when the clocks go back."""
    first, second = (moment.utcoffset() for moment in both(naive))
    return first is not None and second is not None and first > second


def moment_of(naive: datetime, which: str = "") -> datetime:
    """The moment of a wall time. ValidationError where it is left out, or comes twice unsaid."""
    first, second = both(naive)
    if comes_twice(naive):
        if which in WHICH:
            return (first, second)[WHICH.index(which)]
        raise ValidationError(
            f"{naive:%H:%M} comes twice on {naive:%-d %B %Y}, when the clocks go back. "
            f"Say which it was: the first ({first.tzname()}) or the second ({second.tzname()})."
        )
    if first.utcoffset() != second.utcoffset():
        later = first.astimezone(UTC).astimezone(first.tzinfo)
        raise ValidationError(
            f"The clock did not show {naive:%H:%M} on {naive:%-d %B %Y}: it went forward then. "
            f"Whoever counted on in the old time means {later:%H:%M}."
        )
    return first


class MomentInput(forms.DateTimeInput):
    """A browser's own field for day and time, and a choice where the time comes twice."""

    template_name = "people/moment_input.html"

    def __init__(self) -> None:
        super().__init__(attrs={"type": "datetime-local"}, format=FORMAT)

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Wall:  # noqa: ARG002
        """What was typed and chosen."""
        typed, which = data.get(name), data.get(f"{name}_which")
        return Wall(str(typed or "").strip(), str(which or ""))

    def format_value(self, value: Any) -> str | None:
        """What stands in the field."""
        return value.text if isinstance(value, Wall) else super().format_value(value)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """With the two moments to choose from where the time comes twice."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        context["widget"]["twice"] = self.choices(value)
        return context

    def choices(self, value: Any) -> list[tuple[str, str, bool]]:
        """Value, words and whether it is chosen, of each moment; empty on every other day."""
        naive = value.read() if isinstance(value, Wall) else value
        if not isinstance(naive, datetime) or not comes_twice(naive.replace(tzinfo=None)):
            return []
        chosen = value.which if isinstance(value, Wall) else WHICH[naive.fold]
        return [
            (which, f"the {which} {moment:%H:%M} ({moment.tzname()})", which == chosen)
            for which, moment in zip(WHICH, both(naive.replace(tzinfo=None)), strict=True)
        ]


class Moment(forms.DateTimeField):
    """A day and a time in the clinic's zone."""

    widget = MomentInput
    default_error_messages = {"invalid": NEEDED}

    def to_python(self, value: Any) -> datetime | None:
        """The moment; None for an empty field."""
        if isinstance(value, datetime):
            return super().to_python(value)
        wall = value if isinstance(value, Wall) else Wall(str(value or "").strip())
        if not wall.text:
            return None
        naive = wall.read()
        if naive is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return moment_of(naive, wall.which)
