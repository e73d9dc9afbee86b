"""Every policy folder of a session has its cases, and no number without a claim."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from mooring.core import evidence
from mooring.core.datafiles import DataFileError
from mooring.core.evidence import Status
from mooring.core.protocols.leaving import policy as leaving
from mooring.core.protocols.loading import policy_folder, policy_names, policy_versions
from mooring.core.protocols.monitoring import policy as monitoring
from mooring.core.protocols.starting import policy as starting
from mooring.core.protocols.stopping import policy as stopping
from mooring.core.session.cases import Line
from mooring.core.session.policies import MissingPoliciesError, session_policies

KINDS = (stopping, monitoring, starting, leaving)
FOLDERS = [
    pytest.param(kind, name, version, id=f"{kind.FOLDER.name}/{name}/v{version}")
    for kind in KINDS
    for name in policy_names(kind.FOLDER)
    for version in policy_versions(kind.FOLDER, name)
]


def content_of(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "policy.toml").read_text(encoding="utf-8"))


def bare_numbers(content: Any, path: str = "") -> Iterator[str]:
    """Where a number stands that is not the value beside which claims stand."""
    if isinstance(content, dict):
        for key, value in content.items():
            if key == "value" and content.get("claims"):
                continue
            yield from bare_numbers(value, f"{path} › {key}")
    elif isinstance(content, list):
        for number, value in enumerate(content):
            yield from bare_numbers(value, f"{path} › {number}")
    elif isinstance(content, int | float) and not isinstance(content, bool):
        yield path


def claims_in(content: Any) -> Iterator[str]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield from value if key == "claims" else claims_in(value)
    elif isinstance(content, list):
        for value in content:
            yield from claims_in(value)


@pytest.mark.parametrize(("kind", "name", "version"), FOLDERS)
def test_the_policy_has_a_case_table(kind: Any, name: str, version: str) -> None:
    assert kind.cases(name, version).cases


@pytest.mark.parametrize(("kind", "name", "version"), FOLDERS)
def test_the_policy_is_called_like_its_folder(kind: Any, name: str, version: str) -> None:
    loaded = kind.load(name, version)
    assert (loaded.id, loaded.version) == (name, version)


@pytest.mark.parametrize(("kind", "name", "version"), FOLDERS)
def test_no_number_stands_without_a_claim(kind: Any, name: str, version: str) -> None:
    assert list(bare_numbers(content_of(policy_folder(kind.FOLDER, name, version)))) == []


def test_a_number_without_a_claim_would_be_found() -> None:
    assert list(bare_numbers({"rules": [{"limit": {"value": 3}}]})) == [
        " › rules › 0 › limit › value"
    ]


@pytest.mark.parametrize(("kind", "name", "version"), FOLDERS)
def test_numbers_are_those_of_their_claims(kind: Any, name: str, version: str) -> None:
    """Each value stands among the quantities of the claims beside it, as a number or in words.

    Hours may be written as minutes. A schedule of fixed times stands in its claim's words.
    """
    for number in numbers_in(content_of(policy_folder(kind.FOLDER, name, version))):
        claims = [evidence.load().claim(claim) for claim in number["claims"]]
        said = {str(v) for c in claims for q in c.quantities for v in (q.value, q.low, q.high)}
        in_hours = {str(number["value"] / 60).removesuffix(".0")}
        in_words = any(str(number["value"]) in claim.statement for claim in claims)
        assert str(number["value"]) in said or said & in_hours or in_words, number


def numbers_in(content: Any) -> Iterator[dict[str, Any]]:
    if isinstance(content, dict):
        if "value" in content:
            yield content
        for value in content.values():
            yield from numbers_in(value)
    elif isinstance(content, list):
        for value in content:
            yield from numbers_in(value)


@pytest.mark.parametrize(("kind", "name", "version"), FOLDERS)
def test_no_dangerous_statement_became_a_rule(kind: Any, name: str, version: str) -> None:
    for claim in claims_in(content_of(policy_folder(kind.FOLDER, name, version))):
        assert "dangerous" not in evidence.load().claim(claim).flags


def test_numbers_of_the_clinics_own_say_so() -> None:
    chosen = [c for c in evidence.load().claims.values() if c.id == "choice.airway-call"]
    assert [claim.status for claim in chosen] == [Status.CLINIC_CHOICE]


def test_the_stop_thresholds_are_marked_as_said_by_one_source_only() -> None:
    assert evidence.load().claim("S2.44").status is Status.SOURCE_ONLY


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.FOLDER.name)
def test_an_unknown_policy_is_answered_with_those_there_are(kind: Any) -> None:
    with pytest.raises(DataFileError, match=f"no policy is called 'none'.*{kind.names()[0]}"):
        kind.load("none")


def test_a_case_line_that_is_no_table_is_refused() -> None:
    with pytest.raises(ValidationError):
        Line.model_validate(3)


def test_policies_are_loaded_together_and_stop_policies_stay_apart() -> None:
    loaded = session_policies(["emory_s2", "spo2_92"], "emory_q10", "iv_start", "iv_recovery")
    assert [policy.id for policy in loaded.stopping] == ["emory_s2", "spo2_92"]
    names = (loaded.monitoring.id, loaded.starting.id, loaded.leaving.id)
    assert names == ("emory_q10", "iv_start", "iv_recovery")


def test_what_a_session_keeps_names_the_version_of_each_of_its_policies() -> None:
    loaded = session_policies(["emory_s2", "spo2_92"], "emory_q10", "iv_start", "iv_recovery")
    kept = {
        "stopping/emory_s2": loaded.stopping[0].version,
        "stopping/spo2_92": loaded.stopping[1].version,
        "monitoring/emory_q10": loaded.monitoring.version,
        "starting/iv_start": loaded.starting.version,
        "leaving/iv_recovery": loaded.leaving.version,
    }
    assert loaded.versions == kept


def test_policies_are_loaded_in_the_versions_that_were_kept() -> None:
    kept = {"stopping/emory_s2": "1", "leaving/iv_recovery": "1"}
    names = (["emory_s2"], "emory_q10", "iv_start", "iv_recovery")
    loaded = session_policies(*names, kept)
    assert loaded.stopping[0] == stopping.load("emory_s2", "1")
    assert loaded.leaving == leaving.load("iv_recovery", "1")


def test_every_policy_that_is_missing_is_named_and_none_is_put_in_its_place() -> None:
    names = (["emory_s2", "gone"], "never", "iv_start", "iv_recovery")
    with pytest.raises(MissingPoliciesError) as problem:
        session_policies(*names, {"stopping/emory_s2": "99"})
    assert problem.value.missing == (
        "stopping / emory_s2, version 99", "stopping / gone", "monitoring / never"
    )  # fmt: skip
    assert "there are: 1" in str(problem.value)
