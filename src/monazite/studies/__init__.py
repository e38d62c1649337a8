"""THE QUESTIONS: each study loads, computes and explains; a new one is one folder and one line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from monazite.studies import audit as auditing
from monazite.studies import imports as importing
from monazite.studies import nomenclature as naming
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
    Study("nomenclature", naming.QUESTION, naming.ask),
)
