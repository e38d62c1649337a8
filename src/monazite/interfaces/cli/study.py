"""Asking a study, which is imported only now: help needs no numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.results.result import Result
    from monazite.schema.findings import Finding

EVERYTHING = "all"


def ask(study: str, materials: Sequence[str], **parameters: object) -> Result:
    """What a study answers."""
    from monazite.studies import STUDIES  # noqa: PLC0415 - as above

    functions = {one.name: one.ask for one in STUDIES}
    return functions[study](tuple(materials), **parameters)


def read(as_of: str, materials: Sequence[str]) -> tuple[Finding, ...]:
    """What the readers found in the publisher's files; of every chapter where no material is named."""
    from monazite.studies.dependence import reader_findings  # noqa: PLC0415 - as above

    return reader_findings(as_of, () if EVERYTHING in materials else tuple(materials))


def asked_for(materials: Sequence[str], *, everything: bool) -> tuple[str, ...]:
    """The materials to ask for; ``--all`` and the word ``all`` are the same.

    Raises
    ------
    UsageError
        If a material is named beside ``all``.

    Examples
    --------
    >>> asked_for(("tin",), everything=False), asked_for((), everything=True)
    (('tin',), ('all',))
    >>> asked_for(("All",), everything=False)
    ('all',)
    """
    named = tuple(name for name in materials if name.strip().casefold() != EVERYTHING)
    if not everything and len(named) == len(materials):
        return named
    if named:
        raise UsageError(f"all asks for every commodity; leave out either that or {named[0]!r}.")
    return (EVERYTHING,)
