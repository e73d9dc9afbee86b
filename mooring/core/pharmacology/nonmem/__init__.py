"""Dose tables as NONMEM, mrgsolve and rxode2 write them, in and out."""

from mooring.core.pharmacology.nonmem.reading import read
from mooring.core.pharmacology.nonmem.row import TableError
from mooring.core.pharmacology.nonmem.writing import write

__all__ = ["TableError", "read", "write"]
