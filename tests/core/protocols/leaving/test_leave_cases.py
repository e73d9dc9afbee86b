"""Each leaving policy is open as its case table says. The tables are the specification."""

import re

import pytest

from mooring.core import evidence
from mooring.core.protocols.leaving import policy as leaving
from mooring.core.protocols.leaving.criterion import Criterion
from mooring.core.protocols.leaving.evaluate import criteria
from mooring.core.protocols.stopping import policy as stopping
from mooring.core.session.alerts import policy_alerts
from mooring.core.session.cases import Case, at_minute
from mooring.core.session.chart import chart
from mooring.core.session.entries import InfusionComplete, Reading
from mooring.core.session.standing import resolve
from tests.core.session.building import START, at, log, seated
from tests.support.released import released

BESIDE = [stopping.load(name) for name in ("emory_s2", "spo2_92", "sedation_call")]
ROWS = [
    pytest.param(name, version, case, id=f"{name} v{version}: {case.name}")
    for name, version in released(leaving.FOLDER)
    for case in leaving.cases(name, version).cases
]
NEVER = re.compile(r"\b(discharged?|safe|safely|normal|you should|error|invalid)\b", re.IGNORECASE)


def looked_at(name: str, version: str, case: Case[leaving.Expected]) -> tuple[Criterion, ...]:
    now = at_minute(case.now)
    table = leaving.cases(name, version)
    seen = chart(resolve(table.entries(case), now).log, now, table.planned_doses)
    return criteria(leaving.load(name, version), seen, policy_alerts(BESIDE, seen))


@pytest.mark.parametrize(("name", "version", "case"), ROWS)
def test_criteria_are_open_as_the_case_says(
    name: str, version: str, case: Case[leaving.Expected]
) -> None:
    found = [criterion.line for criterion in looked_at(name, version, case) if not criterion.met]
    assert [line.id for line in found] == list(case.expect.open)
    if case.expect.says is not None:
        assert found[0].text == case.expect.says


@pytest.mark.parametrize(("name", "version", "case"), ROWS)
def test_open_lines_say_not_yet_and_no_line_decides(
    name: str, version: str, case: Case[leaving.Expected]
) -> None:
    for criterion in looked_at(name, version, case):
        assert criterion.line.text.startswith("Not yet: ") is not criterion.met
        assert not NEVER.search(criterion.line.text)
        assert criterion.line.claims


def test_met_lines_say_on_what_they_rest() -> None:
    name, version = "iv_recovery", "2"
    complete = leaving.cases(name, version).cases[0]
    assert [criterion.line.text for criterion in looked_at(name, version, complete)] == [
        "The infusion has ended",
        "120 min since the start of the infusion, 120 needed",
        "80 min since the end of the infusion, 60 needed",
        "MOAA/S 5",
        "Blood pressure 126/82 is within 20 % of baseline 120/80",
        "Heart rate 78 is within 20 % of baseline 75",
        "SpO2 97 % on room air",
        "PADSS 9 of 10 (without bleeding 7 of 8), then PADSS 9 of 10 (without bleeding 7 of 8), "
        "20 min apart or more",
        "Oriented",
        "Steady gait",
        "Nausea controlled",
        "Responsible adult present",
        "Driving restriction acknowledged",
        "Suicidal ideation asked: no suicidal thoughts",
        "No stop or call rule is active",
    ]


@pytest.mark.parametrize(
    ("name", "minutes"),
    [
        ("iv_recovery", {"start": 120, "end": 60}),
        ("esketamine_label", {"end": 120}),
        ("intranasal_three_hours", {"end": 180}),
        ("single_dose", {"start": 120}),
    ],
)
def test_how_long_each_policy_watches(name: str, minutes: dict[str, int]) -> None:
    times = leaving.load(name).minimum_time
    assert {one.since: one.at_least.value for one in times} == minutes
    assert name in leaving.names()


def test_longer_times_are_named_than_the_policies_ask_for() -> None:
    """D34: three hours until baseline, and two and a half hours of an esketamine session."""
    base, longest = evidence.load(), {"iv_recovery": "S4.71", "esketamine_label": "S1.16"}
    for name, claim in longest.items():
        asked = max(one.at_least.value for one in leaving.load(name).minimum_time)
        hours = [n.value for n in base.claim(claim).quantities if n.unit == "h"]
        assert max(h for h in hours if h is not None) * 60 > asked


def test_the_disagreements_about_time_and_driving_are_shown_with_the_policy() -> None:
    assert leaving.load("iv_recovery").disagreements == ("D34", "D35")


def test_a_heart_rate_without_one_before_the_start_stays_open() -> None:
    """Pressures alone before the start: nothing is known that the heart rate could be near to."""
    before = Reading(systolic=120, diastolic=78, position="seated")
    entries = log(
        (-12, before), (-5, before), (0, START), (40, InfusionComplete()), (60, seated())
    )  # fmt: skip
    seen = chart(resolve(entries, at(61)).log, at(61))
    found = {c.line.id: c.line.text for c in criteria(leaving.load("iv_recovery"), seen, ())}
    assert found["heart_rate"] == "Not yet: the heart rate at baseline is unknown"
