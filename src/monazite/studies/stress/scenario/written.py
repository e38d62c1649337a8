"""A cut on one line, as after ``--cut``: what, who, how deep, how long.

``rare earths:China:100%:12mo`` · ``rare earths, gallium:China:50%:6mo:licence`` ·
``cobalt@ore:Congo (Kinshasa)>USA+JPN:100%`` · ``graphite@refined:China+Russia:tariff 25%:from 3mo``
"""

from __future__ import annotations

import re
from functools import partial
from math import ceil
from typing import TYPE_CHECKING, Any

from monazite.codes import groups
from monazite.errors import UsageError
from monazite.sources.own.outline import Series, Word, shown, wrong
from monazite.studies.stress.scenario import names
from monazite.studies.stress.scenario.amounts import MONTHS, PRICE, SHARE, amount, number, whole
from monazite.studies.stress.scenario.conflicts import conflicts
from monazite.studies.stress.scenario.cuts import STEEPEST, default_depth, stage
from monazite.studies.stress.scenario.pieces import Part, halves, parts_of, place_at, pointed, word_of
from monazite.studies.stress.scenario.value import KINDS, LONGEST, Cut, Scenario, certain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from monazite.schema.judgement import Judgement

LONGEST_TEXT = 2_000
"""Characters of one cut."""
EXPECTED = "100% (a depth), 12mo (how long), from 3mo (when), ban, quota, licence, tariff 25% or floor 90"
_MONTHS = re.compile(r"(from )?([0-9.]+) ?(mo|months?|m|y|years?)", re.IGNORECASE)
_PRICED = re.compile(r"(tariff|floor)\b ?(.*)", re.IGNORECASE)
_OTHERWISE = {"license": "licence", "embargo": "ban"}
_YEAR = 12
_AFTER, _USUAL = 12, 24
LEAST = 2
"""Parts of a cut that must be there: what and who."""


def written(
    cuts: str | Sequence[str], *, importer: str = "USA", horizon_months: int | None = None
) -> Scenario:
    """The scenario of one cut, or several, each written on a line.

    Parameters
    ----------
    cuts
        ``MATERIALS[@STAGES]:COUNTRIES[>AGAINST]`` and then, in any order, after colons each: a depth
        (``100%``), how long (``12mo``, ``1y``), when (``from 3mo``), a kind (``ban``, ``quota``,
        ``licence``, ``tariff 25%``, ``floor 90`` in USD per kg). Materials are separated by commas, stages
        and countries by ``+``. Without a depth all is cut, without a length to the end.
    importer
        Country or group that buys.
    horizon_months
        Months looked at; by default a year longer than the longest cut, at least 24.

    Raises
    ------
    UsageError
        If anything is unknown, missing or contradictory; the message points at the character.

    Examples
    --------
    >>> scenario = written("rare earths@refined, gallium:China>USA:50%:6mo:licence")
    Traceback (most recent call last):
    monazite.errors.UsageError: --cut, character 13: found 'refined, gallium', expected one of ...
    >>> (cut,) = written("rare earths, gallium@refined:China>USA:50%:6mo:licence").cuts
    >>> cut.materials, cut.countries, cut.against, cut.depth.central, cut.months.central
    (('rare_earths', 'gallium'), ('CHN',), ('USA',), 0.5, 6.0)
    """
    texts = [cuts] if isinstance(cuts, str) else list(cuts)
    if not texts:
        raise UsageError("no cut: write what is cut, such as --cut 'rare earths:China:100%:12mo'.")
    read = [_cut(text) for text in texts]
    horizon = _horizon([cut for cut, _ in read]) if horizon_months is None else horizon_months
    if not 1 <= horizon <= LONGEST:
        raise UsageError(f"a horizon of {horizon} months; expected 1 to {LONGEST}.")
    buyer = importer if importer.lower().endswith(groups.ENDINGS) else groups.importer(importer).id
    title = "; ".join(" ".join(text.split()) for text in texts)
    scenario = Scenario("cut", title, tuple(cut for cut, _ in read), importer=buyer, horizon_months=horizon)
    for one in conflicts(scenario):
        start = read[one.cut][1].get(one.key, 0)
        raise pointed(texts[one.cut], wrong(place_at(start), one.found, one.expected))
    return scenario


def _horizon(cuts: Sequence[Cut]) -> int:
    """Months until a year after the last cut has ended or, if it lasts, begun."""
    ends = (cut.start_month if cut.months is None else min(cut.last_month, LONGEST) for cut in cuts)
    return min(LONGEST, max(_USUAL, ceil(max(ends)) + _AFTER))


def _cut(text: str) -> tuple[Cut, dict[str, int]]:
    """One cut, and where each of its keys begins."""
    if len(text) > LONGEST_TEXT:
        raise UsageError(f"--cut: {len(text):,} characters; a cut is a line.")
    try:
        return _read(parts_of(Part(text, 0), ":"))
    except UsageError as error:
        raise pointed(text, error) from error


def _read(parts: list[Part]) -> tuple[Cut, dict[str, int]]:
    """One cut from the parts between the colons."""
    if len(parts) < LEAST or not all(part.text for part in parts):
        at = next((part.start for part in parts if not part.text), parts[-1].start + len(parts[-1].text))
        raise wrong(
            place_at(at), "nothing", "MATERIALS:COUNTRIES, then a depth and how long: gallium:China:100%:12mo"
        )
    read: dict[str, Any] = {}
    starts: dict[str, int] = {}
    for key, part, reader in _asked(parts):
        if key in read:
            raise wrong(place_at(part.start), shown(part.text), f"{key} only once")
        read[key], starts[key] = reader(part), part.start
    kind = read.get("kind", "ban")
    if kind in ("quota", "licence") and "depth" not in read:
        raise wrong(place_at(starts["kind"]), f"a {kind} without a depth", "how deep it cuts, such as 50%")
    return Cut(**({"depth": default_depth(kind)} | read)), starts


def _asked(parts: list[Part]) -> Iterator[tuple[str, Part, Callable[[Part], Any]]]:
    """Every key that is filled, with the part it stands in and its reader."""
    (goods, stages), (cutters, against) = halves(parts[0], "@"), halves(parts[1], ">")
    yield "materials", goods, _list_of(",", names.material_ids)
    yield "countries", cutters, _list_of("+", names.country_ids)
    if stages is not None:
        yield "stages", stages, _list_of("+", stage)
    if against is not None:
        yield "against", against, _list_of("+", names.country_ids)
    for part in parts[LEAST:]:
        yield from _option(part)


def _option(part: Part) -> Iterator[tuple[str, Part, Callable[[Part], Any]]]:
    """A depth, a length, a start or a kind."""
    if months := _MONTHS.fullmatch(part.text):
        told, many = _YEAR if months[3][0] in "yY" else 1, months[2]
        yield ("start_month", part, partial(_start, many, told)) if months[1] else (
            "months", part, partial(_length, many, told))  # fmt: skip
    elif priced := _PRICED.fullmatch(part.text):
        kind, unit, most = (
            ("rate", SHARE, STEEPEST) if priced[1].lower() == "tariff" else ("floor", PRICE, None)
        )
        yield "kind", part, lambda _: priced[1].lower()
        yield (
            kind,
            part,
            lambda one: amount(word_of(Part(priced[2], one.start + priced.start(2))), unit, most),
        )
    elif (kind := _OTHERWISE.get(part.text.casefold(), part.text.casefold())) in KINDS:
        yield "kind", part, lambda _: kind
    elif number(part.text) is not None:
        yield "depth", part, lambda one: amount(word_of(one), SHARE)
    else:
        raise wrong(place_at(part.start), shown(part.text), EXPECTED, known=KINDS, asked=part.text)


def _start(many: str, times: int, part: Part) -> int:
    """First month."""
    return times * whole(
        Word(many, place_at(part.start)), 0, LONGEST // times, "months" if times == 1 else "years"
    )


def _length(many: str, times: int, part: Part) -> Judgement:
    """How long."""
    told = amount(Word(many, place_at(part.start)), MONTHS, LONGEST / times)
    return certain(times * told.central, MONTHS)


def _list_of(sign: str, ids_of: Callable[[Word], tuple[str, ...]]) -> Callable[[Part], tuple[str, ...]]:
    """A reader of names between signs."""
    return lambda part: names.several(
        Series(tuple(map(word_of, parts_of(part, sign))), place_at(part.start)), ids_of
    )
