"""The program page: aggregates under named definitions, and nothing that leads to a person."""

from __future__ import annotations

import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.clinic.outcomes.rows import told
from tests.support.cast import patient_record

pytestmark = pytest.mark.django_db

RESPONDS = {-1: 20, 1: 9, 8: 8, 15: 8}
REMITS = {-1: 20, 1: 4, 8: 4, 15: 4}
NEITHER = {-1: 20, 1: 18, 8: 17}
LOSES = {-1: 20, 1: 9, 8: 9, 15: 16, 22: 17}


def people(prescriber, *groups):
    """So many people with these scores each, one infusion, all 40 days ago."""
    for kind, (count, scores, missed) in enumerate(groups):
        for number in range(count):
            patient = patient_record(f"Family{kind}", f"Given{number}")
            told(patient, prescriber, timezone.now(), scores=scores, infusions=[0], missed=missed)


def page(client):
    return client.get(reverse("program")).content.decode()


def cells(words, caption):
    """The rows of one table as lists of their words."""
    table = words.partition(f'aria-label="{caption}"')[2].partition("</table>")[0]
    rows = re.findall(r"<tr>(.*?)</tr>", table, re.S)
    plain = [[re.sub(r"<[^>]+>", " ", c).split() for c in re.findall(r"<td.*?</td>", r, re.S)]
             for r in rows]  # fmt: skip
    return [[" ".join(cell) for cell in row] for row in plain if row]


def test_rates_have_numerator_and_denominator_by_definition(signed_in, olga, alice):
    people(alice, (6, REMITS, ()), (7, RESPONDS, ()), (8, NEITHER, ()))
    words = page(signed_in(olga))
    assert "21 patients treated" in words
    met = {row[0].split()[0] + row[3]: row[1] for row in cells(words, "Response and remission")}
    assert met == {
        "ResponseVA cohort Response phq9 50": "13 of 21 (62 %)",
        "RemissionOsmind cohort Remission phq9 lt5": "6 of 21 (29 %)",
        "RemissionVA cohort Remission phq9 le5": "6 of 21 (29 %)",
    }


def test_unknown_is_counted_apart_and_never_as_not_met(signed_in, olga, alice):
    people(alice, (6, RESPONDS, ()), (6, NEITHER, ()), (5, {-1: 20}, (8,)))
    row = cells(page(signed_in(olga)), "Response and remission")[0]
    assert row[1:3] == ["6 of 12 (50 %)", "5"]


def test_completeness_is_of_the_scales_that_fell_due(signed_in, olga, alice):
    people(alice, (10, {-1: 20, 1: 10}, (8, 15)))
    assert "20 of 40 (50 %) came back complete" in page(signed_in(olga))


def test_counts_below_five_are_not_shown(signed_in, olga, alice):
    people(alice, (3, REMITS, ()), (7, NEITHER, ()))
    words = page(signed_in(olga))
    assert all(row[1] == "fewer than 5 of 10" for row in cells(words, "Response and remission"))
    assert "Not drawn" in words
    assert "lasting-data" not in words


def test_responder_types_are_counted_each(signed_in, olga, alice):
    people(alice, (6, RESPONDS, ()), (7, NEITHER, ()))
    assert cells(page(signed_in(olga)), "Responder types") == [
        ["Early", "6"],
        ["Standard", "fewer than 5"],
        ["Late", "fewer than 5"],
        ["Non-responder", "fewer than 5"],
        ["Undetermined", "7"],
        ["Not counted", "fewer than 5"],
    ]


def test_lasting_response_is_a_kaplan_meier_curve_with_numbers_at_risk(signed_in, olga, alice):
    # Ten lose a response first seen on day 1 at day 15, after 14 days; ten are last seen, still
    # responding, on day 15 as well. At 14 days all 20 are at risk and 10 lose it: 10/20 remain.
    people(alice, (10, LOSES, ()), (10, RESPONDS, ()))
    words = page(signed_in(olga))
    assert "over 20 sustained responses" in words
    assert cells(words, "Numbers at risk")[:4] == [
        ["0", "20", "100 %"],
        ["7", "20", "100 %"],
        ["14", "20", "50 % (27 to 69 %)"],
        ["28", "fewer than 5", "too few followed"],
    ]
    drawn = json.loads(re.search(r'id="lasting-data"[^>]*>(.*?)</script>', words)[1])
    assert drawn["median"] == pytest.approx(14)
    assert "The median is 14 days: the first day on which half or fewer kept it." in words
    # 0.5 to the power of exp(±1.96 × √0.05 ÷ ln 2), from the day of the loss on.
    assert [round(drawn["band"][0][end], 3) for end in ("low", "high")] == [0.271, 0.692]
    assert [round(point["day"]) for point in drawn["band"]] == [14, 14]
    assert [(round(s["day"]), s["share"]) for s in drawn["kept"]][:2] == [(0, 1.0), (14, 0.5)]


def test_nothing_on_the_page_leads_to_a_person(signed_in, olga, alice):
    people(alice, (6, RESPONDS, ()))
    words = page(signed_in(olga))
    assert "Family" not in words
    assert "H-" not in words
    assert not re.search(r"/(outcomes|patients|scales)/(patients/)?[0-9a-f]{8}-", words)


def test_people_not_treated_yet_are_not_counted(signed_in, olga, alice):
    people(alice, (6, RESPONDS, ()))
    for number in range(9):
        patient_record("Waiting", f"W{number}")
    assert "6 patients treated" in page(signed_in(olga))


def test_newest_treated_course_counts_once_for_each_patient(signed_in, olga, alice):
    people(alice, (6, NEITHER, ()))
    patient = patient_record("Twice", "Treated")
    long_ago = timezone.now().replace(year=timezone.now().year - 1)
    told(patient, alice, long_ago, scores=NEITHER, infusions=[0])
    told(patient, alice, timezone.now(), scores=RESPONDS, infusions=[0])
    assert "7 patients treated" in page(signed_in(olga))


def test_empty_program_says_so_without_a_number(signed_in, olga):
    assert "Fewer than 5 patients treated" in page(signed_in(olga))


def test_page_takes_few_queries_however_many_are_treated(
    signed_in, olga, alice, django_assert_max_num_queries
):
    people(alice, (12, RESPONDS, ()))
    client = signed_in(olga)
    with django_assert_max_num_queries(14):
        page(client)


def test_program_is_for_prescriber_owner_and_researcher(
    signed_in, alice, olga, ray, bob, tara, audrey, charlie, pat, client
):
    for who in (alice, olga, ray):
        assert signed_in(who).get(reverse("program")).status_code == 200
    for who in (bob, tara, audrey, charlie, pat):
        assert signed_in(who).get(reverse("program")).status_code == 403
    assert client.get(reverse("program")).status_code == 302
