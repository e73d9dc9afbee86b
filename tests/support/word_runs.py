"""Runs of words as digests: a text can be held against documents that are not here."""

import hashlib
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

LENGTH = 7
"""Words in a run. Seven in a row are seldom the same by chance."""
BYTES = 8
"""How much of each SHA-256 digest is kept."""
FILE = Path(__file__).parents[1] / "data" / "founding_runs.bin"


def words(text: str) -> list[str]:
    """Lower-cased, letters and digits only."""
    return re.findall(r"[a-z0-9]+", text.lower())


def runs(text: str) -> Iterator[str]:
    """Every run of words in the text."""
    found = words(text)
    shifted = (islice(found, start, None) for start in range(LENGTH))
    return (" ".join(run) for run in zip(*shifted, strict=False))


def digest(run: str) -> bytes:
    """The digest of one run."""
    return hashlib.sha256(run.encode()).digest()[:BYTES]


def kept() -> frozenset[bytes]:
    """The digests of every run of the founding documents."""
    content = FILE.read_bytes()
    return frozenset(content[at : at + BYTES] for at in range(0, len(content), BYTES))
