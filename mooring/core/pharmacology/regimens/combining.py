"""Several regimens as one, and one several times."""

from __future__ import annotations

from dataclasses import replace

from mooring.core.pharmacology.regimen import Regimen
from mooring.core.pharmacology.regimens.pieces import numbered
from mooring.core.pharmacology.regimens.words import RegimenWordsError, minutes, whole


def at(time: str, regimen: Regimen) -> Regimen:
    """The same, begun later: `at("2 h", im("50 mg"))`."""
    return _later(regimen, minutes(time))


def together(*regimens: Regimen) -> Regimen:
    """All of them, in order of time; devices and sprays are counted anew in each session.

    Raises RegimenWordsError when they are of two drugs.
    """
    if not regimens:
        raise RegimenWordsError("regimens: at least one")
    drugs = {one.drug.display for one in regimens}
    if len(drugs) > 1:
        listed = " and ".join(sorted(drugs))
        raise RegimenWordsError(f"drug: {listed} do not add up; simulate each for itself")
    events = (event for one in regimens for event in one.events)
    return Regimen(regimens[0].drug, numbered(events))


def repeated(regimen: Regimen, *, times: int, every: str) -> Regimen:
    """The whole regimen `times` times: `repeated(oral("50 mg"), times=3, every="8 h")`."""
    between = minutes(every, "every")
    whole(times, "times")
    if between <= 0:
        raise RegimenWordsError("every: more than 0 minutes, for example 24 h")
    return together(*(_later(regimen, number * between) for number in range(times)))


def _later(regimen: Regimen, by: float) -> Regimen:
    events = (replace(event, time=event.time + by) for event in regimen.events)
    return replace(regimen, events=tuple(events))
