"""How long simulations take, beside other engines: `python benchmarks/pharmacology`.

100,000 people with parameters of their own, one infusion of 40 minutes, a day by the minute. The
other engines solve the same three compartments for fewer people, and how far they are from the
closed form stands beside. scipy comes with the tests; diffrax, myokit and PyTCI with the extra
`peers`; deSolve with R (Debian: r-base-core, r-cran-desolve), and myokit wants libsundials-dev.
What is not there is named.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from statistics import median
from time import perf_counter

import peers
from case import MINUTES, system

from mooring.core.pharmacology.engine import compiled, eigen, profiles
from mooring.core.pharmacology.engine.slices import in_slices
from mooring.core.pharmacology.system import LinearSystem

PEOPLE = 100_000
AGAIN = 5
FIRST_CHART = """
import numpy as np
from mooring.core.drugs.drug import Drug
from mooring.core.pharmacology import models
from mooring.core.pharmacology.regimens import iv_infusion
from mooring.core.pharmacology.simulation import simulate
simulate(models.load("otto_2021"), iv_infusion("0.5 mg/kg", over="40 min", drug=Drug.ESKETAMINE),
         covariates={"weight": 70.0}, times=np.arange(0.0, 481.0, 4.0), people=200)
"""
SUMMARY = """
import sys, time
import numpy as np
from mooring.core.drugs.drug import Drug
from mooring.core.pharmacology import models
from mooring.core.pharmacology.regimens import iv_infusion
from mooring.core.pharmacology.summaries import summarise
def run(people):
    begun = time.perf_counter()
    summarise(models.load("kamp_2020"), iv_infusion("0.5 mg/kg", over="40 min"), subjects=people,
              seed=1, covariates={"weight": np.linspace(45, 140, people)},
              times=np.arange(1441.0))
    return time.perf_counter() - begun
run(10_000)
taken = run(int(sys.argv[1]))
highest = next(line for line in open('/proc/self/status') if line.startswith('VmHWM'))
print(taken, int(highest.split()[1]) / 1024)
"""


def times_of(work: Callable[[], object]) -> list[float]:
    """Seconds of each of several runs."""
    taken = []
    for _ in range(AGAIN):
        begun = perf_counter()
        work()
        taken.append(perf_counter() - begun)
    return taken


def best(work: Callable[[], object]) -> float:
    """Seconds of the fastest of several runs: what else the machine does only adds."""
    return min(times_of(work))


def fresh(code: str, *words: object) -> str:
    """What a process of its own prints."""
    command = [sys.executable, "-c", code, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def curves(people: LinearSystem) -> None:
    """Every concentration kept: against filling that memory with one number.

    NumPy fills with one thread; the same fill shared out over the processors, as our work is,
    stands beside, and the faster of the two is the limit.
    """
    found = profiles(people, MINUTES)
    alone = best(lambda: found.fill(1.0))
    shared = best(lambda: in_slices(lambda who: found[who].fill(1.0), PEOPLE, least=1000))
    memory = min(alone, shared)
    whole = best(lambda: profiles(people, MINUTES, out=found))
    apart = eigen.spectrum(people)

    def some(who: slice) -> None:
        compiled.fill(people.some(who), apart.of(who), MINUTES, found[who])

    inner = best(lambda: in_slices(some, PEOPLE, least=1000))
    print(f"{PEOPLE:,} people, {MINUTES.size} minutes each, {found.nbytes / 1e9:.2f} GB")
    print(f"  filling it, one thread   {alone:7.3f} s")
    print(f"  filling it, all threads  {shared:7.3f} s")
    print(f"  courses, poles known     {inner:7.3f} s = {memory / inner:.2f} of the memory limit")
    print(f"  from rates to curves     {whole:7.3f} s = {PEOPLE / whole:,.0f} people a second")


def summaries() -> None:
    """Bands, peaks and areas, without keeping the curves; each in a process of its own."""
    print("Bands of 5, 25, 50, 75, 95 %, peaks and areas")
    for people in (1_000, 10_000, 100_000, 1_000_000):
        taken, memory = map(float, fresh(SUMMARY, people).split())
        each = taken / people * 1e6
        print(f"  {people:9,} people {taken:7.2f} s, {each:6.1f} µs each, {memory:4.0f} MB in all")


def first_chart() -> None:
    """In fresh processes that find bytecode, as pip leaves it with an installed program."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "-c", FIRST_CHART]

        def chart() -> None:
            subprocess.run(command, env=environment, check=True)

        chart()
        taken = times_of(chart)
    print(
        f"First chart, 200 people, in a fresh process: {median(taken) * 1000:.0f} ms, half of the "
        f"runs; {min(taken) * 1000:.0f} ms the fastest"
    )


def others(people: LinearSystem) -> None:
    """The same people by other engines."""
    ours = best(lambda: profiles(people, MINUTES))
    print("Whole curves of each person, two cores for us, what each engine takes for the others")
    print(f"  {'this engine':28} {PEOPLE / ours:12,.0f} people a second")
    for peer in peers.PEERS:
        print(f"  {peer.name:28} {peers.said(peer, people)}")


if __name__ == "__main__":
    everyone = system(PEOPLE)
    curves(everyone)
    summaries()
    others(everyone)
    first_chart()
