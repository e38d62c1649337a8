"""What the cells of a column say: how many of them a core column could take, and written in which way."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from monazite.sources.own import cells as reading
from monazite.sources.own import goods, periods, places, units, vocabulary
from monazite.sources.own.kinds import Kind
from monazite.sources.own.suggesting import dates
from monazite.sources.own.suggesting.figures import numbers
from monazite.sources.own.suggesting.shares import Content, eased, plain, share

if TYPE_CHECKING:
    from collections.abc import Callable

    from monazite.schema.columns import Column
    from monazite.sources.own.cells import Cell
    from monazite.sources.own.numerals import Writing
    from monazite.sources.own.suggesting.samples import Sample

_TELLING = {"iso3": 0.85, "name": 0.85, "iso2": 0.7, "census": 0.5, "comtrade": 0.4, "m49": 0.4}
_OF_COMTRADE = frozenset(("842", "251", "699", "757", "579", "490"))
_OF_M49 = frozenset(("840", "250", "356", "756", "578", "158"))
_LENGTHS = frozenset((2, 4, 6, 8, 10))
_STEADY = 0.95
_SUBHEADING = 6


class Judge:
    """Judges the columns of one file, each sort once."""

    def __init__(self, writing: Writing) -> None:
        """Remember how the file writes its numbers."""
        self.writing = writing
        self._known: dict[tuple[int, Kind, str], Content] = {}

    def content(self, sample: Sample, column: Column, sort: Kind) -> Content:
        """How well a column's cells suit a core column of a sort."""
        of = column.name if sort in (Kind.CODED, Kind.UNIT) else column.unit
        key = (sample.place, sort, of)
        if key not in self._known:
            self._known[key] = self._judged(sample, column, sort)
        return self._known[key]

    def _judged(self, sample: Sample, column: Column, sort: Kind) -> Content:
        """The judgement itself."""
        if sort in _SIMPLE:
            return _SIMPLE[sort](sample)
        if sort is Kind.CODED:
            return _coded(sample, column)
        return _units(sample, column) if sort is Kind.UNIT else numbers(sample, column, self.writing)


def _countries(sample: Sample) -> Content:
    """Names or codes of countries, in the list that knows most of them."""
    best = max(
        (_in_scheme(sample, each) for each in _TELLING), key=lambda one: (round(one.fits, 2), one.telling)
    )
    texts = {plain(cell) for cell in sample.distinct}
    if best.options.get("scheme") == "comtrade" and texts & _OF_M49 and not texts & _OF_COMTRADE:
        return Content(best.fits, best.telling, {"scheme": "m49"}, best.why.replace("comtrade", "m49"))
    return best


def _in_scheme(sample: Sample, scheme: str) -> Content:
    """Countries in one list."""
    told = f"countries ({scheme})"
    return share(sample, lambda cell: _known(cell, scheme), _TELLING[scheme], told, scheme=scheme)


def _known(cell: Cell, scheme: str) -> bool:
    """Whether a list knows a country; a number is no name."""
    text = reading.plain(cell)
    if scheme == "census" and len(text) < len("1220"):
        return False
    return len(text) <= places.LONGEST and places.place(text, scheme).known


def _goods(sample: Sample) -> Content:
    """Codes of goods: digits of even number, most of one length."""
    lengths: Counter[int] = Counter()
    dotted = 0
    for cell in sample.distinct:
        try:
            found = goods.goods(cell, None, harmonized=True)
        except goods.NotACodeError:
            continue
        if found.code.isdecimal() or found.code == goods.ALL:
            lengths[len(found.code)] += found.code != goods.ALL
            dotted += isinstance(cell, str) and goods.DOTTED.match(cell.strip()) is not None
    total = sum(not reading.absent(cell, frozenset()) for cell in sample.distinct)
    if not lengths.total() or not total:
        return Content(0.0, 0.0)
    return _judged(lengths, total, dotted)


def _judged(lengths: Counter[int], total: int, dotted: int) -> Content:
    """What lengths of codes say; one short of a usual length has lost its zero."""
    usual = max(_LENGTHS, key=lambda length: (lengths[length] + lengths[length - 1], length))
    steady = (lengths[usual] + lengths[usual - 1]) / total
    even = sum(count for length, count in lengths.items() if length in _LENGTHS)
    plausible = max(even, lengths[usual] + lengths[usual - 1])
    fits = eased(plausible, total)
    long = steady >= _STEADY and usual >= _SUBHEADING
    telling = 0.8 if dotted >= _STEADY * total else 0.7 if long else 0.15
    options = {"digits": usual} if long and lengths[usual] else {}
    return Content(min(fits, 1.0), telling, options, f"{plausible} of {total} different cells are codes")


def _periods(sample: Sample) -> Content:
    """Years, months, days, in the writing that reads most of them."""
    writing = dates.writing(sample.distinct)
    options = {"date": writing} if writing else {}
    found = share(sample, lambda cell: bool(_period(cell, writing).text), 0.75, "periods", **options)
    if writing.startswith("excel"):
        return Content(found.fits, 0.2, found.options, found.why)
    if found.fits >= _STEADY and dates.stands_for_years(sample.distinct, writing):
        found.options["keep"] = "year"
    return found


def _period(cell: Cell, writing: str) -> periods.Period:
    """A cell as a period; yes and no are none."""
    if isinstance(cell, bool):
        raise periods.NotAPeriodError("a period")
    return periods.of_date(cell) if isinstance(cell, date) else periods.period(plain(cell)[:40], writing)


def _years(sample: Sample) -> Content:
    """Years alone, or days that stand for them."""
    if dates.stands_for_years(sample.distinct, ""):
        return share(sample, lambda cell: bool(_period(cell, "").year), 0.75, "first or last days of years")
    return share(sample, lambda cell: len(_period(cell, "").text) == len("2024"), 0.75, "years")


def _coded(sample: Sample, column: Column) -> Content:
    """Words of a short list."""
    found = share(
        sample,
        lambda cell: vocabulary.code(column, reading.plain(cell)) is not None,
        0.75,
        f"words for {column.name}",
    )
    few = len(sample.distinct) <= len(column.codes) + 4
    return found if few else Content(found.fits, 0.0, why=found.why)


def _units(sample: Sample, column: Column) -> Content:
    """Names of units."""
    return share(
        sample,
        lambda cell: isinstance(cell, str) and units.stored(reading.plain(cell), column.codes) is not None,
        0.6,
        "units",
    )


def _texts(sample: Sample) -> Content:
    """Text that is not numbers."""
    return share(sample, lambda cell: bool(reading.read_text(cell)), 0.0, "text")


def _booleans(sample: Sample) -> Content:
    """Yes and no."""
    return share(sample, lambda cell: plain(cell) in vocabulary.YES | vocabulary.NO, 0.1, "yes or no")


def _days(sample: Sample) -> Content:
    """Days."""
    return share(sample, lambda cell: bool(reading.read_day(cell)), 0.3, "days")


_SIMPLE: dict[Kind, Callable[[Sample], Content]] = {
    Kind.COUNTRY: _countries,
    Kind.GOODS: _goods,
    Kind.PERIOD: _periods,
    Kind.YEAR: _years,
    Kind.BOOLEAN: _booleans,
    Kind.DAY: _days,
    Kind.TEXT: _texts,
}
