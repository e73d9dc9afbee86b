"""The cases of a regimen: days in, departures out. Specification, test, handbook page."""

from datetime import date, timedelta

from pydantic import Field

from mooring.core.protocols.loading import Frozen, policy_file
from mooring.core.protocols.regimens.phased import PhasedProgress, phased_progress
from mooring.core.protocols.regimens.policy import FOLDER, RegimenPolicy, SeriesPolicy
from mooring.core.protocols.regimens.standing import Progress, progress


class SeriesCase(Frozen):
    """One course, with its days counted from the first session (day 0)."""

    id: str
    title: str
    days: tuple[int, ...]
    therapy_visits: int = 0
    """Only a series counts them."""
    as_of_day: int
    done: int
    week: int | None = None
    departs: tuple[str, ...] = ()
    """The parts of the policy the course departs from, in the order they are told."""

    def progress(self, policy: RegimenPolicy, first: date) -> Progress | PhasedProgress:
        """The progress of this case, had its first session been on that day."""
        given = [first + timedelta(days=day) for day in self.days]
        as_of = first + timedelta(days=self.as_of_day)
        if isinstance(policy, SeriesPolicy):
            return progress(policy, given, self.therapy_visits, as_of)
        return phased_progress(policy, given, as_of)


class _CasesFile(Frozen):
    cases: tuple[SeriesCase, ...] = Field(min_length=1)


def cases(policy: str, version: str | None = None) -> tuple[SeriesCase, ...]:
    """The cases of the policy of that name. Raises DataFileError when they do not fit."""
    return policy_file(FOLDER, policy, "cases.toml", _CasesFile, version).cases
