"""Who uses a material: industries of the accounts, their need, what depends on it, what they can save."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from monazite.codes.end_uses import end_uses, summary_of
from monazite.errors import DataMissingError, UnknownCodeError
from monazite.schema.judgement import Judgement
from monazite.studies.stress.inputs import NONE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from monazite.codes.end_uses import EndUse, UsingIndustry
    from monazite.studies.stress.accounts import Accounts
    from monazite.studies.stress.inputs import Inputs

    Array = NDArray[np.float64]


Product = tuple[str, str, int]
"""A kind of use in a detailed industry, which is part of one of the accounts."""


@dataclass(frozen=True, slots=True)
class Users:
    """Using industries of a material, one row each: an end use in an industry.

    ``kinds`` are what it is used for, ``codes`` detailed industries, ``places`` those of the accounts,
    ``use`` the end use of each row, ``weight`` the share of that use that the industry takes, ``dependent``
    the share of its output that needs the material, ``thrift`` the share of the material it can save, and
    ``output`` the industry's, USD.
    """

    uses: tuple[str, ...]
    kinds: tuple[str, ...]
    codes: tuple[str, ...]
    places: NDArray[np.intp]
    use: NDArray[np.intp]
    weight: Array
    dependent: tuple[Judgement, ...]
    thrift: tuple[Judgement, ...]
    output: Array

    @property
    def products(self) -> tuple[Product, ...]:
        """What each row makes: materials short in the same product stop it once."""
        return tuple(zip(self.kinds, self.codes, self.places.tolist(), strict=True))

    def need(self, key: str, values: Mapping[str, Array]) -> Array:
        """Share of the material that each row takes, draws by rows; they sum to one."""
        shares = np.stack([values[f"{key}:use{number}"] for number in range(len(self.uses))], axis=1)
        return np.asarray((shares / shares.sum(1, keepdims=True))[:, self.use] * self.weight)


def users(  # noqa: PLR0913 - what a material is, and what its users are looked up in
    inputs: Inputs,
    key: str,
    material: str,
    name: str,
    *,
    accounts: Accounts,
    output: Mapping[str, float],
    thrift: bool = True,
) -> Users | None:
    """Users of a material in the accounts, their inputs told; None if no end use is known.

    ``output`` is that of detailed industries, in USD: it tells how much of a summary industry a detailed
    one is. Without ``thrift`` nobody saves.
    """
    try:
        known = end_uses(material)
    except (UnknownCodeError, DataMissingError):
        return None
    if not known:
        return None
    inputs.level(f"{key}:dependence", f"{name}: level of the shares of output that need it")
    inputs.level(f"{key}:thrift", f"{name}: level of what users can save")
    for number, one in enumerate(known):
        inputs.add(f"{key}:use{number}", f"{name}: share used for {one.use}", one.share)
    rows = [
        (number, each if thrift else replace(each, thrift=NONE))
        for number, one in enumerate(known)
        for each in one.industries
    ]
    for number, each in rows:
        _tell(inputs, f"{key}:use{number}:{each.code}", f"{name} in {each.name.lower()}", each)
    summary = accounts.detail == "summary"
    rows = [
        (number, each)
        for number, each in rows
        if (each.summary if summary else each.code) in accounts.industries
    ]
    places = [accounts.at(each.summary if summary else each.code) for _, each in rows]
    return Users(
        tuple(one.use for one in known),
        tuple(known[number].kind for number, _ in rows),
        tuple(each.code for _, each in rows),
        np.array(places, dtype=np.intp),
        np.array([number for number, _ in rows], dtype=np.intp),
        _weights(known, rows),
        tuple(_dependent(each, accounts, output) for _, each in rows),
        tuple(each.thrift for _, each in rows),
        accounts.output[places],
    )


def _tell(inputs: Inputs, name: str, meaning: str, one: UsingIndustry) -> None:
    """Tell the judgements of a using industry, which a level draws."""
    inputs.tell(f"{name}:dependent", f"{meaning}: share of output that needs it", one.dependent)
    inputs.tell(f"{name}:thrift", f"{meaning}: share that can be saved", one.thrift)


def _weights(known: Sequence[EndUse], rows: Sequence[tuple[int, UsingIndustry]]) -> Array:
    """Share of its use that each row takes; those of a use sum to one."""
    raw = np.array([each.weight for _, each in rows])
    use = np.array([number for number, _ in rows], dtype=np.intp)
    total = np.bincount(use, weights=raw, minlength=len(known))
    return np.asarray(raw / total[use])


def _dependent(one: UsingIndustry, accounts: Accounts, output: Mapping[str, float]) -> Judgement:
    """Share of the accounts' industry that depends: a detailed industry is a part of a summary one."""
    if accounts.detail == "detail":
        return one.dependent
    whole = sum(made for code, made in output.items() if _same(code, one))
    part = output.get(one.code, 0.0) / whole if whole else 1.0
    ends = (min(part * getattr(one.dependent, end), 1.0) for end in ("low", "central", "high"))
    low, central, high = ends
    return Judgement(low, central, high, "1", one.dependent.source, one.dependent.tag)


def _same(code: str, one: UsingIndustry) -> bool:
    """Whether a detailed industry is part of the same summary industry; government has no detail there."""
    try:
        return summary_of(code) == one.summary
    except UnknownCodeError:
        return False
