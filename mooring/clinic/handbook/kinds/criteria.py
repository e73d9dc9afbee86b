"""Words for what start and leaving policies look at, by the ids that their cases use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import get_args

from mooring.clinic.handbook.kinds import stopping
from mooring.clinic.handbook.pages import Outcome
from mooring.core.session.chart import MEASURE_WORDS
from mooring.core.session.entries import SymptomId
from mooring.core.session.labels import CRITERION_WORDS, SYMPTOM_WORDS

ASKED_WORDS = {
    "last_food_at": "Last food",
    "last_fluid_at": "Last drink",
    "nasal_medicine": "A nasal steroid or decongestant",
    "escort_name": "Who takes the patient home",
    "substances_today": "Substances taken today",
    "medicines_today": "Medicines taken today",
}
OPEN_WORDS = {
    "check_in": "Check-in",
    "check_in.identity": "Identity",
    "fasting.food": "Time since the last food",
    "fasting.drink": "Time since the last drink",
    "fasting.nasal": "Time since the nasal medicine",
    "taken.substance": "A substance taken today",
    "taken.medicine": "A medicine taken today",
    "taken.nasal": "A medicine into the nose taken today",
    "taken.not_recognised": "Taken today, not recognised",
    "baseline.pair": "Baseline: two seated blood pressures",
    "baseline.apart": "Baseline: the time between the two pressures",
    "baseline.age": "Baseline: its age",
    "weigh.blood_pressure": "Blood pressure that a prescriber weighs",
    "infusion_ended": "The infusion has ended, or every dose is answered",
    "time_since_start": "Minimum time since the start",
    "time_since_end": "Minimum time since the end",
    "sedation": "Sedation score",
    "blood_pressure": "Blood pressure near baseline",
    "heart_rate": "Heart rate",
    "spo2": "SpO2",
    "padss": "PADSS, twice",
    **CRITERION_WORDS,
}


def expected(open_: Iterable[str], says: str | None, nothing: str) -> Iterator[Outcome]:
    """What a case expects to be open, and the words of the first; `nothing` when nothing is."""
    listed = [open_word(name) for name in open_]
    if not listed:
        yield Outcome("met", nothing)
        return
    yield Outcome("due", f"Open: {'; '.join(listed)}")
    if says:
        yield Outcome("", f"First line: “{says}”")


def open_word(name: str) -> str:
    """What an open criterion is called. KeyError for an id that no policy uses."""
    if name in OPEN_WORDS:
        return OPEN_WORDS[name]
    if name in get_args(SymptomId):
        return SYMPTOM_WORDS[name]  # type: ignore[index]
    head, _, rest = name.rpartition(".")
    if head == "check_in":
        return f"{ASKED_WORDS[rest]} not asked"
    if head == "symptom":
        return open_word(rest)
    if head == "rule":
        return f"Active: {stopping.every_title()[rest]}"
    if not head:
        return MEASURE_WORDS[rest]  # type: ignore[index]
    return f"{MEASURE_WORDS[head]}: {MEASURE_ENDINGS[rest]}"  # type: ignore[index]


MEASURE_ENDINGS = {"age": "too old", "limit": "out of limits"}
