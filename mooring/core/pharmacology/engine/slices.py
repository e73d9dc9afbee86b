"""Shares work out over the processors. NumPy and the compiled loops let go of the lock."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

SLICES_EACH = 2
"""For each processor, so that one that falls behind is waited for less."""


def in_slices(work: Callable[[slice], None], total: int, least: int) -> None:
    """Call `work` with slices that make up range(total), none but the last under `least` long."""
    processors = os.cpu_count() or 1
    size = max(least, -(-total // (processors * SLICES_EACH)))
    parts = [slice(first, min(first + size, total)) for first in range(0, total, size)]
    if len(parts) < 2:
        for part in parts:
            work(part)
        return
    with ThreadPoolExecutor(processors) as pool:
        for _ in pool.map(work, parts):
            pass
