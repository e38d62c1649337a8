"""The links between codes of two nomenclatures, and the path of links from one edition to another.

The publisher's table is shipped whole. Two reviewed tables say where it is not followed when a series
is carried: ``codes/data/link_cuts.csv`` (links that tie everything to everything) and
``codes/data/links_added.csv`` (links that are missing).
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from monazite.codes import reviewed
from monazite.errors import UnknownCodeError, UsageError
from monazite.schema.nomenclature import HS_EDITIONS
from monazite.store import shipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

EDITIONS = HS_EDITIONS
TARIFFS = ("HTS", "ScheduleB")
"""National nomenclatures whose first six digits are a code of the Harmonized System."""
INTERNATIONAL = 6
"""How many those are."""

_SQL = "SELECT nomenclature, code, other, other_code, relation FROM nomenclature_link WHERE "
_EDITIONS = "starts_with(nomenclature, 'HS') AND starts_with(other, 'HS')"
_PAIRS = "SELECT DISTINCT nomenclature, other FROM nomenclature_link ORDER BY ALL"
Pair = tuple[str, str]
Row = tuple[str, str, str]


class Link(NamedTuple):
    """A link as seen from ``code``: ``relation`` is how many of its kind stand against how many others.

    ``cut`` says why it is not followed when a series is carried, ``added`` why it is though no
    publisher draws it; both are empty for an ordinary link.
    """

    code: str
    other_code: str
    relation: str
    cut: str = ""
    added: str = ""


@cache
def _pairs() -> tuple[Pair, ...]:
    """The pairs of nomenclatures that a publisher links, in his direction."""
    return tuple(zip(*shipped.columns(_PAIRS).values(), strict=True))


@cache
def _editions() -> dict[Pair, list[Row]]:
    """Every link between editions of the Harmonized System, read at once."""
    return _read(_EDITIONS)


@cache
def _table(pair: Pair) -> list[Row]:
    """The shipped links of a pair: code, other code and relation."""
    if set(pair) <= set(EDITIONS):
        return _editions()[pair]
    return _read("nomenclature = ? AND other = ?", list(pair))[pair]


def _read(where: str, parameters: list[str] | None = None) -> dict[Pair, list[Row]]:
    """Shipped links by pair."""
    found: dict[Pair, list[Row]] = defaultdict(list)
    columns = shipped.columns(_SQL + where, parameters)
    for one, code, other, other_code, relation in zip(*columns.values(), strict=True):
        found[one, other].append((code, other_code, relation))
    return found


@cache
def between(nomenclature: str, other: str) -> tuple[Link, ...]:
    """Every link of two neighbouring nomenclatures, in the order of its codes; cut and added ones too.

    Raises
    ------
    UsageError
        If no publisher links the two directly; :func:`path` finds the way round.

    Examples
    --------
    >>> [(one.other_code, one.relation) for one in between("HS2007", "HS2012") if one.code == "850780"]
    [('850750', '1:n'), ('850760', '1:n'), ('850780', '1:n')]
    """
    if (nomenclature, other) in _pairs():
        return tuple(sorted(_judged(nomenclature, other)))
    if (other, nomenclature) in _pairs():
        return tuple(sorted(map(_turned, between(other, nomenclature))))
    raise UsageError(f"no table links {nomenclature} to {other} directly; there are {_told_pairs()}.")


@cache
def kept(nomenclature: str, other: str) -> tuple[Link, ...]:
    """The links by which a series is carried, each with its relation as counted among them.

    Examples
    --------
    >>> [one for one in kept("HS2017", "HS2022") if one.code == "850760"]
    [Link(code='850760', other_code='850760', relation='1:1', cut='', added='')]
    """
    return counted(one for one in between(nomenclature, other) if not one.cut)


def counted(links: Iterable[Link]) -> tuple[Link, ...]:
    """Links with the relation that follows from them alone.

    >>> [one.relation for one in counted([Link("1", "2", ""), Link("1", "3", ""), Link("4", "4", "")])]
    ['1:n', '1:n', '1:1']
    """
    links = tuple(links)
    left, right = Counter(one.code for one in links), Counter(one.other_code for one in links)
    sign = ("1", "n")
    return tuple(
        one._replace(relation=f"{sign[right[one.other_code] > 1]}:{sign[left[one.code] > 1]}")
        for one in links
    )


@cache
def codes_in(nomenclature: str) -> frozenset[str]:
    """Every code of a nomenclature that its links name.

    Raises
    ------
    UnknownCodeError
        If no link is drawn for it.

    Examples
    --------
    >>> "811230" in codes_in("HS2002"), "811230" in codes_in("HS2007")
    (True, False)
    """
    if nomenclature not in nomenclatures():
        raise UnknownCodeError("nomenclature", nomenclature, nomenclatures())
    first = (row[0] for pair in _pairs() if pair[0] == nomenclature for row in _table(pair))
    second = (row[1] for pair in _pairs() if pair[1] == nomenclature for row in _table(pair))
    return frozenset([*first, *second])


def known(nomenclature: str) -> frozenset[str]:
    """The codes of a nomenclature that its links name; none where no link does.

    >>> len(known("HTS2019"))
    0
    """
    return codes_in(nomenclature) if nomenclature in nomenclatures() else frozenset()


@cache
def nomenclatures() -> tuple[str, ...]:
    """Every nomenclature that is linked to another, the Harmonized System first."""
    named = {name for pair in _pairs() for name in pair}
    return (*EDITIONS, *sorted(named - set(EDITIONS)))


@cache
def path(start: str, end: str) -> tuple[str, ...]:
    """The shortest chain of linked nomenclatures from one to the other, both included.

    Raises
    ------
    UnknownCodeError
        If one of them is not known.
    UsageError
        If no chain leads there.

    Examples
    --------
    >>> path("HS2012", "HS2022"), path("HTS2025", "HS2017")
    (('HS2012', 'HS2017', 'HS2022'), ('HTS2025', 'HS2022', 'HS2017'))
    """
    for name in (start, end):
        if name not in nomenclatures() and base(name) is None:
            raise UnknownCodeError("nomenclature", name, nomenclatures())
    came, waiting = {start: ""}, deque([start])
    while waiting and end not in came:
        here = waiting.popleft()
        for there in _neighbours(here):
            if there not in came:
                came[there] = here
                waiting.append(there)
    if end not in came:
        raise UsageError(f"no chain of tables leads from {start} to {end}; there are {_told_pairs()}.")
    chain = [end]
    while came[chain[-1]]:
        chain.append(came[chain[-1]])
    return tuple(reversed(chain))


def named(asked: str) -> str:
    """The nomenclature that is meant, whatever its case; the names of BACI and Comtrade count too.

    Raises
    ------
    UnknownCodeError
        If none is called so.

    Examples
    --------
    >>> named("hs2012"), named("HS92"), named("H6"), named("hts2025")
    ('HS2012', 'HS1992', 'HS2022', 'HTS2025')
    """
    short = {f"HS{one[4:]}": one for one in EDITIONS} | {f"H{n}": one for n, one in enumerate(EDITIONS)}
    names = short | {one: one for one in nomenclatures()}
    for tariff in TARIFFS:
        if asked.casefold().startswith(tariff.casefold()):
            year = asked[len(tariff) :]
            names[f"{tariff}{year}"] = f"{tariff}{year}"
    found = {one.casefold(): full for one, full in names.items()}.get(asked.casefold())
    if found is None or (found not in nomenclatures() and base(found) is None):
        raise UnknownCodeError("nomenclature", asked, nomenclatures())
    return found


def base(nomenclature: str) -> str | None:
    """The edition whose codes are the first six digits of a national nomenclature; none for another.

    >>> base("HTS2025"), base("ScheduleB2022"), base("HTS2019"), base("NAICS")
    ('HS2022', 'HS2022', 'HS2017', None)
    """
    for tariff in TARIFFS:
        year = nomenclature.removeprefix(tariff)
        if year != nomenclature and year.isdigit():
            return max((one for one in EDITIONS if one[2:] <= year), default=None)
    return None


def _neighbours(name: str) -> Iterator[str]:
    """Nomenclatures one step away: by a table, or by the first six digits."""
    for one, other in _pairs():
        if name in (one, other):
            yield other if name == one else one
    if below := base(name):
        yield below


def _judged(nomenclature: str, other: str) -> Iterator[Link]:
    """The links of one table with what the reviewed tables say of each, then the added ones."""
    cuts = [row for row in reviewed.rows("link_cuts.csv") if _about(row, nomenclature, other)]
    for code, other_code, relation in _table((nomenclature, other)):
        reasons = (row["reason"] for row in cuts if _cuts(row, code, other_code))
        yield Link(code, other_code, relation, next(reasons, ""))
    for row in reviewed.rows("links_added.csv"):
        if _about(row, nomenclature, other):
            yield Link(row["code"], row["other_code"], "n:n", "", row["reason"])


def _about(row: dict[str, str], nomenclature: str, other: str) -> bool:
    """Whether a reviewed row is about a pair of nomenclatures."""
    return (row["nomenclature"], row["other"]) == (nomenclature, other)


def _cuts(row: dict[str, str], code: str, other_code: str) -> bool:
    """Whether a reviewed row cuts a link: its codes begin so, and the other is none of those kept."""
    begins = code.startswith(row["code"]) and other_code.startswith(row["other_code"])
    return begins and other_code not in row["keep"].split(";")


def _turned(link: Link) -> Link:
    """A link seen from its other end.

    >>> _turned(Link("850760", "850780", "n:1")).relation
    '1:n'
    """
    first, _, second = link.relation.partition(":")
    return Link(link.other_code, link.code, f"{second}:{first}", link.cut, link.added)


def _told_pairs() -> str:
    """The pairs that are linked, in words."""
    return ", ".join(f"{one}–{other}" for one, other in _pairs())
