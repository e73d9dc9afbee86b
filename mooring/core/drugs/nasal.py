"""Orders into the nose: sprays at their times, and devices of a fixed amount."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from mooring.core.drugs.dosed import Administration, by_weight, minutes_words, weight_holds
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.products import NasalDevice, NasalSpray
from mooring.core.drugs.weight import Weight
from mooring.core.quantities import (
    Milligrams,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    Millilitres,
    Minutes,
    plain,
)


class Nostril(StrEnum):
    """A side of the nose."""

    RIGHT = "right"
    LEFT = "left"

    def other(self) -> "Nostril":
        """The side of the next spray."""
        return Nostril.LEFT if self is Nostril.RIGHT else Nostril.RIGHT


@dataclass(frozen=True)
class NasalSprayOrder:
    """Single sprays of one product, each at its minute, the sides of the nose in turn."""

    product: NasalSpray
    at: tuple[Minutes, ...]
    """The minute of each spray; the first is 0, and each is later than the one before."""
    weight: Weight | None
    first: Nostril = Nostril.RIGHT

    def __post_init__(self) -> None:
        if not self.at or self.at[0].value != 0:
            raise ValueError("at: the first spray is at minute 0, for example 0, 10, 20")
        if any(later <= earlier for earlier, later in pairwise(self.at)):
            raise ValueError("at: each spray is later than the one before, for example 0, 10, 20")

    @property
    def drug(self) -> Drug:
        """What the product holds."""
        return self.product.drug

    @property
    def route(self) -> Route:
        """Always intranasal, in full."""
        return Route.INTRANASAL

    @property
    def strength(self) -> MilligramsPerMillilitre:
        """Of the solution."""
        return self.product.concentration

    def total(self) -> Milligrams:
        """All sprays together."""
        return Milligrams(self.product.in_one.value * len(self.at))

    def volume(self) -> Millilitres:
        """All sprays together, without what priming the pump takes."""
        return Millilitres(self.product.volume.value * len(self.at))

    def per_kilogram(self) -> MilligramsPerKilogram | None:
        """The whole dose by body weight; None without a weight."""
        return by_weight(self.total(), self.weight)

    def holds(self, on: date) -> tuple[str, ...]:
        """An old weight; sprays are counted, so none is needed for the amount."""
        return weight_holds(self.weight, on)

    def sentence(self) -> str:
        """The order as it is read aloud."""
        number = len(self.at)
        sprays = "1 spray" if number == 1 else f"{number} sprays"
        given = f"{sprays} of {self.product.in_one.text()} ({self.strength.text()})"
        return f"{self.drug.display} {self.total().text()}, intranasal: {given}, {self._times()}"

    def arithmetic(self) -> tuple[str, ...]:
        """Each step of the calculation on a line of its own."""
        one, number = self.product, len(self.at)
        return (
            f"{one.volume.text()} × {one.concentration.text()} = {one.in_one.text()} a spray",
            f"{number} × {one.in_one.text()} = {self.total().text()}",
            f"{number} × {one.volume.text()} = {self.volume().text()}",
        )

    def administrations(self) -> tuple[Administration, ...]:
        """Each spray with its minute and its side."""
        sides = (self.first, self.first.other())
        return tuple(
            Administration(
                minute, self.product.in_one, f"one spray into the {sides[nth % 2]} nostril"
            )
            for nth, minute in enumerate(self.at)
        )

    def _times(self) -> str:
        if len(self.at) == 1:
            return f"into the {self.first} nostril"
        times = ", ".join(plain(minute.value) for minute in self.at)
        return f"at minutes {times}, nostrils in turn, {self.first} first"


@dataclass(frozen=True)
class NasalDeviceOrder:
    """A number of devices of a fixed amount, one after the other.

    The doses are counted in devices: nothing here turns milligrams into devices.
    """

    product: NasalDevice
    devices: int
    weight: Weight | None
    gap: Minutes | None = None
    """Between the starts of two devices; None takes what the label gives."""

    def __post_init__(self) -> None:
        if self.devices < 1:
            raise ValueError("devices: at least one, for example 2")
        if self.between.value < self.product.minutes_between_devices:
            least = plain(self.product.minutes_between_devices)
            raise ValueError(f"gap: at least {least} minutes between two devices")

    @property
    def between(self) -> Minutes:
        """Minutes from one device to the next."""
        return Minutes(self.product.minutes_between_devices) if self.gap is None else self.gap

    @property
    def drug(self) -> Drug:
        """What the device holds."""
        return self.product.drug

    @property
    def route(self) -> Route:
        """Always intranasal, in full."""
        return Route.INTRANASAL

    @property
    def strength(self) -> Milligrams:
        """In one device, as base."""
        return self.product.in_one

    def total(self) -> Milligrams:
        """All devices together, as base."""
        return Milligrams(self.product.mg_per_device * self.devices)

    def per_kilogram(self) -> MilligramsPerKilogram | None:
        """The whole dose by body weight; None without a weight."""
        return by_weight(self.total(), self.weight)

    def holds(self, on: date) -> tuple[str, ...]:
        """An old weight; devices are counted, so none is needed for the amount."""
        return weight_holds(self.weight, on)

    def sentence(self) -> str:
        """The order as it is read aloud."""
        devices = "1 device" if self.devices == 1 else f"{self.devices} devices"
        given = f"{devices} of {self.product.in_one.text()}"
        apart = f", {minutes_words(self.between)} apart" if self.devices > 1 else ""
        return f"{self.drug.display} {self.total().text()}, intranasal: {given}{apart}"

    def arithmetic(self) -> tuple[str, ...]:
        """The one step there is."""
        return (f"{self.devices} × {self.product.in_one.text()} = {self.total().text()}",)

    def administrations(self) -> tuple[Administration, ...]:
        """Each device with its minute."""
        return tuple(
            Administration(
                Minutes(self.between.value * nth),
                self.product.in_one,
                f"device {nth + 1} of {self.devices}",
            )
            for nth in range(self.devices)
        )
