"""The small arithmetic that model files are written in: + - * / **, exp, log, max, min and names.

An expression is read once and checked, and then works element by element on arrays. It reaches
nothing else: no attribute, no index, no other call.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any

import numpy as np
from pydantic import PlainSerializer, PlainValidator

from mooring.core.pharmacology.system import Floats

Values = Mapping[str, Floats | float]

_OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
_FUNCTIONS: dict[str, tuple[Callable[..., Any], int]] = {
    "exp": (np.exp, 1),
    "log": (np.log, 1),
    "max": (np.maximum, 2),
    "min": (np.minimum, 2),
}
FUNCTION_NAMES = frozenset(_FUNCTIONS)


@dataclass(frozen=True)
class Expression:
    """A checked expression; call it with a value for each of its names."""

    text: str
    names: frozenset[str]
    tree: ast.expr = field(compare=False, repr=False)

    def __call__(self, values: Values) -> Floats:
        """The value, elementwise where values are arrays. Every name in `names` needs a value."""
        return np.asarray(_value(self.tree, values), dtype=np.float64)


def parse(text: str | int | float) -> Expression:
    """Read an expression, or a bare number. Raises ValueError naming what it may not contain."""
    source = str(text)
    try:
        tree = ast.parse(source, mode="eval").body
    except SyntaxError:
        raise ValueError(f"'{source}' is not an expression") from None
    return Expression(source, frozenset(_names(tree, source)), tree)


def _names(node: ast.expr, source: str) -> set[str]:
    match node:
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            return set()
        case ast.Name(id=name):
            return {name}
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return _names(inner, source)
        case ast.BinOp(op=op, left=left, right=right) if type(op) in _OPERATORS:
            return _names(left, source) | _names(right, source)
        case ast.Call(func=ast.Name(id=name), args=parts, keywords=[]) if name in _FUNCTIONS:
            return _arguments(name, parts, source)
    raise ValueError(
        f"'{source}': '{ast.unparse(node)}' is not part of the language; numbers, names, "
        "+ - * / **, exp, log, max and min are"
    )


def _arguments(name: str, parts: list[ast.expr], source: str) -> set[str]:
    wanted = _FUNCTIONS[name][1]
    if len(parts) != wanted:
        raise ValueError(f"'{source}': {name} takes {wanted}, here it is given {len(parts)}")
    return set().union(*(_names(part, source) for part in parts))


def _value(node: ast.expr, values: Values) -> Any:
    match node:
        case ast.Constant(value=number):
            return np.float64(number)  # type: ignore[arg-type]  # parse lets numbers pass, only
        case ast.Name(id=name):
            return values[name]
        case ast.UnaryOp(operand=inner):
            return -_value(inner, values)
        case ast.BinOp(op=op, left=left, right=right):
            return _OPERATORS[type(op)](_value(left, values), _value(right, values))
        case ast.Call(func=ast.Name(id=name), args=parts):
            return _FUNCTIONS[name][0](*(_value(part, values) for part in parts))
    raise AssertionError("parse refuses every other node")  # pragma: no cover


Formula = Annotated[Expression, PlainValidator(parse), PlainSerializer(lambda e: e.text)]
"""A field of a data file that holds an expression."""
