"""Scales: one folder each, with the words their licence allows and how they are scored."""

from pathlib import Path

from mooring.core.datafiles import read_toml
from mooring.core.measures.measure import Alert, Band, Item, Option, Score, SummedMeasure
from mooring.core.measures.skeleton import Skeleton, SkeletonItem, TextPack, load_pack

__all__ = [
    "LOINC_NOTICE",
    "MEASURES",
    "SKELETONS",
    "Alert",
    "Band",
    "Item",
    "Option",
    "Score",
    "Skeleton",
    "SkeletonItem",
    "SummedMeasure",
    "TextPack",
    "load_pack",
]

_FOLDER = Path(__file__).parent

MEASURES: dict[str, SummedMeasure] = {
    path.parent.name: read_toml(path, SummedMeasure)
    for path in sorted(_FOLDER.glob("*/items.toml"))
}
"""Every scale that ships, by id; a folder with an items.toml is a scale."""

SKELETONS: dict[str, Skeleton] = {
    path.parent.name: read_toml(path, Skeleton) for path in sorted(_FOLDER.glob("*/skeleton.toml"))
}
"""Scales whose words a clinic loads under its own licence, by id."""

LOINC_NOTICE = next(measure.loinc_notice for measure in MEASURES.values())
"""What LOINC asks to be shown where its codes are."""
