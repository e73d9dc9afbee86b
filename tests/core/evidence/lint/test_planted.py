"""What we ship is green, and each error planted into it is found and named."""

import shutil
from pathlib import Path

import pytest

from mooring.core import evidence
from mooring.core.datafiles import DataFileError
from mooring.core.evidence.base import DATA
from mooring.core.evidence.lint import Finding, lint, names, ruled
from mooring.core.evidence.lint.checks import policy_number

NEW = """
[[claims]]
id = "{id}"
statement = "{statement}"
source = "{source}"
locator = "{locator}"
status = "{status}"
{more}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    return copy


def opened(folder: Path) -> tuple[Finding, ...]:
    """What is open in the folder that is not open in what we ship."""
    shipped = set(lint(evidence.load()).open)
    return tuple(f for f in lint(evidence.load(folder)).open if f not in shipped)


def add(folder: Path, more: str, **fields: str) -> None:
    planted = {
        "id": "S1.99",
        "statement": "A planted 35 mg.",
        "source": "S1",
        "locator": "line 1",
        "status": "source-only",
    }
    text = 'topic = "Planted"\n' + NEW.format(more=more, **(planted | fields))
    (folder / "claims" / "planted.toml").write_text(text, encoding="utf-8")


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text, f"{file} does not say {old}"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_we_ship_is_green() -> None:
    report = lint(evidence.load())
    assert [f"{f.claim} {f.check}: {f.says}" for f in report.open] == []
    assert report.claims > 500
    assert report.recomputed > 70


def test_a_copy_of_what_we_ship_finds_nothing_new(folder: Path) -> None:
    assert opened(folder) == ()


PLANTED: dict[str, str] = {
    "percent": (
        'quantities = [{ value = 63.0, unit = "%", per = "people", numerator = 46,'
        " denominator = 83 }]"
    ),
    "arithmetic": (
        'quantities = [{ of = "doses", value = 8, unit = "doses" },'
        ' { of = "one", value = 35, unit = "mg" }, { of = "all", value = 3, unit = "g" }]\n'
        'arithmetic = [{ relation = "product", parts = ["doses", "one"], result = "all" }]'
    ),
    "unit_missing": "quantities = [{ low = 50, high = 200 }]",
    "unsourced": 'quantities = [{ value = 9, unit = "months", measure = "duration" }]',
    "unit_of_analysis": (
        'reports = "more-kare-notice.days"\ncites = "kare-2022"\nn = 24\n'
        'quantities = [{ value = 86, unit = "%", per = "people", measure = "rate" }]'
    ),
    "comparator_missing": (
        'reports = "abbar-2022.day-3"\nn = 73\n'
        'quantities = [{ value = 63, unit = "%", per = "people", measure = "rate" }]'
    ),
    "denominator_missing": (
        'cites = "abbar-2022"\ncomparator = "placebo"\n'
        'quantities = [{ value = 63, unit = "%", per = "people", measure = "rate" }]'
    ),
    "interim_value": 'reports = "kellner-2005.course"\nquantities = [{ value = 61, unit = "%" }]',
    "population": 'reports = "abbar-2022.day-3"\npopulation = "people with chronic pain"',
    "route": 'reports = "abbar-2022.day-3"\nroute = "intranasal"',
    "drug_form": 'reports = "abbar-2022.day-3"\ndrug = "esketamine"',
    "outlier": (
        'quantities = [{ value = 95, unit = "%", subject = "bioavailability, intranasal racemic" }]'
    ),
    "disjoint": (
        'quantities = [{ value = 95, unit = "%", subject = "bioavailability, intranasal racemic" }]'
    ),
    "not_in_source": 'reports = "abbar-2022.day-3"\nquantities = [{ value = 97, unit = "%" }]',
    "small_uncontrolled": (
        'cites = "garel-2023"\n'
        'quantities = [{ value = 91, unit = "%", per = "people", measure = "rate" }]'
    ),
    "approval": 'drug = "racemic ketamine"\napproves = ["chronic pain"]',
    "stale_acknowledgement": (
        'acknowledged = [{ check = "percent", findings = ["00000000"], reason = "Looked at." }]'
    ),
    "interval": 'quantities = [{ value = 4.9, unit = "odds ratio", confidence = [0.29, 0.84] }]',
    "more_than_all": (
        'n = 20\nquantities = [{ numerator = 17, denominator = 24, per = "people" }]'
    ),
    "prose": 'quantities = [{ value = 53, unit = "mg" }]',
    "policy_number": "",
    "number_words": 'quantities = [{ value = 12, unit = "infusions" }]',
}
IN_WORDS = "A planted 35 mg after ten infusions."
MOVED = [
    ("is 0.5 mg/kg, for example 35 mg", "is 5 mg/kg, for example 350 mg"),
    ('value = 0.5, unit = "mg/kg"', 'value = 5, unit = "mg/kg"'),
]
"""For `policy_number`: the claim behind the standard dose of the infusion, S2.55, by ten."""


@pytest.mark.parametrize("check", PLANTED)
def test_a_planted_error_is_red_and_named(check: str, folder: Path) -> None:
    if check == "policy_number":
        for old, new in MOVED:
            change(folder, "claims/dose-and-series.toml", old, new)
    statement = {"statement": IN_WORDS} if check == "number_words" else {}
    add(folder, PLANTED[check], **statement)
    found = [f for f in opened(folder) if {"S1.99", "S2.55"} & set(f.claims)]
    assert check in {finding.check for finding in found}, found


def test_every_check_has_a_planted_error() -> None:
    assert set(PLANTED) == set(names())


@pytest.mark.parametrize(
    ("file", "right", "slip", "claim"),
    [
        ("dose-and-series", "denominator = 24", "denominator = 42", "murrough-2013.series"),
        ("suicidality", "value = 132, ", "value = 312, ", "S4.17"),
        ("outcomes", "value = 41, ", "value = 14, ", "phillips-2019.non-response"),
    ],
)
def test_a_slip_of_the_hand_in_a_shipped_number_is_found(
    file: str, right: str, slip: str, claim: str, folder: Path
) -> None:
    change(folder, f"claims/{file}.toml", right, slip)
    assert claim in {name for finding in opened(folder) for name in finding.claims}


def test_an_acknowledgement_stands_for_one_number_only(folder: Path) -> None:
    """The rise of 3.28 against 7.4 and 16.0 is acknowledged; a rise of 32.8 is not."""
    change(folder, "claims/session-safety.toml", "value = 3.28, ", "value = 32.8, ")
    change(folder, "claims/session-safety.toml", "was 3.28 systolic", "was 32.8 systolic")
    found = {(f.claim, f.check) for f in opened(folder) if "emory" in "".join(f.claims)}
    assert ("emory-2018.blood-pressure-rise", "disjoint") in found
    assert ("emory-2018.blood-pressure-rise", "stale_acknowledgement") in found


def test_a_number_that_lost_its_point_is_not_the_one_of_its_statement(folder: Path) -> None:
    change(folder, "claims/session-safety.toml", "value = 3.28, ", "value = 32.8, ")
    found = {(f.claim, f.check) for f in opened(folder)}
    assert ("emory-2018.blood-pressure-rise", "prose") in found


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ('[standard_dose]\nmg_per_kg = 5\nclaims = ["S2.55"]\n', "5 mg/kg"),
        ('[[rules]]\nmax_age_days = 60\nclaims = ["choice.blood-pressure-age"]\n', "60 days"),
        ('[limit]\nvalue = 3\nunit = "of 5"\nclaims = ["choice.airway-call"]\n', "3 of 5"),
        ('[bands]\nfrom = 14\nclaims = ["phq-9.bands"]\n', "14"),
        ('text = "After three weeks."\nclaims = ["S4.12"]\n', "three weeks"),
        ('[a]\ntext = "At 12 weeks."\n[a.b]\nclaims = ["S4.12"]\n', "12 weeks"),
    ],
)
def test_a_policy_that_was_mistyped_is_found_at_the_claim_it_cites(
    rule: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "v1" / "policy.toml"
    file.parent.mkdir()
    file.write_text(rule, encoding="utf-8")
    monkeypatch.setattr(ruled, "rule_files", lambda: [file])
    ruled.ruled.cache_clear()
    (found,) = policy_number.find(evidence.load())
    ruled.ruled.cache_clear()
    assert found.claim in rule
    assert found.says.partition(" goes by ")[2] == f"{says}; no claim it cites says so."


def test_taking_an_acknowledgement_away_brings_its_finding_back(folder: Path) -> None:
    shipped = evidence.load()
    (mark,) = shipped.corrections["E13"].findings
    change(folder, "corrections.toml", f'found_by = ["unit_missing"]\nfindings = ["{mark}"]\n', "")
    found = opened(folder)
    assert [(f.claim, f.check) for f in found] == [("S1.33", "unit_missing")]


def test_taking_a_claim_out_of_its_disagreement_shows_what_it_excludes(folder: Path) -> None:
    base = evidence.load()
    report = lint(base)
    linked = [d for d in base.disagreements.values() if len(d.named) > 1]
    alone = evidence.EvidenceBase(base.version, base.sources, base.claims, {}, base.corrections)
    assert linked
    more = {f.claims for f in lint(alone).open if f.check == "disjoint"}
    assert more - {f.claims for f in report.open}


def test_a_claim_that_is_not_there_stops_the_load_and_names_file_claim_and_field(
    folder: Path,
) -> None:
    add(folder, 'reports = "nobody.knows"')
    with pytest.raises(DataFileError, match=r"planted\.toml: 'S1\.99' › reports: .*nobody\.knows"):
        evidence.load(folder)
