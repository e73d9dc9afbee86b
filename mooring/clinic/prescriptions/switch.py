"""Whether this clinic prescribes anything for home use. Off until its owner turns it on."""

from __future__ import annotations

from datetime import datetime

from mooring.clinic.accounts.models import Clinic
from mooring.clinic.actions import Actor, RefusedError, action
from mooring.clinic.once.standing import Stands, still
from mooring.clinic.prescriptions.models import TakeHomeSwitch


def take_home_switched_on() -> bool:
    """The newest word; False when nobody ever said one."""
    newest = TakeHomeSwitch.objects.last()
    return newest is not None and newest.on


def switch_stands() -> Stands:
    """How the switch stands."""
    return Stands("home use", {"Home use": "on" if take_home_switched_on() else "off"})


@action("take_home.switch")
def switch_take_home(by: Actor, *, on: bool, reason: str, now: datetime) -> TakeHomeSwitch:
    """Turn home use on or off for the whole clinic, with the reason. It opens no gate by itself."""
    if by.user is None:
        raise RefusedError("The switch is turned by a person who is signed in.")
    Clinic.objects.select_for_update().first()
    still(switch_stands())
    if on is take_home_switched_on():
        raise RefusedError(f"Home use is {'on' if on else 'off'} already.")
    if not reason.strip():
        raise RefusedError("Say why the clinic decided so.", field="reason")
    return TakeHomeSwitch.objects.create(
        on=on, reason=reason.strip(), changed_by=by.user, changed_at=now
    )
