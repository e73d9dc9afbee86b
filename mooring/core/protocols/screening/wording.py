"""How triggers read: plain sentences with dates, values and where they came from."""

from datetime import date
from decimal import Decimal

from mooring.core.protocols.screening.model import Question
from mooring.core.protocols.screening.record import Answer, CodedFact, Measurement

READABLE_UNITS = {"mm[Hg]": "mmHg", "[lb_av]": "lb"}
"""Units that arrive in UCUM's brackets, as people write them."""


def day(moment: date) -> str:
    """A date as "5 Mar 2026"."""
    return f"{moment.day} {moment:%b %Y}"


def number(value: Decimal) -> str:
    """At most one decimal place: enough to read; comparisons use the exact value."""
    return f"{value.quantize(Decimal('0.1')):f}".removesuffix(".0")


def fact(item: CodedFact, *, past: bool) -> str:
    """For example "Hypertension, active since 29 Jul 2005 (import Liz_Conn.json)"."""
    status = "status not known" if item.status.casefold() in ("", "unknown") else item.status
    parts = [_named(item), f"{status}{_period(item, past=past)}"]
    return f"{', '.join(parts)}{_origin(item.origin)}"


def _named(item: CodedFact) -> str:
    """Its text, with words of its codes that say something else, and whose it is."""
    text = item.text.strip()
    others = dict.fromkeys(coding.display.strip() for coding in item.codings)
    beside = [each for each in others if each and not _in_one_another(each, text)]
    if item.relation:
        beside.append(item.relation)
    return " ".join([text or "(no text)", *(f"({each})" for each in beside)])


def _in_one_another(one: str, other: str) -> bool:
    """True where one of two texts holds the other, so that both would say it twice."""
    plain, beside = one.casefold(), other.casefold()
    return bool(beside) and (plain in beside or beside in plain)


def _period(item: CodedFact, *, past: bool) -> str:
    if item.since is not None and item.until is not None:
        return f", {day(item.since)} to {day(item.until)}"
    if item.until is not None:
        return f" on {day(item.until)}"
    if item.since is None:
        return ""
    return f", recorded {day(item.since)}" if past else f" since {day(item.since)}"


def measured(items: tuple[Measurement, ...], name: str) -> str:
    """For example "Blood pressure 151.9/94.7 mmHg on 17 Aug 2018 (import Liz_Conn.json)"."""
    values = "/".join(number(item.value) for item in items)
    first = items[0]
    unit = READABLE_UNITS.get(first.unit, first.unit)
    return f"{name.capitalize()} {values} {unit} on {day(first.taken_on)}{_origin(first.origin)}"


def answered(question: Question, answer: Answer) -> str:
    """The question, the chosen option and what was written beside it."""
    option = question.option(answer.value)
    label = answer.value if option is None else option.label
    detail = f" ({answer.detail.strip()})" if answer.detail.strip() else ""
    return f"{question.text} {label}{detail}"


def _origin(origin: str) -> str:
    return f" ({origin})" if origin else ""
