"""How much was given over time, by drug and route, and what published amounts stand beside it.

Racemic ketamine and esketamine are never added together: there is no amount that holds both (D07).
"""

from mooring.core.drugs.exposure.beside import Beside, beside
from mooring.core.drugs.exposure.comparators import Comparator, Comparators, Kind
from mooring.core.drugs.exposure.comparators import load as comparators
from mooring.core.drugs.exposure.given import Administered
from mooring.core.drugs.exposure.shares import Share, share
from mooring.core.drugs.exposure.sums import ByRoute, DrugExposure, Exposure, Interval, exposure

__all__ = [
    "Administered",
    "Beside",
    "ByRoute",
    "Comparator",
    "Comparators",
    "DrugExposure",
    "Exposure",
    "Interval",
    "Kind",
    "Share",
    "beside",
    "comparators",
    "exposure",
    "share",
]
