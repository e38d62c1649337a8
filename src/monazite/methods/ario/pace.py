"""How fast industries react: the parameters in days, and what a month makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from monazite.errors import MethodError

MONTH = 30.4375
"""Days in a month: a twelfth of 365.25."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Parameters of the ARIO model, by default those of BoARIO.

    Attributes
    ----------
    alpha_max
        Most that an industry can make for a while, as a multiple of normal output; at least 1. 1 forbids
        overproduction.
    alpha_tau
        Days in which overproduction comes and goes; at least a month.
    inventory
        Days of each input in inventory, other than restricted materials; at least a month, so that a
        month's use is there.
    psi
        Share of the inventory, in [0, 1], below which output falls.
    tau_inv
        Days in which inventories are refilled; at least a month.

    Raises
    ------
    MethodError
        If a parameter is out of its domain.

    Examples
    --------
    >>> Pace().months.__round__(3), Pace().least.__round__(3), Pace().refill.__round__(3)
    (2.957, 2.366, 0.507)
    """

    alpha_max: float = 1.25
    alpha_tau: float = 365.0
    inventory: float = 90.0
    psi: float = 0.8
    tau_inv: float = 60.0

    def __post_init__(self) -> None:
        """Refuse what the step of a month cannot carry."""
        for name, days in (
            ("alpha_tau", self.alpha_tau),
            ("inventory", self.inventory),
            ("tau_inv", self.tau_inv),
        ):
            if not (isfinite(days) and days >= MONTH):
                raise MethodError(f"{name} of {days:g} days; a step of a month needs at least {MONTH}")
        if not (isfinite(self.alpha_max) and self.alpha_max >= 1 and 0 <= self.psi <= 1):
            told = f"alpha_max {self.alpha_max:g}, psi {self.psi:g}"
            raise MethodError(f"{told}; they are at least 1, and in [0, 1]")

    @property
    def months(self) -> float:
        """Months of each input in inventory."""
        return self.inventory / MONTH

    @property
    def least(self) -> float:
        """Months of inputs that full output needs in inventory: at least what the month uses."""
        return max(self.psi * self.months, 1.0)

    @property
    def refill(self) -> float:
        """Share of what an inventory lacks that is ordered in a month."""
        return MONTH / self.tau_inv

    @property
    def adapt(self) -> float:
        """Share of the way to the most, or back, that overproduction goes in a month."""
        return MONTH / self.alpha_tau
