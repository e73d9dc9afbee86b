"""What stands on a medication list: which medicines, how much a day, and in diazepam equivalents.

What follows from it for a route of ketamine is a policy: mooring.core.protocols.interactions.
"""

from mooring.core.drugs.interactions.daily import Daily, daily_amount
from mooring.core.drugs.interactions.equivalents import Benzodiazepine, TableSum, sums
from mooring.core.drugs.interactions.names import Catalogue, Known, load
from mooring.core.drugs.interactions.reading import Entry, Read, read
from mooring.core.drugs.interactions.taking import Taking
from mooring.core.drugs.interactions.told import parts, read_taken, says_nothing

__all__ = [
    "Benzodiazepine",
    "Catalogue",
    "Daily",
    "Entry",
    "Known",
    "Read",
    "TableSum",
    "Taking",
    "daily_amount",
    "load",
    "parts",
    "read",
    "read_taken",
    "says_nothing",
    "sums",
]
