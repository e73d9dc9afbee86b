"""The cases of a series policy: days in, departures out. Specification, test, handbook page."""

from datetime import date, timedelta

from pydantic import Field

from mooring.core.protocols.loading import Frozen, policy_file
from mooring.core.protocols.regimens.policy import FOLDER, SeriesPolicy
from mooring.core.protocols.regimens.standing import Progress, progress


class SeriesCase(Frozen):
    """One series, with its days counted from the first infusion (day 0)."""

    id: str
    title: str
    days: tuple[int, ...]
    therapy_visits: int
    as_of_day: int
    done: int
    week: int | None = None
    departs: tuple[str, ...] = ()
    """The parts of the policy the series departs from, in the order they are told."""

    def progress(self, policy: SeriesPolicy, first: date) -> Progress:
        """The progress of this case, had its first infusion been on that day."""
        given = [first + timedelta(days=day) for day in self.days]
        return progress(policy, given, self.therapy_visits, first + timedelta(days=self.as_of_day))


class _CasesFile(Frozen):
    cases: tuple[SeriesCase, ...] = Field(min_length=1)


def cases(policy: str) -> tuple[SeriesCase, ...]:
    """The cases of the policy of that name. Raises DataFileError when they do not fit."""
    return policy_file(FOLDER, policy, "cases.toml", _CasesFile).cases
