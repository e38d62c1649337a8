"""What became of a code of a national tariff: by the reviewed changes, else by comparing editions."""

from __future__ import annotations

from functools import cache

from monazite.studies.nomenclature.health.changes import Change, national
from monazite.studies.nomenclature.health.known import codes, editions, named_only

_BRANCHES = (8, 6)
"""Digits under which the codes that are new are looked for where a code is gone, the closest first."""


@cache
def tariff_changes(system: str, code: str) -> tuple[Change, ...]:
    """Changes of a ten-digit code, the earliest first.

    Where it is gone and no reviewed change says what took over, the codes that are new under the same
    eight digits are taken for it, else those under the same six: that is judgement, and is tagged so.

    >>> [(one.kind, one.codes, one.tag) for one in tariff_changes("HTS", "3801105000")]
    [('split', ('3801105010', '3801105090'), 'C')]
    >>> [(one.codes, one.tag) for one in tariff_changes("HTS", "3818000090")]
    [(('3818000020', '3818000030', '3818000095'), 'U')]
    """
    found = national(system, code)
    if any(one.codes for one in found) or named_only(system, code):
        return found
    held = editions(system)
    gone = held[-1] if held and code not in codes(held[-1]) else ""
    after = _new_beside(system, code) if gone else ()
    if not after:
        return found
    kind = "split" if len(after) > 1 else "renamed"
    told = (
        "The codes that are new under the same first digits are taken for it.",
        f"{', '.join(held)} compared",
        "U",
    )
    return (*found, Change(int(gone.removeprefix(system)), held[-2], gone, kind, after, (), *told))


def _new_beside(system: str, code: str) -> tuple[str, ...]:
    """Codes of the latest edition, as long as the code, that the first at hand lacks and stand beside it."""
    first, last = editions(system)[0], editions(system)[-1]
    new = codes(last).keys() - codes(first).keys()
    for digits in _BRANCHES:
        beside = [one for one in new if one[:digits] == code[:digits] and len(one) == len(code)]
        if beside:
            return tuple(sorted(beside))
    return ()
