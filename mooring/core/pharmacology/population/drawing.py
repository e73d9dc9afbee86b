"""Draws people from a published model."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import numpy as np

from mooring.core.pharmacology.models import Distribution, PublishedModel, Variability, typical
from mooring.core.pharmacology.population.normals import correlated, normals
from mooring.core.pharmacology.system import Floats


class Variation(StrEnum):
    """What differs."""

    PEOPLE = "people"
    OCCASIONS = "occasions"


def draw(
    model: PublishedModel,
    ids: range,
    *,
    seed: int,
    covariates: Mapping[str, Floats | float],
    occasion: int = 1,
) -> dict[str, Floats]:
    """The parameters of the people with these ids, in the model's own units, for `graph.build`.

    One id and seed is one person, however many others are drawn and in whatever pieces. A person
    keeps what differs between people and gets anew, for each `occasion` (from 1 on), what differs
    between occasions. Covariates are single numbers or have shape (people,). Each parameter has
    shape (people,). Raises ValueError naming what does not fit, and CovariateMissingError.
    """
    _check(ids, seed, occasion)
    middle = typical(model, covariates)
    people = _deviations(model, Variation.PEOPLE, ids, seed, stream=0)
    occasions = _deviations(model, Variation.OCCASIONS, ids, seed, stream=occasion)
    return {
        name: _spread(
            name,
            np.broadcast_to(middle[name], (len(ids),)),
            people.get(name, 0.0) + occasions.get(name, 0.0),
            _distribution(model, name),
        )
        for name in model.parameters
    }


def covariance(model: PublishedModel, variation: Variation) -> tuple[list[str], Floats]:
    """The parameters that differ, and their whole matrix of variances and covariances (omega)."""
    variances = {
        name: found.omega_squared
        for name, one in model.parameters.items()
        if (found := _variability(model, name, variation)) is not None
    }
    blocks = model.covariances if variation is Variation.PEOPLE else ()
    names = list(dict.fromkeys([*variances, *(n for block in blocks for n in block.parameters)]))
    omega = np.diag([variances.get(name, 0.0) for name in names])
    for block in blocks:
        at = [names.index(name) for name in block.parameters]
        omega[np.ix_(at, at)] = block.matrix
    return names, omega


def varies(model: PublishedModel) -> bool:
    """Whether the model says how people, or their occasions, differ."""
    return any(covariance(model, variation)[0] for variation in Variation)


def _check(ids: range, seed: int, occasion: int) -> None:
    if ids.step != 1 or ids.start < 0:
        raise ValueError("ids: numbers from 0 on, one after the other, for example range(0, 1000)")
    if not 0 <= seed < 2**64 or seed != int(seed):
        raise ValueError("seed: a whole number from 0 on, below 2 to the 64th")
    if occasion < 1:
        raise ValueError("occasion: counts from 1 on")


def _deviations(
    model: PublishedModel, variation: Variation, ids: range, seed: int, stream: int
) -> dict[str, Floats]:
    """How far each person lies from the middle, on the scale of the distribution."""
    names, omega = covariance(model, variation)
    if not names:
        return {}
    found = correlated(normals(ids, len(names), seed=seed, stream=stream), omega)
    return {name: found[:, number] for number, name in enumerate(names)}


def _variability(model: PublishedModel, name: str, variation: Variation) -> Variability | None:
    one = model.parameters[name]
    return one.between_subjects if variation is Variation.PEOPLE else one.between_occasions


def _distribution(model: PublishedModel, name: str) -> Distribution:
    """Lognormal unless the file says otherwise; covariance blocks are of lognormal parameters."""
    found = [_variability(model, name, variation) for variation in Variation]
    logit = any(one is not None and one.distribution is Distribution.LOGIT for one in found)
    return Distribution.LOGIT if logit else Distribution.LOGNORMAL


def _spread(
    name: str, middle: Floats, deviation: Floats | float, distribution: Distribution
) -> Floats:
    if distribution is Distribution.LOGNORMAL:
        return np.asarray(middle * np.exp(deviation))
    if not np.all((middle > 0) & (middle < 1)):
        raise ValueError(f"{name}: a share that differs between people lies between 0 and 1")
    odds = middle / (1 - middle) * np.exp(deviation)
    return np.asarray(odds / (1 + odds))
