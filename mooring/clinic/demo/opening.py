"""Opens the demonstration clinic and hires its staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mooring.clinic.accounts.actions import add_person, open_clinic
from mooring.clinic.accounts.models import User
from mooring.clinic.actions import Actor, command
from mooring.clinic.demo.cast import LOGINS, Login
from mooring.clinic.permissions import Role

CRISIS = (
    "If you might act on thoughts of harming yourself, call now; someone answers day and night. "
    "You can also come to our front desk until six in the evening."
)


@dataclass(frozen=True)
class Staff:
    """The people who act in the stories."""

    desk: Actor
    """The command line itself: it opens the clinic and makes accounts."""
    prescriber: Actor
    nurses: tuple[Actor, Actor]
    therapist: Actor
    owner: Actor


def open_demonstration(time_zone: str, now: datetime) -> Staff:
    """Make the clinic row and every staff account."""
    desk = command("demonstration")
    open_clinic(
        desk,
        name="Harbour Clinic",
        time_zone=time_zone,
        crisis_text=CRISIS,
        crisis_phone="020 7946 0123",
        emergency_phone="999",
        demonstration=True,
        now=now,
    )
    hired = {
        login.username: hire(desk, login, now)
        for login in LOGINS
        if Role.PATIENT not in login.roles
    }
    return Staff(
        desk=desk,
        prescriber=hired["marsh"],
        nurses=(hired["okafor"], hired["lind"]),
        therapist=hired["abara"],
        owner=hired["quist"],
    )


def hire(desk: Actor, login: Login, now: datetime) -> Actor:
    """One member of staff as the actor of later actions."""
    person = add_login(desk, login, now)
    return Actor(name=login.name, roles=frozenset(login.roles), user=person)


def add_login(desk: Actor, login: Login, now: datetime) -> User:
    """The account of one demonstration login."""
    return add_person(
        desk,
        username=login.username,
        display_name=login.name,
        credential=login.credential,
        roles=login.roles,
        password=login.password,
        chosen=True,
        now=now,
    )
