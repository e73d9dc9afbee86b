"""The demonstration is made at any hour: no session of it begins on one day and starts on the next.

Its calmest hour is the one at which nobody tries it, so every hour of a year is tried here.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from mooring.clinic.accounts.clinic import the_clinic
from mooring.clinic.demo import PEOPLE, SEED, build
from mooring.clinic.demo.hours import FIRST_HOUR, LAST_HOUR, ZONES, zone_at_work
from mooring.clinic.demo.plots import plots
from mooring.clinic.sessions.models import TreatmentSession

JANUARY = datetime(2026, 1, 1, tzinfo=UTC)
FROM_ARRIVAL_TO_START = timedelta(hours=1)
"""More than any story of the demonstration takes."""


def test_it_is_always_working_hours_somewhere_on_the_list():
    for hour in range(0, 366 * 24):
        now = JANUARY + timedelta(hours=hour, minutes=59)
        local = now.astimezone(ZoneInfo(zone_at_work(now)))
        assert FIRST_HOUR <= local.hour < LAST_HOUR


def test_in_london_s_working_hours_it_lies_in_london():
    assert zone_at_work(datetime(2026, 11, 23, 14, 0, tzinfo=UTC)) == "Europe/London" == ZONES[0]


@pytest.mark.parametrize("hour", range(24))
@pytest.mark.parametrize("month", [1, 4, 7, 10])
def test_every_session_starts_on_the_clinic_s_day_it_is_planned_for(month, hour):
    now = datetime(2026, month, 26, hour, 37, tzinfo=UTC)
    zone = ZoneInfo(zone_at_work(now))
    for plot in plots(PEOPLE, now, Random(SEED)).by_vein:
        for arrival in (*plot.sessions, *plot.boosters):
            start = arrival + FROM_ARRIVAL_TO_START
            assert start.astimezone(zone).date() == arrival.astimezone(zone).date()


@pytest.mark.django_db
def test_it_is_made_ten_minutes_after_midnight_in_london():
    """Through the real actions, other routes included: every gate lets it through."""
    build(datetime(2026, 11, 23, 0, 10, tzinfo=UTC), lambda month: None, count=17)
    assert TreatmentSession.objects.filter(started_at__isnull=False, signed_at=None).count() == 1
    assert the_clinic().time_zone == "Pacific/Honolulu"
