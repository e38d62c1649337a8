"""Two importers, two years or two editions beside each other, measure by measure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from monazite.codes.groups import importer as importer_of
from monazite.errors import UnknownCodeError
from monazite.methods.similarity import finger_kreinin
from monazite.results.frame import Frame
from monazite.results.result import Headline
from monazite.schema.compare import COMPARE, COMPARE_MIX
from monazite.schema.findings import finding
from monazite.schema.risk import MEASURES
from monazite.studies.compare.sides import sides
from monazite.studies.nomenclature.answer import answer
from monazite.studies.risk import risk
from monazite.studies.risk.gathered import trade_of
from monazite.studies.trace.words import name_of
from monazite.studies.world import held
from monazite.studies.world.flows import years_held

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from monazite.results.frame import Row
    from monazite.schema.findings import Finding
    from monazite.store.home import Store
    from monazite.studies.compare.sides import Side
    from monazite.studies.nomenclature.answer import Answer

__all__ = ["QUESTION", "compare"]

OF_THE_WORLD = ("world_hhi", "governance_hhi", "leader_share", "early_warning")
"""Measures that are of no importer: equal intervals of them are the same figure."""
QUESTION = "What differs between two importers, two years or two editions?"
METHOD = (
    "Both sides are answered by the risk study. The second is higher or lower than the first where their"
    " intervals do not overlap; where they do, it cannot be told. Mixes of suppliers, by value under each"
    " material's own codes, are compared by Finger and Kreinin: Σ min(s, r). Editions revise each other: a"
    " difference between two editions of one year is a revision, not a change."
)


def compare(  # noqa: PLR0913 - what may be asked, by name
    first: str,
    second: str,
    materials: str | Sequence[str] = (),
    *,
    importer: str = "USA",
    measures: Sequence[str] = (),
    store: Store | Path | str | None = None,
) -> Answer:
    """Compare two importers, two years of trade or two editions.

    Parameters
    ----------
    first, second
        Two of a kind: ``EU27`` and ``Japan``, ``2022`` and ``2024``, ``mcs2025`` and ``mcs2026``.
    materials
        Names, symbols or groups; none means the minerals of the 2025 list.
    importer
        Whose years or editions are compared.
    measures
        Only these measures; none means all that are known on a side.
    store
        The store, or its folder; the user's own by default.

    Returns
    -------
    Answer
        One row a material and measure; ``details["mixes"]`` how alike the suppliers are.

    Raises
    ------
    UsageError
        If the two are of different kinds.
    UnknownCodeError
        If one is not known.

    Examples
    --------
    >>> found = compare("EU27", "Japan", "graphite", store="nowhere")
    >>> 0 < found.details["mixes"].rows[0]["similarity"] < 1
    True
    """
    wanted = tuple(measures) or tuple(one.name for one in MEASURES)
    known = [each.name for each in MEASURES]
    if unknown := next((name for name in wanted if name not in known), ""):
        raise UnknownCodeError("measure", unknown, known)
    pair = sides(first, second)
    one, other = pair
    place = held(store)
    answers = [_asked(side, pair, materials, importer, place) for side in pair]
    rows = list(_rows(answers, wanted, one.kind))
    names = {row["material"]: row["name"] for row in answers[0].table}
    mixes = list(_mixes(pair, names, importer, place))
    return answer(
        f"{one.name} and {other.name}",
        Frame(COMPARE, tuple(rows)),
        method=METHOD,
        parameters={"first": one.name, "second": other.name, "materials": materials, "kind": one.kind},
        details={"mixes": Frame(COMPARE_MIX, tuple(mixes))},
        findings=_revised(one, rows),
        sources=tuple(dict.fromkeys(source for each in answers for source in each.sources)),
        headlines=_headlines(rows, other.name),
        question=QUESTION,
        study="compare",
    )


def _asked(
    side: Side, pair: tuple[Side, Side], materials: str | Sequence[str], importer: str, store: Store
) -> Answer:
    """The risk study of one side; of two editions in the latest year that both hold."""
    if side.kind == "importer":
        return risk(materials, importer=side.name, store=store)
    if side.kind == "year":
        return risk(materials, importer=importer, year=int(side.name), store=store)
    shared = min(int(each.name[-4:]) for each in pair) - 1
    return risk(materials, importer=importer, as_of=side.name, year=shared, store=store)


def _rows(answers: list[Answer], wanted: Sequence[str], kind: str) -> Iterator[dict[str, Any]]:
    """Each measure known on a side, if the sides rest on different figures."""
    sides_ = [
        {(row["material"], row["measure"]): row for row in each.details["measures"]} for each in answers
    ]
    for key, row in sides_[0].items():
        other = sides_[1].get(key)
        if (
            other is None
            or key[1] not in wanted
            or (row["measured_low"] is None and other["measured_low"] is None)
        ):
            continue
        if kind != "importer" and row["year"] == other["year"] and row["source"] == other["source"]:
            continue  # one figure, of the same years on both sides
        yield {
            "material": key[0],
            "measure": key[1],
            "name": row["name"],
            "first_low": row["measured_low"],
            "first_high": row["measured_high"],
            "second_low": other["measured_low"],
            "second_high": other["measured_high"],
            **_differing(row, other),
        }


def _differing(first: Row, second: Row) -> dict[str, Any]:
    """The verdict, and the difference between two ends."""
    ends = (first["measured_low"], first["measured_high"], second["measured_low"], second["measured_high"])
    if any(end is None for end in ends):
        return {"verdict": "not known", "difference_low": None, "difference_high": None}
    least, most = ends[2] - ends[1], ends[3] - ends[0]
    verdict = "higher" if least > 0 else "lower" if most < 0 else "cannot be told"
    if ends[:2] == ends[2:] and (ends[0] == ends[1] or first["measure"] in OF_THE_WORLD):
        verdict = "same"
    return {"verdict": verdict, "difference_low": least, "difference_high": most}


def _mixes(
    pair: tuple[Side, Side], names: Mapping[str, str], importer: str, store: Store
) -> Iterator[dict[str, Any]]:
    """How alike the mixes of suppliers are; editions have no trade of their own."""
    if pair[0].kind == "edition":
        return
    latest = (years_held(store) or (2024,))[-1]
    found = [
        trade_of(
            names,
            importer_of(side.name if side.kind == "importer" else importer),
            int(side.name) if side.kind == "year" else latest,
            store,
        )
        for side in pair
    ]
    for material, name in names.items():
        first, second = (_shares(each[material].partners) for each in found)
        if first and second:
            partners = sorted({*first, *second})
            amounts = ([each.get(partner, 0.0) for partner in partners] for each in (first, second))
            yield {
                "material": material,
                "name": name,
                "similarity": min(1.0, finger_kreinin(*amounts)),
                "first_leader": name_of(max(first, key=first.__getitem__)),
                "second_leader": name_of(max(second, key=second.__getitem__)),
            }


def _shares(ends: Mapping[str, tuple[float, float]]) -> dict[str, float]:
    """Shares of partners, known exactly."""
    return {partner: low for partner, (low, _) in ends.items()}


def _revised(side: Side, rows: list[dict[str, Any]]) -> list[Finding]:
    """Reliances of one year that differ between editions are revisions."""
    if side.kind != "edition":
        return []
    told = ((row, f"{row['measure']} is {row['verdict']}") for row in rows)
    return [
        finding("vintage-revised", row["name"], where="two editions", found=found, expected="one edition")
        for row, found in told
        if row["verdict"] in ("higher", "lower")
    ]


def _headlines(rows: list[dict[str, Any]], second: str) -> tuple[Headline, ...]:
    """How many measures are higher, lower, or cannot be told apart."""
    counts = {
        name: sum(row["verdict"] == name for row in rows) for name in ("higher", "lower", "cannot be told")
    }
    return tuple(
        Headline(f"{second}: {name}", str(count), f"of {len(rows)} measures")
        for name, count in counts.items()
    )
