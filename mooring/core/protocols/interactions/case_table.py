"""The cases of an interaction policy: lists in, findings out. Specification, test and page."""

from pydantic import Field

from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.interactions import Entry
from mooring.core.protocols.interactions.benzodiazepines import Verdict
from mooring.core.protocols.interactions.findings import Finding, Listed, findings, read_list
from mooring.core.protocols.interactions.policy import FOLDER, InteractionPolicy, Severity
from mooring.core.protocols.loading import Frozen, policy_file


class CaseEntry(Frozen):
    """One line of a list in a case."""

    text: str
    dose: str = ""
    status: str = "active"


class InteractionCase(Frozen):
    """One medication list, looked at for one drug and route."""

    id: str
    title: str
    drug: Drug = Drug.RACEMIC_KETAMINE
    route: Route = Route.INTRAVENOUS_INFUSION
    list: tuple[CaseEntry, ...]
    findings: dict[str, Severity] = Field(default_factory=dict)
    """Every rule that speaks, with what it asks for."""
    no_rule: tuple[str, ...] = ()
    not_recognised: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    """The names that are shown for what was not read."""
    benzodiazepines: Verdict | None = None

    def listed(self, policy: InteractionPolicy) -> Listed:
        """The list of this case, read."""
        entries = [Entry(line.text, line.dose, status=line.status) for line in self.list]
        return read_list(policy, entries)

    def found(self, policy: InteractionPolicy) -> tuple[Finding, ...]:
        """What the policy makes of it."""
        return findings(policy, self.listed(policy), self.drug, self.route)


class _CasesFile(Frozen):
    cases: tuple[InteractionCase, ...] = Field(min_length=1)


def cases(policy: str, version: str | None = None) -> tuple[InteractionCase, ...]:
    """The cases of the policy of that name. Raises DataFileError when they do not fit."""
    return policy_file(FOLDER, policy, "cases.toml", _CasesFile, version).cases
