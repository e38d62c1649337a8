"""The page of any answer: one file that needs nothing, hides nothing and lets nothing out of a name."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from monazite.results import shown
from monazite.results.files import render
from monazite.results.frame import Frame
from monazite.results.notebook import notebook_html
from monazite.results.report import report_html
from monazite.results.report.plain import MOST, plain_html
from monazite.results.shown import Shown
from monazite.schema.columns import Column
from monazite.schema.findings import finding
from monazite.schema.tables import Table
from monazite.studies.imports import imports
from monazite.studies.nomenclature.answer import answer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from monazite.results.result import Result

EVIL = """</style></script><script>window.bad = 1</script><img src=x onerror="window.bad = 1">'&{{ 7 * 7 }}"""
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"]
TOO_WIDE = """() => Array.from(document.querySelectorAll("body *")).filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width > 0 && box.right > innerWidth + 1 && !one.closest(".box, .skip, svg");
}).map((one) => one.tagName + "." + one.className + " " + one.textContent.slice(0, 40))"""
OPEN_ALL = "() => { for (const one of document.querySelectorAll('details')) one.open = true; }"
TABLE = Table(
    "made_up",
    "Made up.",
    (
        Column("id", "text", "Id.", key=True),
        Column("name", "text", "Name."),
        Column("share_low", "number", "Share.", unit="1"),
        Column("share_high", "number", "Share.", unit="1"),
        Column("cost_usd", "number", "Cost.", unit="USD"),
        Column("empty", "text", "Nothing."),
        Column("findings", "text", "Rules."),
    ),
)
ROWS = (
    {"id": "a", "name": "First", "share_low": 0.2, "share_high": 0.4, "cost_usd": 1.25e9, "empty": None,
     "findings": "code-basket"},
    {"id": "b", "name": "Second", "share_low": None, "share_high": None, "cost_usd": 0.0, "empty": None,
     "findings": None},
)  # fmt: skip


@pytest.fixture(scope="module")
def result() -> Result:
    return imports("batteries")


@pytest.fixture(scope="module")
def report(result: Result) -> str:
    return report_html(result)


@pytest.fixture
def made_up() -> Result:
    """An answer nothing is declared for: no chart, no chosen columns, no source."""
    told = finding("code-basket", "a", where="here", found="two metals", expected="one")
    return answer("Made up", Frame(TABLE, ROWS), method="None.", parameters={"top": 2}, findings=[told])


def text(markup: str) -> str:
    """What a reader reads, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def test_the_file_loads_nothing_and_only_its_own_script_may_run(report: str) -> None:
    assert re.findall(r"<(?:link|base|iframe|object|embed|form|img)\b[^>]*>", report) == [
        '<link rel="icon" href="data:,">'
    ]
    links = re.findall(r'<a [^>]*href="([^"]+)"', report)
    assert [link for link in links if not link.startswith("#")] == []
    (script,) = re.findall(r"<script>(.*?)</script>", report, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = html.unescape(re.findall(r'Content-Security-Policy" content="([^"]+)"', report)[0])
    assert policy.startswith(f"default-src 'none'; script-src 'sha256-{digest}'; ")


def test_the_same_result_gives_the_same_bytes(result: Result, report: str) -> None:
    assert report_html(result) == report


def test_rows_headlines_findings_and_sources_are_shown(result: Result, report: str) -> None:
    (table,) = re.findall(r'<table class="ranking plain".*?</table>', report, re.DOTALL)
    assert table.count('<tr role="row">') == len(result.table) + 1
    read = text(report)
    for headline in result.headlines:
        assert f"{headline.label} {headline.value} {headline.detail}" in read
    for one in result.findings:
        assert one.found in read
    for source in result.sources:
        assert all(digest in read for digest in source.snapshots)
    assert result.cite() in read
    assert "doi" not in report.partition("<body>")[2].lower()


def test_every_chart_has_its_message_and_source(report: str) -> None:
    figures = re.findall(r"<figure.*?</figure>", report, re.DOTALL)
    assert len(figures) == 2
    for figure in figures:
        assert text(re.findall(r"<h3[^>]*>(.*?)</h3>", figure)[0])
        assert "U.S. Census Bureau" in re.findall(r"<figcaption>(.*?)</figcaption>", figure)[0]


def test_no_cell_is_left_blank(report: str) -> None:
    cells = re.findall(r"<t[dh]\b[^>]*>(.*?)</t[dh]>", report, re.DOTALL)
    assert len(cells) > 200
    assert [cell for cell in cells if not text(cell)] == []


def test_every_link_inside_the_page_arrives(report: str) -> None:
    identifiers = re.findall(r'\sid="([^"]+)"', report)
    assert len(identifiers) == len(set(identifiers))
    assert set(re.findall(r'href="#([^"]+)"', report)) <= set(identifiers)


def test_a_table_behind_is_cut_and_says_so(report: str, result: Result) -> None:
    assert len(result.details["partners"]) > MOST
    assert f"Partners: {len(result.details['partners'])} rows" in text(report)
    assert f"The first {MOST} are shown" in text(report)


def test_an_answer_nothing_is_declared_for_has_a_page_too(made_up: Result) -> None:
    page = plain_html(made_up)
    heads = [text(head) for head in re.findall(r'<th scope="col" role="columnheader".*?</th>', page)]
    assert heads == ["Id", "Name", "Share", "Cost (USD)", "Findings"]
    assert "20–40%" in page
    assert "$1.25 bn" in page
    assert '<a class="rule" href="#rule-code-basket">' in page
    assert "<figure" not in page
    assert "Source: ." not in page


def test_columns_and_charts_may_be_given(made_up: Result) -> None:
    page = plain_html(
        made_up, charts={}, columns=[Shown("Thing", "name", "cost_usd"), Shown("Part", "share")]
    )
    assert '<th scope="row" role="rowheader" data-key="first">First <span class="under">$1.25 bn' in page
    assert "Cost (USD)" not in page


def test_markdown_and_notebook_show_the_same_columns(made_up: Result, result: Result) -> None:
    told = render(made_up, "md").decode()
    assert "| a | First | 20–40% | $1.25 bn | code-basket |" in told
    assert "| b | Second | – | $0 | – |" in told
    assert "Lithium-ion batteries" in str(notebook_html(result))


def test_cells_are_sorted_by_what_they_hold(made_up: Result) -> None:
    share, cost = Shown("Share", "share"), Shown("Cost", "cost_usd")
    keys = [[shown.cell(made_up.table, one, row).key for one in (share, cost)] for row in made_up.table]
    assert keys == [["0.2", "1250000000"], ["", "0"]]


def test_a_hostile_name_stays_text(result: Result) -> None:
    rows = tuple({**row, "name": EVIL, "note": EVIL, "leading_partner_name": EVIL} for row in result.table)
    table = Frame(result.table.table, rows)
    bad = replace(result, table=table, title=EVIL, question=EVIL, method=EVIL, notes=(EVIL,))
    page = report_html(bad)
    assert "<script>window" not in page
    assert "<img src=x" not in page
    assert page.count("<script") == 1


# ── in a browser ─────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=QUIET)
        yield browser
        browser.close()


@pytest.mark.needs("browser")
@pytest.mark.parametrize(("width", "theme"), [(1240, "light"), (1240, "dark"), (375, "light"), (375, "dark")])
def test_it_fits_the_screen_and_asks_for_nothing(
    browser: Browser, report: str, tmp_path: Path, width: int, theme: str
) -> None:
    path = tmp_path / "report.html"
    path.write_text(report, encoding="utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if theme == "dark" else "light"
    )
    asked: list[str] = []
    complaints: list[str] = []
    page = context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(path.as_uri())
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(TOO_WIDE) == []
    assert asked == [path.as_uri()]
    assert complaints == []
    context.close()


@pytest.mark.needs("browser")
def test_search_and_sorting_work(browser: Browser, report: str, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(report, encoding="utf-8")
    page = browser.new_page()
    page.goto(path.as_uri())
    page.fill("#search", "lithium-ion")
    assert page.locator(".ranking tbody tr:visible").count() >= 1
    assert "Lithium-ion batteries" in page.locator(".ranking tbody tr:visible").first.inner_text()
    page.fill("#search", "")
    page.click("text=Imports by value")
    assert "All batteries" in page.locator(".ranking tbody tr").first.inner_text()
    page.close()
