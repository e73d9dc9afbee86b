"""A helper for each way of giving. Racemic ketamine unless a drug is named; nothing converts."""

from __future__ import annotations

from mooring.core.drugs.drug import Drug
from mooring.core.pharmacology.regimen import DoseEvent, GivenAs, Regimen
from mooring.core.pharmacology.regimens.pieces import pieces
from mooring.core.pharmacology.regimens.words import RegimenWordsError, amount, minutes, whole

RACEMIC = Drug.RACEMIC_KETAMINE


def iv_infusion(dose: str, *, over: str, drug: Drug = RACEMIC) -> Regimen:
    """A constant rate into a vein: `iv_infusion("0.5 mg/kg", over="40 min")`."""
    number, unit = amount(dose)
    duration = minutes(over, "over")
    event = DoseEvent(0, number, GivenAs.INTRAVENOUS_INFUSION, unit, duration=duration)
    return Regimen(drug, (event,))


def iv_bolus(dose: str, *, drug: Drug = RACEMIC) -> Regimen:
    """All at once into a vein."""
    return _once(dose, GivenAs.INTRAVENOUS_BOLUS, drug)


def im(dose: str, *, drug: Drug = RACEMIC) -> Regimen:
    """One injection into a muscle."""
    return _once(dose, GivenAs.INTRAMUSCULAR, drug)


def subcutaneous(dose: str, *, drug: Drug = RACEMIC) -> Regimen:
    """One injection under the skin."""
    return _once(dose, GivenAs.SUBCUTANEOUS, drug)


def troche(dose: str, *, drug: Drug = RACEMIC) -> Regimen:
    """One troche or film under the tongue."""
    return _once(dose, GivenAs.SUBLINGUAL, drug)


def oral(dose: str, *, drug: Drug = RACEMIC) -> Regimen:
    """One swallowed dose."""
    return _once(dose, GivenAs.ORAL, drug)


def spravato(*, devices: int, gap: str = "5 min") -> Regimen:
    """Licensed esketamine devices, one after the other, each what its label says it holds."""
    between = minutes(gap, "gap")
    whole(devices, "devices")
    times = (number * between for number in range(devices))
    return Regimen(Drug.ESKETAMINE, pieces(GivenAs.NASAL_DEVICE, times))


def nasal_sprays(*, at: tuple[str, ...], drug: Drug = RACEMIC) -> Regimen:
    """Single sprays of the compounded product at their times: `at=("0 min", "10 min")`."""
    if drug is not RACEMIC:
        raise RegimenWordsError(f"drug: no spray of {drug.display} is known here, only devices")
    if isinstance(at, str) or not at:
        raise RegimenWordsError('at: the time of each spray, for example ("0 min", "10 min")')
    times = [minutes(one, "at") for one in at]
    if times != sorted(set(times)):
        raise RegimenWordsError("at: each spray is later than the one before")
    return Regimen(drug, pieces(GivenAs.NASAL_SPRAY, times))


def _once(dose: str, given_as: GivenAs, drug: Drug) -> Regimen:
    number, unit = amount(dose)
    return Regimen(drug, (DoseEvent(0, number, given_as, unit),))
