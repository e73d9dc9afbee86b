"""The products a dose is drawn from, read from the TOML files beside this one."""

from functools import cache
from pathlib import Path

from pydantic import Field

from mooring.core.datafiles import Frozen, read_toml
from mooring.core.drugs.drug import Drug
from mooring.core.quantities import Milligrams, MilligramsPerMillilitre, Millilitres

FOLDER = Path(__file__).parent


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


class Product(Frozen):
    """A drug at one concentration, with the vials it comes in."""

    id: str
    name: str
    drug: Drug
    concentration_mg_per_ml: int = Field(gt=0)
    dilute_before_intravenous_use: bool
    rxnorm: str = ""
    """The RxNorm concept of this strength; empty where none was verified."""
    note: str = ""
    vials: tuple[Vial, ...] = Field(min_length=1)

    @property
    def concentration(self) -> MilligramsPerMillilitre:
        """The strength printed on the vial."""
        return MilligramsPerMillilitre(self.concentration_mg_per_ml)

    def held_in(self, vial: Vial) -> Milligrams:
        """All the drug in a full vial.

        Shown beside the concentration, because "50 mg/mL" has been read as the content of a
        10 mL vial that held 500 mg (ISMP 1998, evidence file §7.2).
        """
        return self.concentration * vial.volume


@cache
def products() -> tuple[Product, ...]:
    """All products, weakest first. Raises DataFileError when a file does not fit."""
    found = (read_toml(path, Product) for path in FOLDER.glob("*.toml"))
    return tuple(sorted(found, key=lambda product: product.concentration_mg_per_ml))


def product_with_ndc(ndc: str) -> Product | None:
    """The product that a barcode's NDC names; None when it is not among the verified ones."""
    if not ndc:
        return None
    return next((p for p in products() if any(vial.ndc == ndc for vial in p.vials)), None)
