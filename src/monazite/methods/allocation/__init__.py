"""Who goes without when a material is short: rules in closed form, and the programme of an economy.

====================  ==================================================================
:mod:`.cases`         least, likely, alike and worst loss of users of one material
:mod:`.programme`     industries, materials and commodity balances together
====================  ==================================================================
"""

from monazite.methods.allocation.cases import CASES, Cases, allocation_cases
from monazite.methods.allocation.programme import Allocation, Economy, allocate

__all__ = ["CASES", "Allocation", "Cases", "Economy", "allocate", "allocation_cases"]
