"""People who sign in, their roles, and the clinic they belong to."""

from __future__ import annotations

from functools import cached_property

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models

from mooring.clinic.accounts.sign_ins import SignIn
from mooring.clinic.accounts.tries import UsedCode, WrongTry
from mooring.clinic.permissions import Role
from mooring.clinic.rows import Row

__all__ = [
    "BedsidePin",
    "Clinic",
    "RoleAssignment",
    "SignIn",
    "SignInReset",
    "UsedCode",
    "User",
    "WrongTry",
]


class User(Row, AbstractUser):
    """A person who signs in."""

    display_name = models.CharField(max_length=200)
    """As it stands under what they sign, for example "R. Okafor"."""
    credential = models.CharField(max_length=50, blank=True)
    """For example "RN" or "MD"; empty for people who sign nothing."""

    objects = UserManager()  # type: ignore[assignment,misc]
    must_change_password = models.BooleanField(default=False)
    """True for a password that somebody else gave: it opens one page, where it is changed."""
    undigested = frozenset({"last_login", "password", "must_change_password"})
    """Signing in changes them: its day, the password's hash where its method is renewed, and
    one's own new password."""

    class Meta(AbstractUser.Meta):
        """Django's own names for accounts; Row's Meta would hide them."""

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles this person holds now."""
        return frozenset(Role(role) for role in self.assignments.values_list("role", flat=True))

    def __str__(self) -> str:
        return self.display_name or self.username


class RoleAssignment(Row):
    """One role held by one person."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=20, choices=[(role, role.value) for role in Role])

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role"], name="one_row_a_role"),
            models.CheckConstraint(condition=models.Q(role__in=list(Role)), name="known_role"),
        ]


class SignInReset(Row):
    """Somebody's password was set anew, or their second step forgotten, by an owner."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="resets")
    what = models.CharField(max_length=20)
    """password or second_step."""
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    """None for the command line."""
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    """When its person said that they read of it."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(what__in=["password", "second_step"]), name="known_reset"
            )
        ]

    @property
    def by_whom(self) -> str:
        """For example "by O. Petrova"."""
        return f"by {self.by}" if self.by else "on the server"


class BedsidePin(Row):
    """Six figures that open a person's own locked screen; kept as hashes."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, related_name="bedside_pin")
    secret = models.CharField(max_length=200)
    """As the password hasher writes it."""
    device_salt = models.CharField(max_length=32)
    device_digits = models.CharField(max_length=3)
    """What a device may know of the PIN; see `pins.py`."""
    set_at = models.DateTimeField()


class Clinic(Row):
    """The clinic itself: one row."""

    name = models.CharField(max_length=200)
    time_zone = models.CharField(max_length=64)
    """An IANA name, for example Europe/London; times are stored in UTC and shown in this zone."""
    demonstration = models.BooleanField()
    crisis_text = models.TextField()
    """Shown to a patient in a crisis: the clinic's own words."""
    crisis_phone = models.CharField(max_length=40)
    emergency_phone = models.CharField(max_length=40)
    idle_minutes = models.PositiveSmallIntegerField()
    """After this long without a touch the screen locks and hides everything."""
    priming_ml = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    """What is drawn up beyond the dose to fill the line of a pump; None where the clinic has not
    said, and nothing more than the dose is expected."""
    vial_check_required = models.BooleanField(default=False)
    """True where nothing is given of which no code was checked."""
    wait_minutes = models.PositiveSmallIntegerField(default=15)
    """How long a door waits after too many wrong passwords, codes or PINs; see `limits.py`."""
    wrong_at_a_place = models.PositiveSmallIntegerField(default=5)
    """For one account at one address or device, within the time that the door waits."""
    wrong_from_an_address = models.PositiveSmallIntegerField(default=30)
    """For all accounts together, within the time that the door waits."""
    wrong_for_an_account = models.PositiveSmallIntegerField(default=50)
    """From all places together, in a day."""
    sign_minutes = models.PositiveSmallIntegerField(default=5)
    """For so long after somebody showed that it is them they sign without showing it again; 0 for
    each time anew."""
    sign_with_pin = models.BooleanField(default=True)
    sign_with_password = models.BooleanField(default=True)
    sign_with_passkey = models.BooleanField(default=True)
    only = models.BooleanField(default=True, unique=True)
    """Holds the table at one row."""

    @property
    def idle_seconds(self) -> int:
        """The idle time as the page's script counts it."""
        return self.idle_minutes * 60
