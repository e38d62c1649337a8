"""The answer to a search: readings of the question, spelling, ranking, one row for each code."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monazite.errors import UnknownCodeError, UsageError
from monazite.results.frame import Frame
from monazite.schema.code_search import CODE_SEARCH
from monazite.store import shipped
from monazite.studies.nomenclature.answer import answer, shipped_sources
from monazite.studies.nomenclature.dotted import dotted
from monazite.studies.nomenclature.search import coded, ranking
from monazite.studies.nomenclature.search.mapped import mapped, material_of
from monazite.studies.nomenclature.search.spelling import spelt, suggestions
from monazite.studies.nomenclature.search.texts import lexicon, lines, system
from monazite.studies.nomenclature.search.words import readings, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from monazite.results.frame import Row
    from monazite.studies.nomenclature.answer import Answer
    from monazite.studies.nomenclature.search.mapped import Mapped
    from monazite.studies.nomenclature.search.ranking import Meant
    from monazite.studies.nomenclature.search.texts import Line
    from monazite.studies.nomenclature.search.words import Reading

TOP = 10
DIGITS = (4, 6, 8, 10)
READ = 20
"""How many different words of a question are read."""
MOST = 2 / 3
"""How much of the weight of three words or more must be found in a code; of fewer, all."""
FEW = 2
EXACT = 1e-9
UNMAPPED = 0.8
"""What a code counts that the map does not list, where the question is the name of a material of the map."""
METHOD = (
    "Codes are ranked by the words they share with the question: whole words before beginnings of longer"
    " ones, rare words before common, a code's own text before that of the codes above it, and more for a"
    " text that is about little else. One word or two must all be found, of more words two thirds of their"
    " weight. A word that no text has is taken for one that is spelt almost alike, if there is one. Of the"
    " codes the materials map lists for what was asked, ore and metal come first. A question in digits lists"
    " the code, then those that begin so."
)


class Hit(NamedTuple):
    """A code that fits, how well, and why."""

    line: Line
    score: float
    why: str


def search(
    question: str, *, nomenclatures: Sequence[str] = (), digits: int | None = None, top: int = TOP
) -> Answer:
    """Find the codes of a good by its words, however they are typed.

    Parameters
    ----------
    question
        Words, a material's name, alias or symbol, a formula, or a code or its first digits.
    nomenclatures
        Such as ``HTS2025``; every nomenclature with texts if none is given.
    digits
        Only codes of so many digits.
    top
        At most so many codes.

    Raises
    ------
    UsageError
        If the question is no text, or holds no word.
    UnknownCodeError
        If a nomenclature has no texts to search.
    """
    if not isinstance(question, str):
        raise UsageError(f"{question!r} is no text; name a good in quotes, such as 'gallium'.")
    if nomenclatures:
        _check(nomenclatures)
    found, notes = _found(question, tuple(nomenclatures), digits)
    rows = tuple(_row(place, hit, also) for place, (hit, also) in enumerate(_once(found)[:top], start=1))
    return answer(
        f"Codes for {question.strip()}",
        Frame(CODE_SEARCH, rows),
        method=METHOD,
        parameters={
            "question": question.strip(),
            "nomenclatures": list(nomenclatures),
            "digits": digits,
            "top": top,
        },
        sources=shipped_sources("hts", "census_codes"),
        notes=notes,
    )


def _found(
    question: str, nomenclatures: tuple[str, ...], digits: int | None
) -> tuple[list[Hit], tuple[str, ...]]:
    """What fits a question, in words or in digits, and what to say of it."""
    if code := coded.code(question):
        hits = [Hit(line, worth, why) for line, worth, why in coded.lines(code, nomenclatures, digits)]
        return hits, () if hits else coded.nearest(code, nomenclatures)
    ways = readings(question)
    if not ways:
        raise UsageError(f"{question!r} holds no word to look for; name a good, such as gallium or magnets.")
    read = [way._replace(words=way.words[:READ]) for way in ways]
    hits = ranked(read, nomenclatures, digits, question.strip())
    told = f"Only the first {READ} different words were read."
    cut = (told,) if any(len(way.words) > READ for way in ways) else ()
    return hits, cut if hits else (*cut, *suggestions(ways[0].words[:READ], lexicon(nomenclatures)))


def ranked(
    ways: Sequence[Reading], nomenclatures: tuple[str, ...], digits: int | None, formula: str = ""
) -> list[Hit]:
    """Every code that fits a reading, the best first."""
    asked = dict.fromkeys(word for way in ways for word in way.words)
    meant: Meant = {word: ((stem(word), 1.0),) for word in asked}
    known = mapped((way.words for way in ways), formula)
    held = lines(_stems(meant), known, nomenclatures, digits)
    lost = {word for word, ((wanted, _), *_) in meant.items() if not _used(wanted, held)}
    if not known and all(lost.intersection(way.words) for way in ways):
        meant |= {word: spelt(stem(word), lexicon(nomenclatures)) for word in lost}
        known = mapped(_alike(way, meant) for way in ways)
        held = lines(_stems(meant), known, nomenclatures, digits)
    named = any(material_of(frozenset(map(stem, _alike(way, meant)))) for way in ways)
    best = _best(hit for way in ways for hit in _read(way, meant, held))
    hits = [_with_map(line, best.get(_key(line)), _told(line, known), named=named) for line in held]
    return sorted(
        (hit for hit in hits if hit.score),
        key=lambda hit: (-round(hit.score, 6), hit.line.code, hit.line.nomenclature),
    )


def _told(line: Line, known: Mapping[str, Mapped]) -> Mapped | None:
    """What the map says of a code, or of one that says the same."""
    if line.nomenclature != ranking.NEWEST:
        return None
    told = [known[code] for code in (line.code, *line.same) if code in known]
    return max(told, key=lambda one: one.worth, default=None)


def _alike(way: Reading, meant: Meant) -> list[str]:
    """A reading in the words it was most likely meant in."""
    return [meant[word][0][0] if meant[word] else word for word in way.words]


def _best(hits: Iterable[Hit]) -> dict[tuple[str, str], Hit]:
    """The reading that fits each code best."""
    best: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        key = _key(hit.line)
        if key not in best or hit.score > best[key].score:
            best[key] = hit
    return best


def _key(line: Line) -> tuple[str, str]:
    """The name of a code."""
    return line.nomenclature, line.code


def _with_map(line: Line, hit: Hit | None, told: Mapped | None, *, named: bool) -> Hit:
    """What text and map say of a code together: the better of them, nearer to 1 if both do.

    Where the question names a material, the map knows its codes better than their texts do.
    """
    if told is None or (told.named and hit is None):
        return hit._replace(score=hit.score * (UNMAPPED if named else 1)) if hit else Hit(line, 0.0, "")
    said = hit.score if hit else 0.0
    high, low = (told.worth, said) if named else (max(said, told.worth), min(said, told.worth))
    return Hit(line, high + (1 - high) * low / 2, "; ".join(filter(None, (hit and hit.why, told.told))))


def _stems(meant: Meant) -> list[str]:
    """Every stem to look for."""
    return [wanted for several in meant.values() for wanted, _ in several]


def _used(wanted: str, held: Iterable[Line]) -> bool:
    """Whether a text has the word."""
    return any(ranking.match(line, wanted) for line in held)


def _read(way: Reading, meant: Meant, held: Iterable[Line]) -> Iterator[Hit]:
    """The codes that fit one reading; one whose own text has no word of it only repeats those above it."""
    words = {word: meant[word] for word in way.words}
    told = [(line, ranking.matches(line, words)) for line in held]
    rare = ranking.rarity((one for _, one in told), way.words)
    for line, one in told:
        if any(each.steps == 0 for each in one.values()) and _covered(one, rare):
            yield Hit(line, ranking.score(line, one, rare), ranking.why(one, way.words, way.told))


def _covered(told: Iterable[str], rare: Mapping[str, float]) -> bool:
    """Whether a code has enough of the words of a question."""
    share = sum(rare[word] for word in told) / sum(rare.values())
    return share >= (MOST if len(rare) > FEW else 1 - EXACT)


def _once(hits: Iterable[Hit]) -> list[tuple[Hit, str]]:
    """Each code once, under the nomenclature it fits best, with the names of the others of its system."""
    found: dict[tuple[str, str], list[Hit]] = {}
    for hit in hits:
        found.setdefault((hit.line.code, system(hit.line.nomenclature)), []).append(hit)
    return [(first, ", ".join(one.line.nomenclature for one in others)) for first, *others in found.values()]


def _row(place: int, hit: Hit, also: str) -> Row:
    """A code found, as a row of the answer."""
    line = hit.line
    return {
        "rank": place,
        "nomenclature": line.nomenclature,
        "code": line.code,
        "written": dotted(line.code, line.nomenclature),
        "description": line.text,
        "within": "; ".join(line.above) or None,
        "unit": line.unit or None,
        "leaf": line.leaf,
        "score": round(hit.score, 4),
        "why": hit.why,
        "also": also or None,
    }


def _check(nomenclatures: Iterable[str]) -> None:
    """Refuse a nomenclature that has no texts."""
    rows = shipped.query(
        "SELECT DISTINCT nomenclature FROM nomenclature_code WHERE description IS NOT NULL ORDER BY ALL"
    )
    known = [row["nomenclature"] for row in rows]
    for one in nomenclatures:
        if one not in known:
            raise UnknownCodeError("nomenclature with texts", one, known, f"There are {', '.join(known)}")
