"""The report is one file that needs nothing, hides nothing and lets nothing out of a name."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from monazite.errors import OutputError
from monazite.results.files import write
from monazite.results.frame import Frame
from monazite.results.notebook import notebook_html
from monazite.results.report import report_html
from monazite.results.report.ranking import ranking
from monazite.results.report.spark import spark
from monazite.studies.dependence import dependence

if TYPE_CHECKING:
    from pathlib import Path

    from monazite.results.result import Result

EVIL = """</style></script><script>window.bad = 1</script><img src=x onerror="window.bad = 1">'&{{ 7 * 7 }}"""
MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def result() -> Result:
    return dependence()


@pytest.fixture(scope="module")
def report(result: Result) -> str:
    return report_html(result)


def text(markup: str) -> str:
    """What a reader reads, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def poisoned(result: Result) -> Result:
    """The result with a hostile string in every text that files or people supply."""

    def poison(frame: Frame, names: set[str]) -> Frame:
        rows = ({**row, **{name: f"{row[name]}{EVIL}" for name in names if row[name]}} for row in frame)
        return Frame(frame.table, tuple(rows))

    free = {
        column.name for column in result.table.table.columns if column.type == "text" and not column.codes
    }
    kept = {"item", "leading_source", "findings", "as_of", "previous_as_of"}
    return replace(
        result,
        title=EVIL,
        question=EVIL,
        method=EVIL,
        version=EVIL,
        notes=(EVIL,),
        parameters={**result.parameters, "materials": (EVIL,)},
        table=poison(result.table, free - kept),
        details={
            "series": poison(result.details["series"], {"series", "unit", "published"}),
            "sources": poison(result.details["sources"], {"name"}),
            "producers": poison(result.details["producers"], {"name", "unit"}),
        },
        findings=tuple(
            replace(f, rule=f.rule + EVIL, where=EVIL, found=EVIL, hint=EVIL) for f in result.findings
        ),
        sources=tuple(replace(s, title=EVIL, doi=EVIL, snapshots=(EVIL,)) for s in result.sources),
        headlines=tuple(replace(h, label=EVIL, value=EVIL, detail=EVIL) for h in result.headlines),
    )


def test_the_file_loads_nothing(report: str) -> None:
    links = re.findall(r'<a [^>]*href="([^"]+)"', report)
    assert [link for link in links if not link.startswith(("#", "https://doi.org/"))] == []
    loaded = re.findall(r'(?<!<a )\b(?:src|srcset|action|data|poster)="[^"]*"', report)
    assert loaded == []
    assert re.findall(r"<(?:link|base|iframe|object|embed|form|img)\b[^>]*>", report) == [
        '<link rel="icon" href="data:,">'
    ]
    outside = re.sub(r'<a [^>]*>|xmlns(?::xlink)?="[^"]*"', "", report)
    cited = re.sub(r"https://doi\.org/\S+", "", outside)
    assert not re.findall(r"(?:https?:)?//[a-z]|@import|url\((?!#)", cited)


def test_the_policy_lets_only_the_one_script_run(report: str) -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", report, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = html.unescape(re.findall(r'Content-Security-Policy" content="([^"]+)"', report)[0])
    assert policy.startswith(f"default-src 'none'; script-src 'sha256-{digest}'; ")
    assert not re.findall(r"\son[a-z]+=", re.sub(r"<script>.*</script>", "", report, flags=re.DOTALL))


def test_the_same_result_gives_the_same_bytes(result: Result, report: str) -> None:
    assert report_html(result) == report


def test_the_file_can_be_sent_by_mail(report: str) -> None:
    assert len(report.encode()) < 1.5 * MEGABYTE


def test_every_row_of_the_answer_stands_in_the_table(result: Result, report: str) -> None:
    (table,) = re.findall(r'<table class="ranking".*?</table>', report, re.DOTALL)
    assert table.count('<tr role="row">') == len(result.table) + 1
    assert f'role="status">{len(result.table)} rows</p>' in report


def test_no_cell_is_left_blank(report: str) -> None:
    cells = re.findall(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", report, re.DOTALL)
    assert len(cells) > 1000
    assert [cell for cell in cells if not text(cell)] == []


def test_a_row_without_a_figure_gives_its_reason(result: Result, report: str) -> None:
    silent = [row for row in result.table if row["reliance_high"] is None]
    assert silent
    for row in silent:
        assert row["reason"]
        assert text(html.escape(row["reason"])) in text(report)


def test_every_headline_finding_source_and_digest_is_shown(result: Result, report: str) -> None:
    read = text(report)
    for headline in result.headlines:
        assert f"{headline.label} {headline.value} {headline.detail}" in read
    for finding in result.findings:
        assert " ".join(finding.found.split()) in read
    for source in result.sources:
        assert f'href="https://doi.org/{source.doi}"' in report
        assert all(digest in read for digest in source.snapshots)
    assert result.cite() in read
    assert f"monazite {result.version}" in read


def test_every_chart_has_its_source_line(report: str) -> None:
    figures = re.findall(r"<figure.*?</figure>", report, re.DOTALL)
    assert len(figures) == 4
    for figure in figures:
        assert text(re.findall(r"<h3[^>]*>(.*?)</h3>", figure)[0])
        assert "doi:10.5066/P1WKQ63T" in re.findall(r"<figcaption>(.*?)</figcaption>", figure)[0]


def test_every_link_inside_the_page_arrives(report: str) -> None:
    identifiers = re.findall(r'\sid="([^"]+)"', report)
    assert len(identifiers) == len(set(identifiers))
    targets = re.findall(r'href="#([^"]+)"', report)
    assert set(targets) <= set(identifiers)
    assert set(re.findall(r"url\(#([^)]+)\)", report)) <= set(identifiers)


def test_marks_are_told_in_words(result: Result, report: str) -> None:
    marks = {row["published"] for row in result.details["series"]}
    assert {"W", "NA", "E"} <= marks
    tables = re.findall(r'<table class="(?:ranking|figures)".*?</table>', report, re.DOTALL)
    cells = {
        text(cell) for table in tables for cell in re.findall(r"<td\b[^>]*>(.*?)</td>", table, re.DOTALL)
    }
    assert {"withheld", "not available", "net exporter"} <= {cell.removesuffix(" e") for cell in cells}
    assert not cells & {"W", "NA", "E", "XX", "None", "nan", "inf", "W e", "NA e", "E e"}


@pytest.mark.parametrize("shown", [report_html, notebook_html])
def test_a_hostile_name_stays_text(result: Result, shown: Any) -> None:  # noqa: ANN401 - either function
    page = str(shown(poisoned(result)))
    assert "<script>window" not in page
    assert "<img src=x" not in page
    assert 'onerror="window' not in page.replace("&#34;", '"').replace("&quot;", '"') or "<img" not in page
    assert page.count("<script") <= 1
    assert page.count("</style>") <= 1
    assert "{{ 7 * 7 }}" in html.unescape(page)


def test_one_material_and_one_without_a_figure_have_reports_too() -> None:
    assert "Gallium: 100%" in text(report_html(dependence(("gallium",))))
    uranium = report_html(dependence(("uranium",)))
    assert "<figure" not in uranium
    assert "MCS 2026 has no chapter on uranium" in text(uranium)


@pytest.mark.parametrize("as_of", ["mcs2026", "mcs2025"])
def test_a_reader_meets_names_and_words_not_the_machine_s(as_of: str) -> None:
    asked = dependence("all", as_of=as_of)
    page = re.sub(r"<(script|style)>.*?</\1>", "", report_html(asked), flags=re.DOTALL)
    read = text(page).replace(html.escape(asked.cite(), quote=False), "").replace(asked.cite(), "")
    assert re.findall(r"(?<![\w./-])mcs\d{4}(?![\w-])", read) == []
    assert re.findall(r"\b\w+_(?:pct|ct|kt|t|kg|g)\b", read) == [], "headings of columns"
    assert re.findall(r"(?<!\S)--\w+", read) == [], "options of the command line"
    assert re.findall(r"\d %", re.sub(r"<[^>]+>", "|", page)) == []


def test_what_is_a_group_s_is_marked_as_the_group_s(result: Result) -> None:
    rows = {row.name.text: row for row in ranking(result)}
    cerium, erbium = rows["Cerium"], rows["Erbium"]
    assert cerium.source.under == "71% of imports of rare-earth compounds and metals, the group’s"
    assert cerium.source_index.under == "the group’s"
    assert cerium.leader.under.endswith("of mine production, the group’s")
    assert erbium.source.under == "51% of imports of erbium compounds and metals"
    assert erbium.source_index.under == ""
    assert rows["Fluorspar"].source.under == "64% of imports"
    assert "Given for rare earths as a group." in text(report_html(dependence("cerium")))


def test_no_producer_leads_where_those_not_named_make_more() -> None:
    rows = {row.name.text: row.leader for row in ranking(dependence("all"))}
    assert rows["Krypton"][:2] == ("not known", "countries not named make more than any that is")
    assert rows["Uranium"][:2] == ("not published", "")


def test_a_row_may_have_no_stage(result: Result) -> None:
    rows = tuple({**row, "stage": None, "form": None} for row in result.table.where(item="tin.refined"))
    bare = replace(result, table=Frame(result.table.table, rows), findings=())
    assert ranking(bare)[0].name.under == ""
    assert "None" not in text(re.findall(r"<main.*?</main>", report_html(bare), re.DOTALL)[0])


def test_this_edition_stands_before_the_earlier_one(report: str) -> None:
    (table,) = re.findall(r'aria-label="Figures by year: Cobalt.*?</table>', report, re.DOTALL)
    heads = [text(head) for head in re.findall(r'<th scope="row">(.*?)</th>', table, re.DOTALL)]
    assert heads[:2] == ["Net import reliance, MCS 2026 %", "Net import reliance, MCS 2025 %"]


def test_few_materials_stand_open() -> None:
    assert report_html(dependence(("Sb", "Co", "Ge"))).count('<details class="card" open>') == 3
    assert '<details class="card" open>' not in report_html(dependence(("Sb", "Co", "Ge", "Sn")))


def test_every_point_of_the_concentration_chart_can_be_looked_up(report: str) -> None:
    (table,) = re.findall(r'<details class="data">.*?</details>', report, re.DOTALL)
    assert "Niobium 0.52–0.54 0.87" in text(table)
    assert "uranium" in text(table)


def test_net_exporters_and_bounds_sort_below_and_above_exact_figures(result: Result) -> None:
    keys = {row.name.text: row.reliance.key for row in ranking(result)}
    assert keys["Hafnium"] == ""
    assert float(keys["Boron"]) < float(keys["Zirconium"]) < float(keys["Phosphate rock"])
    assert float(keys["Nickel"]) < float(keys["Germanium"]) < float(keys["Copper"])


def test_a_trend_draws_editions_apart_and_never_joins_years_that_do_not_follow() -> None:
    def row(year: int, low: float | None, high: float | None) -> dict[str, Any]:
        return {"year": year, "low": low, "high": high, "published": "1", "obs_status": "normal"}

    drawn = spark(
        [("mcs2025", [row(2020, 0.5, 0.5)]), ("mcs2026", [row(2021, 0.6, 0.6), row(2022, 0.7, 0.7)])]
    )
    assert drawn.count("<polyline") == 1
    gap = spark([("mcs2026", [row(2021, 0.6, 0.6), row(2022, 0.5, 1.0), row(2023, 0.7, 0.7)])])
    assert gap.count("<polyline") == 0
    assert gap.count("<rect") == 1
    assert spark([("mcs2026", [row(2021, None, None)])]) == ""


def test_the_report_is_written_whole_or_not_at_all(result: Result, report: str, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    assert write(result, path) == path
    assert path.read_text(encoding="utf-8") == report
    with pytest.raises(OutputError, match="no folder"):
        write(result, tmp_path / "missing" / "report.html")
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.html"]


def test_a_notebook_shows_figures_reasons_and_findings(result: Result) -> None:
    shown = text(notebook_html(result))
    assert result.title in shown
    assert "vintage-revised (" in shown
    assert f"{len(result.table) - 25} more rows" in shown
    hafnium = text(notebook_html(dependence(("hafnium",))))
    assert "MCS 2026 prints NA" in hafnium
