"""How the newest decision stands against the chart as it is now.

Today, the order page, the start of a course and the start of a session all read `standing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.holds import Hold
from mooring.clinic.people.models import Patient
from mooring.clinic.screening.models import Decision, ScreeningDecision
from mooring.clinic.screening.standing import screen, the_policy
from mooring.core.protocols.screening import New, Screening, looked_at, new_since
from mooring.core.words import day


@dataclass(frozen=True)
class Standing:
    """The newest decision, and what the chart holds that was not looked at when it was signed."""

    patient: Patient
    decision: ScreeningDecision | None
    """None where nobody has decided yet."""
    screening: Screening
    new: tuple[New, ...]
    """Empty while there is no decision to go on: then every finding is."""

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
        return [self._suspension(url)] if self.new else []

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
    rows = patient.decisions.all()
    decision = max(rows, key=lambda row: (row.decided_at, row.pk), default=None)
    screening = screen(patient, today)
    looked = looked_at(decision.findings) if decision is not None else ()
    new = () if decision is None else new_since(looked, screening, the_policy())
    return Standing(patient, decision, screening, new)


def in_words(new: New) -> str:
    """A finding with what is new about it: "Allergic reaction to ketamine (Ketamine, active)"."""
    facts = ", ".join(trigger.fact for trigger in new.triggers)
    return f"{new.finding.title} ({facts})"
