"""A prescription in words: its elements, what is missing, and its text for pharmacy and file."""

from dataclasses import dataclass, fields
from datetime import date

from mooring.core.drugs.prescription.figures import in_words
from mooring.core.drugs.prescription.supply import Compounded, Supply, supply
from mooring.core.words import day

NAMES = {
    "clinic": "the clinic's name",
    "clinic_address": "the clinic's address",
    "clinic_telephone": "the clinic's telephone",
    "prescriber": "the prescriber's name",
    "credential": "the prescriber's credential",
    "registration": "the prescriber's registration number",
    "patient": "the patient's name",
    "born_on": "the patient's date of birth",
    "patient_address": "the patient's address",
    "indication": "what it is for",
    "counted": "whether the strength counts base or hydrochloride",
}


@dataclass(frozen=True)
class Prescription:
    """Everything a pharmacy needs for one compounded product of one patient."""

    order: Compounded
    doses: int
    per_week: int
    """No more doses than this in seven days."""
    at_home: bool
    issued_on: date
    follow_up_on: date
    clinic: str
    clinic_address: str
    clinic_telephone: str
    prescriber: str
    credential: str
    registration: str
    patient: str
    born_on: date | None
    patient_address: str
    indication: str
    counted: str
    """base or hydrochloride; empty is not asked."""
    priming_sprays: int = 0
    """What the pharmacy's pump takes before its first spray."""
    notes: str = ""

    @property
    def supply(self) -> Supply:
        """What is filled."""
        return supply(self.order, self.doses, self.priming_sprays)


def missing(prescription: Prescription) -> tuple[tuple[str, str], ...]:
    """Each element that a pharmacy needs and that is not there: its field, and its name."""
    empty = [each.name for each in fields(prescription) if not getattr(prescription, each.name)]
    return tuple((name, NAMES[name]) for name in empty if name in NAMES)


def sections(prescription: Prescription) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The prescription as headed lines, in the order in which a pharmacy reads them."""
    p = prescription
    born = "unknown" if p.born_on is None else day(p.born_on)
    return (
        ("Prescriber", (f"{p.prescriber}, {p.credential}", f"Registration {p.registration}",
                        p.clinic, p.clinic_address, f"Telephone {p.clinic_telephone}")),
        ("Patient", (p.patient, f"Born {born}", p.patient_address)),
        ("Issued", (day(p.issued_on),)),
        ("Drug", _drug(p)),
        ("Directions", _directions(p)),
        ("Quantity", _quantity(p)),
        ("For", (p.indication,)),
        ("Label", _label(p)),
        ("Follow-up", (f"{day(p.follow_up_on)}. The quantity lasts no longer than until then.",)),
        *((("Notes", (p.notes,)),) if p.notes else ()),
    )  # fmt: skip


def text(prescription: Prescription) -> str:
    """The whole prescription as plain text, one line a statement."""
    parts = []
    for heading, lines in sections(prescription):
        body = "\n".join(f"  {line}" for part in lines for line in part.splitlines())
        parts.append(f"{heading}\n{body}")
    return "\n\n".join(parts) + "\n"


def _drug(p: Prescription) -> tuple[str, ...]:
    return (
        f"{p.order.drug.display}, for {p.order.route.display} use only",
        f"{p.supply.form}; {p.supply.strength}, counted as {p.counted}",
        "A controlled drug: schedule III in the United States.",
        "Compounded for this patient. Vehicle, preservative and beyond-use date: the pharmacy's.",
    )


def _quantity(p: Prescription) -> tuple[str, ...]:
    """In figures and in words: a stroke more in a figure changes an amount, not in a word."""
    drug = p.supply.drug
    return (
        p.supply.quantity,
        f"In words: {p.supply.in_words}",
        *p.supply.arithmetic,
        f"Drug in all: {drug.text()} ({p.counted}); {in_words(drug.value)} milligrams",
        "Refills: 0 (zero)",
        f"Not to be filled after {day(p.follow_up_on)}, the day of the follow-up.",
    )


def _directions(p: Prescription) -> tuple[str, ...]:
    steps = p.order.administrations()
    where = "at home, with an adult beside" if p.at_home else "in the clinic only, under watch"
    one = "; ".join(f"minute {each.minute.value:f}: {each.words}" for each in steps)
    return (
        f"One dose is {p.order.total().text()}, {p.order.route.display}: {one}.",
        f"No more than {p.per_week} in 7 days, {where}.",
    )


def _label(p: Prescription) -> tuple[str, ...]:
    return (
        f"For {p.order.route.display} use only.",
        "Keep locked away. Never share it: a controlled drug.",
        "No driving and no machines until the next day, after a night's sleep.",
        "No alcohol, and no other drug that makes drowsy, unless the prescriber knows of it.",
    )
