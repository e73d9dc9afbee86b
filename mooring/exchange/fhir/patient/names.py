"""The name under which a chart is filed, among all that a person has or had."""

from __future__ import annotations

from datetime import date

from mooring.exchange.fhir.element import Element
from mooring.exchange.fhir.patient.current import candidates, is_over
from mooring.exchange.fhir.unfit import UnfitError

_USES = ("official", "usual", None, "temp", "nickname", "maiden", "old", "anonymous")
_LONGEST_GIVEN = 200
_READ = ("use", "period", "family", "given", "text")


def current_name(resource: Element, today: date) -> Element:
    """The official name that holds now, else the usual, else any that does; ended ones last."""
    names = [each for each in candidates(resource, "name") if _filed(each)]
    if not names:
        raise UnfitError(resource.place / "name", "a name is needed")
    return min(names, key=lambda each: (is_over(each, today), _rank(each)))


def family_and_given(name: Element) -> tuple[str, str]:
    """Family and given names. Who has one name only is filed under it, whichever field it is in."""
    family, given = name.text("family", most=200), " ".join(name.texts("given")).strip()
    if family is None and not given:
        family = name.text("text", most=200)
    if len(given) > _LONGEST_GIVEN:
        raise UnfitError(name.place / "given", f"at most {_LONGEST_GIVEN} characters are needed")
    return (family.strip(), given) if family is not None else (given, "")


def left_over(resource: Element, read: Element) -> tuple[str, ...]:
    """What of the names is not in the chart."""
    parts = tuple(f"name.{part}" for part in read.data if part not in _READ)
    return (*parts, *(("further names",) if len(resource.children("name")) > 1 else ()))


def _filed(name: Element) -> bool:
    return any(name.data.get(part) not in (None, []) for part in ("family", "given", "text"))


def _rank(name: Element) -> int:
    use = name.text("use", most=20)
    return _USES.index(use) if use in _USES else len(_USES)
