"""The report in a real browser: no network, no sideways scroll, no barrier; by keyboard, without script."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from monazite.results.files import write
from monazite.results.frame import Frame
from monazite.studies.dependence import dependence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route

pytestmark = pytest.mark.needs("browser")

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
EVIL = """</style></script><script>window.bad = 1</script><img src=x onerror="window.bad = 1"><svg>"""
WIDTHS = (1240, 768, 375)
THEMES = ("light", "dark")
TOO_WIDE = """() => Array.from(document.querySelectorAll("body *")).filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width > 0 && box.right > innerWidth + 1 && !one.closest(".box, .skip, svg");
}).map((one) => one.tagName + "." + one.className + " " + one.textContent.slice(0, 40))"""
OUTSIDE = """() => Array.from(document.querySelectorAll(".drawing svg text")).filter((one) => {
  const box = one.getBoundingClientRect();
  return box.width > 0 && (box.left < -1 || box.right > innerWidth + 1);
}).map((one) => one.textContent)"""
COLUMN = """(place) => Array.from(
  document.querySelectorAll(".ranking tbody tr"), (row) => row.cells[place].innerText
)"""
OPEN_ALL = "() => { for (const one of document.querySelectorAll('details')) one.open = true; }"


class Opened(NamedTuple):
    """A page, every address it asked for, and every complaint it made."""

    page: Page
    asked: list[str]
    complaints: list[str]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(dependence(), tmp_path_factory.mktemp("report") / "report.html")


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium), args=QUIET)
        yield browser
        browser.close()


def opened(
    browser: Browser, report: Path, width: int = 1240, theme: str = "light", *, script: bool = True
) -> Opened:
    """Open the report as a reader with this screen and taste would."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if theme == "dark" else "light",
        java_script_enabled=script,
        reduced_motion="reduce",
    )
    asked: list[str] = []
    complaints: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        if route.request.url == report.as_uri():
            route.continue_()
        else:
            route.abort()

    context.route("**/*", answer)
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(report.as_uri())
    return Opened(page, asked, complaints)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_the_screen_and_asks_for_nothing(
    browser: Browser, report: Path, width: int, theme: str
) -> None:
    page, asked, complaints = opened(browser, report, width, theme)
    page.evaluate(OPEN_ALL)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(TOO_WIDE) == []
    assert page.evaluate(OUTSIDE) == []
    assert asked == [report.as_uri()]
    assert complaints == []
    page.context.close()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_it_has_no_barrier(browser: Browser, report: Path, width: int, theme: str) -> None:
    page, _, _ = opened(browser, report, width, theme)
    for details in page.locator("details").all()[:6]:
        details.evaluate("(one) => { one.open = true; }")
    page.evaluate("() => { document.querySelector('.finding').open = true; }")
    found = Axe().run(page)
    told = [(one["id"], one["nodes"][0]["html"][:200]) for one in found.response["violations"]]
    assert told == []
    page.context.close()


def test_search_works_by_keyboard(browser: Browser, report: Path) -> None:
    page, _, complaints = opened(browser, report)
    page.get_by_label("Find a material").focus()
    page.keyboard.type("belgium")
    shown = page.locator(".ranking tbody tr:visible")
    assert shown.count() == 1
    assert "Germanium" in shown.first.inner_text()
    assert page.get_by_role("status").inner_text().startswith("1 of ")
    page.keyboard.press("Escape")
    assert shown.count() == page.locator(".ranking tbody tr").count()
    assert complaints == []
    page.context.close()


def test_sorting_works_by_keyboard_and_leaves_rows_without_a_key_last(browser: Browser, report: Path) -> None:
    page, _, _ = opened(browser, report)
    button = page.get_by_role("button", name="Net import reliance")
    head = page.locator(".ranking thead th").nth(1)
    assert head.get_attribute("aria-sort") == "none"
    button.focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert page.evaluate(COLUMN, 1)[0].startswith("100%")
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    cells = page.evaluate(COLUMN, 1)
    assert cells[0].startswith("net exporter")
    assert "MCS 2026 publishes no net import reliance" in "".join(cells[-6:])
    page.context.close()


def test_sorting_by_name_is_alphabetical(browser: Browser, report: Path) -> None:
    page, _, _ = opened(browser, report)
    page.get_by_role("button", name="Material").click()
    names = [name.split("\n")[0].casefold() for name in page.evaluate(COLUMN, 0)]
    assert names[0].startswith("aluminum")
    assert names[-1].startswith("zirconium")
    page.context.close()


def test_a_row_leads_to_its_card_and_a_finding_to_its_rule(browser: Browser, report: Path) -> None:
    page, _, _ = opened(browser, report)
    page.locator(".ranking a", has_text="Gallium").click()
    assert page.locator("#m-gallium").is_visible()
    page.locator("#m-gallium a.rule").first.click()
    assert page.locator("#rule-not-comparable").is_visible()
    page.context.close()


def test_on_a_phone_rows_are_stacked_and_labelled(browser: Browser, report: Path) -> None:
    page, _, _ = opened(browser, report, 375)
    box = page.locator(".box.tall")
    assert box.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    row = page.locator(".ranking tbody tr").first
    assert row.get_by_role("cell").count() == 6, "a table still, to a screen reader"
    labels = row.locator("td").evaluate_all(
        "(cells) => cells.map((one) => getComputedStyle(one, '::before').content)"
    )
    assert labels[1:4] == ['"Leading import source"', '"Source HHI"', '"Leading world producer"']
    page.get_by_role("button", name="Material").click()
    assert page.evaluate(COLUMN, 0)[0].startswith("Aluminum")
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_latest_year_is_seen_first(browser: Browser, report: Path, width: int) -> None:
    page, _, _ = opened(browser, report, width)
    page.locator("#m-germanium").locator("..").evaluate("(one) => { one.open = true; }")
    latest = page.locator("#m-germanium .figures thead th", has_text="2025")
    box = latest.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_without_script_the_table_is_whole_and_nothing_is_dead(
    browser: Browser, report: Path, width: int
) -> None:
    page, asked, _ = opened(browser, report, width, script=False)
    assert page.locator(".ranking tbody tr").count() == len(dependence().table)
    assert page.locator(".ranking tbody tr:visible").count() == len(dependence().table)
    assert page.locator(".search:visible, button:visible").count() == 0
    assert page.locator("figure:visible").count() == 4
    assert asked == [report.as_uri()]
    page.context.close()


def test_a_hostile_name_does_not_run(browser: Browser, tmp_path: Path) -> None:
    result = dependence()
    names = ("name", "form", "leading_source_name", "world_leader_name", "uses", "reason")
    rows = ({**row, **{name: f"{row[name]} {EVIL}" for name in names}} for row in result.table)
    hostile = replace(result, title=EVIL, table=Frame(result.table.table, tuple(rows)))
    page, asked, complaints = opened(browser, write(hostile, tmp_path / "hostile.html"))
    page.evaluate(OPEN_ALL)
    assert page.evaluate("window.bad") is None
    assert page.locator("img, svg svg").count() == 0
    assert page.locator("h1").inner_text() == EVIL
    assert page.locator("script").count() == 1
    assert asked == [(tmp_path / "hostile.html").as_uri()]
    assert complaints == []
    page.context.close()


def test_printing_opens_findings_leaves_cards_and_hides_the_controls(browser: Browser, report: Path) -> None:
    page, _, _ = opened(browser, report)
    page.emulate_media(media="print")
    assert not page.locator(".search").is_visible()
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    assert page.locator(".finding:not([open]), .digests:not([open]), .data:not([open])").count() == 0
    assert page.locator(".card[open]").count() == 0
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0
    page.context.close()
