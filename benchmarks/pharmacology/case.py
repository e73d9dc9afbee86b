"""The case that all engines solve."""

import numpy as np

from mooring.core.pharmacology import models
from mooring.core.pharmacology.graph import build
from mooring.core.pharmacology.population.normals import normals
from mooring.core.pharmacology.regimens import iv_infusion
from mooring.core.pharmacology.system import LinearSystem

MINUTES = np.arange(0.0, 1441.0)
MILLIGRAMS, OVER = 35.0, 40.0
SPREAD = 0.3
"""Standard deviation of the logarithm of every parameter; the model itself publishes none."""


def system(people: int) -> LinearSystem:
    """Three compartments with parameters that differ in everybody."""
    model = models.load("kamp_2020")
    middle = models.typical(model, {"weight": 70.0})
    apart = np.exp(SPREAD * normals(range(people), len(middle), seed=1, stream=0))
    own = {name: value * apart[:, nth] for nth, (name, value) in enumerate(middle.items())}
    regimen = iv_infusion(f"{MILLIGRAMS:g} mg", over=f"{OVER:g} min")
    return build(model, own, regimen, {"weight": 70.0})
