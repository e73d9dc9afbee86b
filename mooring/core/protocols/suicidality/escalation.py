"""Who holds an urgent task at a moment: its owner, and more people once its clock has run out."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

Person = TypeVar("Person")


def also_with(due_at: datetime, every: timedelta, others: int, now: datetime) -> int:
    """How many of the `others`, in their order, hold an urgent task as well.

    None before it is due, one from that moment on, one more after each `every`.
    """
    if now < due_at:
        return 0
    return min(others, 1 + (now - due_at) // every)


def holders(
    owner: Person, is_here: bool, others: Sequence[Person], count: int
) -> tuple[Person, ...]:
    """The people who hold it now. An owner who has left is replaced by the next person at once."""
    if is_here:
        return (owner, *others[:count])
    return tuple(others[: max(1, count)])
