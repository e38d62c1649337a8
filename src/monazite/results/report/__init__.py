"""A result as one self-contained HTML page: no network, no script needed, light and dark, print and phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from monazite.results.report.page import page
from monazite.results.report.plain import plain_html

if TYPE_CHECKING:
    from monazite.results.result import Result

DEPENDENCE = "dependence"


def report_html(result: Result) -> str:
    """The report of a result, as the text of one HTML file.

    The file loads nothing: style, drawings and the few lines of script stand inside it, and its
    content security policy forbids everything else. Without the script it is complete; the script
    adds search and sorting. The same result gives the same text.
    """
    return page(result) if result.study == DEPENDENCE else plain_html(result)
