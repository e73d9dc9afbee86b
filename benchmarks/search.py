"""How long a search takes over the whole evidence and handbook: `python benchmarks/search.py`."""

from statistics import median
from time import perf_counter

from mooring.core import evidence, handbook
from mooring.core.handbook import Face
from mooring.core.search import Index, entries

QUESTIONS = ("S2.44", "ketamine", "blood pressure", "benzodiazapines", "s", "how long does it last")
TIMES = 200


def milliseconds(question: str, index: Index) -> list[float]:
    """Each of TIMES searches."""
    taken = []
    for _ in range(TIMES):
        started = perf_counter()
        index.search(question)
        taken.append((perf_counter() - started) * 1000)
    return sorted(taken)


if __name__ == "__main__":
    base, book = evidence.load(), handbook.load()
    started = perf_counter()
    index = Index(entries(base, book, Face.CLINICIAN))
    print(f"{len(index.entries)} entries, indexed in {(perf_counter() - started) * 1000:.0f} ms")
    for question in QUESTIONS:
        taken = milliseconds(question, index)
        found = len(index.search(question).hits)
        slow = taken[int(TIMES * 0.99)]
        print(f"{question!r}: {found} found, median {median(taken):.2f} ms, 99th {slow:.2f} ms")
