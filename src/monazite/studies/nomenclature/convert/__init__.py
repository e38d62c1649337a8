"""Carry a user's file to another edition, with bounds where shares are open and a report of the rest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from monazite.errors import UsageError
from monazite.results.result import Headline
from monazite.schema.conversion import CARRIED
from monazite.store.carrying import Carrier
from monazite.studies.nomenclature import links
from monazite.studies.nomenclature.answer import answer, shipped_sources
from monazite.studies.nomenclature.concordance import concordance, tables
from monazite.studies.nomenclature.concordance.estimating import ESTIMATED, estimated
from monazite.studies.nomenclature.convert import report
from monazite.studies.nomenclature.convert.columns import layout
from monazite.studies.nomenclature.convert.reading import known, moves, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.store.carrying import Carried, Layout, Stock
    from monazite.store.home import Store
    from monazite.studies.nomenclature.answer import Answer
    from monazite.studies.nomenclature.concordance import Concordance, Way
    from monazite.studies.nomenclature.concordance.tables import Given
    from monazite.studies.nomenclature.convert.report import Outcome

OUTPUTS = (".csv", ".parquet", ".pq")
METHODS = {
    "weights": "Every code goes to the codes that links lead to, in the parts a table of weights gives; where"
    " none does, the part of each is only known to lie between 0 and 1, and so are sums.",
    "families": "Codes that links tie together, over all editions between, count as one family (Pierce and"
    " Schott 2012); no weight is used.",
    "refuse": "Every code goes to the one code that a link or a reviewed rule names; any other is refused.",
}


def convert(  # noqa: PLR0913 - a conversion, by name
    path: Path | str,
    start: str,
    end: str,
    output: Path | str,
    *,
    by: Way = "weights",
    code: str = "",
    values: Sequence[str] = (),
    keep: Sequence[str] = (),
    weights: str = "",
    rules: str = "",
    repair: bool = False,
    store: Store | None = None,
) -> Answer:
    """Carry a file to another edition and write it, whole or not at all.

    Parameters
    ----------
    path, output
        CSV or Parquet files, by their endings; of any size.
    start, end
        The edition the file is in, and the one it is to be in: ``HS2012``, ``HS2022``, ``HTS2025``, ...
    by
        The way; see :func:`monazite.studies.nomenclature.concordance.concordance`.
    code, values, keep
        The column of codes, those of amounts, and those of numbers that say what a row is; recognised
        by their names if left out.
    weights, rules
        Files that say which part of a code goes where. The word ``estimated`` for weights learns them
        from the trade in ``store``, from countries that report both editions.
    repair
        Whether to take the code a text can mean where it is not written as a code; each is listed.

    Raises
    ------
    UsageError
        If what is asked cannot be; with ``refuse``, if any code is not carried.
    SourceError
        If the file, the weights or the rules are malformed.
    OutputError
        If the output cannot be written.
    """
    file, target = Path(path), Path(output)
    if target.suffix.lower() not in OUTPUTS:
        raise UsageError(f"{output}: convert writes {' or '.join(OUTPUTS[:2])}; name the output so.")
    if target.resolve() == file.resolve():
        raise UsageError(f"{output}: is the file that is read; give the output another name.")
    start, end = links.named(start), links.named(end)
    links.path(start, end)
    given = {
        "weights": _weights(weights, start, end, store),
        "rules": tables.rules(rules, (start, end)) if rules else tables.NONE,
    }
    columns = layout(file, start, known(start), code=code, values=values, keep=keep)
    with Carrier(file, columns, target) as carrier:
        stock = carrier.stock()
        reads = read(stock.found, start, repair=repair)
        across = concordance(start, end, by, codes={one.code for one in reads if one.code}, **given)
        told = report.outcomes(reads, across)
        _check(file, told, across)
        carried = carrier.write(list(moves(reads, across)), stock)
    asked = {"file": file.name, "from": start, "to": end, "by": by, "weights": weights, "rules": rules}
    return _answer(
        asked | {"repair": repair}, columns=columns, stock=stock, told=told, across=across, carried=carried
    )


def _weights(weights: str, start: str, end: str, store: Store | None) -> Given:
    """The weights of a file, or those the store's trade tells."""
    if weights == ESTIMATED:
        if store is None:
            raise UsageError("weights are estimated from the trade in a store; give one.")
        return estimated(store, links.path(start, end))
    return tables.weights(weights, (start, end)) if weights else tables.NONE


def _check(file: Path, told: tuple[Outcome, ...], across: Concordance) -> None:
    """Refuse a file of which nothing can be carried or, if so asked, not all."""
    start = across.path[0]
    if not any(one.outcome in CARRIED for one in told):
        found = next(report.findings(str(file), told, across), None)
        why = f": {found.found}. {found.hint}" if found else "; it is empty."
        raise UsageError(f"{file}: none of its {len(told)} codes can be carried from {start}{why}")
    if across.way != "refuse":
        return
    wrong = [one for one in told if not one.read.code]
    if wrong:
        more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        raise UsageError(f"{file}: {wrong[0].read.found.text!r}: {wrong[0].reason}{more}.")
    across.check_single([one.read.code for one in told])


def _answer(  # noqa: PLR0913 - what is told, by name
    asked: dict[str, object],
    *,
    columns: Layout,
    stock: Stock,
    told: tuple[Outcome, ...],
    across: Concordance,
    carried: Carried,
) -> Answer:
    """The report."""
    table = report.totals(columns, stock, told, carried)
    details = {
        "outcomes": report.by_outcome(columns, told),
        "codes": report.by_code(told, across),
        "families": report.families(told, across),
    }
    chain, name = " → ".join(across.path), str(asked["file"])
    rows = sum(one.rows for one in stock.found)
    roles = f"Code in {columns.code}; amounts in {', '.join(columns.values)}; the rest kept as it is."
    return answer(
        f"{name} carried from {across.path[0]} to {across.path[-1]} by {across.way}",
        table,
        method=METHODS[across.way],
        parameters=asked,
        details=details,
        findings=report.findings(name, told, across),
        sources=shipped_sources("unsd"),
        headlines=[Headline("Rows", f"{rows:,} → {carried.rows:,}", f"{len(told):,} codes, {chain}")],
        notes=(roles, *_cuts(across)),
    )


def _cuts(across: Concordance) -> tuple[str, ...]:
    """What is said where links are not followed."""
    if not {"HS2017", "HS2022"} <= set(across.path):
        return ()
    return ("Links of 2022 to electronic waste and to parts of anything are cut: see link_cuts.csv.",)
