"""What is known of one code: how it is written, its life, its changes, what it holds, its trade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monazite.codes.written import read_code, system
from monazite.schema.nomenclature import HS_EDITIONS
from monazite.studies.nomenclature.health import changes as hs
from monazite.studies.nomenclature.health.death import answerable, died, may_have_died, usually
from monazite.studies.nomenclature.health.holds import Holding, holding
from monazite.studies.nomenclature.health.known import INTERNATIONAL, every, latest, life
from monazite.studies.nomenclature.health.tariff import tariff_changes
from monazite.studies.nomenclature.health.thresholds import DEAD_VALUE_USD
from monazite.studies.nomenclature.health.traded import largest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.codes.written import Written
    from monazite.studies.nomenclature.health.asked import Asked
    from monazite.studies.nomenclature.health.changes import Change
    from monazite.studies.nomenclature.health.death import Death
    from monazite.studies.nomenclature.health.known import Life
    from monazite.studies.nomenclature.health.traded import Series, Trade, Traded

HARMONIZED, TARIFF = "HS", "HTS"
_NOTHING = Holding({}, basket=False)
PLAIN = ("dotted", "spaced")
"""How a code may be written and still be read without being asked to, if it has one meaning."""
NO_TRADE: Traded = {}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a code asked about; ``year`` is the year it is to be used in, if that was said.

    ``nomenclature`` is what it is read in, ``edition`` the one it is looked up in. ``history`` are the
    revisions that touched it, up to the one that ended it, ``made`` the one that made it.
    """

    asked: Asked
    written: Written
    code: str
    nomenclature: str
    edition: str
    life: Life | None
    history: tuple[Change, ...]
    made: Change | None
    holding: Holding
    series: Series | None
    trade: Trade | None
    death: Death | None
    year: int | None

    @property
    def ended(self) -> Change | None:
        """The revision that took the code away."""
        return next((one for one in self.history if one.codes and self.code not in one.codes), None)

    @property
    def gone(self) -> bool:
        """Whether it is no longer in force, in the year asked about or that of the latest edition."""
        until = self.life.until if self.life else None
        return until is not None and until < (self.year or latest(self.nomenclature))

    @property
    def early(self) -> bool:
        """Whether it was not in force yet in the year asked about."""
        since = self.life.since if self.life else None
        return since is not None and self.year is not None and self.year < since

    @property
    def later(self) -> bool:
        """Whether the edition it is read in is named and only later ones have it."""
        editions = self.life.editions if self.life else ()
        return self.nomenclature != system(self.nomenclature) and all(
            self.nomenclature < one for one in editions
        )

    @property
    def traded(self) -> str:
        """What its trade says: one of the words of the table."""
        if self.trade is None:
            return "none loaded"
        if self.death:
            return "died"
        values = self.trade.value
        return "too little" if max(values.values(), default=0.0) < DEAD_VALUE_USD else "lives"

    @property
    def verdict(self) -> str:
        """The gravest that holds."""
        if not self.code or (self.written.problem and self.life is None):
            return "unknown" if self.written.rule == "code-unknown" else "misread"
        if self.life is None or self.later:
            return "unknown"
        dead = self.death is not None and (self.year is None or self.death.year <= self.year)
        if dead or (self.gone and self.traded != "lives"):
            return "dead"
        if self.holding.basket:
            return "basket"
        moved = [one for one in self.history if one.kind != "unit"]
        return "changed" if moved or self.life.since else "sound"


def facts(
    one: Asked,
    *,
    nomenclature: str | None = None,
    year: int | None = None,
    repair: bool = False,
    trade: Traded = NO_TRADE,
) -> Facts:
    """Everything the tables and the trade at hand know of a code.

    >>> from monazite.studies.nomenclature.health.asked import Asked
    >>> facts(Asked("811230", "typed")).verdict, facts(Asked("850760", "typed")).verdict
    ('dead', 'changed')
    >>> facts(Asked("283691", "typed")).verdict, facts(Asked("8507.6", "typed")).verdict
    ('sound', 'misread')
    >>> facts(Asked("8112.92", "typed")).verdict
    'basket'
    >>> facts(Asked("850760", "typed"), nomenclature="HS1992").verdict
    'unknown'
    """
    name = nomenclature or guessed(one.given)
    written = read_code(one.given, name, every(system(name)))
    code = written.code or (written.repaired if repair or written.problem in PLAIN else "")
    lived = life(name, code) if code else None
    if written.rule == "code-unknown" and (by_six := _ended_by_six(one.given)):
        code, name, lived = by_six
    first, last = (lived.editions[0], lived.editions[-1]) if lived else ("", "")
    edition = name if lived and name in lived.editions else last
    history = _history(name, first, code) if lived else ()
    series = largest(trade.get(code, {}), _traded_in(name, lived))
    found = trade[code][series] if series else None
    return Facts(
        one,
        written,
        code,
        name,
        edition,
        lived,
        history,
        _made(name, first, code) if lived and lived.since else None,
        _held(name, edition, code, history) if lived else _NOTHING,
        series,
        found,
        death_of(series.nomenclature, code, found.value) if series and found else None,
        year,
    )


def _six(name: str, code: str) -> bool:
    """Whether a code is a subheading of the Harmonized System, the level its editions are linked at."""
    return system(name) == HARMONIZED and len(code) == INTERNATIONAL


def _made(name: str, first: str, code: str) -> Change | None:
    """The revision that made a code, where a table says what its goods were under before."""
    return hs.origin(first, code) if _six(name, code) else hs.split_from(system(name), code)


def _ended_by_six(given: str) -> tuple[str, str, Life] | None:
    """A tariff's code that no edition at hand knows, if its first six digits are no longer in force."""
    if len(given) <= INTERNATIONAL:
        return None
    six = "".join(sign for sign in given if sign.isdigit())[:INTERNATIONAL]
    lived = life(HARMONIZED, six)
    return (six, HARMONIZED, lived) if lived and lived.until else None


def guessed(given: str) -> str:
    """The nomenclature of a code by its digits: six or fewer are international.

    >>> guessed("8507.60"), guessed("8507600020")
    ('HS', 'HTS')
    """
    if len(given) <= INTERNATIONAL:
        return HARMONIZED
    digits = [sign for sign in given.strip().removesuffix(".0") if sign.isdigit()]
    return TARIFF if len(digits) > INTERNATIONAL else HARMONIZED


def death_of(nomenclature: str, code: str, yearly: Mapping[int, float]) -> Death | None:
    """The death of a code by its trade in a nomenclature, with the revisions that the tables know of it.

    Of a nomenclature whose revisions are not at hand, and of a code that its edition does not know, every
    year may be the year of a revision.
    """
    if not may_have_died(yearly):
        return None
    if nomenclature not in HS_EDITIONS or code not in every(nomenclature):
        return died(yearly)
    start = int(nomenclature.removeprefix(HARMONIZED))
    revisions = [year for year in hs.YEARS if year > start]
    touched = {one.year for one in hs.changes(nomenclature, code)} if len(code) == INTERNATIONAL else ()
    return died(yearly, answerable(touched, [one for one in revisions if usually(yearly, one)]))


def _history(name: str, first: str, code: str) -> tuple[Change, ...]:
    """Revisions that touched a code while it was in force, and the one that ended it."""
    if system(name) != HARMONIZED:
        return tariff_changes(system(name), code)
    return hs.own_changes(first, code) if _six(name, code) else ()


def _held(name: str, edition: str, code: str, history: tuple[Change, ...]) -> Holding:
    """What a code holds; of a tariff's code that is gone, what those that took over hold."""
    found = holding(edition, code)
    if found.stages or system(name) == HARMONIZED or not history:
        return found
    after = [holding(edition, one) for one in history[-1].codes]
    stages = {material: told for one in after for material, told in one.stages.items()}
    return Holding(stages, len(stages) > 1 or any(one.basket for one in after))


def _traded_in(name: str, lived: Life | None) -> tuple[str, ...]:
    """Nomenclatures in which a store may have the trade: the one asked for, or any that knows the code."""
    if name in HS_EDITIONS:
        return (name,)
    return (*(lived.editions if lived else ()), system(name), name)
