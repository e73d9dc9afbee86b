"""One code given to two processes at the same moment opens once, on both engines."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command import environment, python
from tests.support.postgres import Server

SET_UP = """
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from mooring.clinic.accounts.models import User
bob = User.objects.create_user("bob", password="x")
TOTP.activate(bob, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
print(RecoveryCodes.activate(bob).get_unused_codes()[0])
"""
TRY = """
import sys, time
from mooring.cli.ground import ready
ready()
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from mooring.clinic.accounts.factor_forms import factor_of
from mooring.clinic.accounts.models import User
from mooring.clinic.actions import writing
bob = User.objects.get(username="bob")
at = int(time.time()) // 30
said = sys.argv[2] or format_hotp_value(hotp_value("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", at))
print("ready", flush=True)
sys.stdin.readline()
with writing():
    print(factor_of(bob, sys.argv[1] or said) is not None)
"""


def at_once(home: Path, said: str, code: str, **more: str) -> list[str]:
    """What two processes answered that were let go together."""
    two = [
        subprocess.Popen(
            [sys.executable, "-c", TRY, said, code],
            env=environment(home, **more),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for one in two:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in two:
        assert one.stdin is not None
        one.stdin.write("\n")
        one.stdin.flush()
    return sorted(one.communicate(timeout=60)[0].strip() for one in two)


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A data folder, and what tells the command its database."""
    if request.param == "sqlite":
        return tmp_path / "home", {}
    server: Server = request.getfixturevalue("postgres")
    return tmp_path / "home", {"DATABASE_URL": server.url("codes_at_once")}


def test_a_code_given_to_two_processes_at_once_opens_once(
    where: tuple[Path, dict[str, str]],
) -> None:
    home, more = where
    spare = python(home, SET_UP, **more).strip()
    assert at_once(home, "", "", **more) == ["False", "True"]
    assert at_once(home, spare, spare, **more) == ["False", "True"]
