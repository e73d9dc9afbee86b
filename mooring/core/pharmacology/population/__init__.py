"""Virtual people: parameters of their own, as a model's published variability spreads them."""

from mooring.core.pharmacology.population.drawing import Variation, draw, varies

__all__ = ["Variation", "draw", "varies"]
