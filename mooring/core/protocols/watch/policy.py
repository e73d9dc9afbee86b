"""What a watch policy says: of each organ what is looked at, how often, and what a finding asks."""

from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from mooring.core.protocols.cited import Claims, Number, Policy
from mooring.core.protocols.loading import DisagreementId, Frozen, policy_file, policy_names

FOLDER = Path(__file__).parent


class Organ(StrEnum):
    """What is watched (S2.20)."""

    URINARY = "urinary"
    LIVER = "liver"
    COGNITION = "cognition"
    BLOOD_PRESSURE = "blood_pressure"


class Repeat(Frozen):
    """What makes an item due again after it was looked at; whichever comes first."""

    days: Number | None = None
    """Calendar days since."""
    dose_days: Number | None = None
    """Days with a dose since, the day of the look counted in."""
    amount: Number | None = None
    """Milligrams of one drug since."""

    @model_validator(mode="after")
    def _whole_and_positive(self) -> Self:
        units = {"days": self.days, "days with a dose": self.dose_days, "mg": self.amount}
        given = {unit: number for unit, number in units.items() if number is not None}
        if not given:
            raise ValueError("repeat: give days, dose_days or amount")
        for unit, number in given.items():
            if number.unit != unit or number.value <= 0 or number.value != int(number.value):
                raise ValueError(f"repeat: a whole number of {unit} above 0")
        return self


class Raised(Frozen):
    """From which pressure on a reading is a finding; one of the two is enough."""

    systolic: Number
    diastolic: Number

    @property
    def claims(self) -> tuple[str, ...]:
        """Behind both numbers, each once."""
        return tuple(dict.fromkeys((*self.systolic.claims, *self.diastolic.claims)))


class Item(Frozen):
    """One thing that is asked or measured."""

    id: str
    title: str
    asks: str
    claims: Claims
    repeat: Repeat | None = None
    after: str | None = None
    """Asked for only once that other item of the organ has found something."""
    raised: Raised | None = None

    @model_validator(mode="after")
    def _by_time_or_by_finding(self) -> Self:
        if (self.repeat is None) == (self.after is None):
            raise ValueError("repeat or after: an item has one of them")
        return self

    def finds(self, systolic: Decimal, diastolic: Decimal) -> bool:
        """Whether a blood pressure is a finding. Raises ValueError for an item without limits."""
        if self.raised is None:
            raise ValueError(f"'{self.id}' says nothing about blood pressures")
        limits = self.raised
        return systolic >= limits.systolic.value or diastolic >= limits.diastolic.value


class Asked(Frozen):
    """What a finding asks of a clinician."""

    text: str
    claims: Claims


class OrganWatch(Frozen):
    """One organ."""

    organ: Organ
    title: str
    reason: str
    """Why it is watched, with what is known against it."""
    claims: Claims
    disagreements: tuple[DisagreementId, ...] = ()
    items: Annotated[tuple[Item, ...], Field(min_length=1)]
    finding: Asked

    @model_validator(mode="after")
    def _after_an_item_of_its_own(self) -> Self:
        repeated = {item.id for item in self.items if item.repeat is not None}
        for item in self.items:
            if item.after is not None and item.after not in repeated:
                raise ValueError(f"after: no item '{item.after}' is repeated for {self.organ}")
        return self

    @property
    def review(self) -> str:
        """The id under which a prescriber's look at a finding is written down."""
        return f"{self.organ}_review"


class WatchPolicy(Policy):
    """One named watch over all four organs."""

    organs: tuple[OrganWatch, ...]

    @model_validator(mode="after")
    def _each_organ_and_item_once(self) -> Self:
        if [one.organ for one in self.organs] != list(Organ):
            raise ValueError(f"organs: each once, in this order: {', '.join(Organ)}")
        ids = [item.id for organ in self.organs for item in organ.items]
        if len(ids) != len(set(ids)):
            raise ValueError("items: each id stands once")
        return self

    @property
    def items(self) -> dict[str, Item]:
        """Every item by its id."""
        return {item.id: item for organ in self.organs for item in organ.items}

    @property
    def recordable(self) -> frozenset[str]:
        """What an entry can be about: the items, and the review of each organ's findings."""
        return frozenset(self.items) | {organ.review for organ in self.organs}


def names() -> list[str]:
    """The watch policies there are."""
    return policy_names(FOLDER)


@cache
def load(name: str, version: str | None = None) -> WatchPolicy:
    """The policy of that name. Raises DataFileError when there is none or it does not fit."""
    return policy_file(FOLDER, name, "policy.toml", WatchPolicy, version)
