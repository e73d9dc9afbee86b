"""Policies load only when every claim they cite is there."""

from pathlib import Path

import pytest

from mooring.core.protocols.loading import (
    ClaimId,
    DataFileError,
    DisagreementId,
    Frozen,
    policy_file,
    policy_names,
    policy_versions,
)


class Limit(Frozen):
    id: str
    value: int
    claims: tuple[ClaimId, ...]
    disagreements: tuple[DisagreementId, ...] = ()


class Limits(Frozen):
    limits: tuple[Limit, ...]


def policy(tmp_path: Path, text: str, name: str = "by_day", version: str = "1") -> Path:
    folder = tmp_path / name / f"v{version}"
    folder.mkdir(parents=True)
    (folder / "policy.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_policy_whose_claims_are_known_loads(tmp_path: Path) -> None:
    folder = policy(
        tmp_path,
        '[[limits]]\nid = "rise"\nvalue = 45\nclaims = ["S2.44"]\ndisagreements = ["D14"]\n',
    )
    assert policy_file(folder, "by_day", "policy.toml", Limits).limits[0].value == 45


def test_an_unknown_claim_is_named_with_file_rule_and_field(tmp_path: Path) -> None:
    folder = policy(tmp_path, '[[limits]]\nid = "rise"\nvalue = 45\nclaims = ["S2.999"]\n')
    message = (
        r"by_day/v1/policy\.toml:\n"
        r"  limits › 'rise' › claims › number 1: the evidence has no claim 'S2\.999'"
    )
    with pytest.raises(DataFileError, match=message):
        policy_file(folder, "by_day", "policy.toml", Limits)


def test_an_unknown_disagreement_is_named(tmp_path: Path) -> None:
    folder = policy(
        tmp_path,
        '[[limits]]\nid = "rise"\nvalue = 45\nclaims = ["S2.44"]\ndisagreements = ["D00"]\n',
    )
    with pytest.raises(DataFileError, match="the evidence has no disagreement 'D00'"):
        policy_file(folder, "by_day", "policy.toml", Limits)


def test_an_unknown_policy_names_those_there_are(tmp_path: Path) -> None:
    policy(tmp_path, "", "by_night")
    folder = policy(tmp_path, "", "by_day")
    with pytest.raises(DataFileError, match=r"'by_dusk' .* there are: by_day, by_night"):
        policy_file(folder, "by_dusk", "policy.toml", Limits)


def test_a_folder_without_a_policy_file_is_no_policy(tmp_path: Path) -> None:
    folder = policy(tmp_path, "")
    (folder / "notes").mkdir()
    assert policy_names(folder) == ["by_day"]


RISE = '[[limits]]\nid = "rise"\nvalue = {}\nclaims = ["S2.44"]\n'


def test_the_newest_version_counts_and_every_older_one_is_kept(tmp_path: Path) -> None:
    for version, value in (("2", 40), ("10", 45), ("9", 42)):
        folder = policy(tmp_path, RISE.format(value), version=version)
    assert policy_versions(folder, "by_day") == ["2", "9", "10"]
    assert policy_file(folder, "by_day", "policy.toml", Limits).limits[0].value == 45
    assert policy_file(folder, "by_day", "policy.toml", Limits, "2").limits[0].value == 40


def test_an_unknown_version_names_those_there_are(tmp_path: Path) -> None:
    policy(tmp_path, "", version="1")
    folder = policy(tmp_path, "", version="3")
    with pytest.raises(DataFileError, match=r"'by_day' has no version '2'; there are: 1, 3"):
        policy_file(folder, "by_day", "policy.toml", Limits, "2")


def renamed(tmp_path: Path) -> Path:
    folder = policy(tmp_path / "limits", RISE.format(45), "by_sun")
    entry = '[[renamed]]\nkind = "limits"\nwas = "by_day"\nis_now = "by_sun"\n'
    (tmp_path / "renamed.toml").write_text(entry, encoding="utf-8")
    return folder


def test_a_renamed_policy_is_found_under_the_id_it_had(tmp_path: Path) -> None:
    folder = renamed(tmp_path)
    assert policy_versions(folder, "by_day") == ["1"]
    assert policy_file(folder, "by_day", "policy.toml", Limits, "1").limits[0].value == 45


def test_another_kind_of_policy_does_not_share_its_renamed_ids(tmp_path: Path) -> None:
    renamed(tmp_path)
    folder = policy(tmp_path / "times", RISE.format(45), "by_sun")
    with pytest.raises(DataFileError, match="no policy is called 'by_day' in times"):
        policy_file(folder, "by_day", "policy.toml", Limits)
