"""Whether the medicines and the allergies were asked: an empty list alone says nothing."""

from datetime import date

from mooring.core.protocols.screening import wording
from mooring.core.protocols.screening.model import ListAbsence
from mooring.core.protocols.screening.record import CodedFact, Record, Statement

NOT_A_FACT = frozenset({"entered-in-error", "refuted"})
"""Statuses of entries that were withdrawn: nobody ever had this."""

PAST = frozenset(
    {
        "resolved",
        "inactive",
        "remission",
        "stopped",
        "completed",
        "cancelled",
        "ended",
        "not-taken",
    }
)
"""Statuses of what is over. Every other status, also an unknown one, counts as current."""

NAMES = {"medications": "medicines", "allergies": "allergies"}


def is_past(fact: CodedFact) -> bool:
    """True for what the record says is over."""
    return fact.status.casefold() in PAST


def entries(name: str, record: Record) -> list[CodedFact]:
    """What stands on a list, without entries that were withdrawn."""
    facts = record.medications if name == "medications" else record.allergies
    return [fact for fact in facts if fact.status.casefold() not in NOT_A_FACT]


def counting(name: str, record: Record) -> Statement | None:
    """The statement that counts: the newest, unless an entry came after it was said "none"."""
    said = record.statements.get(name)
    if said is None or not said.none:
        return said
    later = (fact for fact in entries(name, record) if _after(fact.recorded_on, said.said_on))
    return None if any(later) else said


def looked_at_on(name: str, record: Record) -> date | None:
    """The day of the newest statement that counts or of the newest entry; None without either."""
    said = counting(name, record)
    days = [fact.recorded_on for fact in entries(name, record) if fact.recorded_on is not None]
    return max([*days, *([said.said_on] if said else [])], default=None)


def why_open(trigger: ListAbsence, record: Record) -> str | None:
    """Why a list counts as not asked, in words; None when it was."""
    name = NAMES[trigger.list]
    found, said = entries(trigger.list, record), counting(trigger.list, record)
    if said is None and not any(not is_past(fact) for fact in found):
        if found:
            return f"No {name} that hold now are in the record, and nobody has said there are none"
        return f"No {name} in the record, and nobody has said that there are none"
    on = looked_at_on(trigger.list, record)
    if on is None:
        return f"The {name} in the record have no date; go through them again"
    age = (record.as_of - on).days
    if age <= trigger.max_age_days:
        return None
    return (
        f"The {name} were last gone through on {wording.day(on)}, {age} days ago; "
        f"asked again after {trigger.max_age_days} days"
    )


def _after(recorded_on: date | None, said_on: date) -> bool:
    """True for an entry of a later day, and for one whose day nobody knows."""
    return recorded_on is None or recorded_on > said_on
