"""Times on the nights when the clocks change: asked about or explained, never guessed.

London: clocks go back on 25 October 2026 at 02:00 BST, and forward on 28 March 2027 at 01:00 GMT.
"""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module
from pkgutil import iter_modules
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.urls import reverse
from django.utils import timezone

import mooring.clinic
from mooring.clinic.people.fields import Moment
from mooring.clinic.people.models import BloodPressure
from tests.support.clock import movable

LONDON = ZoneInfo("Europe/London")


class When(forms.Form):
    at = Moment(label="When")


@pytest.fixture(autouse=True)
def in_london():
    with timezone.override(LONDON):
        yield


def read(text, which=None):
    form = When({"at": text} if which is None else {"at": text, "at_which": which})
    return form, form.cleaned_data["at"] if form.is_valid() else None


@pytest.mark.parametrize(
    ("text", "which", "utc"),
    [
        ("2026-03-12T14:30", None, "2026-03-12T14:30"),
        ("2026-07-12T14:30", None, "2026-07-12T13:30"),
        ("2026-10-25T00:59", None, "2026-10-24T23:59"),
        ("2026-10-25T01:30", "first", "2026-10-25T00:30"),
        ("2026-10-25T01:30", "second", "2026-10-25T01:30"),
        ("2026-10-25T01:00", "first", "2026-10-25T00:00"),
        ("2026-10-25T01:59", "second", "2026-10-25T01:59"),
        ("2026-10-25T02:00", None, "2026-10-25T02:00"),
        ("2027-03-28T00:59", None, "2027-03-28T00:59"),
        ("2027-03-28T02:00", None, "2027-03-28T01:00"),
        ("2026-03-12T14:30", "second", "2026-03-12T14:30"),
    ],
)
def test_a_wall_time_is_one_moment(text, which, utc):
    _, moment = read(text, which)
    assert moment.astimezone(UTC) == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize("which", [None, "", "third"])
def test_a_time_that_comes_twice_is_asked_about(which):
    form, moment = read("2026-10-25T01:30", which)
    assert moment is None
    assert form.errors["at"] == [
        "01:30 comes twice on 25 October 2026, when the clocks go back. "
        "Say which it was: the first (BST) or the second (GMT)."
    ]
    page = str(form["at"])
    assert 'name="at_which" value="first"> the first 01:30 (BST)' in page
    assert 'name="at_which" value="second"> the second 01:30 (GMT)' in page
    assert 'value="2026-10-25T01:30"' in page


def test_what_was_chosen_stays_chosen():
    form, _ = read("2026-10-25T01:30", "second")
    assert 'value="second" checked' in str(form["at"])


def test_a_moment_of_the_second_hour_is_shown_as_the_second():
    form = When(initial={"at": datetime(2026, 10, 25, 1, 30, tzinfo=UTC)})
    assert 'value="second" checked' in str(form["at"])


def test_on_every_other_day_nobody_is_asked():
    form, _ = read("2026-10-24T01:30")
    assert "_which" not in str(form["at"])


def test_a_time_that_the_clock_leaves_out_is_explained():
    form, moment = read("2027-03-28T01:30")
    assert moment is None
    assert form.errors["at"] == [
        "The clock did not show 01:30 on 28 March 2027: it went forward then. "
        "Whoever counted on in the old time means 02:30."
    ]


@pytest.mark.parametrize("text", ["yesterday", "2026-02-30T10:00", "10:00", "2026-03-12"])
def test_what_is_no_time_is_told_what_would_be_right(text):
    form, _ = read(text)
    assert form.errors["at"] == ["A day and a time such as 2026-03-12 14:30 are needed."]


def test_an_empty_field_is_asked_for():
    assert read("")[0].errors["at"] == ["This field is required."]


@pytest.mark.django_db
@pytest.mark.parametrize(("which", "utc"), [("first", 0), ("second", 1)])
def test_a_pressure_of_the_doubled_hour_is_kept_at_its_moment(patient, bob, signed_in, which, utc):
    sent = {
        "taken_at": "2026-10-25T01:30", "taken_at_which": which, "systolic": "120",
        "diastolic": "78",
    }  # fmt: skip
    with movable() as clock:
        clock.ahead = datetime(2026, 10, 25, 12, 0, tzinfo=UTC) - datetime.now(UTC)
        address = reverse("record_add", args=[patient.pk, "blood_pressure"])
        answer = signed_in(bob).post(address, sent)
    assert answer.status_code == 302, answer.content.decode()
    assert BloodPressure.objects.get().taken_at == datetime(2026, 10, 25, utc, 30, tzinfo=UTC)


def every_form():
    """Each form class of the clinic."""
    for slice_ in iter_modules(mooring.clinic.__path__):
        if slice_.ispkg:
            package = import_module(f"mooring.clinic.{slice_.name}")
            for module in iter_modules(package.__path__):
                if "form" in module.name:
                    found = import_module(f"{package.__name__}.{module.name}")
                    yield from (
                        value
                        for value in vars(found).values()
                        if isinstance(value, type) and issubclass(value, forms.BaseForm)
                    )


def test_every_form_that_asks_for_a_time_asks_in_this_way():
    plain = {
        f"{form.__module__}.{form.__name__}.{name}"
        for form in every_form()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field, forms.DateTimeField | forms.SplitDateTimeField)
        and not isinstance(field, Moment)
    }
    assert plain == set()
