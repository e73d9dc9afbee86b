"""The chart: what it says of what is there, and of what is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from mooring.clinic.accounts.models import User
from mooring.clinic.courses.actions import end_course
from mooring.clinic.people.models import Condition, Measurement, Patient
from tests.clinic.courses.steps import acting, decided, started
from tests.support.cast import patient_record

SignIn = Callable[[User], Client]


def chart_page(client: Client, patient: Patient) -> str:
    answer = client.get(reverse("patient", args=[patient.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_name_with_markup_is_shown_as_text(signed_in: SignIn, bob: User) -> None:
    patient = patient_record("<script>alert(1)</script>", "Eve")
    page = chart_page(signed_in(bob), patient)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_an_empty_chart_says_that_nothing_is_known(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    page = chart_page(signed_in(bob), patient)
    assert page.count("None in the record. That does not mean there are none.") == 3
    assert page.count("not in the record") >= 5


def test_the_chart_shows_each_thing_with_its_origin_and_its_age(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    Condition.objects.create(
        patient=patient,
        text="Hypertension",
        status="active",
        since=date(2005, 7, 29),
        origin="import Liz.json",
        recorded_at=datetime.now(UTC),
    )
    page = chart_page(signed_in(bob), patient)
    assert "since 29 Jul 2005, " in page
    assert "years ago" in page
    assert "import Liz.json" in page


def weigh(patient: Patient, days_ago: int, kilograms: str = "70.000") -> Measurement:
    return Measurement.objects.create(
        patient=patient,
        code="weight",
        value=kilograms,
        unit="kg",
        method="weighed",
        taken_at=datetime.now(UTC) - timedelta(days=days_ago),
        origin="a test",
        recorded_at=datetime.now(UTC),
    )


@pytest.mark.parametrize(("days", "old"), [(0, False), (89, False), (92, True)])
def test_a_weight_older_than_ninety_days_is_marked(
    days: int, old: bool, signed_in: SignIn, bob: User, patient: Patient
) -> None:
    weigh(patient, days)
    page = chart_page(signed_in(bob), patient)
    assert "70 kg" in page
    assert ("older than 90 days" in page) is old


def test_what_is_not_there_is_not_found(signed_in: SignIn, bob: User, patient: Patient) -> None:
    client = signed_in(bob)
    nobody = "00000000-0000-4000-8000-000000000000"
    assert client.get(reverse("patient", args=[nobody])).status_code == 404
    assert client.get(reverse("record_add", args=[patient.pk, "spell"])).status_code == 404
    assert client.put(reverse("patients")).status_code == 405


def test_pages_of_this_slice_never_use_the_words_the_product_does_not_use(
    signed_in: SignIn, bob: User, patient: Patient
) -> None:
    client = signed_in(bob)
    pages = [chart_page(client, patient), client.get(reverse("patient_new")).content.decode()]
    for page in pages:
        told = re.sub(r"<[^>]*>", " ", page).lower()
        for word in ("invalid", "safe ", "normal", "you should"):
            assert word not in told


def test_the_chart_leads_to_the_open_course_and_offers_a_new_one_only_without_it(
    signed_in: SignIn, alice: User, bob: User, patient: Patient
) -> None:
    new = reverse("course_new", args=[patient.pk])
    assert new in chart_page(signed_in(alice), patient)
    assert new not in chart_page(signed_in(bob), patient), "a nurse starts no course"
    now = datetime.now(UTC)
    decided(patient, alice, at=now)
    course = started(patient, alice, now=now)
    for person in (alice, bob):
        page = chart_page(signed_in(person), patient)
        assert f'href="{reverse("course", args=[course.pk])}">Course</a>' in page
        assert new not in page
    end_course(acting(alice), course=course, reason="Moves away", now=now)
    assert new in chart_page(signed_in(alice), patient)


def test_every_page_that_the_chart_leads_to_opens(
    signed_in: SignIn, alice: User, patient: Patient
) -> None:
    client = signed_in(alice)
    links = set(re.findall(r'href="(/[^"#]+)"', chart_page(client, patient)))
    assert {reverse("scales", args=[patient.pk]), reverse("outcome", args=[patient.pk])} <= links
    answers = {link: client.get(link, follow=True).status_code for link in links}
    assert set(answers.values()) == {200}, answers
