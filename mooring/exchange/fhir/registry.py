"""The readers by resource type: every folder here with a RESOURCE_TYPE and a `read`."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

from mooring.exchange import fhir
from mooring.exchange.fhir.reading import Reader


@cache
def readers() -> dict[str, Reader]:
    """Resource type → its reader."""
    folders = [
        import_module(f"{fhir.__name__}.{module.name}")
        for module in pkgutil.iter_modules(fhir.__path__)
        if module.ispkg
    ]
    return {folder.RESOURCE_TYPE: folder.read for folder in folders}
