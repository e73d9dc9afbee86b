"""The routes compared, as a clinician reads them: sources side by side, and never an order."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from mooring.core.drugs.comparison import load
from tests.clinic.courses.steps import decided, started, weighed

pytestmark = pytest.mark.django_db


def page(client, **query):
    answer = client.get(reverse("route_comparison"), query)
    assert answer.status_code == 200
    return answer.content.decode()


def section(words, route):
    """The panel of one route."""
    return words.partition(f'aria-labelledby="{route}"')[2].partition("</section>")[0]


def rows(words, route):
    """The table of one route: words of each cell."""
    body = section(words, route).partition("<tbody>")[2].partition("</tbody>")[0]
    return [
        [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(
            r"<td.*?</td>", row, re.S)]
        for row in re.findall(r"<tr>.*?</tr>", body, re.S)
    ]  # fmt: skip


def interval(words, route):
    return re.search(r'interval-words">(.*?)<', section(words, route)).group(1)


@pytest.fixture
def nurse(signed_in, bob):
    return signed_in(bob)


def test_the_page_starts_from_35_mg_and_says_where_that_comes_from(nurse):
    words = page(nurse)
    assert 'value="35"' in words
    assert "0.5 mg/kg for a person of 70 kg" in words
    for claim in ("S2.55", "S2.60", "S1.22", "S4.40"):
        assert reverse("claim", args=[claim]) in words


@pytest.mark.parametrize(
    ("route", "says"),
    [  # evidence §7.3, from 35 mg
        ("intramuscular", "37.6 to 85.4 mg"),
        ("intranasal", "70 to 310 mg"),
        ("sublingual", "87.5 to 206 mg"),
        ("oral", "140 to 233 mg"),
    ],
)
def test_each_route_says_the_interval_of_its_sources(nurse, route, says):
    assert interval(page(nurse), route) == says


def test_every_mark_stands_in_the_table_with_its_claim_its_people_and_its_status(nurse):
    words = page(nurse)
    for marks in load().routes:
        told = rows(words, marks.route.value)
        assert len(told) == len(marks.marks)
        panel = section(words, marks.route.value)
        for mark in marks.marks:
            assert reverse("claim", args=[mark.number.claim.id]) in panel
    wafer = next(row for row in rows(words, "sublingual") if "Rolan and others 2013" in row[1])
    assert wafer[0] == "d d: Verified against its source"
    assert wafer[1].endswith("Rolan and others 2013, n = 8, healthy men")
    assert wafer[2:] == ["29 %", "121 mg"]


def test_a_source_that_gives_a_range_is_one_mark_with_two_ends(nurse):
    lozenge = next(row for row in rows(page(nurse), "sublingual") if row[1].startswith("S1.24"))
    assert lozenge[2:] == ["17 to 23 %", "152 to 206 mg"]
    assert "Only this source says it" in lozenge[0]
    assert "n not stated" in lozenge[1]


def test_a_figure_divided_out_of_a_study_tells_of_the_people_of_that_study(nurse):
    computed = rows(page(nurse), "intranasal")[-1]
    assert "Computed from other claims" in computed[0]
    assert "groups of 7 to 10 people" in computed[1]
    assert computed[2:] == ["11.3 %", "310 mg"]


def test_the_outlier_is_shown_as_one_and_not_counted_in(nurse):
    words = page(nurse)
    [outlier] = [row for row in rows(words, "intranasal") if "outlier" in row[1]]
    assert outlier[1].startswith("S1.23")
    assert outlier[3] == "35 mg"
    assert "It is not counted in" in section(words, "intranasal")
    assert "outlier" not in section(words, "oral")


def test_both_figures_for_the_muscle_are_shown_as_contested(nurse):
    words = page(nurse)
    assert [row[2:] for row in rows(words, "intramuscular")] == [
        ["93 %", "37.6 mg"],
        ["41 %", "85.4 mg"],
    ]
    assert "Contested" in section(words, "intramuscular")
    assert "children" in rows(words, "intramuscular")[1][1]


def test_esketamine_has_no_amount_and_the_page_says_why(nurse):
    words = page(nurse)
    assert "esketamine is another drug, and no amount of one is turned into the other" in words
    assert reverse("disagreement", args=["D07"]) in words
    for route, share in (("intranasal", "48 %"), ("sublingual", "26.3 %"), ("oral", "8 %")):
        lines = section(words, route).partition("<details>")[2]
        assert re.search(rf"{share}[^<]*: esketamine, another drug", lines)
        assert not any(row[2].endswith(f" {share}") for row in rows(words, route))


def test_another_dose_is_compared_as_well(nurse):
    """70 mg is twice 35 mg: twice each amount."""
    words = page(nurse, dose="70")
    assert interval(words, "intranasal") == "140 to 619 mg"
    assert "dashed: 70 mg by vein" in re.sub("<[^>]+>", "", words)


@pytest.mark.parametrize("typed", ["1", "200", "0100", "37.5"])
def test_doses_within_what_sources_name_are_compared(nurse, typed):
    assert 'class="route-line"' in page(nurse, dose=typed)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "A number of milligrams is needed, for example 35."),
        ("abc", "A number such as 72 or 72.5 is needed."),
        ("35,5", "A number such as 72 or 72.5 is needed."),
        ("1e2", "A number such as 72 or 72.5 is needed."),
        ("-35", "A number such as 72 or 72.5 is needed."),
        ("0", "A dose from 1 to 200 mg is needed."),
        ("0.99", "A dose from 1 to 200 mg is needed."),
        ("200.1", "A dose from 1 to 200 mg is needed."),
        ("350", "A dose from 1 to 200 mg is needed."),
        ("35" * 30, "has at most 10"),
    ],
)
def test_what_cannot_be_compared_says_what_would_be_right_and_shows_no_amount(nurse, typed, says):
    words = page(nurse, dose=typed)
    assert says in words
    assert "route-line" not in words
    assert "interval-words" not in words


def test_nothing_on_the_page_leads_to_an_order(nurse):
    words = page(nurse)
    assert "A comparison of sources, not an order" in words
    main = words.partition("<main")[2].partition('<footer class="account-foot"')[0]
    assert re.findall(r"<form[^>]*>", main) == [
        '<form class="panel search" method="get" novalidate>'
    ]
    assert re.findall(r"<button.*?>(.*?)</button>", main, re.S) == ["Compare"]
    links = set(re.findall(r'href="(/[^"]*)"', main))
    assert all(link.startswith("/handbook/") for link in links), links


def test_a_patient_does_not_see_it(signed_in, pat):
    assert signed_in(pat).get(reverse("route_comparison")).status_code == 403


@pytest.mark.parametrize("name", ["alice", "bob", "tara"])
def test_prescribers_nurses_and_therapists_see_it(signed_in, request, name):
    client = signed_in(request.getfixturevalue(name))
    assert client.get(reverse("route_comparison")).status_code == 200


def test_the_order_that_is_being_written_leads_here_beside_itself(signed_in, patient, alice):
    from django.utils import timezone

    now = timezone.now()
    decided(patient, alice, at=now)
    weighed(patient, at=now)
    course = started(patient, alice, now=now)
    words = signed_in(alice).get(reverse("order_new", args=[course.pk])).content.decode()
    assert f'href="{reverse("route_comparison")}" target="_blank"' in words


def test_the_chapter_on_routes_leads_here_for_clinicians_alone(signed_in, alice, pat):
    chapter = reverse("chapter", args=["routes"])
    link = f'href="{reverse("route_comparison")}"'
    assert link in signed_in(alice).get(chapter).content.decode()
    assert link not in signed_in(alice).get(chapter, {"face": "patient"}).content.decode()
    assert link not in signed_in(pat).get(chapter).content.decode()
