"""The server's log says when, for which request and account, and what; and nothing of anybody."""

from __future__ import annotations

import logging
import re
import sys
from datetime import UTC, datetime

import pytest
from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse

from mooring.clinic.logs import ShortFormatter
from mooring.clinic.people.models import Patient
from mooring.clinic.requests import NUMBER_HEADER
from tests.clinic.platform.routes import every_route

pytestmark = pytest.mark.django_db
CANARY = "Zzyzx"


@pytest.fixture
def logged():
    """What the server's log says, as its own formatter writes it."""
    lines: list[str] = []

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(ShortFormatter().format(record))

    handler = Kept()
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)


def written(problem: BaseException, text: str = "It failed.") -> str:
    """What stands in the log of a problem that nobody had foreseen."""
    try:
        raise problem
    except type(problem):
        record = logging.LogRecord("mooring", logging.ERROR, "", 1, text, (), sys.exc_info())
    return ShortFormatter().format(record)


@pytest.mark.parametrize("address", ["/staff/", "/nowhere/"])
def test_a_line_begins_with_time_level_request_account_and_source(bob, signed_in, logged, address):
    browser = signed_in(bob)
    answer = browser.get(address)
    number = answer.headers[NUMBER_HEADER]
    [line] = logged
    begins = re.match(
        r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ) WARNING (\w+) (\S+) django.request: ", line
    )
    assert begins
    assert begins[2] == number
    assert begins[3] == str(bob.pk)
    at = datetime.strptime(begins[1], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    assert abs((datetime.now(UTC) - at).total_seconds()) < 60


def test_two_requests_have_two_numbers(client, clinic_row):
    one, two = (client.get("/").headers[NUMBER_HEADER] for _ in range(2))
    assert one != two


def test_outside_of_a_request_a_line_says_so():
    assert " ERROR - - mooring: It failed." in written(TypeError("no code"))


@pytest.mark.parametrize(
    "problem",
    [
        ValueError(f"invalid literal: '{CANARY}'"),
        KeyError(CANARY),
        RuntimeError(CANARY),
        IntegrityError(f"duplicate key\nDETAIL:  Key (identifier)=({CANARY}) already exists."),
        DataError(f'invalid input syntax for type uuid: "{CANARY}"'),
        OperationalError(f"the line is down\nCONTEXT: unnamed portal = '{CANARY}'"),
    ],
    ids=lambda problem: type(problem).__name__,
)
def test_what_a_problem_repeats_of_a_chart_is_left_out(problem):
    said = written(problem)
    assert CANARY not in said
    assert type(problem).__name__ in said


def test_a_problem_behind_a_problem_is_told_without_its_words():
    try:
        try:
            raise KeyError(CANARY)
        except KeyError as before:
            raise TypeError("an argument is missing") from before
    except TypeError as problem:
        said = written(problem)
    assert CANARY not in said
    assert (
        said.index("KeyError") < said.index("which led to") < said.index("TypeError: an argument")
    )


def test_the_names_of_tables_and_columns_stay():
    words = 'null value in column "dose" of relation "courses_order" violates "x"'
    assert 'column "dose" of relation "courses_order"' in written(IntegrityError(words))


def test_what_the_database_itself_says_of_a_double_number_names_no_number(patient):
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute("CREATE TEMPORARY TABLE once (word varchar(20) UNIQUE)")
        cursor.execute("INSERT INTO once VALUES (%s)", [CANARY])
        with pytest.raises(IntegrityError) as refused, transaction.atomic():
            cursor.execute("INSERT INTO once VALUES (%s)", [CANARY])
    said = written(refused.value)
    assert CANARY not in said
    assert "IntegrityError" in said


@pytest.mark.parametrize("rest", ["", "1/", "check/", "nowhere/"])
def test_the_secret_part_of_a_patient_s_link_is_not_logged(client, clinic_row, logged, rest):
    token = "Qf3kQz8WmX2pLr7TnB5vYc1d"
    client.get(f"/scales/a/{token}/{rest}")
    assert all(token not in line for line in logged)


def test_keys_of_rows_stay_in_addresses(bob, signed_in, logged):
    signed_in(bob).get("/patients/0190a000-0000-7000-8000-00000000dead/")
    assert "0190a000-0000-7000-8000-00000000dead" in logged[0]


def test_a_wrong_password_names_nobody(client, clinic_row, bob, logged):
    client.post("/sign-in/login/", {"login": f"{CANARY}", "password": "wrong-one-here"})
    client.post("/sign-in/login/", {"login": bob.username, "password": "wrong-one-here"})
    assert all(CANARY not in line and bob.username not in line for line in logged)


def test_a_fault_on_any_page_of_a_chart_tells_nothing_of_it(
    bob, patient, signed_in, logged, monkeypatch
):
    """Every page of the chart fails with all that it was about to show in the problem's words."""
    Patient.objects.filter(pk=patient.pk).update(family_name=CANARY, given_name=CANARY)

    def fails(self: Template, context: object = None, request: object = None) -> str:
        raise ValueError(f"{CANARY} {context!r}")

    monkeypatch.setattr(Template, "render", fails)
    browser = signed_in(bob)
    browser.raise_request_exception = False
    pages = [route for route in every_route() if route.words == ("patient_id",)]
    for route in pages:
        fault(browser, route.path({"patient_id": patient.pk}))
    assert len(pages) > 10
    assert len([line for line in logged if "ValueError" in line]) > 5
    assert all(CANARY not in line for line in logged)


def fault(browser: Client, path: str) -> None:
    """Ask for a page whose own page of trouble fails too."""
    try:
        browser.get(path)
    except ValueError:
        logging.getLogger("django.request").error("Internal Server Error", exc_info=True)


def test_the_address_of_the_set_up_page_is_not_logged(client, logged):
    client.get(reverse("set_up", args=["Qf3kQz8WmX2pLr7TnB5vYc1d"]))
    assert all("Qf3kQz8" not in line for line in logged)
