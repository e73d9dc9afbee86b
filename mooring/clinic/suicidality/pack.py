"""The clinic's licensed words for the screener, from its data folder."""

from __future__ import annotations

from mooring.clinic.home import home
from mooring.core.measures import SKELETONS, TextPack, load_pack
from mooring.core.protocols.suicidality import load

FOLDER = "licensed"


def text_pack() -> TextPack | None:
    """The text pack at MOORING_HOME/licensed/<screener>.toml; None where the clinic has none.

    Raises DataFileError saying what is missing in one that does not fit.
    """
    name = load().screener
    path = home() / FOLDER / f"{name}.toml"
    return load_pack(path, SKELETONS[name]) if path.exists() else None
