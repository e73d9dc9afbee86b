"""A course stays held against the plan under which it began, whatever is released later."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps

from mooring.clinic.courses.models import Course
from tests.clinic.courses.steps import NOVEMBER_5, decided, started
from tests.clinic.courses.test_course_pages import text
from tests.support.behind import unguarded, update_behind


@pytest.fixture
def nine_infusions(shelf):
    """A second version of the series is released, of nine infusions instead of six."""
    shelf.release("regimens", "iv_series", **{"at_least = 6": "at_least = 9"})


def page(signed_in, who, course) -> str:
    return text(signed_in(who).get(f"/courses/{course.pk}/"))


def test_a_course_names_the_version_of_its_plan(course):
    assert (course.regimen, course.regimen_version) == ("iv_series", "1")


def test_a_course_without_a_plan_names_no_version(patient, alice):
    decided(patient, alice, at=NOVEMBER_5)
    assert started(patient, alice, regimen="none").regimen_version == ""


def test_a_later_version_does_not_judge_a_course_that_began_before(
    signed_in, bob, course, nine_infusions
):
    assert "0 of 6 infusions" in page(signed_in, bob, course)
    assert "0 of 9 infusions" not in page(signed_in, bob, course)


def test_a_course_that_begins_now_is_held_against_the_newest(
    signed_in, bob, alice, patient, nine_infusions
):
    decided(patient, alice, at=NOVEMBER_5)
    course = started(patient, alice)
    assert course.regimen_version == "2"
    assert "0 of 9 infusions" in page(signed_in, bob, course)


def test_a_plan_that_has_another_name_today_still_counts(signed_in, bob, course, shelf):
    shelf.rename("regimens", "iv_series", "series_by_vein")
    assert "0 of 6 infusions" in page(signed_in, bob, course)


def test_a_course_whose_plan_is_gone_says_which(signed_in, bob, course):
    """No page of ours answers with an error that nobody understands."""
    update_behind(Course.objects.filter(pk=course.pk), regimen="left_out")
    answer = signed_in(bob).get(f"/courses/{course.pk}/")
    assert answer.status_code == 409
    assert "no policy is called &#x27;left_out&#x27; in regimens" in text(answer)


def test_courses_of_before_began_under_the_first_version(course, patient, alice):
    update_behind(Course.objects.all(), regimen_version="")
    migration = import_module("mooring.clinic.courses.migrations.0003_course_regimen_version")
    with unguarded(Course):
        migration.began_under_the_first(apps, None)
    course.refresh_from_db()
    assert course.regimen_version == "1"
    update_behind(Course.objects.all(), regimen="none", regimen_version="")
    with unguarded(Course):
        migration.began_under_the_first(apps, None)
    course.refresh_from_db()
    assert course.regimen_version == ""
