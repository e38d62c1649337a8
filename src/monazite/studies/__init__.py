"""THE QUESTIONS: each study loads, computes and explains; a new one is one folder and one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monazite.studies import audit as auditing
from monazite.studies import compare as comparing
from monazite.studies import eu_list as listing
from monazite.studies import exposure as exposing
from monazite.studies import geopolrisk as weighing
from monazite.studies import imports as importing
from monazite.studies import measure as measuring
from monazite.studies import nomenclature as naming
from monazite.studies import risk as ranking
from monazite.studies import stress as stressing
from monazite.studies import trace as tracing
from monazite.studies.dependence import QUESTION, dependence

if TYPE_CHECKING:
    from collections.abc import Callable

    from monazite.results.result import Result
    from monazite.studies.audit import Audit

__all__ = ["STUDIES", "Study", "dependence"]


class Study(NamedTuple):
    """A question monazite answers: its name, how people ask it, and the function that answers."""

    name: str
    question: str
    ask: Callable[..., Result | Audit]


STUDIES = (
    Study("dependence", QUESTION, dependence),
    Study("audit", auditing.QUESTION, auditing.audit),
    Study("imports", importing.QUESTION, importing.imports),
    Study("exposure", exposing.QUESTION, exposing.exposure),
    Study("risk", ranking.QUESTION, ranking.risk),
    Study("measure", measuring.QUESTION, measuring.measure),
    Study("compare", comparing.QUESTION, comparing.compare),
    Study("eu_list", listing.QUESTION, listing.eu_list),
    Study("stress", stressing.QUESTION, stressing.stress),
    Study("trace", tracing.QUESTION, tracing.trace),
    Study("geopolrisk", weighing.QUESTION, weighing.geopolrisk),
    Study("nomenclature", naming.QUESTION, naming.ask),
)
