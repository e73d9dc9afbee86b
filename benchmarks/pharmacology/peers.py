"""Other engines on the same people: each gives everybody's curve in ng/mL."""

import csv
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import numpy as np
from case import MILLIGRAMS, MINUTES, OVER

from mooring.core.pharmacology.engine import profiles
from mooring.core.pharmacology.system import Floats, LinearSystem

RATE = MILLIGRAMS / OVER


class Peer(NamedTuple):
    """An engine, how many people it is given, and how it solves them."""

    name: str
    people: int
    solve: Callable[[LinearSystem], tuple[Floats, float]]
    """Curves, and the seconds they took without start and compilation."""


def said(peer: Peer, everyone: LinearSystem) -> str:
    """A line on one engine."""
    people = everyone.some(slice(0, peer.people))
    try:
        found, seconds = peer.solve(people)
    except (ImportError, FileNotFoundError, subprocess.CalledProcessError) as problem:
        return f"not there: {problem}"
    expected = profiles(people, MINUTES)[:, 0]
    off = (np.abs(found - expected).max(axis=1) / expected.max(axis=1)).max()
    return f"{peer.people / seconds:12,.0f} people a second, off by {off:.0e} of the peak"


def by_scipy(people: LinearSystem) -> tuple[Floats, float]:
    """solve_ivp with LSODA to 1e-6, in two pieces."""
    from scipy.integrate import solve_ivp

    begun = perf_counter()
    found = np.zeros((people.subjects, MINUTES.size))
    during, after = MINUTES[MINUTES <= OVER], MINUTES[MINUTES >= OVER]
    for who, rates in enumerate(people.rates):
        state = np.zeros(len(rates))
        given = np.eye(len(rates))[0] * RATE
        for times, enters in ((during, given), (after, 0 * given)):
            answer = solve_ivp(
                lambda _, now, rates=rates, enters=enters: rates @ now + enters,
                (times[0], times[-1]),
                state,
                method="LSODA",
                t_eval=times,
                rtol=1e-6,
                atol=1e-9,
            )
            state = answer.y[:, -1]
            places = times.astype(int)
            found[who, places] = people.readout[who, 0] @ answer.y
    return found, perf_counter() - begun


def by_diffrax(people: LinearSystem) -> tuple[Floats, float]:
    """Tsit5 over all people at once, compiled by JAX; the second run is timed."""
    import diffrax
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)

    def one(rates: Floats, readout: Floats) -> Floats:
        first = jnp.zeros(len(rates)).at[0].set(RATE)
        answer = diffrax.diffeqsolve(
            diffrax.ODETerm(lambda t, now, _: rates @ now + jnp.where(t < OVER, first, 0.0)),
            diffrax.Tsit5(),
            t0=0.0,
            t1=MINUTES[-1],
            dt0=0.1,
            y0=jnp.zeros(len(rates)),
            saveat=diffrax.SaveAt(ts=jnp.asarray(MINUTES)),
            stepsize_controller=diffrax.ClipStepSizeController(
                diffrax.PIDController(rtol=1e-6, atol=1e-9), jump_ts=jnp.array([OVER])
            ),
            max_steps=100_000,
        )
        return answer.ys @ readout

    solve = jax.jit(jax.vmap(one))
    rates, readout = jnp.asarray(people.rates), jnp.asarray(people.readout[:, 0])
    solve(rates, readout).block_until_ready()
    begun = perf_counter()
    found = np.asarray(solve(rates, readout).block_until_ready())
    return found, perf_counter() - begun


def by_myokit(people: LinearSystem) -> tuple[Floats, float]:
    """CVODES; the model is compiled once and its constants set for each person."""
    import myokit

    size = people.rates.shape[1]
    lines = ["[[model]]", *(f"body.x{row} = 0" for row in range(size)), "", "[body]"]
    lines.append("use engine.pace")
    lines += [f"a{row}{to} = 0" for row in range(size) for to in range(size)]
    for row in range(size):
        sum_of = " + ".join(f"a{row}{to} * x{to}" for to in range(size))
        lines.append(f"dot(x{row}) = {sum_of}" + (f" + pace * {RATE}" if row == 0 else ""))
    lines += ["", "[engine]", "time = 0 bind time", "pace = 0 bind pace"]
    model = myokit.parse_model("\n".join(lines))
    protocol = myokit.Protocol()
    protocol.schedule(1, 0, OVER)
    simulation = myokit.Simulation(model, protocol)
    simulation.set_tolerance(1e-9, 1e-6)
    begun = perf_counter()
    found = np.empty((people.subjects, MINUTES.size))
    for who, rates in enumerate(people.rates):
        simulation.reset()
        for row in range(size):
            for to in range(size):
                simulation.set_constant(f"body.a{row}{to}", rates[row, to])
        log = simulation.run(MINUTES[-1] + 1, log=["body.x0"], log_times=MINUTES)
        found[who] = np.asarray(log["body.x0"]) * people.readout[who, 0, 0]
    return found, perf_counter() - begun


def by_pytci(people: LinearSystem) -> tuple[Floats, float]:
    """The three-compartment model of PyTCI with its exact integrator."""
    from PyTCI.models.base import Three

    begun = perf_counter()
    found = np.zeros((people.subjects, MINUTES.size))
    for who, rates in enumerate(people.rates):
        person = Three()
        person.v1 = 1000 / people.readout[who, 0, 0]
        person.k12, person.k13 = rates[1, 0], rates[2, 0]
        person.k10 = -rates[0, 0] - person.k12 - person.k13
        person.k21, person.k31, person.keo = rates[0, 1], rates[0, 2], 1.0
        person.setup()
        person.set_integrator("exact")
        for number in range(1, MINUTES.size):
            rate = RATE / 60 if MINUTES[number] <= OVER else 0.0
            found[who, number] = person.giveoverseconds(rate, 60) * 1000
    return found, perf_counter() - begun


DESOLVE = """
suppressMessages(library(deSolve))
arguments <- commandArgs(trailingOnly = TRUE)
people <- as.matrix(read.csv(arguments[1], header = FALSE))
rate <- as.numeric(arguments[3]); over <- as.numeric(arguments[4]); end <- as.numeric(arguments[5])
change <- function(t, x, p) list(as.vector(p$a %*% x) + c(p$enters, 0, 0))
begun <- proc.time()[["elapsed"]]
curves <- apply(people, 1, function(row) {
  a <- matrix(row, 3, byrow = TRUE)
  first <- lsoda(c(0, 0, 0), seq(0, over), change, list(a = a, enters = rate))
  then <- lsoda(first[nrow(first), 2:4], seq(over, end), change, list(a = a, enters = 0))
  c(first[, 2], then[-1, 2])
})
cat(proc.time()[["elapsed"]] - begun)
write.table(t(curves), arguments[2], sep = ",", row.names = FALSE, col.names = FALSE)
"""


def by_desolve(people: LinearSystem) -> tuple[Floats, float]:
    """lsoda of R's deSolve, the derivative written in R."""
    with tempfile.TemporaryDirectory() as folder:
        rates, curves = Path(folder, "rates.csv"), Path(folder, "curves.csv")
        with rates.open("w", newline="") as file:
            csv.writer(file).writerows(people.rates.reshape(people.subjects, -1).tolist())
        words = [str(rates), str(curves), str(RATE), str(OVER), str(MINUTES[-1])]
        done = subprocess.run(
            ["Rscript", "-e", DESOLVE, *words], capture_output=True, text=True, check=True
        )
        amounts = np.loadtxt(curves, delimiter=",")
    return amounts * people.readout[:, 0, :1], float(done.stdout)


PEERS = (
    Peer("scipy solve_ivp LSODA", 20, by_scipy),
    Peer("diffrax Tsit5", 200, by_diffrax),
    Peer("myokit CVODES", 100, by_myokit),
    Peer("PyTCI, exact", 20, by_pytci),
    Peer("R deSolve lsoda", 10, by_desolve),
)
