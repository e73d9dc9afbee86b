"""The interview page: every question with its last answer, and what was just typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mooring.clinic.accounts.clinic import clinic_day
from mooring.clinic.actions import Actor, RefusedError, writing
from mooring.clinic.people.models import Patient
from mooring.clinic.people.record import read_record
from mooring.clinic.screening import actions
from mooring.clinic.screening.models import InterviewAnswer
from mooring.clinic.screening.standing import chosen_plan, the_policy
from mooring.core.protocols.screening import Option, Question, Record, why_not_usable

UNCHOSEN = "~"


@dataclass(frozen=True)
class Choice:
    """One option as it stands on the page."""

    option: Option
    chosen: bool
    detail: str

    @property
    def detail_mode(self) -> str:
        """The keyboard a tablet brings up."""
        return "decimal" if self.option.detail == "number" else "text"


@dataclass(frozen=True)
class Given:
    """One answer that was given, in the words of its option."""

    label: str
    row: InterviewAnswer


@dataclass(frozen=True)
class Asked:
    """One question as it stands on the page."""

    question: Question
    choices: tuple[Choice, ...]
    given: tuple[Given, ...]
    """All answers so far, the newest first."""
    open: str | None
    """Why the question counts as unanswered; None when its last answer counts."""
    problem: str | None = None
    """Why what was just typed could not be saved."""

    @property
    def last(self) -> Given | None:
        """The newest answer."""
        return self.given[0] if self.given else None

    @property
    def mark(self) -> str:
        """Which answer stood when the page was opened, and whether it was chosen on it."""
        if self.last is None:
            return ""
        return f"{self.last.row.pk}{UNCHOSEN if self.open is not None else ''}"

    def meanwhile(self, mark: str | None, typed: tuple[str, str]) -> bool | None:
        """True where somebody else answered since the page was opened and this says otherwise,
        None where they did and this page only carried along what it had shown, else False.
        """
        if mark is None or self.last is None:
            return False
        opened = mark.removesuffix(UNCHOSEN)
        if opened == str(self.last.row.pk):
            return False
        row = next((each.row for each in self.given if str(each.row.pk) == opened), None)
        if row is not None and not mark.endswith(UNCHOSEN) and (row.value, row.detail) == typed:
            return None
        return (self.last.row.value, self.last.row.detail) != typed


def typed(data: Mapping[str, str], question: Question) -> tuple[str, str] | None:
    """The option and detail that the form carries for a question; None when nothing is chosen."""
    value = data.get(f"answer.{question.id}", "")
    if not value:
        return None
    return value, data.get(f"detail.{question.id}.{value}", "").strip()


def save(by: Actor, patient: Patient, data: Mapping[str, str], now: datetime) -> dict[str, str]:
    """Save every answer that is new, changed, or has to be given again.

    What cannot be saved does not hold up the rest: the answer is the problems by question.
    """
    problems: dict[str, str] = {}
    with writing():
        standing = interview(patient, now)
        for asked in standing:
            given = typed(data, asked.question)
            if given is None or _stands(asked, given):
                continue
            meanwhile = asked.meanwhile(data.get(f"was.{asked.question.id}"), given)
            if meanwhile is not False:
                if meanwhile:
                    problems[asked.question.id] = _otherwise(asked)
                continue
            try:
                actions.answer(
                    by,
                    patient=patient,
                    question=asked.question.id,
                    value=given[0],
                    detail=given[1],
                    now=now,
                )
            except RefusedError as refusal:
                problems[asked.question.id] = str(refusal)
    return problems


def _otherwise(asked: Asked) -> str:
    assert asked.last is not None  # noqa: S101
    return (
        f"{asked.last.row.answered_by} answered “{asked.last.label}” meanwhile. If yours is right,"
        " save it again."
    )


def _stands(asked: Asked, given: tuple[str, str]) -> bool:
    """True when this is the answer that counts already."""
    last = asked.last
    return asked.open is None and last is not None and (last.row.value, last.row.detail) == given


def interview(
    patient: Patient,
    now: datetime,
    data: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
) -> list[Asked]:
    """All questions in order, with what was typed where there is a problem with it."""
    record = read_record(patient, clinic_day(now))
    history: dict[str, list[InterviewAnswer]] = {}
    for row in patient.answers.order_by("-answered_at", "-pk"):
        history.setdefault(row.question, []).append(row)
    return [
        _asked(question, record, history.get(question.id, []), data, problems or {})
        for question in the_policy(chosen_plan(patient)).questions
    ]


def _asked(
    question: Question,
    record: Record,
    history: list[InterviewAnswer],
    data: Mapping[str, str] | None,
    problems: Mapping[str, str],
) -> Asked:
    last = history[0] if history else None
    open_because = why_not_usable(question, record.answers.get(question.id), record)
    shown = (last.value, last.detail) if last and open_because is None else ("", "")
    if data is not None and question.id in problems:
        shown = typed(data, question) or shown
    choices = tuple(
        Choice(option, option.value == shown[0], shown[1] if option.value == shown[0] else "")
        for option in question.options
    )
    given = tuple(Given(_label(question, row.value), row) for row in history)
    return Asked(question, choices, given, open_because, problems.get(question.id))


def _label(question: Question, value: str) -> str:
    """The words of an answer; its value where the question has lost that option."""
    option = question.option(value)
    return option.label if option else value
