"""The words for limits and for how firmly they stand."""

from __future__ import annotations

from mooring.core.protocols.bounds import Level
from mooring.core.protocols.bounds.limits import (
    AmountLimit,
    ConcentrationLimit,
    DevicesLimit,
    DoseLimit,
    DurationLimit,
    Limit,
    MembersLimit,
    RateLimit,
    SessionsLimit,
    SumLimit,
)
from mooring.core.quantities import plain

MARKS = {
    Level.NOTE: "info",
    Level.SOFT: "caution",
    Level.HARD: "stop",
    Level.REFUSE: "stop",
    Level.HOLD: "unknown",
}
WORDS = {
    Level.NOTE: "Said, and holds nothing up",
    Level.SOFT: "Warning",
    Level.HARD: "Stop, opened by a second person with a reason",
    Level.REFUSE: "Refused, whoever signs",
    Level.HOLD: "Waits for what is missing",
}
TITLES: dict[str, tuple[str, Level]] = {
    "least_dose": ("Less than {}", Level.SOFT),
    "standard_dose": ("More than {}", Level.SOFT),
    "highest_dose": ("More than {}", Level.HARD),
    "refused_dose": ("More than {}", Level.REFUSE),
    "least_amount": ("Less than {}", Level.SOFT),
    "standard_amount": ("More than {}", Level.SOFT),
    "highest_amount": ("More than {}", Level.HARD),
    "not_tolerated": ("{} or more", Level.HARD),
    "refused_amount": ("More than {}", Level.REFUSE),
    "fewest_devices": ("Fewer than {} in one session", Level.SOFT),
    "most_devices": ("More than {} in one session", Level.HARD),
    "fastest_rate": ("Faster than {}", Level.HARD),
    "slowest_rate": ("Slower than {}", Level.SOFT),
    "shortest_time": ("Given in less than {}", Level.REFUSE),
    "longest_time": ("By hand over more than {}", Level.SOFT),
    "closest_sprays": ("Sprays less than {} apart", Level.SOFT),
    "refused_concentration": ("{} or more in the line", Level.REFUSE),
    "strongest_in_line": ("More than {} in the line", Level.REFUSE),
    "largest_group": ("A group of more than {}", Level.REFUSE),
    "standard_day": ("More than {} on one day", Level.SOFT),
    "highest_day": ("More than {} on one day", Level.HARD),
    "highest_sum": ("More than {}", Level.SOFT),
    "most_sessions": ("A dose on more than {}", Level.SOFT),
    "second_dose": ("A second dose by this route on the same day", Level.SOFT),
    "other_dose": ("Another drug or route on the same day", Level.HARD),
    "earlier_doses": ("The doses before this one are not known", Level.HOLD),
    "drug_and_route": ("Another drug or route", Level.REFUSE),
    "weight_needed": ("Weight missing or too old", Level.HOLD),
    "drawn_up": ("The volume drawn up does not hold the ordered dose", Level.REFUSE),
}
"""For each limit its words, with a place for its number, and how firmly it holds an order."""

SHORT = {
    "least_dose": "Below the lowest dose studied",
    "standard_dose": "Above the standard dose",
    "highest_dose": "Above the highest dose",
    "refused_dose": "Above what this policy ever accepts",
    "least_amount": "Below the least amount",
    "standard_amount": "Above the usual amount",
    "highest_amount": "Above the highest amount",
    "not_tolerated": "An amount that was not tolerated",
    "refused_amount": "Above what this policy ever accepts",
    "fewest_devices": "Fewer devices than the fewest",
    "most_devices": "More devices than the most",
    "fastest_rate": "Faster than the fastest rate",
    "slowest_rate": "Slower than the slowest rate",
    "shortest_time": "Shorter than the shortest time",
    "longest_time": "Longer by hand than is usual",
    "closest_sprays": "Sprays closer than the closest",
    "refused_concentration": "Concentration in the line",
    "strongest_in_line": "Hardly diluted in the line",
    "largest_group": "Size of the group",
    "standard_day": "Above the usual amount of one day",
    "highest_day": "Above the highest amount of one day",
    "highest_sum": "Above the amount in a number of days",
    "most_sessions": "More often than the policy says",
    "second_dose": "A second dose on the same day",
    "other_dose": "Another drug or route on the same day",
    "earlier_doses": "Earlier doses not known",
    "drug_and_route": "Another drug or route",
    "weight_needed": "Weight missing or too old",
    "drawn_up": "Volume drawn up",
}
"""A finding of each limit, as the cases name it."""


def number(limit: Limit) -> str:
    """The number of a limit with its unit; empty for one without a number."""
    match limit:
        case DoseLimit():
            return f"{plain(limit.mg_per_kg)} mg/kg"
        case AmountLimit():
            return f"{plain(limit.mg)} mg"
        case DevicesLimit():
            return f"{limit.devices} devices"
        case RateLimit():
            return f"{plain(limit.mg_per_kg)} mg/kg in {plain(limit.over_minutes)} min"
        case DurationLimit():
            return f"{plain(limit.minutes)} min"
        case ConcentrationLimit():
            return f"{plain(limit.mg_per_ml)} mg/mL"
        case SumLimit():
            return f"{plain(limit.mg)} mg in {limit.days} days"
        case SessionsLimit():
            return f"{limit.sessions} of {limit.days} days"
        case MembersLimit():
            return f"{limit.people} members"
    return ""
