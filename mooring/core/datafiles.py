"""Reads the TOML files that hold claims and policies, and says plainly where one does not fit."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)


class DataFileError(ValueError):
    """A data file that cannot be used; the message names file, entry and field."""


class Frozen(BaseModel):
    """Base of every value read from a data file: fixed once read, and unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def read_toml(path: Path, model: type[Model]) -> Model:
    """Read one TOML file into `model`. Numbers with a point become Decimal, never float.

    Raises DataFileError when the file is missing, is not TOML, or does not fit the model.
    """
    data = parse(path)
    try:
        return model.model_validate(data)
    except ValidationError as problem:
        lines = [f"  {_where(data, e)}: {_words(e)}" for e in problem.errors()]
        raise DataFileError("\n".join([f"{shown(path)}:", *lines])) from None


def shown(path: Path) -> str:
    """The path as messages show it: the folder and the file, never the whole machine path.

    The folder of a version says too little by itself: what it is a version of stands before it.
    """
    of_a_version = re.fullmatch(r"v\d+", path.parent.name)
    return "/".join(path.parts[-3 if of_a_version else -2 :])


def parse(path: Path) -> dict[str, Any]:
    """The content of one TOML file.

    Raises DataFileError, naming the file and the key at or before the fault, when it is not TOML.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DataFileError(f"{shown(path)}: there is no such file") from None
    except UnicodeDecodeError as problem:
        raise DataFileError(f"{shown(path)}: this is not readable TOML: {problem}") from None
    try:
        return tomllib.loads(text, parse_float=_exact)
    except (ValueError, ArithmeticError, RecursionError) as problem:
        # No TOML; a number that no Decimal holds; brackets within brackets.
        where = f"{shown(path)}{_near(text, str(problem))}"
        raise DataFileError(f"{where}: this is not readable TOML: {problem}") from None


def _exact(number: str) -> Decimal:
    """The number digit for digit. Raises ValueError, naming it, where no Decimal holds it."""
    try:
        return Decimal(number)
    except ArithmeticError:
        raise ValueError(f"the number {number} is beyond any that can be held") from None


def _near(text: str, problem: str) -> str:
    """The key of the line at fault, or of the nearest before it: " › near 'value'"."""
    lines = text.splitlines()
    told = re.search(r"at line (\d+)|the number (\S+)", problem)
    if told is None:
        # An overlong number or bracket upon bracket: the line that holds it is the longest.
        at = max(range(len(lines)), key=lambda line: len(lines[line]), default=-1)
    elif told[1]:
        at = int(told[1]) - 1
    else:
        at = next((line for line, words in enumerate(lines) if told[2] in words), -1)
    if "at end of document" in problem:
        at = len(lines) - 1
    before = "\n".join(lines[: at + 1])
    keys = re.findall(r"""(?m)(?:^|[{,])[ \t]*([\w."-]+)[ \t]*=|^\[+([^\]\n]*)""", before)
    return f" › near '{''.join(keys[-1])}'" if keys else ""


def _words(error: ErrorDetails) -> str:
    """The reason alone: our own messages come without pydantic's prefix."""
    return error["msg"].removeprefix("Value error, ")


def _where(data: dict[str, Any], error: ErrorDetails) -> str:
    """Where it is in the file, with an entry's id in place of its number where it has one."""
    parts: list[str] = []
    here: Any = data
    for key in error["loc"]:
        here = _step(here, key)
        parts.append(_entry_name(key, here))
    return " › ".join(parts) or "the file"


def _step(here: Any, key: str | int) -> Any:
    """One step down; what is not there (a field left out, a name of pydantic's own) stays put."""
    try:
        return here[key]
    except (KeyError, IndexError, TypeError):
        return here


def _entry_name(key: str | int, entry: Any) -> str:
    if isinstance(key, int):
        name = entry.get("id") if isinstance(entry, dict) else None
        return f"'{name}'" if name else f"number {key + 1}"
    return key
