"""What a scale is made of, and how one that adds up its items is scored.

A scale is a folder with its words as data. Items carry stable ids; answers, exports and scores
all go by these ids, so that the order or the wording on screen can change without harm.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Annotated, Self

from pydantic import Field, model_validator

from mooring.core.protocols.loading import ClaimId, Frozen

Claims = Annotated[tuple[ClaimId, ...], Field(min_length=1)]


class Option(Frozen):
    """One answer a person can choose."""

    value: int = Field(ge=0)
    text: str
    loinc: str


class Item(Frozen):
    """One scored question; its answers are the options of the scale."""

    id: str
    text: str
    loinc: str


class UnscoredItem(Item):
    """A question with answers of its own, which may stay open and adds nothing to the total."""

    options: tuple[Option, ...] = Field(min_length=2)


class Band(Frozen):
    """A range of totals with a name; it ends where the next one begins."""

    lowest: int = Field(ge=0, alias="from")
    label: str
    claims: Claims


class AlertRule(Frozen):
    """An answer above this value on this item, or none on purpose, calls someone."""

    item: str
    above: int
    text: str
    declined_text: str
    """What an answer asks for that a person would rather not give: silence is not no."""
    claims: Claims

    def speaks(self, answers: Mapping[str, int], declined: Collection[str]) -> bool:
        """True for an answer above the value, and for one that was declined."""
        if self.item in answers:
            return answers[self.item] > self.above
        return self.item in declined

    def words(self, answers: Mapping[str, int]) -> str:
        """What the answer, or the want of one, asks for."""
        return self.text if self.item in answers else self.declined_text


@dataclass(frozen=True)
class Alert:
    """An answer that calls someone, whatever the total says."""

    item: str
    value: int | None
    """None when the person would rather not say."""
    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Score:
    """The result of one filling-in. A total exists only when every scored item was answered."""

    measure: str
    total: int | None
    """None while anything is missing: never estimated from the rest."""
    maximum: int
    lower_bound: int
    """The sum of what was answered: the total is at least this, whatever is missing."""
    band: Band | None
    answered: int
    missing: tuple[str, ...]
    """Ids of the scored items without an answer, in the order of the scale."""
    alert_items_missing: tuple[str, ...]
    """Missing items that would call someone if answered above their value: silence is not no."""

    @property
    def in_words(self) -> str:
        """The total, or the least it can be: "16" or "at least 13"."""
        return f"at least {self.lower_bound}" if self.total is None else str(self.total)


class SummedMeasure(Frozen):
    """A scale whose total is the plain sum of its items."""

    id: str
    title: str
    short_title: str
    language: str
    licence: str
    notice: str
    loinc_notice: str
    loinc: str
    total_loinc: str
    instruction: str
    recall_days: int
    claims: Claims
    options: tuple[Option, ...] = Field(min_length=2)
    items: tuple[Item, ...] = Field(min_length=1)
    unscored: tuple[UnscoredItem, ...] = ()
    bands: tuple[Band, ...] = Field(min_length=1)
    alert_rules: tuple[AlertRule, ...] = Field(default=(), alias="alerts")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        ids = [item.id for item in self._all_items()]
        if len(set(ids)) < len(ids):
            raise ValueError("items: two have the same id")
        lowest = [band.lowest for band in self.bands]
        if lowest[0] != 0 or any(low >= high for low, high in pairwise(lowest)):
            raise ValueError("bands: begin at 0 and rise")
        unknown = {rule.item for rule in self.alert_rules} - {item.id for item in self.items}
        if unknown:
            raise ValueError(f"alerts: no item is called {', '.join(sorted(unknown))}")
        return self

    @property
    def maximum(self) -> int:
        """The highest total there is."""
        return len(self.items) * max(option.value for option in self.options)

    def score(self, answers: Mapping[str, int]) -> Score:
        """The score of these answers, by item id.

        Raises ValueError that names the item when an id is not of this scale or a value is not
        one of its options.
        """
        self._check(answers)
        missing = tuple(item.id for item in self.items if item.id not in answers)
        least = sum(answers[item.id] for item in self.items if item.id in answers)
        total = None if missing else least
        return Score(
            measure=self.id,
            total=total,
            maximum=self.maximum,
            lower_bound=least,
            band=None if total is None else self.band(total),
            answered=len(self.items) - len(missing),
            missing=missing,
            alert_items_missing=tuple(item for item in missing if item in self.watched),
        )

    @property
    def watched(self) -> frozenset[str]:
        """The ids of the items that can call someone."""
        return frozenset(rule.item for rule in self.alert_rules)

    def alerts(
        self, answers: Mapping[str, int], declined: Collection[str] = ()
    ) -> tuple[Alert, ...]:
        """The answers that call someone. Speaks for a half-filled form as well.

        `declined` are the items that the person would rather not answer: a watched one among
        them calls someone too. An item that was not come to yet raises nothing; see
        `Score.alert_items_missing`. Raises ValueError as `score` does.
        """
        self._check(answers)
        return tuple(
            Alert(rule.item, answers.get(rule.item), rule.words(answers), rule.claims)
            for rule in self.alert_rules
            if rule.speaks(answers, declined)
        )

    def band(self, total: int) -> Band:
        """The band of a total. Raises ValueError outside 0 to the maximum."""
        if not 0 <= total <= self.maximum:
            raise ValueError(f"total: {self.short_title} lies between 0 and {self.maximum}")
        return [band for band in self.bands if band.lowest <= total][-1]

    def _all_items(self) -> tuple[Item, ...]:
        return (*self.items, *self.unscored)

    def _check(self, answers: Mapping[str, int]) -> None:
        allowed = {item.id: self.options for item in self.items}
        allowed |= {item.id: item.options for item in self.unscored}
        for item, value in answers.items():
            if item not in allowed:
                raise ValueError(f"{item}: {self.short_title} has no such item")
            values = [option.value for option in allowed[item]]
            if type(value) is not int or value not in values:
                choices = ", ".join(map(str, values))
                raise ValueError(f"{item}: choose one of {choices}, not {value!r}")
