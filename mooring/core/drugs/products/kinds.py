"""The kinds of product, each with the numbers of its own package. Read from the TOML beside."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from mooring.core.datafiles import Frozen
from mooring.core.drugs.drug import Drug, Route
from mooring.core.quantities import Milligrams, MilligramsPerMillilitre, Millilitres

Counted = Literal["base", "not verified", "as ordered"]
"""What a stated milligram counts; "as ordered" where each prescription has to say it."""

ProductCode = Annotated[str, Field(pattern=r"^[0-9]{4,5}-[0-9]{3,4}$")]
"""Labeller and product of an NDC, without the package: they alone decide drug and strength."""


class Common(Frozen):
    """What every product says of itself."""

    id: str
    name: str
    drug: Drug
    routes: tuple[Route, ...] = Field(min_length=1)
    """The routes this form is made for."""
    counted: Counted
    """Whether its milligrams are known to be milligrams of base."""
    counted_note: str = Field(min_length=1)
    """The salt, and where that was read."""
    compounded: bool = False
    """Made by a pharmacy for one prescription: no approved product, and no NDC to scan."""
    rxnorm: str = ""
    """The RxNorm concept of this strength; empty where none was verified."""
    note: str = ""


class Vial(Frozen):
    """One size of vial. `ndc` is empty where no record was read that verifies one."""

    volume_ml: int = Field(gt=0)
    ndc: str = Field(default="", pattern=r"^([0-9]{4,5}-[0-9]{3,4}-[0-9]{1,2})?$")
    labeller: str = ""
    source: str = Field(min_length=1)

    @property
    def volume(self) -> Millilitres:
        """What the full vial holds."""
        return Millilitres(self.volume_ml)


class Injectable(Common):
    """A drug at one concentration, with the vials it comes in."""

    kind: Literal["injectable"]
    concentration_mg_per_ml: int = Field(gt=0)
    dilute_before_intravenous_use: bool
    vials: tuple[Vial, ...] = Field(min_length=1)

    @property
    def concentration(self) -> MilligramsPerMillilitre:
        """The strength printed on the vial."""
        return MilligramsPerMillilitre(self.concentration_mg_per_ml)

    @property
    def strength(self) -> MilligramsPerMillilitre:
        """What a scanned code is compared by."""
        return self.concentration

    @property
    def codes(self) -> tuple[str, ...]:
        """Labeller and product of the verified codes of its vials."""
        return tuple(vial.ndc.rpartition("-")[0] for vial in self.vials if vial.ndc)

    def held_in(self, vial: Vial) -> Milligrams:
        """All the drug in a full vial.

        Shown beside the concentration, because "50 mg/mL" has been read as the content of a
        10 mL vial that held 500 mg (ISMP 1998, evidence file §7.2).
        """
        return self.concentration * vial.volume


class NasalSpray(Common):
    """A solution that a pump sprays in equal small volumes."""

    kind: Literal["nasal_spray"]
    concentration_mg_per_ml: Decimal = Field(gt=0)
    ml_per_spray: Decimal = Field(gt=0)
    source: str = Field(min_length=1)
    codes: tuple[ProductCode, ...] = ()

    @property
    def concentration(self) -> MilligramsPerMillilitre:
        """The strength of the solution."""
        return MilligramsPerMillilitre(self.concentration_mg_per_ml)

    @property
    def strength(self) -> MilligramsPerMillilitre:
        """What a scanned code is compared by."""
        return self.concentration

    @property
    def volume(self) -> Millilitres:
        """The volume of one spray."""
        return Millilitres(self.ml_per_spray)

    @property
    def in_one(self) -> Milligrams:
        """The drug in one spray."""
        return self.concentration * self.volume


class NasalDevice(Common):
    """A device that gives one fixed amount and is then empty."""

    kind: Literal["nasal_device"]
    mg_per_device: Decimal = Field(gt=0)
    salt_mg_per_device: Decimal = Field(gt=0)
    """The same content as hydrochloride; for comparing with a label, never a dose."""
    minutes_between_devices: Decimal = Field(gt=0)
    source: str = Field(min_length=1)
    codes: tuple[ProductCode, ...] = ()

    @property
    def in_one(self) -> Milligrams:
        """The drug in one device, as base."""
        return Milligrams(self.mg_per_device)

    @property
    def strength(self) -> Milligrams:
        """What a scanned code is compared by."""
        return self.in_one


class ByMouth(Common):
    """A compounded form whose strength each order states: troche, tablet or solution."""

    kind: Literal["troche", "tablet", "oral_solution"]
    strength: None = None
    """Stated by each order."""
    source: str = Field(min_length=1)
    codes: tuple[ProductCode, ...] = ()


Product = Annotated[Injectable | NasalSpray | NasalDevice | ByMouth, Field(discriminator="kind")]
