"""No number stands on a line without its claim, and no figure of esketamine stands on one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from pydantic import ValidationError

from mooring.core import evidence
from mooring.core.datafiles import DataFileError
from mooring.core.drugs import comparison
from mooring.core.drugs.comparison.marks import FILE, Mark, RouteMarks, load
from mooring.core.evidence.models import Status


def every_route():
    return load().routes


def named():
    """Every number that is on a line or set apart from one."""
    lines = [mark.number for route in every_route() for mark in route.marks]
    return lines + [entry.number for route in every_route() for entry in route.apart]


def test_every_share_in_the_evidence_is_a_mark_or_is_set_apart_with_a_reason():
    """A claim that tells how much arrives cannot be forgotten."""
    known = {figure.number for figure in (*named(), *load().by_vein)}
    told = {
        f"{claim.id}#{quantity.of}"
        for claim in evidence.load().claims.values()
        for quantity in claim.quantities
        if quantity.subject.startswith("bioavailability")
    }
    assert told - known == set()
    assert all(entry.reason for route in every_route() for entry in route.apart)


def test_each_mark_carries_the_number_and_the_status_of_its_claim():
    claims = evidence.load().claims
    for route in every_route():
        for mark in route.marks:
            claim = claims[mark.number.claim.id]
            assert mark.number.claim == claim
            assert mark.number.quantity in claim.quantities


def test_what_only_a_founding_document_says_is_marked_as_that():
    status = {
        mark.number.claim.id: mark.number.claim.status
        for route in every_route()
        for mark in route.marks
    }
    assert status["S1.24"] is status["S4.42"] is status["S4.47"] is Status.SOURCE_ONLY
    assert status["implied-bioavailability.intranasal"] is Status.COMPUTED
    assert status["rolan-2013.sublingual"] is Status.VERIFIED


def test_nothing_about_esketamine_is_on_a_line_and_the_reason_is_said():
    apart = {e.number.claim.id: e.reason for route in every_route() for e in route.apart}
    for claim in ("spravato-label.bioavailability", "simons-2022.film", "fanta-2015.swallowed"):
        assert "another drug" in apart[claim]
    assert load().other_drug == "D07"


def test_nothing_that_the_comparison_offers_takes_or_gives_a_drug():
    """No function turns racemic ketamine into esketamine: there is no drug to turn."""
    offered = [getattr(comparison, name) for name in comparison.__all__]
    for thing in offered:
        assert "Drug" not in str(getattr(thing, "__annotations__", {}))


def test_the_spans_agree_with_what_the_evidence_sums_up():
    """D03 and D04: 11 to 50 % by nose without the outlier, 17 to 40 % under the tongue."""
    claims = evidence.load().claims
    spans = {"intranasal": "bioavailability.intranasal", "sublingual": "bioavailability.sublingual"}
    for route in every_route():
        if route.route in spans:
            shares = [m.number for m in route.marks if not m.outlier]
            low, high = min(s.low for s in shares), max(s.high for s in shares)
            summed = claims[spans[route.route]].quantity
            assert (round(low), round(high)) == (summed.low, summed.high)


def test_the_comparison_starts_from_the_35_mg_of_the_founding_document():
    assert load().reference.quantity.value == Decimal(35)
    assert load().reference.number == "S2.60#by vein"


# --- what the file may not say ---

REFUSED = [
    ("S9.99#", "the evidence has no claim 'S9.99'"),
    ("S4.42#per spray", "claim 'S4.42' has no number 'per spray'"),
    ("S4.42", "the evidence has no claim ''"),
    ("spravato-label.bioavailability#", "esketamine, which has no mark"),
    ("S1.22#", "does not say that it tells of racemic ketamine"),
    ("S2.60#by nose", "is no share above 0 and up to 100 %"),
]


@pytest.mark.parametrize(("number", "says"), REFUSED)
def test_a_number_that_is_no_share_of_racemic_ketamine_is_no_mark(number, says):
    with pytest.raises(ValidationError, match=says):
        Mark(number=number)


def test_a_bare_number_is_no_mark():
    with pytest.raises(ValidationError, match="name a number as"):
        Mark(number=40)


def test_a_share_with_an_open_end_is_no_mark():
    figure = Mark(number="S4.42#").number
    quantity = figure.quantity.model_copy(update={"value": None, "low": Decimal(40)})
    with pytest.raises(ValueError, match="open end"):
        _ = figure.model_copy(update={"quantity": quantity}).high


def route(name, *numbers, apart=(), outlier=""):
    marks = [{"number": number, "outlier": outlier} for number in numbers]
    left = [{"number": number, "reason": "apart"} for number in apart]
    return RouteMarks(route=name, marks=marks, apart=left)


def test_a_figure_of_one_route_is_refused_on_the_line_of_another():
    with pytest.raises(ValidationError, match=r"'S4\.42#' does not tell of the oral route"):
        route("oral", "S4.42#")


def test_a_figure_stands_once_on_a_line_or_apart_from_it():
    with pytest.raises(ValidationError, match=r"'S4\.42#' stands twice"):
        route("intranasal", "S4.42#", apart=["S4.42#"])


def test_a_route_of_outliers_alone_has_no_interval():
    with pytest.raises(ValidationError, match="at least one mark that is no outlier"):
        route("intranasal", "S1.23#", outlier="far above")


def changed(tmp_path, old, new):
    path = tmp_path / "routes.toml"
    path.write_text(FILE.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return path


def test_the_file_says_which_entry_does_not_fit(tmp_path):
    path = changed(tmp_path, '"S4.42#"', '"S4.43#"')
    with pytest.raises(DataFileError, match="routes › number 2 › marks › number 3"):
        load(path)


def test_a_route_stands_once_in_the_file(tmp_path):
    oral = FILE.read_text(encoding="utf-8").rpartition("[[routes]]")[2]
    path = changed(tmp_path, oral, f"{oral}\n[[routes]]{oral}")
    with pytest.raises(DataFileError, match="'oral' stands twice"):
        load(path)


@pytest.mark.parametrize("number", ["S4.42#", "S2.58#for body weight"])
def test_the_comparison_starts_from_an_amount_in_milligrams(tmp_path, number):
    path = changed(tmp_path, "S2.60#by vein", number)
    with pytest.raises(DataFileError, match="no amount in mg to start from"):
        load(path)
