"""The page: what the template is given, and the policy that keeps the network out."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from monazite.results import words
from monazite.results.charts import charts
from monazite.results.charts.concentration import entries
from monazite.results.charts.sources_map import leaders
from monazite.results.charts.style import source_line
from monazite.results.report.cards import cards
from monazite.results.report.found import by_rule
from monazite.results.report.ranking import ranking
from monazite.results.svg import svg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from monazite.results.charts.style import Spec
    from monazite.results.result import Result

HERE = Path(__file__).parent
ONE_DRAWING = {"sources_map"}
# Cards that stand open from the start.
FEW = 3


def page(result: Result) -> str:
    """The page of the dependence study."""
    return filled(
        "template.html.jinja",
        result,
        drawings=drawings(charts(result), charts(result, narrow=True)),
        leaders=leaders(result),
        entries=entries(result),
        few=FEW,
        rows=ranking(result),
        cards=cards(result),
        rules=by_rule(result),
    )


def filled(template: str, result: Result, **told: object) -> str:
    """Fill a template that extends the base from a result and what that page shows besides."""
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"edition": words.edition, "editions": words.editions}
    text: str = environment.get_template(template).render(context(result) | told)
    return text


def context(result: Result) -> dict[str, Any]:
    """What every page shows."""
    return {
        "result": result,
        "style": Markup(asset("report.css")),  # noqa: S704 - our own file, no data in it
        "script": Markup(asset("report.js")),  # noqa: S704 - our own file, no data in it
        "policy": policy(asset("report.js")),
        "source": source_line(result),
        "paragraphs": [part.strip() for part in result.method.split("\n\n") if part.strip()],
    }


def asset(name: str) -> str:
    """A file that stands beside this one."""
    return (HERE / name).read_text(encoding="utf-8")


def policy(script: str) -> str:
    """Content security policy: this style, this one script, nothing from anywhere."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:;"
        " base-uri 'none'; form-action 'none'"
    )


def drawings(wide: Mapping[str, Spec], narrow: Mapping[str, Spec]) -> dict[str, dict[str, Any]]:
    """Every chart: its message, what it draws, and the drawing for a page and for a telephone."""
    return {
        name: {
            "title": spec["title"]["text"],
            "subtitle": " ".join(spec["title"]["subtitle"][:-1]),
            "source": spec["title"]["subtitle"][-1],
            "wide": drawn(spec, name),
            "narrow": None if name in ONE_DRAWING else drawn(narrow[name], f"{name}-narrow"),
        }
        for name, spec in wide.items()
    }


def drawn(spec: dict[str, Any], name: str) -> Markup:
    """A chart without its title, which the page sets in its own type."""
    return Markup(svg({key: part for key, part in spec.items() if key != "title"}, name))  # noqa: S704 - escaped
