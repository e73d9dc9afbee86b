"""The form of an order, by route: only the fields that this route has."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar, cast

from django import forms

from mooring.clinic.courses import orders
from mooring.clinic.courses.order_fields import (
    LONGEST,
    MOST_SPRAYS,
    SprayMinutes,
    count,
    number,
    pick,
)
from mooring.clinic.courses.ways import Way
from mooring.core.drugs.by_mouth import ByMouthOrder
from mooring.core.drugs.drug import Drug, Route
from mooring.core.drugs.nasal import NasalDeviceOrder, NasalSprayOrder, Nostril
from mooring.core.drugs.order import BolusOrder, InfusionOrder, InjectionOrder
from mooring.core.drugs.products import ByMouth, Injectable, NasalDevice, NasalSpray
from mooring.core.drugs.weight import Weight
from mooring.core.drugs.written import AnyOrder
from mooring.core.quantities import (
    Milligrams,
    MilligramsPerKilogram,
    MilligramsPerMillilitre,
    Millilitres,
    Minutes,
    plain,
)

OPEN = "open"
"""The answer that leaves the vial open."""


class OrderForm(forms.Form):
    """What every route has: its way, and the order that was typed."""

    def __init__(
        self, way: Way, data: Any = None, initial: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(data)
        self.prefilled = {
            name: said for name, said in (initial or {}).items() if name in self.fields
        }
        """What another page filled in, for a person to check."""
        self.initial.update(self.prefilled)
        self.way = way

    def order(self, weight: Weight | None) -> AnyOrder:
        """The order as typed, for that weight. Call only on a form that is_valid()."""
        raise NotImplementedError

    def line(self) -> MilligramsPerMillilitre | None:
        """What goes into the line; None without one. Call only on a form that is_valid()."""
        typed = self.cleaned_data.get("concentration")
        return None if typed is None else MilligramsPerMillilitre(typed)

    def members(self) -> int | None:
        """How many are in the group, 1 for one person alone; None where it was not typed."""
        typed: int | None = self.cleaned_data.get("group_of")
        return typed


class NeedleForm(OrderForm):
    """A dose by weight or in mg, and the vial it comes from."""

    dose_value = number("Dose", 2000)
    dose_unit = forms.ChoiceField(
        label="Unit of the dose",
        widget=forms.RadioSelect,
        choices=[("mg/kg", "mg/kg, by body weight"), ("mg", "mg, the whole amount")],
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Choose mg/kg or mg."),
    )
    strength = pick("Drawn from a vial of", [], required=False)
    open_vial: ClassVar[bool] = True
    """True where an order may leave open which vial it is drawn from."""

    def __init__(
        self, way: Way, data: Any = None, initial: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(way, data, initial)
        vials = [each for each in way.products if isinstance(each, Injectable)]
        named = sorted((each.concentration.value, each.concentration.text()) for each in vials)
        choices = [(plain(value), text) for value, text in named]
        field = cast(forms.ChoiceField, self.fields["strength"])
        field.choices = [*choices, (OPEN, "not said here")] if self.open_vial else choices
        field.required = not self.open_vial

    def vial(self) -> MilligramsPerMillilitre | None:
        """The strength of the vial; None where the order leaves it open."""
        typed = self.cleaned_data.get("strength")
        return None if typed in {None, "", OPEN} else MilligramsPerMillilitre(typed)

    def needle(
        self, weight: Weight | None
    ) -> tuple[Drug, Route, MilligramsPerKilogram | Milligrams, Weight | None]:
        """What each order by needle begins with."""
        typed = self.cleaned_data
        dose = orders.dose(typed["dose_value"], typed["dose_unit"])
        return self.way.drug, self.way.route, dose, weight


class LineForm(NeedleForm):
    """What runs into a vein over minutes."""

    over_minutes = number("Over how many minutes", 600)
    concentration = number(
        "Concentration in the line, mg/mL", 200, help_text="After any dilution, as it is given."
    )

    field_order = ("dose_value", "dose_unit", "over_minutes", "strength", "concentration")

    def clean(self) -> dict[str, Any]:
        """A line cannot be stronger than the vial it comes from."""
        typed = self.cleaned_data
        vial, line = self.vial(), typed.get("concentration")
        if vial is not None and line is not None and line > vial.value:
            said = f"The vial holds {vial.text()}: what comes from it is not stronger."
            self.add_error("concentration", said)
        return typed


class InfusionForm(LineForm):
    """An infusion by pump."""

    def order(self, weight: Weight | None) -> InfusionOrder:
        """The order as typed."""
        over = Minutes(self.cleaned_data["over_minutes"])
        return InfusionOrder(*self.needle(weight), over, self.vial())


class BolusForm(LineForm):
    """A dose by hand."""

    over_minutes = number("By hand, over how many minutes", 600)
    concentration = number(
        "Concentration in the syringe, mg/mL", 200, help_text="After any dilution, as it is given."
    )

    def order(self, weight: Weight | None) -> BolusOrder:
        """The order as typed."""
        over = Minutes(self.cleaned_data["over_minutes"])
        return BolusOrder(*self.needle(weight), over, self.vial())


class InjectionForm(NeedleForm):
    """One injection; nothing dilutes it, so the vial decides the volume and is always named."""

    open_vial = False

    def order(self, weight: Weight | None) -> InjectionOrder:
        """The order as typed."""
        return InjectionOrder(*self.needle(weight), self.vial())


class MadeForm(OrderForm):
    """An order counted in what a product gives."""

    product = pick("Product", [])

    def __init__(
        self, way: Way, data: Any = None, initial: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(way, data, initial)
        field = cast(forms.ChoiceField, self.fields["product"])
        field.choices = [(each.id, each.name) for each in way.products]
        if len(way.products) == 1:
            field.initial = way.products[0].id

    def made(self) -> Any:
        """The chosen product."""
        return next(p for p in self.way.products if p.id == self.cleaned_data["product"])


class SprayForm(MadeForm):
    """Single sprays, the sides of the nose in turn."""

    sprays = count("Number of sprays", MOST_SPRAYS)
    apart = number("Minutes from one spray to the next", 600, required=False)
    at = SprayMinutes(
        label="Or the minute of each spray",
        required=False,
        help_text="Where the distances differ, for example 0, 10, 25.",
    )
    first = pick("First side", [(side.value, f"{side.value} nostril") for side in Nostril])

    def clean(self) -> dict[str, Any]:
        """More than one spray needs its distance, or the minute of each; not both."""
        typed = self.cleaned_data
        sprays, apart, at = typed.get("sprays"), typed.get("apart"), typed.get("at")
        if at and apart is not None:
            self.add_error("at", "Type the distance or the minute of each spray, not both.")
        elif at and sprays is not None and len(at) != sprays:
            self.add_error("at", f"Number of sprays: {sprays}. Minutes typed here: {len(at)}.")
        elif not self.errors and not at:
            self._check_distance(typed["sprays"], apart)
        return typed

    def _check_distance(self, sprays: int, apart: Decimal | None) -> None:
        """What is typed stands in the order: nothing is left out without a word."""
        if sprays == 1 and apart is not None:
            self.add_error("apart", "One spray has no distance: leave this empty.")
        if sprays != 1 and apart is None:
            self.add_error("apart", "Type how many minutes lie between two sprays.")
        if apart is not None and apart * (sprays - 1) > LONGEST:
            said = f"Together they take {plain(apart * (sprays - 1))} minutes; {LONGEST} at most."
            self.add_error("apart", said)

    def order(self, weight: Weight | None) -> NasalSprayOrder:
        """The order as typed."""
        typed = self.cleaned_data
        apart = typed["apart"] or Decimal(0)
        equal = tuple(apart * nth for nth in range(typed["sprays"]))
        at = tuple(Minutes(minute) for minute in typed["at"] or equal)
        return NasalSprayOrder(self.made(), at, weight, Nostril(typed["first"]))


class DeviceForm(MadeForm):
    """Devices of a fixed amount, one after the other."""

    devices = count("Number of devices", 9)
    gap = number(
        "Minutes between two devices", 120, required=False, help_text="Left empty: 5, as labelled."
    )

    def clean(self) -> dict[str, Any]:
        """One device has no distance."""
        typed = self.cleaned_data
        if typed.get("devices") == 1 and typed.get("gap") is not None:
            self.add_error("gap", "One device has no distance: leave this empty.")
        return typed

    def clean_gap(self) -> Decimal | None:
        """No shorter than the label."""
        gap: Decimal | None = self.cleaned_data["gap"]
        least = min(p.minutes_between_devices for p in self.way.products
                    if isinstance(p, NasalDevice))  # fmt: skip
        if gap is not None and gap < least:
            raise forms.ValidationError(f"At least {plain(least)} minutes lie between two devices.")
        return gap

    def order(self, weight: Weight | None) -> NasalDeviceOrder:
        """The order as typed."""
        typed = self.cleaned_data
        gap = None if typed["gap"] is None else Minutes(typed["gap"])
        return NasalDeviceOrder(self.made(), typed["devices"], weight, gap)


class ByMouthForm(MadeForm):
    """A compounded form whose strength the order states."""

    strength = number("Strength: mg in one piece, or mg/mL of a solution", 2000)
    quantity = number("How much: whole pieces, or mL of a solution", 500)
    counted = pick(
        "What these milligrams count",
        [("base", "ketamine base"), ("hydrochloride", "ketamine hydrochloride")],
        help_text="As the pharmacy's label says it.",
    )

    @property
    def solution(self) -> bool:
        """True for what is measured in millilitres."""
        return bool(self.made().kind == "oral_solution")

    def clean(self) -> dict[str, Any]:
        """Pieces are whole."""
        typed = self.cleaned_data
        quantity = typed.get("quantity")
        if quantity is not None and "product" in typed and not self.solution and quantity % 1:
            self.add_error("quantity", "Pieces are counted whole, for example 2.")
        return typed

    def order(self, weight: Weight | None) -> ByMouthOrder:
        """The order as typed."""
        typed, form, route = self.cleaned_data, self.made(), self.way.route
        strength, quantity = typed["strength"], typed["quantity"]
        if self.solution:
            amount = MilligramsPerMillilitre(strength), Millilitres(quantity)
            return ByMouthOrder(form, route, *amount, typed["counted"], weight)
        pieces = Milligrams(strength), int(quantity)
        return ByMouthOrder(form, route, *pieces, typed["counted"], weight)


class TongueForm(ByMouthForm):
    """Under the tongue, where a group may take it together."""

    group_of = count(
        "How many are in the group",
        40,
        required=False,
        help_text="1 for one person alone. Left empty: not recorded, which a group’s plan "
        "waits for.",
    )


BY_ROUTE: dict[Route, type[OrderForm]] = {
    Route.INTRAVENOUS_INFUSION: InfusionForm,
    Route.INTRAVENOUS_BOLUS: BolusForm,
    Route.INTRAMUSCULAR: InjectionForm,
    Route.SUBCUTANEOUS: InjectionForm,
    Route.SUBLINGUAL: TongueForm,
}
BY_PRODUCT: dict[type, type[OrderForm]] = {
    NasalSpray: SprayForm,
    NasalDevice: DeviceForm,
    ByMouth: ByMouthForm,
}


def order_form(way: Way, data: Any = None, initial: Mapping[str, str] | None = None) -> OrderForm:
    """The form for this drug and route. `initial` fills its fields in; other names are ignored."""
    form = BY_ROUTE.get(way.route) or BY_PRODUCT[type(way.products[0])]
    return form(way, data, initial)
