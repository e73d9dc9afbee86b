"""`mooring recovery-sheet`: the owner's key to every backup, on one page of paper."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime
from pathlib import Path

import click

from mooring.cli.ground import folder_in_use, ready
from mooring.cli.plain import Halt
from mooring.cli.upgrade import require_current
from mooring.clinic import home
from mooring.clinic.audit.signer import public_text, signing_key
from mooring.clinic.backups import recovery
from mooring.clinic.backups.manifest import fingerprint

IS_ONE = (
    "There is a recovery sheet already, of {made}. Backups since then need that sheet. To make "
    "another key for the backups from now on, add --new, and keep the old sheet too."
)
WRITTEN = (
    "{target} holds the recovery key of this clinic, which Mooring keeps nowhere. Print it, put it "
    "where only the owner can get at it, not beside the backups, and delete the file. From now on "
    "backups are encrypted to it. Prove the sheet once: mooring backup, then "
    "mooring restore --test FILE --identity {target}"
)
SHEET = """\
MOORING RECOVERY SHEET
{clinic}
Printed on {day} (UTC) on the machine {machine}

Keep this page where only the owner can get at it. Not beside the backups, not
in a photo, not in a message. Whoever has it and a backup can read every chart.
Without it nobody can read a backup: not you, not us.

RECOVERY KEY (spaces do not matter)

{identity}

encrypts to   {recipient}
signing key   {signer}

HOW TO BRING THE CLINIC BACK
You need: this page, a backup (a file called mooring-....tar.age), and a computer
with Mooring (its README says how to install it).

 1. Copy the newest backup onto the computer.
 2. Open a terminal in the folder of Mooring and type
      .venv/bin/mooring restore FILE --identity - --fingerprint {signer}
    with the name of the backup in the place of FILE, and press Enter.
 3. Type the recovery key from this page when it asks. Nothing shows while you
    type. It does not matter whether letters are small or capital.
 4. It says "Restored from ..." and "All ... rows are whole". If it says anything
    else, it has touched nothing: do what the sentence says, or try the backup
    before that one.
 5. Type  .venv/bin/mooring serve  and open the address that it prints.
 6. On a new computer: print a new sheet with  mooring recovery-sheet --new
    (its signing key is another one), and keep this one with the old backups.

Try it once a year without touching anything:
      .venv/bin/mooring restore --test FILE --identity -
"""


@click.command()
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--new", is_flag=True, help="Make another key, though there is one.")
def command(target: Path, new: bool) -> None:
    """Make the recovery key, and write its sheet to TARGET, a new text file to be printed."""
    ready()
    now = datetime.now(UTC)
    with folder_in_use():
        require_current()
        before = recovery.known()
        if before is not None and not new:
            raise Halt(IS_ONE.format(made=before.made_at[:10]))
        made, identity = recovery.make(now)
        write_once(target, sheet(made.recipient, identity, now))
        recovery.keep(made)
    click.echo(WRITTEN.format(target=target))


def sheet(recipient: str, identity: str, now: datetime) -> str:
    """The page."""
    from mooring.clinic.accounts.clinic import the_clinic

    return SHEET.format(
        clinic=the_clinic().name,
        day=f"{now:%-d %B %Y}",
        machine=socket.gethostname(),
        identity=in_groups(identity),
        recipient=recipient,
        signer=fingerprint(public_text(signing_key())),
    )


def in_groups(identity: str) -> str:
    """The key as a person copies it: its beginning, then groups of four, eight on a line."""
    head, rest = identity[:16], identity[16:]
    groups = [rest[at : at + 4] for at in range(0, len(rest), 4)]
    lines = [" ".join(groups[at : at + 8]) for at in range(0, len(groups), 8)]
    return "\n".join(f"    {line}" for line in [head, *lines])


def write_once(target: Path, text: str) -> None:
    """Write a file that only its owner may read, and that is not there yet."""
    try:
        descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Halt(f"{target} is there already. Name a file that is not there yet.") from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    home.sync_folder(target.absolute().parent)
