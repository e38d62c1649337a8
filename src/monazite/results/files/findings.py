"""The findings of a result as a table of their own."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from monazite.results.frame import Frame
from monazite.schema.provenance import FINDING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.results.result import Result
    from monazite.schema.findings import Finding


def findings_frame(result: Result, findings: Iterable[Finding] | None = None) -> Frame:
    """Findings, by default all of the result, under the declaration the readers' findings are kept by."""
    edition = result.parameters.get("as_of") or ""
    chosen = result.findings if findings is None else findings
    return Frame(FINDING, tuple({"as_of": edition, **dataclasses.asdict(finding)} for finding in chosen))
