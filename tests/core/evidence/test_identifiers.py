"""What is verified can be found and was read on a day; what nobody re-read says so."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from mooring.core import evidence
from mooring.core.datafiles import DataFileError
from mooring.core.evidence import Read, Source, Status
from mooring.core.evidence.base import DATA
from mooring.core.evidence.identifiers import in_words, problem

BASE = evidence.load()


@pytest.mark.parametrize(
    ("identifier", "words"),
    [
        ("doi:10.1136/bmj-2021-067194", "DOI 10.1136/bmj-2021-067194"),
        ("doi:10.1016/S2215-0366(17)30272-9", "DOI 10.1016/S2215-0366(17)30272-9"),
        ("pmid:35110300", "PubMed 35110300"),
        ("pmcid:PMC8808464", "PubMed Central PMC8808464"),
        ("nct:NCT04939649", "trial NCT04939649"),
        ("pii:S0165032717322541", "PII S0165032717322541"),
        (
            "set-id:d81a6a79-a74a-44b7-822c-0dfa3036eaed",
            "label d81a6a79-a74a-44b7-822c-0dfa3036eaed",
        ),
        ("ndc-label:50458-028", "National Drug Code 50458-028"),
        ("cfr:21 CFR 1306.05", "21 CFR 1306.05"),
        ("isbn:0306406152", "ISBN 0306406152"),
        ("isbn:9780306406157", "ISBN 9780306406157"),
        ("isbn:097522980X", "ISBN 097522980X"),
        ("report:VA OIG 21-01836-66", "VA OIG 21-01836-66"),
        ("rule:Michigan Administrative Code R 338.3161", "Michigan Administrative Code R 338.3161"),
    ],
)
def test_an_identifier_is_written_as_its_register_writes_it(identifier: str, words: str) -> None:
    assert problem(identifier) == ""
    assert in_words(identifier) == words


@pytest.mark.parametrize(
    ("identifier", "says"),
    [
        ("doi:11.1136/bmj", "not written as a doi"),
        ("pmid:PMC8808464", "not written as a pmid"),
        ("pmid:0", "not written as a pmid"),
        ("pmcid:8808464", "not written as a pmcid"),
        ("nct:NCT0493964", "not written as a nct"),
        ("cfr:1306.05", "not written as a cfr"),
        ("isbn:0306406153", "does not add up"),
        ("isbn:9780306406158", "does not add up"),
        ("report:a newspaper", "not written as a report"),
        ("rule:the usual one", "not written as a rule"),
        ("url:anything", "of no known kind; use one of doi, pmid"),
        ("35110300", "of no known kind"),
        ("", "of no known kind"),
        ("doi:10.1136/https://x", "holds an address"),
        ("rule:2 www.x.org", "holds an address"),
    ],
)
def test_what_is_no_identifier_is_refused(identifier: str, says: str) -> None:
    assert says in problem(identifier)
    with pytest.raises(ValidationError, match=says):
        Source.model_validate(
            {
                **{"id": "s", "title": "T", "author": "A", "kind": "trial", "read": "abstract"},
                "identifiers": [identifier],
            }
        )


def test_a_source_tells_how_it_is_found() -> None:
    assert BASE.source("kellner-2005").found_by == (
        "DOI 10.1176/appi.ajp.162.5.977; PubMed 15863801; PubMed Central PMC3684568"
    )
    assert BASE.source("S2").found_by == ""


def test_all_that_is_verified_can_be_found_and_was_read_on_a_day() -> None:
    verified = [c for c in BASE.claims.values() if c.status is Status.VERIFIED]
    assert len(verified) > 100
    for claim in verified:
        source = BASE.source_of(claim.id)
        assert source is not None
        assert source.identifiers, claim.id
        assert source.read not in (Read.SECONDARY, Read.NOT_READ, Read.FOUNDING_DOCUMENT)
        assert claim.checked_on is not None, claim.id
        assert date(2026, 11, 1) < claim.checked_on <= BASE.version.day, claim.id


def test_what_is_only_relayed_has_its_own_words() -> None:
    relayed = [c for c in BASE.claims.values() if c.status is Status.RELAYED]
    assert relayed
    assert all(c.checked_on is None and c.source and c.locator for c in relayed)
    assert "not read again" in Status.RELAYED.in_words
    assert "erified" not in Status.RELAYED.in_words


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    return copy


def without(folder: Path, file: str, start: str, line: str) -> None:
    """Take the first such line after `start` out of the file."""
    path = folder / file
    before, mark, after = path.read_text(encoding="utf-8").partition(start)
    assert mark
    assert line in after
    path.write_text(before + mark + after.replace(line, "", 1), encoding="utf-8")


def test_verified_without_a_day_is_refused_by_name(folder: Path) -> None:
    without(folder, "claims/suicidality.toml", '"kellner-2005.course"', "checked_on = 2026-12-01\n")
    says = (
        r"claims/suicidality\.toml: 'kellner-2005\.course' › status: what is verified needs "
        r"checked_on, the day on which it was read; without them it is relayed"
    )
    with pytest.raises(DataFileError, match=says):
        evidence.load(folder)


def test_verified_without_an_identifier_is_refused_by_name(folder: Path) -> None:
    line = 'identifiers = ["doi:10.1016/j.jad.2022.07.004"]\n'
    without(folder, "sources/efficacy.toml", '"hull-2022"', line)
    says = r"'hull-2022\.response' › status: what is verified needs an identifier of 'hull-2022'"
    with pytest.raises(DataFileError, match=says):
        evidence.load(folder)


def test_verified_against_what_others_say_of_a_source_is_refused(folder: Path) -> None:
    path = folder / "sources" / "efficacy.toml"
    before, mark, after = path.read_text(encoding="utf-8").partition('"hull-2022"')
    text = before + mark + after.replace('read = "abstract"', 'read = "secondary"', 1)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError, match=r"nothing is verified against 'hull-2022' \(secondary"):
        evidence.load(folder)


def test_a_day_after_the_evidence_s_own_is_refused(folder: Path) -> None:
    path = folder / "claims" / "suicidality.toml"
    before, mark, after = path.read_text(encoding="utf-8").partition('"kellner-2005.course"')
    path.write_text(before + mark + after.replace("2026-12-01", "2027-12-01", 1), encoding="utf-8")
    with pytest.raises(DataFileError, match=r"'kellner-2005\.course' › checked_on: 2027-12-01 is"):
        evidence.load(folder)


def test_one_identifier_is_of_one_source(folder: Path) -> None:
    path = folder / "sources" / "efficacy.toml"
    text = path.read_text(encoding="utf-8")
    twice = text.replace("doi:10.1016/j.jad.2022.07.004", "pmcid:PMC9154276")
    path.write_text(twice, encoding="utf-8")
    with pytest.raises(
        DataFileError, match=r"identifiers: 'pmcid:PMC9154276' is that of '\w+-2022'"
    ):
        evidence.load(folder)


def test_no_address_stands_in_the_evidence() -> None:
    for path in DATA.rglob("*.toml"):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text, path
        assert "www." not in text, path
