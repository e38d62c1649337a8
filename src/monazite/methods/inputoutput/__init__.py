"""Input–output models of a shock to supply, each for what it can tell.

=====================  ==================================================================
:mod:`.quantities`     output that final demand takes; output fixed in some sectors
:mod:`.extraction`     an economy without a sector: an upper bound of loss
:mod:`.upstream`       what suppliers lose with their customers
:mod:`.prices`         prices when costs rise; Ghosh's model as one of prices, never quantities
=====================  ==================================================================
"""

from monazite.methods.inputoutput.extraction import hypothetical_extraction
from monazite.methods.inputoutput.prices import ghosh_price, price_rise
from monazite.methods.inputoutput.quantities import Mixed, mixed_model, output
from monazite.methods.inputoutput.upstream import output_lost, upstream_value_added

__all__ = [
    "Mixed",
    "ghosh_price",
    "hypothetical_extraction",
    "mixed_model",
    "output",
    "output_lost",
    "price_rise",
    "upstream_value_added",
]
