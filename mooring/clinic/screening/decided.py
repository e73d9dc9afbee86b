"""How the newest decision stands against the chart as it is now.

Today, the order page, the start of a course and the start of a session all read `standing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.holds import Hold
from mooring.clinic.people.lists import asked_list
from mooring.clinic.people.models import ListName, Patient
from mooring.clinic.people.record import read_record
from mooring.clinic.screening.models import Decision, ScreeningDecision
from mooring.clinic.screening.standing import POLICY, chosen_plan, policy_called, the_policy
from mooring.core.protocols.loading import policy_names
from mooring.core.protocols.screening import (
    Finding,
    New,
    Policy,
    Screening,
    Tier,
    evaluate,
    looked_at,
    new_since,
)
from mooring.core.protocols.screening.policy import FOLDER
from mooring.core.words import day

MEASURED = frozenset({"weight", "blood_pressure"})
"""What a missing measurement asks for; a start has its own rules for both."""


@dataclass(frozen=True)
class Standing:
    """The newest decision, and what the chart holds that was not looked at when it was signed."""

    patient: Patient
    decision: ScreeningDecision | None
    """None where nobody has decided yet."""
    screening: Screening
    new: tuple[New, ...]
    """Empty while there is no decision to go on: then every finding is."""
    policy: Policy
    """By which it was decided, and is judged now."""

    @property
    def proceeds(self) -> bool:
        """True where the newest decision is to go on, whatever came since."""
        return self.decision is not None and self.decision.decision == Decision.PROCEED

    @property
    def suspended(self) -> bool:
        """True where a decision to go on waits for a prescriber to look again."""
        return self.proceeds and bool(self.new)

    @property
    def holds(self) -> list[Hold]:
        """Why no order is signed and no drug is started; empty where the decision carries them."""
        url = reverse("screening", args=[self.patient.pk])
        if self.decision is None:
            text = "There is no screening decision yet: treatment starts on a signed one."
            return [Hold("screening.none", text, url, "Screening")]
        if not self.proceeds:
            said = self.decision.get_decision_display()
            text = f"The newest screening decision says “{said}”. Decide on screening again first."
            return [Hold("screening.decision", text, url, "Screening")]
        return [*([self._suspension(url)] if self.new else []), *self._questions()]

    @property
    def open(self) -> tuple[Finding, ...]:
        """What is asked again. A pressure is taken at the chair, a weight held by its order."""
        missing = self.screening.of(Tier.MISSING)
        return tuple(finding for finding in missing if finding.asks not in MEASURED)

    @property
    def unknown(self) -> tuple[Finding, ...]:
        """Of these, what holds: a list that nobody ever asked, and an answer of "not known".

        What has only grown old is due and shown as such; it was known when it was decided on.
        """
        return tuple(finding for finding in self.open if self._never_known(finding))

    def _never_known(self, finding: Finding) -> bool:
        if finding.asks in ListName.values:
            return not asked_list(self.patient, ListName(finding.asks)).asked
        return finding.triggers[0].source == "answer"

    def _questions(self) -> list[Hold]:
        """What holds until it is answered: no prescriber has to look for that."""
        return [
            Hold(
                f"screening.{finding.rule}",
                f"{finding.title}. {finding.triggers[0].text}.",
                asking(self.patient, finding),
                "Answer",
                finding.claims,
            )
            for finding in self.unknown
        ]

    def _suspension(self, url: str) -> Hold:
        assert self.decision is not None  # noqa: S101
        signed = day(clinic_day(self.decision.decided_at))
        found = "; ".join(in_words(each) for each in self.new)
        text = f"New in the chart since the screening decision of {signed}: {found}. "
        claims = tuple(dict.fromkeys(claim for each in self.new for claim in each.finding.claims))
        return Hold(
            "screening.suspended", f"{text}A prescriber looks again.", url, "Look again", claims
        )


def standing(patient: Patient, today: date) -> Standing:
    """The newest decision, held against the chart as it is on that day."""
    decision = newest(patient)
    policy = the_policy(chosen_plan(patient)) if decision is None else judging(decision)
    screening = evaluate(policy, read_record(patient, today))
    looked = looked_at(decision.findings) if decision is not None else ()
    new = () if decision is None else new_since(looked, screening, policy)
    return Standing(patient, decision, screening, new, policy)


def newest(patient: Patient) -> ScreeningDecision | None:
    """The decision that counts; read from what a list has fetched beforehand."""
    rows = patient.decisions.all()
    return max(rows, key=lambda row: (row.decided_at, row.pk), default=None)


def judging(decision: ScreeningDecision) -> Policy:
    """The policy by which a decision is judged now: the newest version of its own."""
    known = decision.policy in policy_names(FOLDER)
    return policy_called(decision.policy if known else POLICY)


def asking(patient: Patient, finding: Finding) -> str:
    """The page on which what is missing is answered."""
    if finding.asks in ListName.values:
        return reverse("list_asked", args=[patient.pk, finding.asks])
    return f"{reverse('screening_answer', args=[patient.pk])}#q-{finding.asks}"


def in_words(new: New) -> str:
    """A finding with what is new about it: "Allergic reaction to ketamine (Ketamine, active)"."""
    facts = ", ".join(trigger.fact for trigger in new.triggers)
    return f"{new.finding.title} ({facts})"
