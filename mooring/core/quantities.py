"""Typed amounts on exact decimals: a milligram and a milligram per kilogram cannot be mixed up.

Every amount is frozen, zero or more, and made from text, a whole number or a Decimal, never from
a float. Amounts of one unit add, subtract and compare; amounts of different units only combine
where pharmacy combines them, and the type checker knows the result. What cannot combine raises
TypeError with what to write instead.
"""

import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import ClassVar, Self, overload

_PLAIN_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,12})?")
_PRODUCT = Context(prec=80)
_QUOTIENT = Context(prec=28)
_LARGEST = Decimal(1_000_000_000)


class Quantity:
    """An amount of one unit. Equal when unit and number are equal; 35 mg equals 35.0 mg."""

    unit: ClassVar[str]
    __slots__ = ("_value",)
    _value: Decimal

    def __init__(self, value: str | int | Decimal) -> None:
        """Take a number as text ("0.5"), a whole number or a Decimal.

        Raises TypeError for a float or anything else, ValueError for text that is not a plain
        number, for a negative amount, NaN or infinity.
        """
        object.__setattr__(self, "_value", _checked(type(self).__name__, value))

    @property
    def value(self) -> Decimal:
        """The bare number, in this unit."""
        return self._value

    def text(self) -> str:
        """The number as staff read it: a leading zero, never a trailing zero, and its unit."""
        return f"{plain(self._value)} {self.unit}"

    def rounded(self, step: str | Decimal) -> Self:
        """The nearest multiple of `step` (for example "0.01"); halves go up."""
        return type(self)(nearest(self._value, step))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: make a new amount instead")

    def __add__(self, other: Self) -> Self:
        return type(self)(_PRODUCT.add(self._value, self._same_unit(other, "add")))

    def __sub__(self, other: Self) -> Self:
        return type(self)(_PRODUCT.subtract(self._value, self._same_unit(other, "subtract")))

    def __lt__(self, other: Self) -> bool:
        return self._value < self._same_unit(other, "compare")

    def __le__(self, other: Self) -> bool:
        return self._value <= self._same_unit(other, "compare")

    def __gt__(self, other: Self) -> bool:
        return self._value > self._same_unit(other, "compare")

    def __ge__(self, other: Self) -> bool:
        return self._value >= self._same_unit(other, "compare")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Quantity) and (type(self), self._value) == (
            type(other),
            other._value,
        )

    def __hash__(self) -> int:
        return hash((type(self), self._value))

    def __repr__(self) -> str:
        return f'{type(self).__name__}("{plain(self._value)}")'

    def __reduce__(self) -> tuple[type[Self], tuple[Decimal]]:
        return type(self), (self._value,)

    def _same_unit(self, other: "Quantity", doing: str) -> Decimal:
        if type(other) is not type(self):
            raise TypeError(_instead(doing, self, other))
        return other._value


class Milligrams(Quantity):
    """An amount of drug."""

    unit = "mg"
    __slots__ = ()

    @overload
    def __truediv__(self, other: "MilligramsPerMillilitre") -> "Millilitres": ...
    @overload
    def __truediv__(self, other: "Millilitres") -> "MilligramsPerMillilitre": ...
    @overload
    def __truediv__(self, other: "Minutes") -> "MilligramsPerMinute": ...
    @overload
    def __truediv__(self, other: "Kilograms") -> "MilligramsPerKilogram": ...
    def __truediv__(self, other: Quantity) -> Quantity:
        return _divide(self, other)


def scaled(amount: Milligrams) -> str:
    """An amount as it is read at a glance: from 10,000 mg in g, from 1,000,000 mg in kg; exact."""
    if amount.value >= 1_000_000:
        return f"{plain(amount.value.scaleb(-6))} kg"
    if amount.value >= 10_000:
        return f"{plain(amount.value.scaleb(-3))} g"
    return amount.text()


class MilligramsPerKilogram(Quantity):
    """A dose by body weight; it becomes an amount only with a weight."""

    unit = "mg/kg"
    __slots__ = ()

    def __mul__(self, other: "Kilograms") -> Milligrams:
        return Milligrams(_multiply(self, other, Kilograms))


class Kilograms(Quantity):
    """A body weight."""

    unit = "kg"
    __slots__ = ()

    def __mul__(self, other: MilligramsPerKilogram) -> Milligrams:
        return Milligrams(_multiply(self, other, MilligramsPerKilogram))


class MilligramsPerMillilitre(Quantity):
    """A concentration."""

    unit = "mg/mL"
    __slots__ = ()

    def __mul__(self, other: "Millilitres") -> Milligrams:
        return Milligrams(_multiply(self, other, Millilitres))


class Millilitres(Quantity):
    """A volume."""

    unit = "mL"
    __slots__ = ()

    def __mul__(self, other: MilligramsPerMillilitre) -> Milligrams:
        return Milligrams(_multiply(self, other, MilligramsPerMillilitre))

    def __truediv__(self, other: "Minutes") -> "MillilitresPerHour":
        return MillilitresPerHour(_ratio(self._value * 60, self, other, Minutes))


class Minutes(Quantity):
    """A duration."""

    unit = "min"
    __slots__ = ()

    def __mul__(self, other: "MilligramsPerMinute") -> Milligrams:
        return Milligrams(_multiply(self, other, MilligramsPerMinute))


class MilligramsPerMinute(Quantity):
    """A rate of drug."""

    unit = "mg/min"
    __slots__ = ()

    def __mul__(self, other: Minutes) -> Milligrams:
        return Milligrams(_multiply(self, other, Minutes))


class MillilitresPerHour(Quantity):
    """What an infusion pump is set to."""

    unit = "mL/h"
    __slots__ = ()


_QUOTIENTS: dict[type[Quantity], type[Quantity]] = {
    MilligramsPerMillilitre: Millilitres,
    Millilitres: MilligramsPerMillilitre,
    Minutes: MilligramsPerMinute,
    Kilograms: MilligramsPerKilogram,
}

_INSTEAD: dict[frozenset[type[Quantity]], str] = {
    frozenset({Milligrams, MilligramsPerKilogram}): (
        "multiply the mg/kg by the weight first: MilligramsPerKilogram × Kilograms"
    ),
    frozenset({Milligrams, Millilitres}): (
        "multiply the volume by its concentration first: Millilitres × MilligramsPerMillilitre"
    ),
    frozenset({Milligrams, MilligramsPerMinute}): (
        "multiply the rate by its duration first: MilligramsPerMinute × Minutes"
    ),
}


def plain(number: Decimal) -> str:
    """A number without exponent and without trailing zeros: 0.5, 35, 100."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def nearest(number: Decimal, step: str | Decimal) -> Decimal:
    """The nearest multiple of `step`, halves up: the one way in which a number here is rounded.

    The two sides of a half differ by a step, so two ways of rounding print one amount as two.
    """
    size = Decimal(step)
    steps = _QUOTIENT.divide(number, size).to_integral_value(rounding=ROUND_HALF_UP)
    return _PRODUCT.multiply(steps, size)


def _checked(name: str, value: object) -> Decimal:
    if isinstance(value, float):
        raise TypeError(f'{name}: write the number as text, "{value}", not as a float')
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise TypeError(f"{name}: give text, a whole number or a Decimal, not {value!r}")
    if isinstance(value, str) and not _PLAIN_NUMBER.fullmatch(value):
        raise ValueError(f'{name}: write a plain number such as "0.5" or "35", not "{value[:40]}"')
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"{name}: an amount is a finite number, not {number}")
    if number < 0 or number > _LARGEST:
        raise ValueError(f"{name}: an amount lies between 0 and {_LARGEST}, not {number}")
    return abs(number)


def _multiply(left: Quantity, right: Quantity, wanted: type[Quantity]) -> Decimal:
    if type(right) is not wanted:
        raise TypeError(_instead("multiply", left, right))
    return _PRODUCT.multiply(left.value, right.value)


def _divide(left: Quantity, right: Quantity) -> Quantity:
    result = _QUOTIENTS.get(type(right))
    if result is None:
        raise TypeError(_instead("divide", left, right))
    return result(_ratio(left.value, left, right, type(right)))


def _ratio(numerator: Decimal, left: Quantity, right: Quantity, wanted: type[Quantity]) -> Decimal:
    if type(right) is not wanted:
        raise TypeError(_instead("divide", left, right))
    if right.value == 0:
        raise ZeroDivisionError(
            f"{type(right).__name__}: must be above 0 {right.unit} to divide by"
        )
    return _QUOTIENT.divide(numerator, right.value)


def _instead(doing: str, left: Quantity, right: object) -> str:
    name = type(right).__name__
    said = f"cannot {doing} {type(left).__name__} and {name}: "
    if not isinstance(right, Quantity):
        return said + f"give the number a unit first, for example {type(left).__name__}(...)"
    if doing in {"add", "subtract", "compare"}:
        pair = frozenset({type(left), type(right)})
        return said + _INSTEAD.get(pair, f"bring both to one unit, {left.unit} or {right.unit}")
    return said + "no amount has that unit; see the class of each for what it combines with"
