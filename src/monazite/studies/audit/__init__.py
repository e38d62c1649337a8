"""Audit: may I trust what is loaded? What is missing, implausible, double counted, revised, and where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from monazite.errors import UnknownCodeError, UsageError
from monazite.schema.findings import RULES
from monazite.store.home import Store, default_folder
from monazite.store.workspace import Workspace
from monazite.studies.audit.answer import QUESTION, SEVERITIES, Audit, answer
from monazite.studies.audit.codes import codes
from monazite.studies.audit.completeness import completeness
from monazite.studies.audit.groups import groups
from monazite.studies.audit.indicators import indicators
from monazite.studies.audit.minerals import minerals
from monazite.studies.audit.mirrors import mirrors
from monazite.studies.audit.periods import periods
from monazite.studies.audit.quantities import quantities
from monazite.studies.audit.readers import readers
from monazite.studies.audit.repeats import repeats
from monazite.studies.audit.reporters import reporters
from monazite.studies.audit.scope import scope
from monazite.studies.audit.sums import sums
from monazite.studies.audit.units import units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from monazite.studies.audit.outcome import Outcome
    from monazite.studies.audit.scope import Scope

__all__ = ["QUESTION", "Audit", "audit"]

CHECKS: tuple[Callable[[Scope], Iterator[Outcome]], ...] = (
    quantities, completeness, codes, periods, units, sums, groups, mirrors, reporters, repeats, minerals,
    indicators, readers,
)  # fmt: skip


def audit(  # noqa: PLR0913 - what may be asked for, by name
    about: str | Sequence[str] | None = (),
    *,
    store: Store | Path | str | None = None,
    rules: Sequence[str] = (),
    severities: Sequence[str] = (),
    since: int | None = None,
    rows: int = 20,
    only_free: bool = False,
) -> Audit:
    """Audit what a store holds.

    Parameters
    ----------
    about
        Core tables or sources, such as ``trade`` or ``baci``; none means all that can be audited.
    store
        The store, or its folder; the user's own by default.
    rules
        Only these rules, such as ``quantity-implausible``; none means all.
    severities
        Only findings that matter so much: ``error``, ``warning``, ``note``; none means all.
    since
        Only findings about this calendar year and later ones; earlier years still say what is usual.
    rows
        How many rows to look at each check shows, at least 1.
    only_free
        Leave out publications that may not be passed on, as witnesses too.

    Returns
    -------
    Audit
        One row a check and source; ``details["rows"]`` are the worst rows of each, and
        ``details["changes"]`` the sharp changes of mass, told apart.

    Raises
    ------
    UnknownCodeError
        If a name is neither a table nor a source, or a rule is not declared.
    DataMissingError
        If nothing of it is loaded.

    References
    ----------
    .. [1] Iglewicz, B. and Hoaglin, D. C. (1993). *How to Detect and Handle Outliers*. ASQC Quality Press.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     audit("baci", store=folder)
    Traceback (most recent call last):
    ...
    monazite.errors.DataMissingError: nothing of baci is loaded. Nothing is loaded; ...
    """
    asked = (about,) if isinstance(about, str) else tuple(about or ())
    _check(rules, severities, rows)
    held = store if isinstance(store, Store) else Store(Path(store) if store else default_folder())
    parameters = {
        "about": asked,
        "rules": tuple(rules),
        "severities": tuple(severities),
        "since": since,
        "rows": rows,
    }
    with Workspace(held, only_free=only_free) as space:
        told = scope(
            space,
            asked,
            rules=_wanted(rules, severities),
            since=since,
            shown=rows,
            known_sources=_known_sources,
        )
        return answer(told, [one for check in CHECKS for one in check(told)], parameters)


def _check(rules: Iterable[str], severities: Iterable[str], rows: int) -> None:
    """Refuse a rule or severity nobody declared, and a number of rows that shows none."""
    declared = [rule.id for rule in RULES]
    for rule in rules:
        if rule not in declared:
            raise UnknownCodeError("rule", rule, declared)
    for severity in severities:
        if severity not in SEVERITIES:
            raise UnknownCodeError("severity", severity, SEVERITIES)
    if rows < 1:
        raise UsageError(f"rows is {rows}; a check shows at least 1.")


def _wanted(rules: Sequence[str], severities: Sequence[str]) -> list[str] | None:
    """Rules to look for, of the severities asked for; nothing means all."""
    if not rules and not severities:
        return None
    return [
        rule.id
        for rule in RULES
        if (not rules or rule.id in rules) and (not severities or rule.severity in severities)
    ]


def _known_sources() -> list[str]:
    """Ids of all sources monazite reads."""
    from monazite.sources import sources  # noqa: PLC0415 - loads every reader, for an error only

    return [one.id for one in sources()]
