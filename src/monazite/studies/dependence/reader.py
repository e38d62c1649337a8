"""What the readers found in the publisher's files, for those who must know how a figure was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.codes.materials import material
from monazite.schema.findings import Finding
from monazite.store.shipped import query
from monazite.studies.dependence.figures import chapters, items
from monazite.studies.dependence.subjects import chosen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def reader_findings(as_of: str, materials: Sequence[str] = ()) -> tuple[Finding, ...]:
    """Findings of the reader of an edition: marks, units, names, headings, keys, corrections.

    Parameters
    ----------
    as_of
        The edition.
    materials
        Only findings about the chapters these materials stand in; none means all.

    Returns
    -------
    tuple of Finding
        Their subject is a chapter or a series of the publication.

    Raises
    ------
    UnknownCodeError
        If a material is not known.
    """
    rows = query(
        'SELECT * EXCLUDE (as_of) FROM finding WHERE as_of = ? ORDER BY rule, subject, "where"', [as_of]
    )
    found = tuple(Finding(**row) for row in rows)
    if not materials:
        return found
    wanted = _chapters(as_of, materials)
    return tuple(one for one in found if one.subject.partition(" | ")[0].casefold() in wanted)


def _chapters(as_of: str, materials: Sequence[str]) -> set[str]:
    """Chapters the materials, and the groups they belong to, stand in; folded for comparison."""
    asked = {name for held in chosen(materials) for name in _with_groups(held.id)}
    held = {item["item"] for item in items().values() if item["material"] in asked}
    return {
        chapter.casefold()
        for (edition, item), chapter in chapters().items()
        if edition == as_of and item in held
    }


def _with_groups(name: str) -> Iterator[str]:
    """A material and every group it belongs to, the nearest first."""
    while name:
        yield name
        name = material(name).group
