"""The small arithmetic of model files: it computes, and it reaches nothing else."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from mooring.core.pharmacology.expressions import Formula, parse

NUMBERS = st.floats(min_value=0.1, max_value=100)


@given(a=NUMBERS, b=NUMBERS)
def test_it_computes_as_written(a: float, b: float) -> None:
    expected = {
        "a + b * 2": a + b * 2,
        "(a - b) / b": (a - b) / b,
        "a ** 0.75": a**0.75,
        "-a": -a,
        "exp(-a) + log(b)": math.exp(-a) + math.log(b),
        "max(a - b, 0)": max(a - b, 0),
        "min(a, b)": min(a, b),
    }
    for text, value in expected.items():
        assert parse(text)({"a": a, "b": b}) == pytest.approx(value)


def test_it_works_element_by_element() -> None:
    found = parse("cl * (weight / 70) ** 0.75")({"cl": 80.0, "weight": np.array([70.0, 140.0])})
    assert found == pytest.approx([80.0, 80.0 * 2**0.75])


def test_it_knows_its_names_and_a_bare_number_has_none() -> None:
    assert parse("a / max(b, 2)").names == {"a", "b"}
    assert parse(1).names == frozenset()
    assert parse(1)({}) == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "a.real",
        "a[0]",
        "open('x')",
        "a if b else c",
        "a < b",
        "a // b",
        "not a",
        "'text'",
        "True",
        "lambda: 1",
        "exp(x=1)",
        "a.b(1)",
    ],
)
def test_anything_else_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="is not part of the language; numbers, names"):
        parse(text)


def test_what_cannot_be_read_at_all_is_refused() -> None:
    with pytest.raises(ValueError, match="'a \\+' is not an expression"):
        parse("a +")


def test_a_function_takes_its_number_of_values() -> None:
    with pytest.raises(ValueError, match="max takes 2, here it is given 1"):
        parse("max(a)")


def test_a_field_reads_an_expression_and_writes_it_as_it_stood() -> None:
    class Line(BaseModel):
        rate: Formula

    line = Line.model_validate({"rate": "cl / v"})
    assert line.model_dump() == {"rate": "cl / v"}
    assert line.rate == parse("cl / v")
