"""Published models as data: a folder each, with model.toml inside.

Every parameter says where it was printed and how far it could be followed back. The models are of
adults, and each says whether its concentrations are arterial or venous.
"""

from functools import cache
from pathlib import Path

from mooring.core.datafiles import DataFileError, read_toml
from mooring.core.pharmacology.models.model import (
    CovariateMissingError,
    PublishedModel,
    SamplingSite,
    Source,
    require,
    typical,
)
from mooring.core.pharmacology.models.parameters import (
    Alternative,
    Distribution,
    Parameter,
    Status,
    Variability,
)
from mooring.core.pharmacology.models.structure import (
    Analyte,
    Covariance,
    Flow,
    ModelInput,
    Output,
    Portion,
)

__all__ = [
    "Alternative",
    "Analyte",
    "Covariance",
    "CovariateMissingError",
    "Distribution",
    "Flow",
    "ModelInput",
    "Output",
    "Parameter",
    "Portion",
    "PublishedModel",
    "SamplingSite",
    "Source",
    "Status",
    "Variability",
    "load",
    "names",
    "require",
    "typical",
]

FOLDER = Path(__file__).parent


def names() -> list[str]:
    """The models there are, by id."""
    return sorted(path.parent.name for path in FOLDER.glob("*/model.toml"))


@cache
def load(name: str) -> PublishedModel:
    """The model of that id. Raises DataFileError when there is none or its file does not fit."""
    if name not in names():
        raise DataFileError(f"no model is called '{name}'; there are: {', '.join(names())}")
    return read_toml(FOLDER / name / "model.toml", PublishedModel)
