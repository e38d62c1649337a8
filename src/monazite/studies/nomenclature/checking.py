"""Check codes: which are dead, baskets, changed, misread or unknown, and what to do about each."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from monazite.errors import UnknownCodeError, UsageError
from monazite.results.frame import Frame
from monazite.results.result import Source
from monazite.schema.code_health import (
    CODE_CHANGE,
    CODE_HEALTH,
    RECONSTRUCTED,
    TAKEN_OVER,
    VERDICTS,
)
from monazite.schema.nomenclature import HS_EDITIONS
from monazite.schema.trade import TRADE
from monazite.store.home import Store
from monazite.studies.nomenclature.answer import answer, shipped_sources
from monazite.studies.nomenclature.health.advice import advice, revised, some
from monazite.studies.nomenclature.health.asked import Asked, asked
from monazite.studies.nomenclature.health.facts import NO_TRADE, TARIFF, facts
from monazite.studies.nomenclature.health.found import found, missing, successors_told
from monazite.studies.nomenclature.health.holds import LATEST, left_out
from monazite.studies.nomenclature.health.known import editions
from monazite.studies.nomenclature.health.traded import publications, traded
from monazite.studies.nomenclature.names import identified
from monazite.studies.nomenclature.reconstruction import codes_wanted, reconstruction, told_pools

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from monazite.schema.findings import Finding
    from monazite.schema.tables import Table
    from monazite.studies.nomenclature.answer import Answer
    from monazite.studies.nomenclature.health.facts import Facts
    from monazite.studies.nomenclature.health.traded import Traded
    from monazite.studies.nomenclature.reconstruction import Reconstruction

Row = dict[str, Any]
QUESTION = "Which codes are dead, baskets, changed or misread?"
METHOD = "docs/code-health.md"
SHIPPED = ("unsd", "hts", "census_concordance", "census")
IN_STORE = "trade in the store"
FIRST_YEAR = 1988
"""The first year of the Harmonized System."""
CLOSE = 50
"""Unknown codes for which the nearest are looked for: each takes a thousand times as long as a lookup."""
CITED = 20
"""Codes a citation names before it leaves off."""
EIGHT = 8
EIGHT_DIGITS = (
    "Eight digits are read as lines of the tariff of the United States (HTS); after six digits the tariffs of"
    " the EU (CN), China and others differ."
)
INTERVAL = (
    "Trade after a code's death is an interval of what took over. It spans the evidence at hand; in other"
    " years and countries the share may have been another."
)


def check(  # noqa: PLR0913 - what may be said of the codes, by name
    items: Sequence[str],
    *,
    nomenclature: str | None = None,
    year: int | None = None,
    store: Store | Path | str | None = None,
    material: str = "",
    stage: str = "",
    column: str | None = None,
    repair: bool = False,
) -> Answer:
    """Check codes, by the tables and by the trade in a store.

    Parameters
    ----------
    items
        Codes, files with a column of codes (CSV, XLSX, Parquet, text), or materials, which stand for
        their six-digit codes. None means every code that the store has trade of.
    nomenclature
        Edition the codes are of, such as ``HS1992``, or nomenclature, such as ``HTS``; by default by
        their digits.
    year
        Calendar year they are to be used in; by default that of the latest edition at hand.
    store
        The store whose trade is looked at, or its folder; none means that only the tables are.
    material, stage
        What the codes are used for, such as ``antimony`` and ``metal``, where a file does not say so.
    column
        Name of the column of codes, where a file's is not found by itself.
    repair
        Read codes as they can only be meant, where they are written wrongly.

    Returns
    -------
    Answer
        One row of ``code_health`` a code; ``details`` hold ``changes``, and for dead codes
        ``reconstructed`` and ``taken_over``.

    Raises
    ------
    UnknownCodeError
        If there is no such nomenclature, material or stage.
    UsageError
        If nothing is asked about, a file is not there or is a folder, the year is before 1988, or a
        material is asked about in a nomenclature that the materials map cannot be carried to.
    SourceError
        If a file is no table, or has no column of codes.

    Examples
    --------
    >>> [row["verdict"] for row in check(["811230", "283691", "811292"]).table]
    ['dead', 'sound', 'basket']
    """
    _check_nomenclature(nomenclature)
    if year is not None and year < FIRST_YEAR:
        raise UsageError(f"no code was in force in {year}: the Harmonized System is of {FIRST_YEAR}.")
    held = store if isinstance(store, Store) or store is None else Store(Path(store))
    wanted = asked(items, column, nomenclature) if items else _traded_codes(held)
    if not wanted:
        raise UsageError("nothing to check: give codes, a file of codes, or a store that has trade.")
    material = identified(material) if material else ""
    used = [each._replace(material=each.material or material, stage=each.stage or stage) for each in wanted]
    judge = partial(facts, nomenclature=nomenclature, year=year, repair=repair)
    first = [judge(each) for each in used]
    trade = _trade(held, first)
    told = [judge(each, trade=trade) for each in used] if trade else first
    again = _reconstructed(told, trade)
    advised = _advised(told)
    parameters = {
        "codes": [each.given for each in wanted[:CITED]] if items else "all that have trade",
        "nomenclature": nomenclature,
        "year": year,
    }
    return answer(
        _title(told),
        Frame(CODE_HEALTH, tuple(map(_row, range(1, len(told) + 1), told, advised))),
        details=_details(told, again),
        findings=[
            *(each for pair in zip(told, advised, strict=True) for each in found(*pair)),
            *_missing(items),
        ],
        sources=(*shipped_sources(*SHIPPED), *_loaded_sources(held, told)),
        method=METHOD,
        parameters=parameters,
        question=QUESTION,
        notes=(*_eight(told, nomenclature), *_left_out(items, nomenclature), *_notes(told, again)),
    )


def _check_nomenclature(name: str | None) -> None:
    """Refuse a nomenclature that is not at hand."""
    if name is not None and not editions(name):
        from monazite.studies.nomenclature.links import nomenclatures  # noqa: PLC0415 - for an error only

        raise UnknownCodeError("nomenclature", name, ["HS", "HTS", "ScheduleB", *nomenclatures()])


def _traded_codes(held: Store | None) -> tuple[Asked, ...]:
    """Every code of goods that a store has trade of."""
    goods = {
        code
        for code, series in (traded(held) if _has_trade(held) and held else NO_TRADE).items()
        if any(one.nomenclature.startswith(("HS", "HTS", "ScheduleB")) for one in series) and code.isdigit()
    }
    return tuple(Asked(code, IN_STORE) for code in sorted(goods))


def _trade(held: Store | None, told: Sequence[Facts]) -> Traded:
    """Trade of some codes, and of those that took over from the ones that ended."""
    if held is None or not _has_trade(held):
        return NO_TRADE
    after = {code for one in told if one.ended for code in codes_wanted(one)}
    return traded(held, after | {one.code for one in told if one.code})


def _has_trade(held: Store | None) -> bool:
    """Whether a store has a table of trade."""
    return held is not None and TRADE in held.tables()


def _reconstructed(told: Sequence[Facts], trade: Traded) -> dict[int, Reconstruction]:
    """What took over from each dead code, by its place."""
    dead = {place: one for place, one in enumerate(told, 1) if one.verdict == "dead"}
    made = {place: reconstruction(one, trade) for place, one in dead.items()}
    return {place: one for place, one in made.items() if one is not None}


def _loaded_sources(held: Store | None, told: Sequence[Facts]) -> Iterator[Source]:
    """The publications whose trade was looked at."""
    names = {one.series.source for one in told if one.series}
    for row in publications(held, names) if held and names else ():
        files = tuple(row["files"])
        yield Source(row["as_of"], row["title"], row["publisher"], row["doi"], row["licence"], files)


def _details(told: Sequence[Facts], again: dict[int, Reconstruction]) -> dict[str, Frame]:
    """The tables behind the verdicts; a code asked about twice stands in them once."""
    changes = [row for place, one in enumerate(told, 1) for row in _changes(place, one)]
    return {
        "changes": Frame(CODE_CHANGE, tuple(changes)),
        "reconstructed": _once(RECONSTRUCTED, (row for one in again.values() for row in one.rows)),
        "taken_over": _once(TAKEN_OVER, (row for one in again.values() for row in one.evidence)),
    }


def _once(table: Table, rows: Iterable[Row]) -> Frame:
    """Rows of a table, each key once."""
    return Frame(table, tuple({tuple(row[name] for name in table.key): row for row in rows}.values()))


def _advised(told: Sequence[Facts]) -> list[str]:
    """What happened to each code, and what to do; the nearest codes only of the first that are unknown."""
    unread = count()
    return [advice(one, nearest=one.life is not None or next(unread) < CLOSE) for one in told]


def _row(place: int, one: Facts, told: str) -> Row:
    """A code as a row of ``code_health``."""
    death, lived = one.death, one.life
    after, today = successors_told(one)
    fell = one.trade.value[death.year] if one.trade and death else None
    return {
        "place": place,
        "given": one.asked.given,
        "code": one.code or one.written.repaired or None,
        "nomenclature": one.nomenclature,
        "verdict": one.verdict,
        "since": lived.since if lived else None,
        "until": lived.until if lived else None,
        "changed": "; ".join(revised(each, one.code) for each in one.history) or None,
        "before": "; ".join(one.made.shared) if one.made else None,
        "successors": after or None,
        "successors_now": today or None,
        "materials": "; ".join(one.holding.stages) or None,
        "trade": one.traded,
        "trade_of": ", ".join(one.series) if one.series else None,
        "fell": death.year if death else None,
        "fell_with": _with(one, death.revision) if death else None,
        "usual_usd": death.usual if death else None,
        "fell_to_usd": fell,
        "empty_since": death.empty if death else None,
        "unit": next(reversed(lived.units.values()), None) if lived else None,
        "advice": told,
    }


def _with(one: Facts, year: int) -> str:
    """The revision a fall is put down to."""
    return next((each.after for each in one.history if each.year == year), str(year))


def _changes(place: int, one: Facts) -> Iterator[Row]:
    """The revisions of a code as rows of ``code_change``."""
    for each in (*((one.made,) if one.made else ()), *one.history):
        yield {
            "place": place,
            "code": one.code,
            "year": each.year,
            "kind": each.kind,
            "edition_before": each.before,
            "edition": each.after,
            "codes": "; ".join(each.codes) or None,
            "shared": "; ".join(each.shared) or None,
            "note": each.note or None,
            "source": each.source,
            "tag": each.tag,
        }


def _missing(items: Sequence[str]) -> Iterator[Finding]:
    """Materials asked about that have no code of their own."""
    for item in items:
        if not any(sign.isdigit() for sign in item):
            with suppress(UnknownCodeError):
                yield from missing(identified(item), item)


def _title(told: Sequence[Facts]) -> str:
    """How many codes there are of each verdict, the gravest first."""
    counts = Counter(one.verdict for one in told)
    parts = [f"{counts[name]} {name}" for name in reversed(VERDICTS) if counts[name]]
    return f"{len(told)} code{'s' * (len(told) != 1)}: {', '.join(parts)}"


def _left_out(items: Sequence[str], nomenclature: str | None) -> Iterator[str]:
    """The codes of an earlier edition that a material may have been in too."""
    for item in items if nomenclature in HS_EDITIONS[:-1] else ():
        if not any(sign.isdigit() for sign in item):
            with suppress(UnknownCodeError):
                if codes := left_out(nomenclature or "", identified(item)):
                    yield (
                        f"{item}: its codes of {nomenclature} are derived from those of {LATEST} by links."
                        f" Merged since under other numbers, and not listed: {some(codes)}."
                    )


def _eight(told: Sequence[Facts], nomenclature: str | None) -> tuple[str, ...]:
    """That eight digits are read as the tariff of the United States, where nobody said whose they are."""
    read = nomenclature is None and any(len(one.code) == EIGHT and one.nomenclature == TARIFF for one in told)
    return (EIGHT_DIGITS,) if read else ()


def _notes(told: Sequence[Facts], again: dict[int, Reconstruction]) -> tuple[str, ...]:
    """What the intervals are, and what to load to have them year by year."""
    lacking = []
    for place, one in again.items():
        code, since = told[place - 1].code, told[place - 1].ended
        known = any(row["share_low"] < row["share_high"] for row in one.evidence)
        if since and known and not one.rows:
            pools = told_pools(one.pools, since.after)
            lacking.append(f"To have what {code} held year by year, load trade of {pools}.")
    return (*dict.fromkeys(lacking), *((INTERVAL,) if any(one.evidence for one in again.values()) else ()))
