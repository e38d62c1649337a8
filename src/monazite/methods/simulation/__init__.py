"""Uncertainty: draws, quantiles of many losses, what drives the spread, portfolios of scenarios.

====================  ===================================================================
:mod:`.sampling`      Sobol and random points, and triangular inputs drawn at them
:mod:`.quantiles`     quantiles of every industry's loss in memory that does not grow
:mod:`.sensitivity`   variance-based sensitivity
:mod:`.portfolio`     probability-weighted loss of several scenarios
====================  ===================================================================
"""

from monazite.methods.simulation.portfolio import expected_loss
from monazite.methods.simulation.quantiles import Losses, loss_quantiles, ordered_quantiles
from monazite.methods.simulation.sampling import random_points, sobol_points, triangular_quantile
from monazite.methods.simulation.sensitivity import Sensitivity, sensitivity_indices, sensitivity_points

__all__ = [
    "Losses",
    "Sensitivity",
    "expected_loss",
    "loss_quantiles",
    "ordered_quantiles",
    "random_points",
    "sensitivity_indices",
    "sensitivity_points",
    "sobol_points",
    "triangular_quantile",
]
