"""What a leaving policy is made of, and how one is loaded by its name."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from mooring.core.datafiles import Frozen
from mooring.core.protocols.cited import Claims, Number, Policy
from mooring.core.protocols.conditions import Threshold
from mooring.core.protocols.loading import policy_file, policy_names
from mooring.core.session.cases import Cases
from mooring.core.session.entries import SymptomId

FOLDER = Path(__file__).parent


class MinimumTime(Frozen):
    """Not before so many minutes from the start, or from the end, of the drug's going in."""

    since: Literal["start", "end"]
    at_least: Number


class Ready(Frozen):
    """A criterion that a person looks at and finds met or not."""

    criterion: Literal[
        "oriented", "steady_gait", "nausea_controlled", "escort_present",
        "driving_restriction_acknowledged", "suicidal_ideation_asked",
    ]  # fmt: skip
    since: Literal["check_in", "end"]
    """Counted when it was looked at in this session at all, or only after the drug was in."""
    answer_needed: bool = False
    """True where the answer itself has to be kept, and only a no meets it without a prescriber."""
    overtaken_by: tuple[SymptomId, ...] = ()
    """Symptoms that, reported later, ask for another look."""
    claims: Claims


class Measured(Frozen):
    """A criterion that the newest measurement from after the drug decides."""

    id: Literal["sedation", "blood_pressure", "heart_rate", "spo2"]
    all_of: tuple[Threshold, ...] = Field(min_length=1)
    on_room_air: bool = False
    """Counts only where it is charted that no oxygen was given."""


class Scores(Frozen):
    """The PADSS: the newest and an earlier one so high, so far apart, with no lower one between."""

    at_least: Number
    apart: Number


class LeavePolicy(Policy):
    """One named set of criteria, all of which have to be met."""

    ended: Claims
    minimum_time: tuple[MinimumTime, ...] = Field(min_length=1)
    measured: tuple[Measured, ...] = Field(min_length=1)
    not_older_than: Number
    """Age of the vital signs and the sedation score that count."""
    scores: Scores
    ready: tuple[Ready, ...]
    no_active_rule: Claims


class Expected(Frozen):
    """What a case expects to be open, by id, in order; and the first line's words."""

    open: tuple[str, ...] = ()
    says: str | None = None


def names() -> list[str]:
    """The leaving policies there are."""
    return policy_names(FOLDER)


@cache
def load(name: str, version: str | None = None) -> LeavePolicy:
    """The policy called `name`. Raises DataFileError naming those there are, or what is wrong."""
    return policy_file(FOLDER, name, "policy.toml", LeavePolicy, version)


def cases(name: str, version: str | None = None) -> Cases[Expected]:
    """The case table of a policy."""
    return policy_file(FOLDER, name, "cases.toml", Cases[Expected], version)
