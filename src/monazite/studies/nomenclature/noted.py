"""What a reader of one code should know: what became of it, and why no imports or no verdict are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.results.words import listed
from monazite.schema.nomenclature import HS_EDITIONS
from monazite.studies.nomenclature.dotted import dotted
from monazite.studies.nomenclature.health.changes import national, own_changes
from monazite.studies.nomenclature.standing import as_today, dead_since, editions, own, unchanged_since

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HARMONIZED = ("HS", "HTS", "ScheduleB")
CHAPTER, SIX = 2, 6


def is_harmonized(nomenclature: str, code: str) -> bool:
    """Whether a code is a subheading of the Harmonized System or a line under one.

    >>> is_harmonized("HTS2025", "850760"), is_harmonized("HTS2025", "8507"), is_harmonized("SITC4", "77812")
    (True, False, False)
    """
    return nomenclature.startswith(HARMONIZED) and len(code) >= SIX


def unjudged(nomenclature: str, code: str) -> str:
    """Why nothing is said on the health of a code.

    >>> unjudged("HTS2025", "8549"), unjudged("SITC4", "281")
    ('not judged: a heading; its subheadings are', 'not judged: no code of the Harmonized System')
    """
    if not nomenclature.startswith(HARMONIZED):
        return "not judged: no code of the Harmonized System"
    return f"not judged: a {'heading' if len(code) > CHAPTER else 'chapter'}; its subheadings are"


def noted(nomenclature: str, code: str) -> tuple[str, ...]:
    """Changes of the national lines, what took over from a code that is gone, why no imports are shown."""
    told = (*_changed(nomenclature, code), _gone(nomenclature, code), _unlike(nomenclature, code))
    return tuple(filter(None, told))


def succeeded(nomenclature: str, code: str) -> str:
    """The codes that a national change put in the place of a code; empty if none is known.

    >>> succeeded("HTS2025", "8507600020")
    'HTS2026: 8507.60.00.30 and 8507.60.00.90'
    """
    changed = (one for one in own(nomenclature, code) if one.codes)
    return "; ".join(f"{one.after}: {_written(one.codes)}" for one in changed)


def _changed(nomenclature: str, code: str) -> Iterator[str]:
    """What the nation itself did to a code, or to the lines of its heading."""
    for one in national(nomenclature, code):
        into = f" into {_written(one.codes)}" if one.codes else ""
        yield f"{one.year}, {one.kind}{into}: {one.note} {one.source} [{one.tag}]."


def _gone(nomenclature: str, code: str) -> str:
    """Which edition took a subheading away, and what took its goods over."""
    six = code[:SIX]
    year = dead_since(six) if is_harmonized(nomenclature, code) else None
    if year is None:
        return ""
    took = next((one.codes for one in own_changes(editions(six)[-1], six) if one.year == year), ())
    goods = f"; its goods went to {_written(took)}" if took else ""
    return f"HS{year} took {dotted(six)} away{goods}. monazite codes check {six} tells what to do."


def _unlike(nomenclature: str, code: str) -> str:
    """Why the imports of 2024 under the same digits are not shown."""
    if as_today(nomenclature, code):
        return ""
    if nomenclature not in HS_EDITIONS:
        return f"Imports are recorded under codes of the tariff, none under those of {nomenclature}."
    since = unchanged_since(code) if len(code) == SIX else None
    if since:
        other = f"since HS{since} {dotted(code)} holds other goods than in {nomenclature}"
        return f"Imports of 2024 are not shown: {other}."
    whole = "whether it holds the same goods today is not known" if len(code) < SIX else ""
    return f"Imports of 2024 are not shown: {whole}." if whole else ""


def _written(codes: Iterable[str]) -> str:
    """Codes with their dots."""
    return listed(map(dotted, codes))
