"""From where on the audit calls something a finding: each threshold with the reason it stands where it does.

Those of the robust statistics stand beside their methods in :mod:`monazite.methods.outliers`.
"""

from __future__ import annotations

LEVEL_Z = 5.0
"""A unit value this many modified z-scores off is flagged: 3.5 is usual, but a table has a million rows."""

LEVEL_FACTOR = 10.0
"""... and only if it is also tenfold off: a steady flow may be many z-scores off and still be right."""

HUNDREDFOLD = 100.0
"""Beyond a hundred times the code's median a unit value is shown, whatever the flow's own history says."""

LEAST_VALUE_USD = 100_000
"""Below, a parcel or the rounding to kilograms makes the unit value; such rows are not judged."""

SHARP_VALUE_USD = 500_000
"""A sharp change of mass is looked at where the larger of the two values reaches half a million dollars."""

HUNDREDFOLD_VALUE_USD = 5_000_000
"""Hundredfold unit values are shown from five million dollars: below, baskets of goods hold many."""

OWN_PERIODS = 6
"""Periods a flow needs before its own history says what is usual; MADs of fewer are noise."""

PEERS = 10
"""Flows of a code in a year needed before their median says what is usual for it."""

AGREE = 3.0
"""Two records of one flow agree within a factor of three: half of all mirrored flows differ by two."""

MIRROR = 2.0
"""Mirrored values differ where one is more than twice the other, cost and freight allowed for."""

CIF_TO_FOB = 1.06
"""Imports with insurance and freight are divided by this before they meet exports: the IMF's allowance."""

ADDITIVE = 0.01
"""Parts may miss their total by one percent: rounding and corrections of single records."""

PARTIAL = 0.5
"""Parts that make less than half of their total are not all there: a selection, not a mistake."""

REVISED = 0.05
"""A value is revised where two editions differ by more than five percent; less is everyday business."""

MONTHS_LATE = 3
"""A monthly reporter is late where it is three months behind the others; an annual one, a year."""

FIGURE_FACTOR = 10.0
"""A production tenfold below or above its own series is flagged, with a modified z-score of 3.5."""

FIGURE_WINDOW = 6
"""Years either side a figure is compared with: over decades mines open and close."""

FIGURE_YEARS = 4
"""Years a series of figures needs before one of them can be an outlier."""

FROZEN_YEARS = 5
"""Equal figures in so many successive years: estimates repeated, not measured."""
