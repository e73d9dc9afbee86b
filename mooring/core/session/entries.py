"""The entries of a session log: small frozen values, written once and never edited.

An entry says what happened (`kind` and its own fields), when it happened (`effective_at`), who
wrote it and in which order the server took it (`sequence`). The id is a UUIDv7 made by the device
that wrote the entry, so that the same entry sent twice is stored once.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, model_validator

Text = Annotated[str, Field(min_length=1, max_length=2000)]
ShortText = Annotated[str, Field(min_length=1, max_length=200)]
Milligrams = Annotated[Decimal, Field(gt=0, le=2000, max_digits=9, decimal_places=4)]


class Content(BaseModel):
    """What one entry says. Unknown fields are refused: a typing slip must not vanish."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class AgainstOrder(Content):
    """One thing that stood against giving drug when the entry was taken. Made by the server."""

    id: ShortText
    text: Text


class Opening(Content):
    """Who opened what stood against giving drug, with their own password, and why."""

    by: ShortText
    """The second person's name as shown."""
    account: UUID
    reason: Text
    stood: tuple[AgainstOrder, ...]


class GivesDrug(Content):
    """What every entry says that puts drug into the patient. The server adds all but `timing`."""

    timing: Literal["about_to_happen", "has_happened"] | None = None
    """None: not recorded, and judged as about to happen."""
    against: tuple[AgainstOrder, ...] = ()
    """What stood against it when it was charted as having happened."""
    opened: Opening | None = None
    vial: ShortText | None = None
    """What the check of the vial had said by then; None is not recorded."""


Ago = Literal[
    "under_30_min", "30_to_60_min", "under_1_h", "1_to_2_h", "2_to_4_h", "4_to_6_h", "6_to_8_h",
    "over_8_h",
]  # fmt: skip
"""How long before the entry, as somebody remembers it. `AGO` in check_in.py has the bounds."""


class TakenMedicine(BaseModel):
    """A medicine that the patient says they took today."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: ShortText
    dose: ShortText | None = None
    """How much, as told: "20 mg"; None is not recorded."""
    taken: Ago | None = None


class TakenSubstance(BaseModel):
    """Something the patient says they took today that is no medicine of theirs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    substance: Literal["alcohol", "cannabis", "stimulants", "opioids", "other"]
    detail: ShortText | None = None
    """How much, or which: "6 beers"; needed where the substance is another one."""
    taken: Ago | None = None

    @model_validator(mode="after")
    def another_is_named(self) -> Self:
        """Another substance says which."""
        if self.substance == "other" and self.detail is None:
            raise ValueError("detail: another substance needs its name")
        return self


Taken = Annotated[tuple[TakenMedicine, ...], Field(max_length=50)]
Substances = Annotated[tuple[TakenSubstance, ...], Field(max_length=20)]


class CheckIn(Content):
    """The patient arrives: what is asked before anything is given. None is not asked."""

    kind: Literal["check_in"] = "check_in"
    identified_by: tuple[Literal["name", "birth_date", "record_number"], ...] | None = None
    """What the patient said of themselves, unprompted, that agrees with the chart."""
    last_food: Ago | None = None
    last_food_at: AwareDatetime | None = None
    """The exact time, where it is known; then there is no `last_food`."""
    last_drink: Ago | None = None
    last_fluid_at: AwareDatetime | None = None
    nasal_medicine: Ago | Literal["none"] | None = None
    """A steroid or decongestant into the nose today."""
    escort_name: ShortText | None = None
    escort_phone: ShortText | None = None
    substances: Substances | None = None
    """What was taken today; an empty list is the answer "none"."""
    medicines: Taken | None = None
    """Medicines taken today; an empty list is the answer "none"."""
    substances_today: Text | None = None
    """In the patient's words; "none" is an answer."""
    medicines_today: Text | None = None

    @model_validator(mode="after")
    def one_answer_to_one_question(self) -> Self:
        """A span or an exact time, not both: they might disagree."""
        for span, exact in (("last_food", "last_food_at"), ("last_drink", "last_fluid_at")):
            if getattr(self, span) is not None and getattr(self, exact) is not None:
                raise ValueError(f"{span}: choose how long ago, or give the exact time, not both")
        return self


class Reading(Content):
    """Vital signs taken together. What was not measured stays None; at least one is measured.

    0 is a value: an arrest is a reading.
    """

    kind: Literal["reading"] = "reading"
    systolic: Annotated[int, Field(ge=1, le=300)] | None = None
    diastolic: Annotated[int, Field(ge=0, le=200)] | None = None
    heart_rate: Annotated[int, Field(ge=0, le=300)] | None = None
    spo2: Annotated[int, Field(ge=0, le=100)] | None = None
    respiratory_rate: Annotated[int, Field(ge=0, le=80)] | None = None
    position: Literal["seated", "reclined", "supine", "standing"] | None = None
    oxygen_litres_per_minute: Annotated[Decimal, Field(ge=0, le=20)] | None = None
    """0 is room air; None is not recorded."""
    origin: Literal["by_hand", "device"] = "by_hand"

    @model_validator(mode="after")
    def something_was_measured(self) -> Self:
        """A blood pressure has both values, in order; an empty reading is refused."""
        if (self.systolic is None) != (self.diastolic is None):
            missing = "diastolic" if self.diastolic is None else "systolic"
            raise ValueError(f"{missing}: a blood pressure needs both values, for example 120/78")
        if self.systolic is not None and self.diastolic is not None:
            if self.systolic <= self.diastolic:
                raise ValueError(
                    f"systolic: {self.systolic} must be higher than the diastolic {self.diastolic}"
                )
        elif self.heart_rate is None and self.spo2 is None and self.respiratory_rate is None:
            raise ValueError("reading: enter at least one of blood pressure, heart rate, SpO2")
        return self


class Sedation(Content):
    """Modified Observer's Assessment of Alertness/Sedation, 0 (no response) to 5 (alert)."""

    kind: Literal["sedation"] = "sedation"
    moaas: Annotated[int, Field(ge=0, le=5)]


SymptomId = Literal[
    "headache", "chest_pain", "dyspnoea", "blurred_vision", "nausea", "vomiting", "dizziness",
    "anxiety", "dissociation", "palpitations", "itching", "pain_at_site", "other",
]  # fmt: skip


class Symptom(Content):
    """A side effect asked about or told. Severity "none" means asked and absent."""

    kind: Literal["symptom"] = "symptom"
    symptom: SymptomId
    severity: Literal["none", "mild", "moderate", "severe"]
    detail: Text | None = None


class InfusionStart(GivesDrug):
    """The pump starts, at a rate the order allows."""

    kind: Literal["infusion_start"] = "infusion_start"
    rate_mg_per_minute: Annotated[Decimal, Field(gt=0, le=100)]
    drawn_up_mg: Milligrams
    concentration_mg_per_ml: Annotated[Decimal, Field(gt=0, le=200)]
    """In the line, after dilution."""
    vial_mg_per_ml: Annotated[Decimal, Field(gt=0, le=200)] | None = None
    """Printed on the vial it was drawn from; None is not recorded."""
    diluent_ml: Annotated[Decimal, Field(ge=0, le=2000)] | None = None
    """What was added to the drug; 0 is undiluted, None is not recorded."""


class InfusionRate(GivesDrug):
    """The pump rate is changed, in milligrams of drug per minute."""

    kind: Literal["infusion_rate"] = "infusion_rate"
    rate_mg_per_minute: Annotated[Decimal, Field(gt=0, le=100)]
    reason: Text


class InfusionPause(Content):
    """The pump is paused; drug given so far stays counted."""

    kind: Literal["infusion_pause"] = "infusion_pause"
    reason: Text


class InfusionResume(GivesDrug):
    """The pump runs again at the rate it had."""

    kind: Literal["infusion_resume"] = "infusion_resume"


class InfusionStop(Content):
    """The infusion is ended before the ordered dose is in; it cannot be resumed."""

    kind: Literal["infusion_stop"] = "infusion_stop"
    reason: Text


class InfusionComplete(Content):
    """The ordered dose is in."""

    kind: Literal["infusion_complete"] = "infusion_complete"


class DoseGiven(GivesDrug):
    """One dose of an order that no pump gives: an injection, a spray, a device, a tablet."""

    kind: Literal["dose_given"] = "dose_given"
    step: Annotated[int, Field(ge=1, le=100)]
    """Which of the order's doses, counted from 1."""
    amount_mg: Milligrams
    """What went in; less than ordered where some of it was lost."""
    detail: Text | None = None
    """For example the site of an injection, or the nostril."""


class DoseNotGiven(Content):
    """One dose of the order that is left out, with the reason; the others go on."""

    kind: Literal["dose_not_given"] = "dose_not_given"
    step: Annotated[int, Field(ge=1, le=100)]
    reason: Text
    withheld: Text | None = None
    """Which rules held it back then, as the server found them; None where none did."""


class DosingStopped(Content):
    """Nothing more of the order is given; what went in stays counted."""

    kind: Literal["dosing_stopped"] = "dosing_stopped"
    reason: Text


class MedicationGiven(Content):
    """Another medicine given during the session, for example an antiemetic."""

    kind: Literal["medication_given"] = "medication_given"
    medication: ShortText
    dose: ShortText
    route: ShortText
    reason: Text


Touch = Literal["none", "hand_only", "as_agreed"]


class TouchConsent(Content):
    """What the patient says about touch, asked or taken back during the session."""

    kind: Literal["touch_consent"] = "touch_consent"
    touch: Touch
    agreed: ShortText | None = None
    """In the patient's words; needed where touch is as agreed."""

    @model_validator(mode="after")
    def agreed_in_words(self) -> Self:
        """As agreed says what was agreed."""
        if self.touch == "as_agreed" and self.agreed is None:
            raise ValueError("agreed: say what was agreed, in the patient's words")
        return self


class Intervention(Content):
    """Something done for the patient that is not a medicine."""

    kind: Literal["intervention"] = "intervention"
    intervention: Literal[
        "reassurance", "repositioning", "oxygen", "airway_manoeuvre", "hand_holding", "music",
        "lights", "prescriber_called", "emergency_called", "other",
    ]  # fmt: skip
    detail: Text | None = None


class Refusal(Content):
    """A due check that was not possible, with the reason; the schedule plans it anew."""

    kind: Literal["refusal"] = "refusal"
    check: Literal["blood_pressure", "heart_rate", "spo2", "respiratory_rate", "sedation"]
    reason: Text


class Padss(Content):
    """Post-Anaesthetic Discharge Scoring System: five items of 0 to 2, total 0 to 10."""

    kind: Literal["padss"] = "padss"
    vital_signs: Annotated[int, Field(ge=0, le=2)]
    activity: Annotated[int, Field(ge=0, le=2)]
    nausea_and_vomiting: Annotated[int, Field(ge=0, le=2)]
    pain: Annotated[int, Field(ge=0, le=2)]
    bleeding: Annotated[int, Field(ge=0, le=2)]


Ideation = Literal["no", "passive", "active", "plan_or_intent", "declined"]
"""What a patient answers when asked about suicidal thoughts."""


class Readiness(Content):
    """One criterion for leaving, looked at and found met or not met."""

    kind: Literal["readiness"] = "readiness"
    criterion: Literal[
        "oriented", "steady_gait", "nausea_controlled", "escort_present",
        "driving_restriction_acknowledged", "suicidal_ideation_asked",
    ]  # fmt: skip
    met: bool
    detail: Text | None = None
    ideation: Ideation | None = None
    """For suicidal ideation the answer itself; None where an earlier build did not keep it."""
    decided: Text | None = None
    """What a prescriber decided after any answer but no; only a prescriber writes it."""


class Weighed(BaseModel):
    """One thing that held the start, as the prescriber who decided on it read it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    hold: ShortText
    """What held, as the fold names it: for example "fasting.food"."""
    fact: ShortText
    """The fact it held for. Another fact is another matter: it holds again."""
    text: Text
    """The words in which it was shown."""


class PrescriberDecision(Content):
    """A prescriber weighed what holds this start, and decided; the reason is kept.

    It speaks for this session alone, and for the facts that it names.
    """

    kind: Literal["prescriber_decision"] = "prescriber_decision"
    decision: Literal["go_on", "wait"]
    weighed: Annotated[tuple[Weighed, ...], Field(min_length=1, max_length=50)]
    reason: Text


class AlertSeen(Content):
    """A named person has seen a rule's banner. It stays in the record; it does not switch off."""

    kind: Literal["alert_seen"] = "alert_seen"
    rule: ShortText
    also: Annotated[tuple[ShortText, ...], Field(max_length=50)] = ()
    """The other rules that the same banner named; a rule that it did not name is unseen."""
    reading: UUID
    detail: Text | None = None


class Note(Content):
    """Free text."""

    kind: Literal["note"] = "note"
    text: Text


class SignOff(Content):
    """A named clinician signs that the patient may leave; a reason where something still blocks."""

    kind: Literal["sign_off"] = "sign_off"
    clinician: ShortText
    credential: ShortText
    override_reason: Text | None = None


Original = Annotated[
    CheckIn | Reading | Sedation | Symptom | InfusionStart | InfusionRate | InfusionPause
    | InfusionResume | InfusionStop | InfusionComplete | DoseGiven | DoseNotGiven | DosingStopped
    | MedicationGiven | Intervention | Refusal | Padss | Readiness | AlertSeen | Note | SignOff
    | PrescriberDecision | TouchConsent,
    Field(discriminator="kind"),
]  # fmt: skip


class Correction(Content):
    """Replaces an earlier entry, or strikes it when there is no replacement; both stay readable."""

    kind: Literal["correction"] = "correction"
    corrects: UUID
    reason: Text
    replacement: Original | None = None
    replacement_effective_at: AwareDatetime | None = None
    """Given when the time itself was wrong; otherwise the original time stands."""


AnyContent = Annotated[Original | Correction, Field(discriminator="kind")]
CONTENT: TypeAdapter[AnyContent] = TypeAdapter(AnyContent)


class Entry(BaseModel):
    """One line of the log."""

    model_config = ConfigDict(frozen=True)

    id: UUID
    sequence: Annotated[int, Field(ge=1)]
    effective_at: AwareDatetime
    recorded_at: AwareDatetime
    author: str
    """The author's name as shown, kept with the entry."""
    content: AnyContent


def minutes(number: Decimal) -> timedelta:
    """A number of minutes as a duration."""
    return timedelta(microseconds=int(number * 60_000_000))


def minutes_between(earlier: datetime, later: datetime) -> Decimal:
    """Elapsed minutes, exact to the microsecond; negative when `later` is earlier."""
    # In UTC: within one zone Python subtracts what the clock on the wall says.
    delta = later.astimezone(UTC) - earlier.astimezone(UTC)
    microseconds = (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds
    return Decimal(microseconds) / Decimal(60_000_000)
