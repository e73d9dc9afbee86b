"""The hour that comes twice at the end of summer time says which of the two it is."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.template import engines
from django.utils import timezone

from mooring.clinic.people.entries import moment
from mooring.clinic.sessions.planning import local

LONDON, ADELAIDE = "Europe/London", "Australia/Adelaide"


def on_a_page(at, zone, how="j M, H:i"):
    with timezone.override(ZoneInfo(zone)):
        template = engines["django"].from_string(f"{{{{ at|date:'{how}' }}}}")
        return template.render({"at": at})


@pytest.mark.parametrize(
    ("at", "zone", "told"),
    [
        # British Summer Time ends on 25 October 2026 at 01:00 UTC; 01:00 to 02:00 comes twice.
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), LONDON, "25 Oct, 01:30 UTC+1"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), LONDON, "25 Oct, 01:30 UTC+0"),
        (datetime(2026, 10, 25, 2, 0, tzinfo=UTC), LONDON, "25 Oct, 02:00"),
        (datetime(2026, 10, 24, 23, 59, tzinfo=UTC), LONDON, "25 Oct, 00:59"),
        # It began on 29 March 2026: an hour is left out, and none comes twice.
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), LONDON, "29 Mar, 02:00"),
        # 5 April 2026, 03:00 back to 02:00, at UTC+10:30 and UTC+9:30.
        (datetime(2026, 4, 4, 16, 0, tzinfo=UTC), ADELAIDE, "5 Apr, 02:30 UTC+10:30"),
        (datetime(2026, 4, 4, 17, 0, tzinfo=UTC), ADELAIDE, "5 Apr, 02:30 UTC+9:30"),
    ],
)
def test_a_time_in_it_says_its_offset_and_no_other_does(at, zone, told):
    assert on_a_page(at, zone) == told
    with timezone.override(ZoneInfo(zone)):
        assert local(at) == told
        assert moment(at).endswith(told.partition(", ")[2])


def test_a_day_alone_is_as_it_was():
    at = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert on_a_page(at, LONDON, "j M Y") == "25 Oct 2026"
    assert on_a_page(at.date(), LONDON, "j M Y") == "25 Oct 2026"
    assert on_a_page(None, LONDON) == ""
