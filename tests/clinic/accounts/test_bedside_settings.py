"""The owner states what every bedside does; nobody else does."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from mooring.clinic.accounts.actions import set_bedside
from mooring.clinic.accounts.clinic import forget, the_clinic
from mooring.clinic.accounts.models import Clinic
from mooring.clinic.actions import RefusedError, command
from mooring.clinic.audit.models import AuditRow

pytestmark = pytest.mark.django_db


def test_an_owner_states_priming_and_scan_and_it_holds_at_once(signed_in, olga):
    page = reverse("bedside_settings")
    client = signed_in(olga)
    assert (the_clinic().priming_ml, the_clinic().vial_check_required) == (None, False)
    answer = client.post(page, {"priming_ml": "1.5", "vial_check_required": "on"}, follow=True)
    assert "every bedside follows it" in answer.content.decode()
    assert (the_clinic().priming_ml, the_clinic().vial_check_required) == (Decimal("1.5"), True)
    assert AuditRow.objects.filter(action="accounts.set_bedside").count() == 1
    client.post(page, {"priming_ml": ""})
    assert (the_clinic().priming_ml, the_clinic().vial_check_required) == (None, False)


def test_the_page_of_the_staff_leads_to_it(signed_in, olga):
    words = signed_in(olga).get(reverse("staff")).content.decode()
    assert reverse("bedside_settings") in words


@pytest.mark.parametrize(
    ("typed", "says"),
    [("-1", "Type 0 or more"), ("51", "Type 50 or less"), ("1,5", "plain number"),
     ("0.125", "two decimals"), ("NaN", "plain number")],
)  # fmt: skip
def test_a_volume_that_cannot_be_meant_is_asked_again(signed_in, olga, typed, says):
    answer = signed_in(olga).post(reverse("bedside_settings"), {"priming_ml": typed})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert the_clinic().priming_ml is None


@pytest.mark.parametrize("who", ["alice", "bob", "charlie", "tara", "audrey"])
def test_only_an_owner_sees_and_states_it(request, signed_in, who):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(reverse("bedside_settings")).status_code == 403
    assert client.post(reverse("bedside_settings"), {"priming_ml": "1"}).status_code == 403


def test_without_a_clinic_there_is_nothing_to_state():
    Clinic.objects.all().delete()
    forget()
    with pytest.raises(RefusedError, match="open it first"):
        set_bedside(
            command("mooring"), priming_ml=None, vial_check_required=False, now=timezone.now()
        )
