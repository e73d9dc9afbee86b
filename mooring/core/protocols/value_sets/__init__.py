"""Value sets: which codes and which words mean the same thing for a rule.

A fact belongs to a set when one of its codes is listed (in ICD-10-CM with everything below it), or
when its words, or the words of one of its codes, name the thing. Words are read as chart lines are:
what is denied, ruled out, a risk or another's is no fact of the patient's. Words make free text and
unlisted codes count too: better a rule that speaks once too often than one that stays silent, so a
listed code counts whatever the words say. Medicines are read by the interactions' own reader.
"""

from functools import cache
from pathlib import Path

from mooring.core.code_systems import SYSTEMS
from mooring.core.datafiles import DataFileError, Frozen, read_toml
from mooring.core.protocols.value_sets.model import Code, ValueSet
from mooring.core.protocols.value_sets.reading import NOTHING, NOW, Says, ValueSets, index

__all__ = ["NOTHING", "NOW", "SYSTEMS", "Code", "Says", "ValueSet", "ValueSets", "load"]

FOLDER = Path(__file__).parent


class _ValueSetsFile(Frozen):
    value_sets: tuple[ValueSet, ...]


@cache
def load(folder: Path = FOLDER) -> ValueSets:
    """All value sets by id. Raises DataFileError naming file and set when one does not fit."""
    found: dict[str, ValueSet] = {}
    for path in sorted(folder.glob("*.toml")):
        for value_set in read_toml(path, _ValueSetsFile).value_sets:
            if value_set.id in found:
                raise DataFileError(f"{path.name}: '{value_set.id}' › id: stands twice")
            found[value_set.id] = value_set
    for one in found.values():
        if set(one.of) - set(found):
            raise DataFileError(f"'{one.id}' › of: no value set is called {', '.join(one.of)}")
    return index(found)
