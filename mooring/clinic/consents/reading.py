"""What stands about touch and intention: from the patient's page and from the log of sessions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mooring.clinic.consents.models import TouchConsent
from mooring.clinic.courses.models import Course
from mooring.clinic.people.models import Patient
from mooring.clinic.sessions.log import entries_of
from mooring.clinic.sessions.models import TreatmentSession
from mooring.core.session import entries as e
from mooring.core.session.labels import TOUCH_WORDS
from mooring.core.session.standing import of, resolve

NOT_ASKED = "not_asked"


@dataclass(frozen=True)
class TouchAnswer:
    """One answer about touch: what, in which words, when and kept by whom."""

    touch: str
    agreed: str
    at: datetime
    by: str

    @property
    def words(self) -> str:
        """For example "hand only"."""
        return TOUCH_WORDS[self.touch]  # type: ignore[index]

    @property
    def refuses(self) -> bool:
        """True for a plain no."""
        return self.touch == "none"


@dataclass(frozen=True)
class Told:
    """An intention: the words, when and kept by whom."""

    text: str
    at: datetime
    by: str


def touch_answers(patient: Patient, now: datetime) -> list[TouchAnswer]:
    """All answers, the oldest first. One that was corrected in a log counts as corrected."""
    rows = patient.touch_consents.select_related("recorded_by")
    found = [_row(row) for row in rows]
    sessions = TreatmentSession.objects.filter(course__patient=patient)
    for session in sessions.filter(entries__kind="touch_consent").distinct():
        found += _spoken(session, now)
    return sorted(found, key=lambda answer: answer.at)


def touch_at(answers: list[TouchAnswer], moment: datetime) -> TouchAnswer | None:
    """What stood at a moment; None where nobody had asked."""
    return next((one for one in reversed(answers) if one.at <= moment), None)


def standing_touch(patient: Patient, now: datetime) -> TouchAnswer | None:
    """What stands now."""
    return touch_at(touch_answers(patient, now), now)


def standing_intention(course: Course) -> Told | None:
    """The newest intention: kept by itself, or with a therapy visit."""
    found = [
        Told(row.text, row.recorded_at, str(row.recorded_by))
        for row in course.intentions.select_related("recorded_by")
    ]
    visits = course.therapy_visits.exclude(intention="").select_related("therapist")
    found += [Told(visit.intention, visit.visited_at, str(visit.therapist)) for visit in visits]
    return max(found, key=lambda told: told.at, default=None)


def _row(row: TouchConsent) -> TouchAnswer:
    return TouchAnswer(row.touch, row.agreed, row.recorded_at, str(row.recorded_by))


def _spoken(session: TreatmentSession, now: datetime) -> Iterator[TouchAnswer]:
    log = resolve(entries_of(session), now).log
    for standing in of(log, e.TouchConsent):
        said = standing.content
        yield TouchAnswer(said.touch, said.agreed or "", standing.at, standing.author)
