"""Whatever stands in the data: the linter finds, or says which file does not fit."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from mooring.core.datafiles import DataFileError
from mooring.core.evidence import EvidenceBase, Version, coverage
from mooring.core.evidence.base import DATA, load
from mooring.core.evidence.lint import lint, ruled
from mooring.core.evidence.lint.examples import CLAIM, DOCUMENT, STUDY
from mooring.core.evidence.lint.page import page
from mooring.core.evidence.lint.relation import names as relations
from mooring.core.evidence.models import Arithmetic, Claim, Correction, Quantity, Source
from mooring.core.evidence.units import units

NUMBERS = st.one_of(
    st.integers(-3, 300).map(Decimal),
    st.decimals(Decimal(-2), Decimal(2000), places=2),
    st.sampled_from([Decimal("1e14"), Decimal("-1e14"), Decimal("1e-15"), Decimal("0.0")]),
)
COUNTS = st.one_of(st.integers(0, 60), st.just(10**14))
PLACES = ("", "intravenous", "intranasal, oral")


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


QUANTITIES = st.fixed_dictionaries(
    {
        "of": st.sampled_from(["", "x", "y"]),
        "unit": st.sampled_from(["", "%", "as a fraction", "mg", *sorted(units())]),
        "per": st.sampled_from(["people", "days", "sessions"]),
        "arm": st.sampled_from(["", "placebo", "ketamine"]),
        "subject": st.sampled_from(["", "response", "nausea"]),
        "measure": st.sampled_from([None, "rate", "effect", "duration"]),
        "bound": st.sampled_from([None, "about", "at least", "less than"]),
        "confidence": maybe(st.tuples(NUMBERS, NUMBERS)),
        "stage": maybe(st.integers(1, 3)),
        "numerator": maybe(COUNTS),
        "denominator": maybe(COUNTS),
        "value": maybe(NUMBERS),
        "low": maybe(NUMBERS),
        "high": maybe(NUMBERS),
    }
)
STATEMENTS = st.sampled_from(
    ["Planted.", "It is 0.5 mg/kg, as 35 mg for 70 kg.", "It is −3 % in 2021.", "Half of 1e5."]
)


def built(model: Any, fields: dict[str, Any]) -> Iterator[Any]:
    """The entry where it fits its model; what does not is refused at load, with its file named."""
    try:
        yield model.model_validate(fields)
    except ValidationError:
        return


@st.composite
def bases(draw: st.DrawFn) -> EvidenceBase:
    sources = [
        Source.model_validate(DOCUMENT),
        Source.model_validate(
            STUDY
            | {"id": "study", "n": draw(maybe(COUNTS)), "comparator": draw(st.sampled_from(PLACES))}
        ),
    ]
    claims: dict[str, Claim] = {}
    for number in range(draw(st.integers(1, 4))):
        name = f"S9.0{number}"
        earlier = st.sampled_from(["", *claims])
        fields = {
            "id": name,
            "statement": draw(STATEMENTS),
            "source": draw(st.sampled_from(["S9", "study"])),
            "status": draw(st.sampled_from(["source-only", "verified"])),
            "cites": draw(st.sampled_from(["", "study"])),
            "reports": draw(earlier),
            "n": draw(maybe(COUNTS)),
            "route": draw(st.sampled_from(PLACES)),
            "quantities": [
                quantity
                for drawn in draw(st.lists(QUANTITIES, max_size=3))
                for quantity in built(Quantity, drawn)
            ],
            "arithmetic": [
                Arithmetic(
                    relation=draw(st.sampled_from([*relations(), "none"])),
                    parts=tuple(
                        draw(st.lists(st.sampled_from(["x", "y", "", "S9.00#x"]), min_size=1))
                    ),
                    result=draw(st.sampled_from(["x", "y", ""])),
                )
                for _ in range(draw(st.integers(0, 2)))
            ],
        }
        claims[name] = Claim.model_validate(CLAIM | fields)
    correction = Correction(id="E99", claims=("S9.00",), text="Wrong.", found_by=("percent",))
    return EvidenceBase(
        Version(version="planted", day=date(2026, 1, 1)),
        {source.id: source for source in sources},
        claims,
        {},
        {"E99": correction},
    )


@settings(max_examples=150)
@given(bases())
def test_every_evidence_that_fits_its_model_is_linted_and_written_down(base: EvidenceBase) -> None:
    report = lint(base)
    assert report.claims == len(base.claims)
    assert all(finding.says for finding in report.open)
    assert page(base)


FILES = sorted(path.relative_to(DATA) for path in DATA.rglob("*.toml") if path.name != "units.toml")
ODD = st.sampled_from(
    [
        *("nan", "-inf", "1e999", "1e99999999999999999999", "-5", "0", "9" * 30, "9" * 5000),
        *('"word"', "[]", "[[[]]]", "2026-13-45", "true", "\x00", "\ud7ff", "[" * 3000),
    ]
)
NUMBER = re.compile(r"(?<== )-?\d+(?:\.\d+)?")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("mutated") / "data"
    shutil.copytree(DATA, copy)
    return copy


@settings(max_examples=60)
@given(data=st.data())
def test_every_change_of_a_data_file_ends_in_findings_or_in_words(
    folder: Path, data: st.DataObject
) -> None:
    path = folder / data.draw(st.sampled_from(FILES), label="file")
    shipped = path.read_text(encoding="utf-8")
    path.write_text(data.draw(changed(shipped), label="text"), encoding="utf-8")
    try:
        lint(load.__wrapped__(folder))
    except DataFileError as problem:
        assert ".toml" in str(problem)
    finally:
        path.write_text(shipped, encoding="utf-8")


@st.composite
def changed(draw: st.DrawFn, text: str) -> str:
    """A number exchanged, a line left out, lines said twice, or the file cut off."""
    lines = text.splitlines(keepends=True)
    start = draw(st.integers(0, len(lines) - 1))
    kind = draw(st.sampled_from(["number", "left out", "twice", "cut", "renamed"]))
    if kind == "number":
        found = list(NUMBER.finditer(text)) or [re.match("", text)]
        match = draw(st.sampled_from(found))
        assert match is not None
        return text[: match.start()] + draw(ODD) + text[match.end() :]
    if kind == "left out":
        return "".join(lines[:start] + lines[start + 1 :])
    if kind == "twice":
        return "".join(lines[:start] + lines[start : start + 12] * 2 + lines[start + 12 :])
    if kind == "renamed":
        ids = re.findall(r'(?m)^id = "([^"]+)"', text) or ["?"]
        return text.replace(draw(st.sampled_from(ids)), draw(st.sampled_from(ids)))
    return text[: draw(st.integers(0, len(text)))]


LOADED = [file for file in FILES if file.name != "systems.toml"]
LINE = re.compile(r'(?m)^([a-z_]+) = (?!.*(?:\[|""")$)([^\n]+)$')
"""A key with its whole value on one line."""
WRONG = ("nan", "-inf", "1e999999999999", "9" * 40, "9" * 5000, "[[1]]", "{ x = 1 }", "[" * 3000)


@settings(max_examples=40)
@given(data=st.data())
def test_what_a_change_of_one_value_breaks_is_named_by_file_and_key(
    folder: Path, data: st.DataObject
) -> None:
    file = data.draw(st.sampled_from(LOADED), label="file")
    path = folder / file
    shipped = path.read_text(encoding="utf-8")
    match = data.draw(st.sampled_from(list(LINE.finditer(shipped))), label="line")
    wrong = data.draw(st.sampled_from(["", *WRONG]), label="value")
    line = f"{match[1]} = {wrong}" if wrong else ""
    path.write_text(shipped[: match.start()] + line + shipped[match.end() :], encoding="utf-8")
    try:
        load.__wrapped__(folder)
    except DataFileError as problem:
        says = str(problem)
        assert ".toml" in says
        # What is left out can be missed by a rule about the whole entry, which is named then, or
        # by what leads to it: another file, or a claim that is verified against it.
        ids = re.findall(r'(?m)^id = "([^"]+)"', shipped[: match.end()])
        named = [match[1]] if wrong else [match[1], *ids[-1:]]
        assert any(name in says for name in named), says
        assert file.name in says or not wrong, says
    else:
        assert not wrong, f"{match[0]} was taken as {line}"
    finally:
        path.write_text(shipped, encoding="utf-8")


@settings(max_examples=15)
@given(data=st.data())
def test_an_entry_that_stands_twice_is_named_by_file_and_id(
    folder: Path, data: st.DataObject
) -> None:
    file = data.draw(st.sampled_from([f for f in LOADED if f.name != "version.toml"]), label="file")
    path = folder / file
    shipped = path.read_text(encoding="utf-8")
    entries = re.findall(r"(?ms)^\[\[\w+\]\]\nid = .*?(?=^\[\[|^# ---|\Z)", shipped)
    entry = data.draw(st.sampled_from(entries), label="entry")
    path.write_text(f"{shipped}\n{entry}", encoding="utf-8")
    (name,) = re.findall(r'(?m)^id = "([^"]+)"', entry)
    try:
        with pytest.raises(DataFileError, match=rf"{file.name}: '{re.escape(name)}' › id: already"):
            load.__wrapped__(folder)
    finally:
        path.write_text(shipped, encoding="utf-8")


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("id,line,kind\n,3,C\n", "line 2 › id: '' is missing"),
        (
            "id,line,kind\nS1.01,3,C\nS1.01,3,C\n",
            "line 3 › id: 'S1.01' is missing, or stands twice",
        ),
        ("id,line,kind\nS1.01,3,Q\n", "line 2 › kind: 'Q' is none of"),
        ("id,line\nS1.01,3\n", "line 2 › kind: '' is none of"),
        ("no,head\n1,2\n", "line 2 › id: '' is missing"),
        ("id,line,kind\n" + "x" * 200000 + ",3,C\n", "this is no table: field larger"),
    ],
)
def test_a_row_of_the_statements_that_does_not_fit_is_named(
    row: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "statements.csv"
    file.write_text(row, encoding="utf-8")
    monkeypatch.setattr(coverage, "STATEMENTS", file)
    with pytest.raises(DataFileError, match=re.escape(f"data/statements.csv: {says}")):
        coverage.statements()


@pytest.mark.parametrize("factor", ["0", "-1", "nan", "1e30", '"one"'])
def test_a_unit_that_nothing_can_be_divided_by_is_named(
    factor: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "units.toml"
    file.write_text(f'[dimensions.mass]\n"mg" = {factor}\n', encoding="utf-8")
    monkeypatch.setattr("mooring.core.evidence.units.FILE", file)
    with pytest.raises(DataFileError, match=r"units\.toml:\n  dimensions › mass › mg: "):
        units.__wrapped__()


def test_what_no_list_of_names_should_hold_is_left_to_the_loader_of_policies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "policy.toml"
    file.write_text("value = 3\nclaims = [1, { a = 2 }, [4]]\n[b]\nclaims = 5\n", encoding="utf-8")
    monkeypatch.setattr(ruled, "rule_files", lambda: [file])
    monkeypatch.setattr(coverage, "rule_files", lambda: [file])
    assert ruled.ruled.__wrapped__() == ()
    assert coverage._in_rules() == frozenset()


def test_a_claim_that_rests_on_itself_is_named_and_not_followed_for_ever(tmp_path: Path) -> None:
    copy = tmp_path / "data"
    shutil.copytree(DATA, copy)
    new = (
        '[[claims]]\nid = "{}"\nstatement = "Planted."\nstatus = "computed"\n'
        'computed_from = ["{}"]\n'
    )
    text = 'topic = "Planted"\n' + new.format("a.one", "a.two") + new.format("a.two", "a.one")
    (copy / "claims" / "planted.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError, match=r"claims/planted.toml: 'a\.\w+' rests on itself: a\."):
        load(copy)
