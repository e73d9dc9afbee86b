"""How each organ stands: what is due, since when, and why. It decides nothing about a dose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mooring.core.drugs.exposure.given import Administered
from mooring.core.protocols.watch.due import (
    RANK,
    History,
    State,
    Why,
    could_not,
    differing,
    found,
    never,
    repeated,
)
from mooring.core.protocols.watch.looks import Look, Result, newest, standing_looks
from mooring.core.protocols.watch.policy import Item, OrganWatch, WatchPolicy
from mooring.core.words import day as written

__all__ = ["History", "ItemStanding", "OrganStanding", "State", "Why", "standing"]


@dataclass(frozen=True)
class ItemStanding:
    """One item, with everything that speaks for looking at it."""

    item: Item
    whys: tuple[Why, ...]
    looks: tuple[Look, ...]
    """The entries that stand, in order of time."""
    asked: bool
    """False for an item that is asked for only after a finding, while there is none."""

    @property
    def last(self) -> tuple[Look, ...]:
        """Those of the last day on which it was looked at; empty when it never was."""
        return newest(self.looks)

    @property
    def state(self) -> State:
        """The most pressing of the reasons; done when there is none."""
        if not self.asked:
            return State.NOT_ASKED
        return max((why.state for why in self.whys), key=RANK.index, default=State.DONE)


@dataclass(frozen=True)
class OrganStanding:
    """One organ with all its items."""

    watch: OrganWatch
    items: tuple[ItemStanding, ...]
    note: str
    """What can no longer be known: how it was before the first dose. Empty when it is on record."""

    @property
    def state(self) -> State:
        """The most pressing of its items."""
        return max((one.state for one in self.items), key=RANK.index)

    @property
    def whys(self) -> tuple[Why, ...]:
        """The reasons of all items, the most pressing first."""
        found = [why for one in self.items for why in one.whys]
        return tuple(sorted(found, key=lambda why: -RANK.index(why.state)))

    @property
    def since(self) -> date | None:
        """Since when it stands as it does; None where no day can be told."""
        days = [why.since for why in self.whys if why.state is self.state and why.since is not None]
        return min(days, default=None)


def standing(
    policy: WatchPolicy,
    doses: Sequence[Administered],
    looks: Sequence[Look],
    as_of: date,
    *,
    ongoing: bool,
) -> tuple[OrganStanding, ...]:
    """Every organ as it stands on that day; doses and looks in any order.

    `ongoing` is whether treatment goes on or is about to begin: without it, and without a dose
    since, no item falls due by time alone. Raises ValueError for a dose or look after `as_of`, and
    for a look at an item that the policy does not have.
    """
    _require_by(as_of, doses, looks)
    _require_known(policy, looks)
    history = History(tuple(sorted(doses, key=lambda dose: dose.at)), as_of, ongoing)
    stand = standing_looks(looks)
    return tuple(_organ(watch, history, stand) for watch in policy.organs)


def _require_by(as_of: date, doses: Sequence[Administered], looks: Sequence[Look]) -> None:
    days = [*(dose.day for dose in doses), *(look.taken_on for look in looks)]
    if any(day > as_of for day in days):
        raise ValueError(f"doses, looks: {written(max(days))} lies after {written(as_of)}")


def _require_known(policy: WatchPolicy, looks: Sequence[Look]) -> None:
    strange = {look.item for look in looks} - policy.recordable
    if strange:
        raise ValueError(f"looks: the policy does not have {', '.join(sorted(strange))}")


def _organ(watch: OrganWatch, history: History, looks: Sequence[Look]) -> OrganStanding:
    items = tuple(_item(watch, item, history, looks) for item in watch.items)
    return OrganStanding(watch, items, _no_baseline(items, history))


def _item(watch: OrganWatch, item: Item, history: History, looks: Sequence[Look]) -> ItemStanding:
    own = tuple(look for look in looks if look.item == item.id)
    reviews = [look for look in looks if look.item == watch.review]
    after = [look for look in looks if look.item == item.after]
    asked = item.after is None or bool(own) or _wanted(after) is not None
    whys = _whys(watch, item, history, own, after=after, reviews=reviews)
    return ItemStanding(item, tuple(whys), own, asked)


def _whys(
    watch: OrganWatch,
    item: Item,
    history: History,
    own: tuple[Look, ...],
    *,
    after: Sequence[Look],
    reviews: Sequence[Look],
) -> Iterator[Why]:
    last = newest(own)
    if item.repeat is not None:
        if last:
            yield from repeated(item.repeat, last[0].taken_on, history)
        else:
            yield never(item, history)
    else:
        yield from _after_finding(item, after, last, history)
    yield from could_not(item, own)
    yield from differing(item, last)
    yield from found(watch.finding, last, reviews, history)


def _after_finding(
    item: Item, after: Sequence[Look], last: Sequence[Look], history: History
) -> Iterator[Why]:
    since = _wanted(after)
    if since is None or (last and last[0].taken_on >= since):
        return
    state = State.OVERDUE if history.dosed_after(since) else State.DUE
    text = f"Asked for by what was found on {written(since)}, and not on record since."
    yield Why("after_finding", state, text, item.claims, since)


def _wanted(after: Sequence[Look]) -> date | None:
    """The day of the finding that asks for the further item; None while there is none."""
    days = [look.taken_on for look in newest(after) if look.result is Result.FOUND]
    return max(days, default=None)


def _no_baseline(items: Sequence[ItemStanding], history: History) -> str:
    if not history.doses:
        return ""
    first = history.doses[0].day
    missing = [
        one.item.title.lower()
        for one in items
        if one.item.repeat is not None and not _looked_at_by(one.looks, first)
    ]
    if not missing:
        return ""
    return f"Before the first dose of {written(first)} nothing is on record: {', '.join(missing)}."


def _looked_at_by(looks: Sequence[Look], day: date) -> bool:
    return bool(newest([look for look in looks if look.taken_on <= day]))
