"""A dosage instruction in words, without ever working out an amount."""

from __future__ import annotations

import re

from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.reading import left_over

_LONGEST = 200
_SAYS_AS_NEEDED = re.compile(r"\b(?:as needed|prn|p\.r\.n)\b", re.IGNORECASE)
_TIMES = {"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month"}


def dose_words(resource: Element, field: str) -> tuple[str, tuple[str, ...]]:
    """The instructions as written at the source, else put together; and what is left over."""
    instructions = resource.children(field)
    words = "; ".join(filter(None, (_words(one) for one in instructions)))
    unread = [f"{field}.{name}" for one in instructions for name in _left_over(one)]
    if len(words) > _LONGEST:
        return "", (*unread, f"{field} (longer than 200 characters)")
    return words, tuple(unread)


def _left_over(instruction: Element) -> tuple[str, ...]:
    """Fields that the words do not carry. Written instructions are taken to say everything."""
    if instruction.text("text") is not None:
        return ()
    untold = []
    if len(instruction.children("doseAndRate")) > 1 or (
        "doseAndRate" in instruction and not _amount(instruction)
    ):
        untold.append("doseAndRate")
    if "timing" in instruction and not _timing(instruction):
        untold.append("timing")
    read = ("sequence", "asNeededBoolean", "timing", "doseAndRate")
    return (*left_over(instruction, *read), *untold)


def _words(instruction: Element) -> str:
    written = instruction.text("text")
    parts = [_amount(instruction) or _unread_amount(instruction), _timing(instruction)]
    if written is not None:
        parts = [written]
    if _as_needed(instruction) and not _SAYS_AS_NEEDED.search(written or ""):
        parts.append("as needed")
    return ", ".join(part for part in parts if part)


def _as_needed(instruction: Element) -> bool:
    """True also where the reason is coded, and where the written words leave it out."""
    return bool(instruction.flag("asNeededBoolean")) or "asNeededCodeableConcept" in instruction


def _amount(instruction: Element) -> str:
    doses = instruction.children("doseAndRate")
    quantity = doses[0].child("doseQuantity") if doses else None
    value = quantity.number("value") if quantity else None
    if quantity is None or value is None:
        return ""
    return f"{value} {quantity.text('unit') or '(unit not stated)'}"


def _unread_amount(instruction: Element) -> str:
    """Said where the source gives an amount, as a range, that the words do not carry."""
    return "(amount not read)" if "doseAndRate" in instruction else ""


def _timing(instruction: Element) -> str:
    """For example "2 × per day"; empty where the timing says more than such words."""
    timing = instruction.child("timing")
    repeat = timing.child("repeat") if timing else None
    if timing is None or repeat is None or timing.data.keys() > {"repeat"}:
        return ""
    if not repeat.data.keys() <= {"frequency", "period", "periodUnit"}:
        return ""
    times, period = repeat.number("frequency"), repeat.number("period")
    unit = _TIMES.get(repeat.text("periodUnit") or "")
    if times is None or period is None or unit is None:
        return ""
    every = unit if period == 1 else f"{period} {unit}s"
    return f"{times} × per {every}"
