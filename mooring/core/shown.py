"""What the program says that it does, each sentence with the tests that show it."""

from typing import Annotated

from pydantic import Field

from mooring.core.datafiles import Frozen

Test = Annotated[str, Field(pattern=r"^tests/[a-z0-9_/]+\.py::test_\w+$")]
"""A test by its file and function: "tests/cli/test_evidence.py::test_help_names_every_part"."""


class Shown(Frozen):
    """One sentence about what the program does.

    Somebody has read each test that it names and found the sentence in it. That files and
    functions are there is checked by `tests/docs/test_said_and_shown.py`.
    """

    says: Annotated[str, Field(min_length=1)]
    shown_by: Annotated[tuple[Test, ...], Field(min_length=1)]
