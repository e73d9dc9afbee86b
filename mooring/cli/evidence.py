"""`mooring evidence`: check, count and export what the product says."""

from __future__ import annotations

from importlib import import_module

import click

COMMANDS = {
    "lint": "evidence_lint",
    "coverage": "evidence_coverage",
    "export": "evidence_export",
}
"""Each command and the module that carries it as `command`."""


class EvidenceCommands(click.Group):
    """Loads the module of the command that is asked for, and no other."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """First what is wrong, then what is missing, then what goes out."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command by this name; None when there is none."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"mooring.cli.{COMMANDS[cmd_name]}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a data file that does not fit is said in its own words."""
        from mooring.cli.plain import Halt
        from mooring.core.datafiles import DataFileError

        try:
            return super().invoke(ctx)
        except DataFileError as problem:
            raise Halt(str(problem)) from problem


@click.group(cls=EvidenceCommands)
def command() -> None:
    """Check the evidence that everything rests on, count what is placed, and export it."""
