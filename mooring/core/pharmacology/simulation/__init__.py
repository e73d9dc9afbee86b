"""One call from a model and a regimen to curves, numbers, tables and a picture."""

from mooring.core.pharmacology.simulation.extras import MissingExtraError
from mooring.core.pharmacology.simulation.simulating import Simulation, simulate

__all__ = ["MissingExtraError", "Simulation", "simulate"]
