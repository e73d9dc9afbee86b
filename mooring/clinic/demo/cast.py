"""Who works in the demonstration clinic and who is treated there. Nobody of them is real."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

from mooring.clinic.permissions import Role

PASSWORD = "harbour-at-dawn"


@dataclass(frozen=True)
class Login:
    """One account of the demonstration, as the command prints it."""

    username: str
    name: str
    credential: str
    roles: tuple[Role, ...]
    password: str = PASSWORD


LOGINS = (
    Login("marsh", "E. Marsh", "MD", (Role.PRESCRIBER,)),
    Login("okafor", "R. Okafor", "RN", (Role.NURSE,)),
    Login("lind", "S. Lind", "RN", (Role.NURSE,)),
    Login("abara", "T. Abara", "LCSW", (Role.THERAPIST,)),
    Login("quist", "O. Quist", "", (Role.OWNER,)),
    Login("dey", "A. Dey", "", (Role.AUDITOR,)),
    Login("rask", "N. Rask", "", (Role.RESEARCHER,)),
    Login("alice", "Alice Harper", "", (Role.PATIENT,)),
)

NAMES = tomllib.loads((Path(__file__).parent / "names.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Person:
    """A made-up patient."""

    number: int
    given_name: str
    family_name: str
    birth_date: date
    sex: str
    weight_kg: int
    height_cm: int
    systolic: int
    diastolic: int
    heart_rate: int

    @property
    def identifier(self) -> str:
        """A record number that can be taken for no real one."""
        return f"DEMO-{self.number:03d}"


def people(count: int, today: date, random: Random) -> list[Person]:
    """`count` made-up people, the same ones for the same random state."""
    return [person(number, today, random) for number in range(1, count + 1)]


def person(number: int, today: date, random: Random) -> Person:
    """One made-up person, adult, with an ordinary body and blood pressure."""
    height = random.randint(154, 192)
    return Person(
        number=number,
        given_name=NAMES["given"][number - 1],
        family_name=NAMES["family"][number - 1],
        birth_date=today - timedelta(days=random.randint(21 * 365, 68 * 365)),
        sex=random.choice(("female", "female", "male")),
        weight_kg=70 if number == 1 else round(random.uniform(20, 30) * (height / 100) ** 2),
        height_cm=height,
        systolic=120 if number == 1 else random.randint(106, 134),
        diastolic=78 if number == 1 else random.randint(64, 84),
        heart_rate=random.randint(58, 84),
    )
