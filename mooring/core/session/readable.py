"""One line in plain words for each kind of entry, for timelines and print."""

from collections.abc import Iterator
from datetime import UTC, datetime, tzinfo
from decimal import Decimal

from mooring.core.session.chart import plain
from mooring.core.session.check_in import said
from mooring.core.session.checks import CHECK_WORDS
from mooring.core.session.dosing import why
from mooring.core.session.entries import (
    AlertSeen,
    CheckIn,
    Content,
    Correction,
    DoseGiven,
    DoseNotGiven,
    DosingStopped,
    Entry,
    GivesDrug,
    InfusionComplete,
    InfusionPause,
    InfusionRate,
    InfusionResume,
    InfusionStart,
    InfusionStop,
    Intervention,
    MedicationGiven,
    Note,
    Padss,
    PrescriberDecision,
    Readiness,
    Reading,
    Refusal,
    Sedation,
    SignOff,
    Symptom,
    TouchConsent,
)
from mooring.core.session.labels import (
    CRITERION_WORDS,
    IDEATION_WORDS,
    INTERVENTION_WORDS,
    SYMPTOM_WORDS,
    TOUCH_WORDS,
)
from mooring.core.session.rule_names import rule_name
from mooring.core.words import day


def readable(entry: Entry, zone: tzinfo = UTC) -> str:
    """What an entry says, in one line. Clock times inside it (last food) are shown in `zone`."""
    return words(entry.content, zone)


def words(content: Content, zone: tzinfo = UTC) -> str:
    """What the content of an entry says, in one line."""
    match content:
        case CheckIn():
            return _check_in(content, zone)
        case Reading():
            return _reading(content)
        case Correction():
            return _correction(content, zone)
        case Sedation() | Symptom() | Intervention() | MedicationGiven() | Refusal():
            return _care(content)
        case Padss() | Readiness() | AlertSeen() | Note() | SignOff():
            return _towards_leaving(content)
        case GivesDrug():
            said = _dose(content) if isinstance(content, DoseGiven) else _pump(content)
            return "; ".join([said, *_how_it_stood(content)])
        case DoseNotGiven() | DosingStopped():
            return _dose(content)
        case PrescriberDecision():
            return _decision(content)
        case TouchConsent():
            return _with_detail(f"Touch: {TOUCH_WORDS[content.touch]}", content.agreed)
    return _pump(content)


def _how_it_stood(content: GivesDrug) -> Iterator[str]:
    """Before or after the fact, what the vial said, and what stood against it."""
    if content.timing is not None:
        before = content.timing == "about_to_happen"
        yield "charted before it went in" if before else "charted after it went in"
    if content.vial is not None:
        yield f"vial {content.vial}"
    if content.against:
        yield f"AGAINST THE ORDER: {'; '.join(each.text for each in content.against)}"
    if content.opened is not None:
        stood = "; ".join(each.text for each in content.opened.stood)
        yield f"opened by {content.opened.by} ({content.opened.reason}): {stood}"


def _decision(content: PrescriberDecision) -> str:
    decided = "goes on" if content.decision == "go_on" else "waits"
    weighed = "; ".join(one.text for one in content.weighed)
    return f"Prescriber weighed and {decided}: {weighed}; reason: {content.reason}"


def _check_in(content: CheckIn, zone: tzinfo) -> str:
    answers = said(content, lambda moment: _clock(moment, zone))
    given = [f"{name}: {answer}" for name, answer in answers]
    return "Check-in" + (f"; {'; '.join(given)}" if given else "; nothing asked yet")


def _clock(moment: datetime, zone: tzinfo) -> str:
    local = moment.astimezone(zone)
    return f"{day(local)}, {local:%H:%M}"


def _reading(content: Reading) -> str:
    parts = [
        _pressure(content),
        _part("heart rate", content.heart_rate),
        _part("SpO2", content.spo2, " %"),
        _part("respiratory rate", content.respiratory_rate),
        _oxygen(content.oxygen_litres_per_minute),
        "from the device" if content.origin == "device" else None,
    ]
    return _sentence(", ".join(part for part in parts if part is not None))


def _pressure(content: Reading) -> str | None:
    """The position belongs to the pressure; without one it stands alone."""
    position = f" {content.position}" if content.position else ""
    if content.systolic is None:
        return position.strip() or None
    return f"blood pressure {content.systolic}/{content.diastolic}{position}"


def _part(name: str, value: int | None, unit: str = "") -> str | None:
    return None if value is None else f"{name} {value}{unit}"


def _oxygen(litres: Decimal | None) -> str | None:
    if litres is None:
        return None
    return f"oxygen {plain(litres)} L/min" if litres > 0 else "on room air"


def _correction(content: Correction, zone: tzinfo) -> str:
    if content.replacement is None:
        return f"Struck: {content.reason}"
    moved = content.replacement_effective_at
    time = f" (time: {_clock(moved, zone)})" if moved else ""
    return f"Corrected to: {words(content.replacement, zone)}{time}; reason: {content.reason}"


def _care(content: Sedation | Symptom | Intervention | MedicationGiven | Refusal) -> str:
    match content:
        case Sedation():
            return f"MOAA/S {content.moaas}"
        case Symptom(severity="none"):
            return _with_detail(f"{SYMPTOM_WORDS[content.symptom]}: asked, none", content.detail)
        case Symptom():
            said = f"{SYMPTOM_WORDS[content.symptom]}, {content.severity}"
            return _with_detail(said, content.detail)
        case Intervention():
            return _with_detail(INTERVENTION_WORDS[content.intervention], content.detail)
        case MedicationGiven():
            given = f"{content.medication} {content.dose}, {content.route}"
            return f"Given: {given}; reason: {content.reason}"
        case _:
            return f"{CHECK_WORDS[content.check]} not possible: {content.reason}"


def _towards_leaving(content: Padss | Readiness | AlertSeen | Note | SignOff) -> str:
    match content:
        case Padss():
            return _padss(content)
        case Readiness(ideation=str() as answer):
            asked = f"{CRITERION_WORDS[content.criterion]}: {IDEATION_WORDS[answer]}"
            decided = f"; prescriber decided: {content.decided}" if content.decided else ""
            return _with_detail(asked, content.detail) + decided
        case Readiness():
            found = "met" if content.met else "not met"
            return _with_detail(f"{CRITERION_WORDS[content.criterion]}: {found}", content.detail)
        case AlertSeen():
            named = ", ".join(rule_name(rule) for rule in (content.rule, *content.also))
            return _with_detail(f"Alert seen: {named}", content.detail)
        case Note():
            return content.text
        case _:
            signed = f"Signed that the patient may leave: {content.clinician}, {content.credential}"
            override = content.override_reason
            return f"{signed}; signed with criteria open: {override}" if override else signed


def _padss(content: Padss) -> str:
    items = {
        "vital signs": content.vital_signs,
        "activity": content.activity,
        "nausea and vomiting": content.nausea_and_vomiting,
        "pain": content.pain,
        "bleeding": content.bleeding,
    }
    listed = ", ".join(f"{name} {points}" for name, points in items.items())
    return f"PADSS {sum(items.values())} of 10: {listed}"


def _dose(content: DoseGiven | DoseNotGiven | DosingStopped) -> str:
    match content:
        case DoseGiven():
            given = f"Dose {content.step} given: {plain(content.amount_mg)} mg"
            return _with_detail(given, content.detail)
        case DoseNotGiven():
            return f"Dose {content.step} not given: {why(content)}"
        case _:
            return f"No further dose is given: {content.reason}"


def _pump(content: Content) -> str:
    match content:
        case InfusionStart():
            drawn = f"{plain(content.drawn_up_mg)} mg drawn up"
            strength = f"{plain(content.concentration_mg_per_ml)} mg/mL"
            started = f"Infusion started at {_rate(content.rate_mg_per_minute)}"
            return f"{started}; {drawn}, {strength}{_preparation(content)}"
        case InfusionRate():
            return f"Rate set to {_rate(content.rate_mg_per_minute)}; reason: {content.reason}"
        case InfusionPause():
            return f"Infusion paused: {content.reason}"
        case InfusionResume():
            return "Infusion resumed"
        case InfusionStop():
            return f"Infusion stopped before the dose was in: {content.reason}"
        case InfusionComplete():
            return "Infusion complete: the ordered dose is in"
    raise TypeError(f"no words for an entry of the kind {type(content).__name__}")


def _preparation(content: InfusionStart) -> str:
    vial, diluent = content.vial_mg_per_ml, content.diluent_ml
    parts = [
        f"from a vial of {plain(vial)} mg/mL" if vial is not None else None,
        f"{plain(diluent)} mL of diluent added" if diluent else None,
        "undiluted" if diluent == 0 else None,
    ]
    return "".join(f", {part}" for part in parts if part is not None)


def _rate(milligrams_per_minute: Decimal) -> str:
    return f"{plain(milligrams_per_minute)} mg/min"


def _with_detail(text: str, detail: str | None) -> str:
    return f"{text}: {detail}" if detail else text


def _sentence(text: str) -> str:
    """A capital first letter, but SpO2 as it is."""
    return text[0].upper() + text[1:]
