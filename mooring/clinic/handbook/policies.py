"""Every policy as a page, read from the data that runs: what is shown is what decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from mooring.clinic.handbook.kinds import (
    bounds,
    interactions,
    ladders,
    leaving,
    monitoring,
    regimens,
    screening,
    starting,
    stopping,
    suicidality,
    watch,
)
from mooring.clinic.handbook.pages import Page
from mooring.core.protocols.loading import called_today, policy_names, policy_versions

ANY_LINE = "Below each rule stands what makes it speak; any one line is enough."
PROTOCOLS = Path(str(files("mooring.core.protocols")))


@dataclass(frozen=True)
class Kind:
    """One kind of policy, and how it is read."""

    title: str
    asks: str
    """The question its policies answer."""
    read: Callable[[str, str | None], Page]
    note: str = ""
    """How its rules are to be read, where that is not plain."""


KINDS = {
    "screening": Kind("Screening", "Who may start, and what is missing?", screening.page, ANY_LINE),
    "suicidality": Kind(
        "Suicidality", "What does a tier set in motion?", suicidality.page, ANY_LINE
    ),
    "interactions": Kind(
        "Interactions", "What does the medication list mean by this route?", interactions.page
    ),
    "bounds": Kind("Bounds", "Which doses pass?", bounds.page),
    "regimens": Kind("Regimens", "How does a course run?", regimens.page),
    "ladders": Kind("Ladders", "How is a dose found in steps?", ladders.page),
    "starting": Kind("Starting", "What has to be there before the pump runs?", starting.page),
    "monitoring": Kind("Monitoring", "What is due when?", monitoring.page),
    "stopping": Kind("Stopping", "What raises the banner?", stopping.page, ANY_LINE),
    "leaving": Kind("Leaving", "What has to be met before a patient may leave?", leaving.page),
    "watch": Kind("Watch", "What is looked after over time?", watch.page),
}
"""In the order in which a course meets them."""


def every_policy() -> Iterator[Page]:
    """All policies in their newest version, kind by kind."""
    for kind in KINDS:
        for name in policy_names(PROTOCOLS / kind):
            yield policy_page(kind, name)


@cache
def policy_page(kind: str, name: str, version: str | None = None) -> Page:
    """One policy's page; without a version of its newest. KeyError when there is no such policy."""
    released = versions(kind, name)
    if not released or (version is not None and version not in released):
        raise KeyError(f"{kind}/{name}/{version}")
    return KINDS[kind].read(called_today(PROTOCOLS / kind, name), version)


def versions(kind: str, name: str) -> list[str]:
    """The released versions of a policy, oldest first; none for an unknown one."""
    return policy_versions(PROTOCOLS / kind, name) if kind in KINDS else []


def resting_on(claim: str) -> tuple[Page, ...]:
    """The policies that cite a claim."""
    return tuple(page for page in every_policy() if claim in page.cited)


def within(disagreement: str) -> tuple[Page, ...]:
    """The policies that a disagreement is about."""
    return tuple(page for page in every_policy() if disagreement in page.contested)
