"""From where on a code counts as dead, each threshold with the reason it stands where it does."""

from __future__ import annotations

DEAD = 0.1
"""A code is dead where its value falls below a tenth of what it was, for good: of the 74 codes of BACI at
hand no living one falls below 0.29 of the three years before (711029, semi-manufactured palladium,
after the prices of 2021)."""

DEAD_VALUE_USD = 1_000_000
"""... and what it was is at least a million dollars: of less, too little is traded to tell."""

DEAD_YEARS = 3
"""Years before whose median says what it was; the median of three is not moved by one wild year."""

DEAD_WITHIN = 1
"""Years after a revision that left the code as it was in which a fall is still put down to it: the tables do
not say that it was touched, so only a fall that comes with it is believed to come of it."""
