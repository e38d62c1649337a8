"""The answers about codes: a table, its details and findings, cited by the files they were read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from monazite.results.result import Result, Source
from monazite.store import shipped
from monazite.studies.nomenclature import QUESTION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from monazite.results.frame import Frame
    from monazite.results.result import Headline
    from monazite.schema.findings import Finding

STUDY = "nomenclature"


@dataclass(frozen=True, slots=True)
class Answer(Result):
    """An answer about codes; it cites publications, which need have no DOI, and how many files of each."""

    def cite(self) -> str:
        """How to cite this result: software, version, what was asked, data with the number of files."""
        asked = "; ".join(f"{name} {_told(value)}" for name, value in self.parameters.items() if value)
        data = "; ".join(_cited(one) for one in self.sources)
        about = f" ({asked})" if asked else ""
        return f"monazite {self.version}. {self.title}{about}." + (f" Data: {data}." if data else "")


def _told(value: object) -> str:
    """A parameter in a citation."""
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _cited(one: Source) -> str:
    """A publication in a citation."""
    doi = f", https://doi.org/{one.doi}" if one.doi else ""
    files = f" ({len(one.snapshots)} file{'s' * (len(one.snapshots) != 1)})" if one.snapshots else ""
    return f"{one.publisher}, {one.title}, {one.as_of}{doi}{files}"


def answer(  # noqa: PLR0913 - the parts of an answer, by name
    title: str,
    table: Frame,
    *,
    method: str,
    parameters: Mapping[str, Any],
    details: Mapping[str, Frame] | None = None,
    findings: Iterable[Finding] = (),
    sources: Iterable[Source] = (),
    headlines: Iterable[Headline] = (),
    notes: Iterable[str] = (),
    question: str = QUESTION,
    study: str = STUDY,
) -> Answer:
    """Put an answer together, under the version that made it."""
    from importlib.metadata import version  # noqa: PLC0415 - slow to import

    return Answer(
        study=study,
        question=question,
        title=title,
        table=table,
        details=details or {},
        findings=tuple(findings),
        sources=tuple(sources),
        headlines=tuple(headlines),
        method=method,
        parameters=parameters,
        version=version("monazite"),
        notes=tuple(notes),
    )


def shipped_sources(*names: str) -> tuple[Source, ...]:
    """The shipped publications that were read by these sources, each edition with its files."""
    listed = ", ".join(f"'{name}'" for name in names)
    rows = shipped.query(
        "SELECT source, as_of, any_value(title) AS title, any_value(publisher) AS publisher,"
        " any_value(doi) AS doi, any_value(licence) AS licence, list(snapshot ORDER BY snapshot) AS files"
        f" FROM snapshot WHERE source IN ({listed}) GROUP BY source, as_of ORDER BY source, as_of"
    )
    return tuple(
        Source(row["as_of"], row["title"], row["publisher"], row["doi"], row["licence"], tuple(row["files"]))
        for row in rows
    )
