"""Which story each made-up patient gets, and when it begins."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from mooring.clinic.demo.cast import Person, people
from mooring.clinic.demo.illness import Outlook, outlooks

BY_OTHER_ROUTES = 4
SERIES_DAYS = (0, 3, 7, 10, 14, 17)
BOOSTERS_AT_MOST = 2
BEFORE_SERIES = timedelta(days=12)
"""From the first visit to the first infusion."""


@dataclass(frozen=True)
class Plot:
    """One patient's story in outline."""

    person: Person
    outlook: Outlook
    sessions: tuple[datetime, ...]
    """When the patient arrives for each infusion of the series; none for one only screened."""
    begins: datetime
    answers: dict[str, str] = field(default_factory=dict)
    """Interview answers that differ from the unremarkable ones."""
    unanswered: tuple[str, ...] = ()
    overrides: str = ""
    """The prescriber's reason, where the decision goes against the findings."""
    declined: str = ""
    stops_in: int | None = None
    """The number of the infusion that the stop rule ends."""
    thoughts_of_death_in: frozenset[int] = frozenset()
    """Numbers of the answered scales in which item 9 is above 0."""
    boosters: tuple[datetime, ...] = ()
    """When they come back for one more infusion."""


class Cast(NamedTuple):
    """The plots of infusions and of those only screened; the people treated by other routes."""

    by_vein: list[Plot]
    by_other_routes: list[Person]


def plots(count: int, now: datetime, random: Random) -> Cast:
    """At least 17: four around today, eight only screened, four by other routes, the rest over
    the year."""
    cast = people(count, now.date(), random)
    year = cast[12 + BY_OTHER_ROUTES :]
    fates = outlooks(len(year) + 4, random)
    by_vein = [
        *around_today(cast[:4], fates[:4], now),
        *screened_only(cast[4:12], now),
        *over_the_year(year, fates[4:], now, random),
    ]
    return Cast(by_vein, cast[12 : 12 + BY_OTHER_ROUTES])


def around_today(cast: list[Person], fates: list[Outlook], now: datetime) -> list[Plot]:
    """Sessions running, done and due today; and one of yesterday whose answer needs a call."""
    outlines: tuple[tuple[timedelta, int, frozenset[int]], ...] = (
        (-timedelta(minutes=25 + 18, seconds=40), 3, frozenset()),
        (-timedelta(hours=4, minutes=50), 5, frozenset()),
        (timedelta(minutes=40), 2, frozenset()),
        (-timedelta(hours=27, minutes=20), 1, frozenset({2})),
    )
    return [
        series(
            person,
            fate,
            now + arrival - timedelta(days=SERIES_DAYS[number - 1]),
            thoughts_of_death_in=dark,
        )
        for person, fate, (arrival, number, dark) in zip(cast, fates, outlines, strict=True)
    ]


def series(person: Person, outlook: Outlook, first: datetime, **more: object) -> Plot:
    """A series of six from the moment of the first arrival."""
    return Plot(
        person=person,
        outlook=outlook,
        sessions=tuple(first + timedelta(days=day) for day in SERIES_DAYS),
        begins=first - BEFORE_SERIES,
        **more,  # type: ignore[arg-type]
    )


def over_the_year(
    cast: list[Person], fates: list[Outlook], now: datetime, random: Random
) -> list[Plot]:
    """Series spread evenly over the year behind us, the last of them still under way.

    Whole days back from now, which lies in the clinic's working hours, so that they do too.
    """
    gap = (352 - 4) / len(cast)
    return [
        year_story(place, person, fate, now - timedelta(days=352 - round(place * gap)), now, random)
        for place, (person, fate) in enumerate(zip(cast, fates, strict=True))
    ]


def year_story(
    place: int, person: Person, fate: Outlook, first: datetime, now: datetime, random: Random
) -> Plot:
    """One series that leaves today to the sessions around now."""
    first += timedelta(hours=random.randint(-3, 3))
    while any(on_day(first + timedelta(days=day), now) for day in SERIES_DAYS):
        first -= timedelta(days=1)
    boosters = coming_back(fate, first) if random.random() < 0.45 else ()
    return series(
        person,
        fate,
        first,
        boosters=tuple(moment for moment in boosters if not on_day(moment, now)),
        **REMARKABLE.get(place, {}),
    )


def on_day(moment: datetime, now: datetime) -> bool:
    """True within a day of now, in whatever time zone the clinic is."""
    return abs(moment - now) < timedelta(days=1)


def coming_back(fate: Outlook, first: datetime) -> tuple[datetime, ...]:
    """Two weeks after the response was lost, then every seven weeks."""
    if fate.kind == "none":
        return ()
    lost = first + timedelta(days=SERIES_DAYS[-1] + round(fate.holds_days))
    return tuple(lost + timedelta(days=17 + 47 * place) for place in range(BOOSTERS_AT_MOST))


REMARKABLE: dict[int, dict[str, object]] = {
    4: {
        "answers": {"hypertension": "treated"},
        "overrides": "Blood pressure 128/80 today on treatment; cardiology letter seen.",
    },
    21: {
        "answers": {"severe-dissociation": "yes"},
        "overrides": "Stable for six years; continuity plan agreed with the therapist.",
    },
    30: {"stops_in": 2},
    12: {"thoughts_of_death_in": frozenset({2})},
    40: {"thoughts_of_death_in": frozenset({3})},
}
"""What sets some stories of the year apart, by their place in it."""


def screened_only(cast: list[Person], now: datetime) -> list[Plot]:
    """Blocked, still missing answers, declined although nothing held, waiting for a decision."""
    nothing = Outlook("none", 18, 0.0)
    outlines: tuple[dict[str, object], ...] = (
        {"answers": {"psychosis": "active"}, "declined": "Active psychosis; seen by psychiatry."},
        {"answers": {"aneurysm-avm-haemorrhage": "yes"}, "declined": "Cerebral aneurysm."},
        {"unanswered": ("pregnancy", "breastfeeding")},
        {"unanswered": ("pregnancy", "suicidality", "heart-disease", "liver-disease")},
        {"overrides": "Wishes psychotherapy first; we agreed to wait.", "declined": "either way"},
        {"answers": {"heart-disease": "stable-history"}},
        {},
        {"answers": {"other-substance-use": "in-remission"}},
    )
    return [
        Plot(
            person=person,
            outlook=nothing,
            sessions=(),
            begins=now - timedelta(days=2 + 5 * place, hours=place),
            **outline,  # type: ignore[arg-type]
        )
        for place, (person, outline) in enumerate(zip(cast, outlines, strict=True))
    ]
