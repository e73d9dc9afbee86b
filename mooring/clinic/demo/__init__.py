"""The demonstration clinic: sixty made-up people over a year, through the same actions as real use.

It is the same every time, but for the moment it is made at: everything is told back from `now`, in
a time zone where that falls into working hours.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from random import Random

from mooring.clinic.demo.cast import LOGINS
from mooring.clinic.demo.clockwork import play
from mooring.clinic.demo.hours import zone_at_work
from mooring.clinic.demo.opening import open_demonstration
from mooring.clinic.demo.other_routes import stories as by_other_routes
from mooring.clinic.demo.peer_review import peer_review
from mooring.clinic.demo.plots import plots
from mooring.clinic.demo.story import story

__all__ = ["LOGINS", "build"]

SEED = 20_200_513
PEOPLE = 60
YEAR = timedelta(days=366)


def build(now: datetime, progress: Callable[[str], None], count: int = PEOPLE) -> None:
    """Make the clinic, its staff and `count` stories up to `now`; `progress` hears each month."""
    random = Random(SEED)  # noqa: S311 - made-up people need to be the same ones, not secret
    staff = open_demonstration(zone_at_work(now), now - YEAR)
    told: list[str] = []

    def month_by_month(moment: datetime) -> None:
        if (month := f"{moment:%B %Y}") not in told:
            told.append(month)
            progress(month)

    cast = plots(count, now, random)
    infused = [story(plot, staff, Random(SEED + plot.person.number)) for plot in cast.by_vein]  # noqa: S311
    others = by_other_routes(cast.by_other_routes, staff, now)
    play(
        [*infused, *others, peer_review(staff, now)],
        until=now,
        progress=month_by_month,
    )
