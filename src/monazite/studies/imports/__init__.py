"""Imports of a group of goods: how much, from whom, how concentrated; by value, or by weight where loaded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from monazite.codes.products import national_codes, of_group
from monazite.errors import UnknownCodeError, UsageError
from monazite.results.frame import Frame
from monazite.schema.group_imports import BASES, IMPORTS, IMPORTS_CODE, IMPORTS_PARTNER
from monazite.store.home import Store, default_folder
from monazite.studies.imports.findings import findings
from monazite.studies.imports.flows import by_value, by_weight
from monazite.studies.imports.partners import untangled
from monazite.studies.imports.rows import built
from monazite.studies.imports.words import headlines, notes, title
from monazite.studies.nomenclature.answer import answer

if TYPE_CHECKING:
    from monazite.studies.imports.flows import Imports
    from monazite.studies.nomenclature.answer import Answer

__all__ = ["QUESTION", "imports"]

QUESTION = (
    "How much of these goods does the United States import by value, from whom, and how concentrated is it?"
)
METHOD = (
    "Customs values of imports for consumption by ten-digit code and partner, summed over the codes of each"
    " product. Where a code also holds other goods, the product is an interval of its value, and so are the"
    " shares that rest on it. This is import dependence by value: shares of imports, never a net import"
    " reliance, because production, exports and stocks are not counted.\n\n"
    "Shares are shares of the partners the figures list. A partner's share of all imports is at most that,"
    " for what the others send is not known, and no least can be given. Members of the European Union that"
    " are listed by themselves are taken out of it; the rest of it is one partner of up to 27 countries. So"
    " the Herfindahl–Hirschman index has a least value, with that rest from all of them alike, and a"
    " greatest, with all of it from one."
)


def imports(
    group: str,
    *,
    year: int | None = None,
    by: str = "value",
    store: Store | Path | str | None = None,
) -> Answer:
    """United States imports of a group of goods by product: import dependence by value.

    Parameters
    ----------
    group
        ``batteries``, ``pharmaceuticals`` or ``magnets``.
    year
        Calendar year; the latest there is if not given. Values of 2024 are shipped.
    by
        ``value``, or ``weight`` where quantities are loaded.
    store
        The store, or its folder, for weights; the user's own by default.

    Returns
    -------
    Answer
        One row a product, and one for the group in front. Shares are in 0-1, of the listed partners;
        ``details["codes"]`` and ``details["partners"]`` are the figures behind them.

    Raises
    ------
    UnknownCodeError
        If there is no such group or basis.
    DataMissingError
        If the year, or weights, are not at hand; it says what to load.

    References
    ----------
    .. [1] U.S. Census Bureau. U.S. international trade in goods, imports for consumption by ten-digit
       HTS code and country of origin, 2024.

    Examples
    --------
    China's share of lithium-ion batteries (HTS 8507.60) in 2024, of the partners listed [1]_:

    >>> row = imports("batteries").table.one(product="lithium_ion_batteries")
    >>> row["leading_partner_name"], round(row["leading_share_low"], 3)
    ('China', 0.705)
    """
    goods = of_group(group)
    held = _held([row.code for one in goods for row in national_codes(one.id)], year, by, store)
    told = untangled(held)
    if not told.imports.flows:
        raise UsageError(f"no imports of {group} in {held.year} under any of their codes.")
    made = built(group, goods, told)
    found = findings(group, goods, told, made)
    rules: dict[str, list[str]] = {}
    for one in found:
        rules.setdefault(one.subject, []).append(one.rule)
    rows = [
        {**row, "findings": "; ".join(dict.fromkeys(rules.get(row["product"], []))) or None}
        for row in made.rows
    ]
    return answer(
        title(group, held.year, by),
        Frame(IMPORTS, tuple(rows)),
        method=METHOD,
        parameters={"group": group, "year": held.year, "by": by},
        details={"codes": Frame(IMPORTS_CODE, made.codes), "partners": Frame(IMPORTS_PARTNER, made.partners)},
        findings=found,
        sources=held.sources,
        headlines=headlines(rows),
        notes=notes(group, told),
        question=QUESTION,
        study="imports",
    )


def _held(codes: list[str], year: int | None, by: str, store: Store | Path | str | None) -> Imports:
    """The figures asked for."""
    if by not in BASES:
        raise UnknownCodeError("basis", by, BASES, hint=f"there are {', '.join(BASES)}")
    if by == "value":
        return by_value(codes, year)
    folder = store if isinstance(store, Store) else Store(Path(store) if store else default_folder())
    return by_weight(folder, codes, year)
