"""Doses, studies and findings as the page says them; no database stands behind these."""

from __future__ import annotations

from fractions import Fraction

import pytest

from mooring.clinic.interactions.reading import entry
from mooring.clinic.interactions.words import (
    MARKS,
    VERDICTS,
    Dose,
    Shown,
    Study,
    amount,
    milligrams,
)
from mooring.clinic.people.models import Medication
from mooring.core import evidence
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.interactions import Benzodiazepine, Entry, sums
from mooring.core.protocols.interactions import Severity, Verdict, findings, load, read_list

POLICY = load("route_aware")


def said(medicine, mg):
    return [amount(one) for one in sums([Benzodiazepine(medicine, Fraction(mg))])]


@pytest.mark.parametrize(
    ("medicine", "mg", "amounts"),
    [
        ("lorazepam", "1", ["5 mg", "10 mg", "10 mg"]),
        ("flurazepam", "30", ["20 mg", "10 to 20 mg"]),
        ("diazepam", "8.1", ["8.1 mg", "8.1 mg", "8.1 mg"]),
        ("oxazepam", "10", ["3.33 mg", "5 mg", "3.33 mg"]),
    ],
)
def test_a_sum_is_one_amount_or_two_with_to_between(medicine, mg, amounts):
    assert said(medicine, mg) == amounts


def test_a_sum_that_lacks_a_medicine_is_a_least_amount():
    both = [Benzodiazepine("diazepam", Fraction(5)), Benzodiazepine("lorazepam", None)]
    assert {amount(one) for one in sums(both)} == {"at least 5 mg"}


def test_an_amount_has_no_trailing_zero():
    assert [milligrams(Fraction(n)) for n in ("10", "0.5", "8.25")] == ["10", "0.5", "8.25"]


def dose(*texts):
    listed = read_list(POLICY, [Entry(text) for text in texts])
    return Dose(listed.benzodiazepines, "8 mg a day")


@pytest.mark.parametrize(
    ("text", "mark", "word"),
    [
        ("diazepam 8 mg daily", "info", "not above 8 mg a day"),
        ("diazepam 8.1 mg daily", "caution", "above 8 mg a day"),
        ("lorazepam 1 mg daily", "caution", "above 8 mg a day by some tables"),
        ("lorazepam prn", "unknown", "amount not known"),
    ],
)
def test_a_benzodiazepine_has_a_mark_and_a_word(text, mark, word):
    assert (dose(text).mark, dose(text).word) == (mark, word)


def test_no_amount_is_drawn_as_in_range_or_met():
    assert set(VERDICTS) == set(Verdict)
    assert "met" not in {mark for mark, _ in VERDICTS.values()} | set(MARKS.values())
    assert set(MARKS) == set(Severity)


def study(name):
    return Study(evidence.load().claim(name))


@pytest.mark.parametrize(
    ("claim", "people", "given"),
    [
        (
            "s-ketamine-enzymes.clarithromycin-oral",
            "n\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}10, healthy volunteers",
            "S-ketamine, oral",
        ),
        (
            "szarmach-2020.ssri",
            "49 inpatients with treatment-resistant depression",
            "racemic ketamine, intravenous",
        ),
        ("spravato-label-abroad.ticlopidine-intranasal", "healthy volunteers", "esketamine, intr"),
        ("veraart-2021.lithium", "", ""),
    ],
)
def test_a_study_says_its_people_and_what_they_were_given(claim, people, given):
    assert study(claim).people == people
    assert study(claim).given.startswith(given)


def test_measured_is_what_has_a_number_from_a_number_of_people():
    assert study("s-ketamine-enzymes.rifampicin-oral").measured
    assert not study("veraart-2021.lamotrigine").measured
    assert not study("spravato-label-abroad.ticlopidine-intranasal").measured


def shown(text):
    listed = read_list(POLICY, [Entry(text)])
    found = findings(POLICY, listed, Drug.RACEMIC_KETAMINE, Route.ORAL)
    return Shown(found[0])


def test_a_finding_parts_what_was_measured_from_what_is_told():
    finding = shown("lamotrigine 200 mg")
    assert [one.claim.id for one in finding.measured] == ["mathew-2010.lamotrigine"]
    assert [one.claim.id for one in finding.told] == ["veraart-2021.lamotrigine", "S4.55"]


def test_a_medicine_is_not_said_twice_where_the_rule_bears_its_name():
    assert shown("rifampin").medicines == ""
    assert shown("Vyvanse").medicines == "lisdexamfetamine"


def test_the_sides_of_a_disagreement_come_with_the_finding():
    assert [each.id for each in shown("lamotrigine").disagreements] == ["D20"]


@pytest.mark.parametrize(
    ("status", "until", "counts_as"),
    [
        ("active", None, "active"),
        ("unknown", None, "unknown"),
        ("unknown", "2026-01-01", "ended"),
        ("active", "2026-01-01", "active"),
    ],
)
def test_an_end_counts_only_where_the_record_does_not_say_more(status, until, counts_as):
    row = Medication(text="lorazepam", dose="1 mg", status=status, until=until)
    assert entry(row) == Entry("lorazepam", "1 mg", None, None, counts_as)
