"""What holds an order or a start: a sentence, and the page on which it can be settled."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Hold:
    """One reason why something cannot be done now."""

    id: str
    """For example screening.suspended; the same reason has the same id everywhere."""
    text: str
    """A whole sentence for whoever asks."""
    url: str = ""
    """Where it can be settled; empty where no page settles it."""
    verb: str = "Open"
    """The words of the link."""
    claims: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.text
