"""What the check-in entries of a session answer together.

Answers may come in several entries. An entry that does not ask erases nothing, and neither does a
later "none": what somebody said they took goes away by a correction with its reason.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Literal, TypeVar

from mooring.core.session.entries import (
    Ago,
    CheckIn,
    TakenMedicine,
    TakenSubstance,
)
from mooring.core.session.standing import Log, of

T = TypeVar("T")
Question = Literal[
    "last_food_at", "last_fluid_at", "nasal_medicine", "escort_name", "substances_today",
    "medicines_today",
]  # fmt: skip
Intake = Literal["food", "drink", "nasal"]

FIELDS: dict[Question, tuple[str, ...]] = {
    "last_food_at": ("last_food_at", "last_food"),
    "last_fluid_at": ("last_fluid_at", "last_drink"),
    "nasal_medicine": ("nasal_medicine",),
    "escort_name": ("escort_name",),
    "substances_today": ("substances", "substances_today"),
    "medicines_today": ("medicines", "medicines_today"),
}
"""The fields in which a question can be answered."""

AT_LEAST: dict[Ago, int] = {
    "under_30_min": 0, "30_to_60_min": 30, "under_1_h": 0, "1_to_2_h": 60, "2_to_4_h": 120,
    "4_to_6_h": 240, "6_to_8_h": 360, "over_8_h": 480,
}  # fmt: skip
"""The minutes that are certain to have passed when the entry was written."""

AGO_WORDS: dict[str, str] = {
    "under_30_min": "less than 30 min before",
    "30_to_60_min": "30 to 60 min before",
    "under_1_h": "less than 1 h before",
    "1_to_2_h": "1 to 2 h before",
    "2_to_4_h": "2 to 4 h before",
    "4_to_6_h": "4 to 6 h before",
    "6_to_8_h": "6 to 8 h before",
    "over_8_h": "more than 8 h before",
    "none": "none",
}
"""Before the check-in was written."""

SUBSTANCE_WORDS: dict[str, str] = {
    "alcohol": "alcohol",
    "cannabis": "cannabis",
    "stimulants": "stimulants",
    "opioids": "opioids",
    "other": "another substance",
}


def answered(log: Log, question: Question) -> bool:
    """True once any check-in answers it."""
    entries = of(log, CheckIn)
    return any(getattr(s.content, name) is not None for s in entries for name in FIELDS[question])


def latest_intake(log: Log, intake: Intake) -> datetime | None:
    """The latest moment at which it may have been, by the newest answer; None without any."""
    if intake == "nasal" and _newest_nasal(log) == "none":
        return None
    told_at = (_intake(s.content, s.at, intake) for s in of(log, CheckIn))
    found = [moment for moment in told_at if moment is not None]
    return found[-1] if found else None


def identifiers(log: Log) -> tuple[str, ...]:
    """By what the patient was identified, over all check-ins, each once."""
    told = (s.content.identified_by or () for s in of(log, CheckIn))
    return tuple(dict.fromkeys(name for names in told for name in names))


def medicines(log: Log) -> tuple[TakenMedicine, ...]:
    """What was taken, by name the newest answer."""
    found = (one for s in of(log, CheckIn) for one in s.content.medicines or ())
    return tuple({one.name.casefold(): one for one in found}.values())


def substances(log: Log) -> tuple[TakenSubstance, ...]:
    """What was taken, of each kind the newest answer; another substance by its name."""
    found = (one for s in of(log, CheckIn) for one in s.content.substances or ())
    named = {
        (one.substance, (one.detail or "").casefold() if one.substance == "other" else ""): one
        for one in found
    }
    return tuple(named.values())


def told(log: Log, field: Literal["substances_today", "medicines_today"]) -> tuple[str, ...]:
    """The free words of all check-ins, each once."""
    words = (getattr(s.content, field) for s in of(log, CheckIn))
    return tuple(dict.fromkeys(text for text in words if text is not None))


def _newest_nasal(log: Log) -> str | None:
    answers: Sequence[str] = [
        s.content.nasal_medicine for s in of(log, CheckIn) if s.content.nasal_medicine is not None
    ]
    return answers[-1] if answers else None


def _intake(content: CheckIn, at: datetime, intake: Intake) -> datetime | None:
    span, exact = {
        "food": (content.last_food, content.last_food_at),
        "drink": (content.last_drink, content.last_fluid_at),
        "nasal": (content.nasal_medicine, None),
    }[intake]
    if exact is not None:
        return exact
    return None if span is None or span == "none" else at - _certain(span)


def _certain(span: Ago) -> timedelta:
    return timedelta(minutes=AT_LEAST[span])


def said(content: CheckIn, clock: Callable[[datetime], str]) -> Iterator[tuple[str, str]]:
    """The answers of one entry, each by its name; `clock` writes an exact time."""
    answers = {
        "identified by": _listed(content.identified_by),
        "last food": _when(content.last_food, content.last_food_at, clock),
        "last drink": _when(content.last_drink, content.last_fluid_at, clock),
        "nasal steroid or decongestant": _when(content.nasal_medicine, None, clock),
        "goes home with": content.escort_name,
        "telephone": content.escort_phone,
        "substances": _each(content.substances, substance_words),
        "medicines": _each(content.medicines, medicine_words),
        "substances today": content.substances_today,
        "medicines today": content.medicines_today,
    }
    yield from ((name, answer) for name, answer in answers.items() if answer is not None)


def _listed(names: tuple[str, ...] | None) -> str | None:
    if names is None:
        return None
    return ", ".join(name.replace("_", " ") for name in names) or "nothing yet"


def _when(span: str | None, exact: datetime | None, clock: Callable[[datetime], str]) -> str | None:
    if exact is not None:
        return clock(exact)
    return None if span is None else AGO_WORDS[span]


def _each(found: tuple[T, ...] | None, words: Callable[[T], str]) -> str | None:
    return None if found is None else "; ".join(map(words, found)) or "none"


def medicine_words(one: TakenMedicine) -> str:
    """For example "diazepam 20 mg, 1 to 2 h before"."""
    amount = f"{one.name} {one.dose}" if one.dose else one.name
    return f"{amount}, {AGO_WORDS[one.taken]}" if one.taken else amount


def substance_words(one: TakenSubstance) -> str:
    """For example "alcohol: 6 beers, 1 to 2 h before"."""
    if one.substance == "other":
        named = str(one.detail)
    else:
        name = SUBSTANCE_WORDS[one.substance]
        named = f"{name}: {one.detail}" if one.detail else name
    return f"{named}, {AGO_WORDS[one.taken]}" if one.taken else named
