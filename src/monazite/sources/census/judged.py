"""Third step of the SELECT: rows of ``trade`` with the status of each figure, and why a row is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.schema.status import CODES
from monazite.schema.trade import FLOWS, NOMENCLATURES, REGIMES
from monazite.sources.census import units
from monazite.sources.census.columns import BREAKDOWNS, DETAIL
from monazite.sources.census.texts import BLANK, by_arm, column
from monazite.sources.census.typed import MEASURES, odd, typed
from monazite.store.engine import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from monazite.sources.census.partners import Partner
    from monazite.sources.census.sheet import Sheet

_DETAIL_CODE = "[0-9A-Z*+]{1,6}"
MISSING = "M"
ZERO_BESIDE_VALUE = "{flag} IS NULL AND {quantity}_n = 0 AND value_n > 0"
"""Without flags a zero beside a value is no quantity: the publisher writes missing ones so, too."""


def stated(sheet: Sheet, found: Iterable[Partner]) -> str:
    """Rows of the second step with the status of both quantities."""
    first = _state("unit_1", "flag", "quantity")
    second = _state("unit_2", "flag_2", "quantity_2")
    return f"SELECT *, {first} AS state_1, {second} AS state_2 FROM ({typed(sheet, found)})"


def _state(unit: str, flag: str, quantity: str) -> str:
    """Why a quantity is what it is."""
    return (
        f"CASE WHEN {unit} = '{units.NOT_COLLECTED}' THEN 'not-collected'"
        f" WHEN coalesce({unit}, '{units.NONE}') = '{units.NONE}' THEN 'not-available'"
        f" WHEN {flag} = '{MISSING}' THEN 'not-available'"
        f" WHEN {flag} <> '{BLANK}' THEN 'unreadable'"
        f" WHEN {quantity}_n IS NULL OR ({ZERO_BESIDE_VALUE.format(flag=flag, quantity=quantity)})"
        " THEN 'not-available' ELSE 'normal' END"
    )


def judged(sheet: Sheet, found: Sequence[Partner]) -> str:
    """The SELECT that the load stages."""
    imports = sheet.header.direction == "imports"
    told = {
        "year": "CAST(left(month, 4) AS BIGINT)",
        "period": _PERIOD,
        "exporter" if imports else "importer": one_of("place", (one.id for one in found)),
        "nomenclature": one_of(_nomenclature(sheet), NOMENCLATURES),
        "code": "code",
        "regime": one_of("regime", REGIMES),
        "breakdown": _breakdown(),
        "value_usd": "value_n",
        "value_status": "CASE WHEN value_n IS NULL THEN 'not-available' ELSE 'normal' END",
        "duty_usd": "duty_n",
        **_QUANTITIES,
        "mass_t": _MASS,
        "mass_status": _MASS_STATUS,
        "aggregate": "is_group",
    }
    if not imports:
        told["flow"] = one_of(_FLOW, FLOWS)
    told |= {name: one_of(told[name], CODES) for name in told if name.endswith("_status")}
    listed = [f"{expression} AS {name}" for name, expression in (told | _refusal(sheet)).items()]
    return f"SELECT {', '.join(listed)}, _line FROM ({stated(sheet, found)})"


def one_of(expression: str, values: Iterable[str]) -> str:
    """A text as one of few values: sorted and written at a fraction of the cost, in the same order.

    >>> one_of("place", ["CHN", "AUS", "CHN"])
    "CAST(place AS ENUM('AUS', 'CHN'))"
    """
    return f"CAST({expression} AS ENUM({', '.join(map(text, sorted(set(values) or {''})))}))"


_FLOW = "CASE origin WHEN '1' THEN 'domestic-export' WHEN '2' THEN 're-export' ELSE 'export' END"
_PERIOD = (
    "CASE WHEN span = 'MO' OR right(month, 2) = '01' THEN month"
    " WHEN right(month, 2) = '12' THEN left(month, 4) ELSE left(month, 4) || '-01/' || month END"
)
_QUANTITIES = {
    "quantity": "CASE WHEN state_1 = 'normal' THEN quantity_n END",
    "quantity_unit": f"coalesce(known_1, nullif(nullif(unit_1, '{units.NONE}'), '{units.NOT_COLLECTED}'))",
    "quantity_status": "state_1",
    "quantity_2": "CASE WHEN state_2 = 'normal' THEN quantity_2_n END",
    "quantity_2_unit": f"coalesce(known_2, nullif(nullif(unit_2, '{units.NONE}'), '{units.NOT_COLLECTED}'))",
}
_WEIGHED = "air_val_n + ves_val_n = value_n AND (air_wgt_n + ves_wgt_n > 0 OR value_n = 0)"
_MASS = (
    "CASE WHEN state_1 = 'normal' AND tonnes_1 IS NOT NULL THEN quantity_n * tonnes_1"
    " WHEN state_2 = 'normal' AND tonnes_2 IS NOT NULL THEN quantity_2_n * tonnes_2"
    f" WHEN {_WEIGHED} THEN (air_wgt_n + ves_wgt_n) / 1000 END"
)
_MASS_STATUS = (
    f"CASE WHEN ({_MASS}) IS NOT NULL THEN 'normal'"
    " WHEN coalesce(tonnes_1, tonnes_2) IS NOT NULL THEN"
    " CASE WHEN 'unreadable' IN (state_1, state_2) THEN 'unreadable' ELSE 'not-available' END"
    " WHEN air_val_n + ves_val_n < value_n THEN 'not-collected'"
    f" WHEN coalesce(unit_1, '{units.NONE}') <> '{units.NONE}' THEN 'not-collected' ELSE 'not-available' END"
)


def _nomenclature(sheet: Sheet) -> str:
    """Nomenclature of a row's code."""
    if sheet.header.nomenclature != "HS":
        return f"'{sheet.header.nomenclature}'"
    return f"CASE WHEN digits = 10 AND code <> 'TOTAL' THEN '{DETAIL[sheet.header.direction]}' ELSE 'HS' END"


def _breakdown() -> str:
    """The further breakdown as name=code pairs; a dash is a total."""
    pairs = (f"CASE WHEN {name} <> '-' THEN '{name}=' || {name} END" for name in BREAKDOWNS.values())
    return f"concat_ws(';', {', '.join(pairs)})"


def _refusal(sheet: Sheet) -> dict[str, str]:
    """Column, found and expected of the first thing that is amiss in a row."""
    amiss = _amiss(sheet)
    cases = {
        "_column": (f"WHEN {condition} THEN {column}" for condition, column, _, _ in amiss),
        "_found": (f"WHEN {condition} THEN coalesce({found}, 'nothing')" for condition, _, found, _ in amiss),
        "_expected": (f"WHEN {condition} THEN {expected}" for condition, _, _, expected in amiss),
    }
    return {name: f"CASE {' '.join(whens)} END" for name, whens in cases.items()}


def _amiss(sheet: Sheet) -> list[tuple[str, str, str, str]]:
    """What may be amiss: condition, column, found and expected, in SQL."""
    digits = "coalesce(digits || ' digits (' || goods_level || ')', 'a code of the level it states')"
    found = [
        ("month IS NULL", "'time'", "coalesce(stated, stated_year)", "'a month, YYYY-MM'"),
        ("code IS NULL", f"'{sheet.header.commodity}'", "goods", digits),
        ("place IS NULL", f"'{sheet.partner}'", "partner", "'a code of Schedule C'"),
        ("origin NOT IN ('1', '2', '-')", "'DF'", "origin", "'1, 2 or -'"),
    ]
    for name, named in ((one, named) for named, one in BREAKDOWNS.items()):
        unlike = f"{name} <> '-' AND NOT regexp_full_match({name}, '{_DETAIL_CODE}')"
        found.append((unlike, f"'{named}'", name, "'a code of up to six letters and digits'"))
    for role in MEASURES:
        named = by_arm(sheet, [f"'{column(sheet, arm, role)}'" for arm in sheet.header.arms])
        found.append((odd(role), named, role, "'a number of zero or more'"))
    return found
