"""The hour that a clock shows twice, at the end of summer time: each time in it says its offset."""

from __future__ import annotations

from datetime import datetime, timedelta


def offset_if_doubled(local: datetime) -> str:
    """For example " UTC+1" for a time of a zone's clock that comes twice that day; else empty."""
    first, second = (local.replace(fold=fold).utcoffset() for fold in (0, 1))
    now = local.utcoffset()
    if first is None or second is None or now is None or first <= second:
        return ""
    hours, rest = divmod(abs(now), timedelta(hours=1))
    minutes = f":{rest // timedelta(minutes=1):02d}" if rest else ""
    return f" UTC{'-' if now < timedelta() else '+'}{hours}{minutes}"
