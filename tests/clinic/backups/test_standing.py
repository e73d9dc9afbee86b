"""What an owner reads about backups on their first page."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from mooring.clinic.accounts.clinic import forget
from mooring.clinic.accounts.models import Clinic
from mooring.clinic.audit import chain
from mooring.clinic.backups import recovery, schedule
from mooring.clinic.backups.chores import COPY, RESTORE_TEST
from mooring.clinic.chores.models import ChoreState

HOUR = timedelta(hours=1)


@pytest.fixture
def place(clinic_row, olga, bob, tmp_path, monkeypatch):
    """A real clinic that named a place for its backups; its staff have a second factor."""
    for person in (olga, bob):
        Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    Clinic.objects.update(demonstration=False)
    forget()
    monkeypatch.setenv("MOORING_BACKUPS", str(tmp_path / "backups"))
    monkeypatch.setattr(recovery, "path", lambda: tmp_path / "recovery.json")
    folder = tmp_path / "backups"
    folder.mkdir()
    return folder


def copy_of(place, age: timedelta, row: int = 999) -> None:
    """A copy of that age whose last row is not the audit's last one, unless it is given."""
    (place / schedule.name_for(timezone.now() - age, row)).touch()


def tried(good: timedelta | None, trouble: str = "", chore: str = RESTORE_TEST) -> None:
    now: datetime = timezone.now()
    at = now - good if good is not None else None
    ChoreState.objects.create(name=chore, succeeded_at=at, trouble=trouble)


def page(signed_in, who) -> str:
    return signed_in(who).get("/", follow=True).content.decode()


def test_age_of_the_last_copy_and_of_the_last_good_restore(place, olga, signed_in):
    copy_of(place, 3 * HOUR)
    tried(7 * HOUR)
    shown = page(signed_in, olga)
    assert "The last copy was made 3 hours ago" in shown
    assert "A copy was restored on trial 7 hours ago, and found whole." in shown


def test_above_48_hours_it_warns(place, olga, signed_in):
    copy_of(place, 49 * HOUR)
    tried(49 * HOUR)
    shown = page(signed_in, olga)
    for words in ("The last copy was made 2 days ago.", "restored on trial 2 days ago"):
        before = shown[: shown.index(words)]
        assert before.rindex("caution") > before.rindex("<li>")


def test_an_old_copy_of_what_has_not_changed_since_is_no_warning(place, olga, signed_in):
    browser = signed_in(olga)
    browser.get("/", follow=True)
    copy_of(place, 49 * HOUR, row=chain.head()[0])
    tried(HOUR)
    shown = browser.get("/", follow=True).content.decode()
    assert "The last copy was made 2 days ago, and nothing was written since." in shown


def test_a_failed_copy_is_told_with_its_reason(place, olga, signed_in):
    copy_of(place, HOUR)
    tried(None, "The disk that holds /mnt/nas is full.", COPY)
    assert "The last try failed: The disk that holds /mnt/nas is full." in page(signed_in, olga)


def test_a_clinic_that_named_no_place_is_told(place, olga, signed_in, monkeypatch):
    monkeypatch.delenv("MOORING_BACKUPS")
    assert "no place is named for them" in page(signed_in, olga)


def test_a_sheet_that_is_missing_or_was_never_tried_is_told(place, olga, signed_in):
    assert "Backups are not encrypted: make the recovery sheet" in page(signed_in, olga)
    made, _ = recovery.make(timezone.now())
    recovery.keep(made)
    assert "The recovery sheet was never tried" in page(signed_in, olga)


def test_nobody_but_an_owner_is_told(place, bob, signed_in):
    assert "recovery sheet" not in page(signed_in, bob)
