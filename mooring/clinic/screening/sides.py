"""The disagreements on which this clinic can choose its side, and the side it follows."""

from __future__ import annotations

from dataclasses import dataclass

from mooring.clinic.once.standing import Stands
from mooring.clinic.screening.models import SideTaken
from mooring.clinic.screening.standing import sides_taken
from mooring.core import evidence
from mooring.core.evidence import Disagreement
from mooring.core.protocols.screening import Choice, Policy, Side, policies


@dataclass(frozen=True)
class Followed:
    """One choice with the side that is followed, and the sides that are not."""

    choice: Choice
    side: Side
    chosen: SideTaken | None
    """The clinic's own choice; None while it follows the first side."""
    policies: tuple[str, ...] = ()
    """The titles of the policies that turn on it."""

    @property
    def disagreement(self) -> Disagreement:
        """What the sources say on each side."""
        return evidence.load().disagreement(self.choice.disagreement)

    @property
    def stands(self) -> Stands:
        """The side that is followed, for the form that follows another."""
        topic = self.disagreement.topic
        return Stands(f"side of {self.choice.disagreement}", {topic: self.side.title})

    @property
    def others(self) -> tuple[Side, ...]:
        """The sides that are not followed."""
        return tuple(side for side in self.choice.sides if side != self.side)


def side_stands(disagreement: str) -> Stands:
    """Which side the clinic follows where the sources differ."""
    return next(each.stands for each in all_followed() if each.choice.disagreement == disagreement)


def choices() -> dict[str, Choice]:
    """Every choice that the newest policies offer, by disagreement."""
    offered = (choice for policy in policies() for choice in policy.choices)
    return {choice.disagreement: choice for choice in offered}


def followed(policy: Policy) -> list[Followed]:
    """How this clinic stands on the choices of one policy."""
    return [_followed(choice, sides_taken()) for choice in policy.choices]


def all_followed() -> list[Followed]:
    """How this clinic stands on every choice, with the policies that turn on it."""
    taken = sides_taken()
    return [
        _followed(
            choice,
            taken,
            tuple(
                policy.title
                for policy in policies()
                if name in {each.disagreement for each in policy.choices}
            ),
        )
        for name, choice in choices().items()
    ]


def _followed(choice: Choice, taken: dict[str, str], titles: tuple[str, ...] = ()) -> Followed:
    rows = SideTaken.objects.filter(disagreement=choice.disagreement).select_related("taken_by")
    side = choice.side(taken.get(choice.disagreement))
    return Followed(choice, side, rows.first(), titles)
