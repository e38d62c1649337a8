"""What may be asked of the audit, from Python and on the command line, and how it is written."""

from __future__ import annotations

import json
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest

from monazite.errors import DataMissingError, StoreError, UnknownCodeError, UsageError
from monazite.interfaces.cli import main
from monazite.schema.audit import AUDIT_ROW
from monazite.studies.audit import audit
from monazite.studies.audit.report import report_html

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from monazite.store.home import Store

    Make = Callable[..., dict[str, Any]]
    MadeUp = Callable[[Path], Callable[..., Store]]

NASTY = "<script>alert(1)</script>"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, made_up: MadeUp, flow: Make, figure: Make) -> Store:
    """A dead code, a repeated record, a slip, and a name that would like to be markup."""
    keep = made_up(tmp_path_factory.mktemp("asked"))
    rows = [flow(y, 8e6 if y < 2016 else 1e5, 100.0, code="811230") for y in range(2010, 2021)]
    rows += [flow(y, 1e6, 100.0) for y in range(2010, 2021)]
    keep(*rows)
    values = [1e5, 1.1e5, 100.0, 1.2e5, 1e5]
    told = [figure(2018 + n, v, chapter=NASTY, section="world") for n, v in enumerate(values)]
    return keep(*told, by="stones", table="mineral_statistic")


@pytest.fixture(scope="module")
def doubled(tmp_path_factory: pytest.TempPathFactory, made_up: MadeUp, flow: Make) -> Store:
    """One record in two files."""
    keep = made_up(tmp_path_factory.mktemp("doubled"))
    keep(flow(2020, 1e6, 1.0))
    return keep(flow(2020, 1e6, 1.0), flow(2019, 1e6, 1.0))


def test_a_table_or_a_source_narrows_the_audit(store: Store) -> None:
    assert {row["source"] for row in audit("trade", store=store).table} == {"made"}
    assert {row["source"] for row in audit(["stones"], store=store).table} == {"stones"}
    assert {row["source"] for row in audit(store=store).table} == {"made", "stones"}


def test_rules_and_severities_narrow_it_too(store: Store) -> None:
    assert {row["rule"] for row in audit(store=store, rules=["code-dead"]).table} == {"code-dead"}
    told = audit(store=store, severities=["warning"])
    assert {row["severity"] for row in told.table} == {"warning"}
    assert audit(store=store, rules=["code-dead"], severities=["note"]).table.rows == ()


def test_since_keeps_earlier_years_as_the_measure(store: Store) -> None:
    """The slip of 2020 is judged by the years before it, which are not told themselves."""
    assert audit(store=store, since=2016, rules=["code-dead"]).table.rows[0]["found"] == 1
    assert audit(store=store, since=2017, rules=["code-dead"]).table.rows[0]["found"] == 0
    assert audit(store=store, since=2020, rules=["figure-implausible"]).table.rows[0]["found"] == 1


def test_a_check_that_found_nothing_says_how_much_it_looked_at(store: Store) -> None:
    row = audit(store=store).table.one(rule="record-repeated", source="made")
    assert (row["found"], row["examined"], row["told"]) == (0, 22, "nothing found")


def test_every_finding_has_its_row_in_the_table(store: Store) -> None:
    result = audit(store=store)
    told = {(row["rule"], row["source"]): row["found"] for row in result.table if row["found"]}
    assert {(one.rule, one.subject): one.rows for one in result.findings} == told


def test_rows_are_limited_and_counts_are_not(store: Store) -> None:
    whole, one = (audit(store=store, rules=["quantity-missing", "figures-frozen"], rows=n) for n in (99, 1))
    assert [row["found"] for row in one.table] == [row["found"] for row in whole.table]
    assert len(one.details["rows"].where(rule="figures-frozen")) == 1


@pytest.mark.parametrize(
    ("asked", "error", "told"),
    [
        ({"about": "wmdd"}, UnknownCodeError, "nearest: wmd"),
        ({"about": "baci"}, DataMissingError, "nothing of baci is loaded. Loaded and audited are made, "),
        ({"about": "code"}, DataMissingError, "no audit of table code"),
        ({"about": "indicator"}, DataMissingError, "nothing of indicator is loaded"),
        ({"rules": ["code-ded"]}, UnknownCodeError, "nearest: code-dead"),
        ({"severities": ["grave"]}, UnknownCodeError, "severity"),
        ({"rows": 0}, UsageError, "at least 1"),
    ],
)
def test_what_cannot_be_asked(store: Store, asked: dict[str, Any], error: type[Exception], told: str) -> None:
    with pytest.raises(error, match=told):
        audit(store=store, **asked)


def test_an_empty_store_says_what_to_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "--store", str(tmp_path / "none")]) == 3
    assert "monazite load" in capsys.readouterr().err


def test_the_terminal_shows_rule_count_rows_and_hint(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", "made", "--store", str(store.folder), "--rule", "code-dead"]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "code-dead warning, made: 1 of 2 codes." in told
    assert "· HS2017 811230: $8 M in the year before, $100,000 in 2016; expected trade in every year" in told
    assert "→ Find the successor" in told
    assert "22 rows audited (made). 1 warning." in told


def test_json_is_everything_and_csv_the_rows(
    store: Store, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    folder = str(store.folder)
    assert main(["audit", "--store", folder, "--format", "json"]) == 0
    told = json.loads(capsysbinary.readouterr().out)
    assert {one["rule"] for one in told["findings"]} >= {"code-dead", "figure-implausible"}
    assert told["details"]["rows"]["rows"][0].keys() == set(AUDIT_ROW.names)
    assert main(["audit", "--store", folder, "--format", "csv", "--rule", "code-dead"]) == 0
    head, row = capsysbinary.readouterr().out.decode().strip().split("\r\n")
    assert head.startswith("rule,table,source,told_by,rank,subject")
    assert row.startswith("code-dead,trade,made,audit,1,HS2017 811230")


@pytest.mark.parametrize(
    ("about", "fail_on", "code"),
    [("store", "error", 0), ("store", "warning", 1), ("doubled", "error", 1), ("doubled", None, 0)],
)
def test_grave_findings_fail_if_asked_to(
    request: pytest.FixtureRequest, tmp_path: Path, about: str, fail_on: str | None, code: int
) -> None:
    folder = request.getfixturevalue(about).folder
    options = ["--fail-on", fail_on] if fail_on else []
    assert main(["audit", "--store", str(folder), "-o", str(tmp_path / "told.json"), *options]) == code
    assert (tmp_path / "told.json").is_file()


@pytest.fixture(scope="module")
def bound(tmp_path_factory: pytest.TempPathFactory, made_up: MadeUp, flow: Make) -> Store:
    """A wrong quantity, and a witness whose records may not be passed on."""
    keep = made_up(tmp_path_factory.mktemp("bound"))
    peers = [flow(y, 2e6, 2000.0, importer=f"P{n:02}") for n in range(12) for y in range(2010, 2021)]
    keep(*peers, *(flow(y, 2e6, 200.0 if y == 2015 else 2000.0) for y in range(2010, 2021)))
    told = (flow(y, 2e6, 2000.0, reporter="CAN", flow="import") for y in range(2010, 2021))
    return keep(*told, by="secret", terms="forbidden")


def test_a_quoted_witness_is_a_source_of_the_answer(bound: Store) -> None:
    asked: dict[str, Any] = {"store": bound, "rules": ["quantity-implausible"]}
    told = audit("made", **asked)
    assert [one.title for one in told.sources] == ["Made up made", "Made up secret"]
    free = audit("made", **asked, only_free=True)
    assert [one.title for one in free.sources] == ["Made up made"]
    evidence = [result.details["rows"].rows[0]["evidence"] for result in (told, free)]
    assert "secret" in evidence[0]
    assert evidence[1] is None


@pytest.mark.parametrize(
    ("options", "code"),
    [([], 5), (["--own-use"], 0), (["--redistributable"], 0), (["--rule", "code-dead"], 0)],
)
def test_what_may_not_be_passed_on_is_not_written(
    bound: Store, tmp_path: Path, options: list[str], code: int
) -> None:
    path = tmp_path / "told.json"
    assert main(["audit", "made", "--store", str(bound.folder), "-o", str(path), *options]) == code
    assert path.is_file() is (code == 0)


class Page(HTMLParser):
    """What a page holds: its tags, its identifiers, its links, its text."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.links: set[str] = set()
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append(tag)
        told = dict(attrs)
        self.names |= {told["id"]} if told.get("id") else set()  # type: ignore[arg-type] # just tested
        self.links |= {told["href"]} if told.get("href") else set()  # type: ignore[arg-type] # as above

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data


def test_the_report_is_one_page_without_script_or_network(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "audit.html"
    assert (
        main(["audit", "--store", str(store.folder), "-o", str(tmp_path / "a.json"), "--report", str(path)])
        == 0
    )
    text = path.read_text(encoding="utf-8")
    page = Page(text)
    assert "script" not in page.tags
    assert "default-src 'none'" in unescape(text)
    assert {link for link in page.links if not link.startswith(("#", "data:"))} == set()
    assert {link[1:] for link in page.links if link.startswith("#")} <= page.names
    assert NASTY in page.text
    assert report_html(audit(store=store)) == report_html(audit(store=store))


def test_a_clean_store_has_a_report_too(tmp_path: Path, made_up: MadeUp, flow: Make) -> None:
    kept = made_up(tmp_path)(*(flow(y, 1e6 + y, 9.0) for y in range(2015, 2020)))
    result = audit(store=kept)
    assert result.findings == ()
    assert "Nothing found" in Page(report_html(result)).text


def test_the_citation_names_publisher_and_edition(store: Store) -> None:
    assert (
        audit("made", store=store)
        .cite()
        .endswith("Audit of made. Data: Nobody, Made up made, first (1 files).")
    )


def test_a_damaged_table_is_told_as_such(tmp_path: Path, made_up: MadeUp, flow: Make) -> None:
    kept = made_up(tmp_path)(*(flow(y, 1e6 + y, 9.0) for y in range(2015, 2020)))
    for path in (kept.folder / "tables" / "trade").rglob("*.parquet"):
        path.write_bytes(path.read_bytes()[:-100] + b"x" * 100)
    with pytest.raises(StoreError, match=r"trade|parquet"):
        audit(store=kept)
