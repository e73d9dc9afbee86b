"""The one command: `mooring`. Each command is a module; nothing is imported before it is needed."""

from __future__ import annotations

from importlib import import_module

import click

from mooring import __version__
from mooring.cli.plain import plain_failures
from mooring.clinic.database.wire import encrypt_to_other_machines

COMMANDS = {
    "serve": "serve",
    "demo": "demo",
    "migrate": "migrate",
    "import": "importing",
    "doctor": "doctor",
    "verify": "verify",
    "backup": "backup",
    "restore": "restore",
    "recovery-sheet": "recovery_sheet",
    "evidence": "evidence",
    "handbook": "handbook",
    "simulate": "simulate",
}
"""Each command and the module that carries it as `command`."""


class OneCommand(click.Group):
    """Loads the module of the command that is asked for, and no other."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """In the order in which a clinic meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command by this name; None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"mooring.cli.{COMMANDS[cmd_name]}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what a machine refuses becomes one line that says what to do."""
        with plain_failures():
            return super().invoke(ctx)


@click.group(cls=OneCommand)
@click.version_option(__version__, prog_name="mooring")
def main() -> None:
    """Runs a ketamine treatment program: screening, plan, monitored session, follow-up.

    The clinic's data lives in the folder that MOORING_HOME names, or in `var` here.
    """
    encrypt_to_other_machines()
