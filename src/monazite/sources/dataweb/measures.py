"""What DataWeb reports: the measures of a query, by the name of a sheet or the code of the API.

The API's codes are not published. Those here stand in the queries that users have saved; a code
that is not here is refused by name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["value", "quantity", "quantity_2", "duty", "refused"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: which column of ``trade`` it fills, or why it fills none.

    ``regime`` is empty where the name does not say it: then the trade flow of the query does.
    """

    kind: Kind
    valuation: str = ""
    regime: str = ""
    why: str = ""


CHARGES = "freight and insurance: the part of the c.i.f. value that is no goods, and no imports"
DUTIABLE = "the part of the customs value that pays duty; the customs value holds it"
LANDED = "the c.i.f. value and the duty added up; both are measures of their own"

MEASURES = {
    "fas value": Measure("value", "fas"),
    "first unit of quantity": Measure("quantity"),
    "second unit of quantity": Measure("quantity_2"),
    "customs value": Measure("value", "customs"),
    "cif import value": Measure("value", "cif"),
    "calculated duties": Measure("duty"),
    "import charges": Measure("refused", why=CHARGES),
    "dutiable value": Measure("refused", why=DUTIABLE),
    "landed duty-paid value": Measure("refused", why=LANDED),
    "general customs value": Measure("value", "customs", "general"),
    "general cif imports value": Measure("value", "cif", "general"),
    "general cif import value": Measure("value", "cif", "general"),
    "general first unit of quantity": Measure("quantity", "", "general"),
    "general second unit of quantity": Measure("quantity_2", "", "general"),
    "general calculated duties": Measure("duty", "", "general"),
    "general import charges": Measure("refused", "", "general", CHARGES),
    "general dutiable value": Measure("refused", "", "general", DUTIABLE),
    "fas_value": Measure("value", "fas"),
    "cons_customs_value": Measure("value", "customs", "consumption"),
    "cons_cost_ins_freight": Measure("value", "cif", "consumption"),
    "cons_fir_unit_quant": Measure("quantity", "", "consumption"),
    "cons_sec_unit_quant": Measure("quantity_2", "", "consumption"),
    "cons_calc_duty": Measure("duty", "", "consumption"),
    "cons_charges_ins_freight": Measure("refused", "", "consumption", CHARGES),
    "cons_customs_value_sub_duty": Measure("refused", "", "consumption", DUTIABLE),
    "cons_cost_ins_freight+cons_calc_duty": Measure("refused", "", "consumption", LANDED),
    "gen_customs_value": Measure("value", "customs", "general"),
    "gen_cost_ins_freight": Measure("value", "cif", "general"),
    "gen_fir_unit_quantity": Measure("quantity", "", "general"),
    "gen_sec_unit_quantity": Measure("quantity_2", "", "general"),
    "gen_calc_duty": Measure("duty", "", "general"),
    "gen_charges_ins_freight": Measure("refused", "", "general", CHARGES),
}


def measure(name: str) -> Measure | None:
    """The measure of that name or code, if it is known.

    >>> measure("General Import Charges").kind, measure("FAS Value").valuation
    ('refused', 'fas')
    """
    return MEASURES.get(" ".join(name.casefold().split()))
