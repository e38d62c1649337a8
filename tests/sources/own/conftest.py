"""A gallery of files as analysts keep them, made here, each with what a careful reader would say of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
import xlsxwriter

from monazite.sources.own import read_mapping
from monazite.sources.own.reading import read
from monazite.sources.source import Account, Given

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

Row = dict[str, Any]
DAY = date(2025, 6, 30)
TRADE = """\
mapping: 1
table: trade
as_of: 2025-06
columns:
  reporter: {value: USA}
  flow: {value: import}
  year: Year
  partner: {from: Country, scheme: name}
  nomenclature: {value: HS}
  code: Code
"""
MONTHLY = """
SELECT
    make_date(2024, CAST(i % 12 + 1 AS INT), 1) AS ref_date,
    ['CHN', 'DEU', 'NAM', 'USA'][1 + i % 4] AS partnerISO,
    [10111, 250410, 280530][1 + i // 12 % 3] AS hs6,
    100.5 * (i + 1) AS value_usd,
    CAST(1000 * (i + 1) AS BIGINT) AS net_weight_kg
FROM range(36) AS rows(i)
"""


@dataclass(frozen=True)
class Kept:
    """What a reading gave: rows, refusals, findings by rule."""

    rows: list[Row]
    account: Account

    @property
    def refused(self) -> list[tuple[int | None, str]]:
        """Line and rule of each refusal."""
        return [(one.line, one.rule) for one in self.account.refused]

    @property
    def found(self) -> set[str]:
        """Rules of the findings."""
        return {one.rule for one in self.account.findings}

    def rows_of(self, rule: str) -> int:
        """How many rows the findings of a rule concern."""
        return sum(one.rows for one in self.account.findings if one.rule == rule)

    @property
    def closed(self) -> bool:
        """Whether every record was stored or refused."""
        return self.account.records == len(self.rows) + len(self.account.refused)


@dataclass(frozen=True)
class Case:
    """A file of the gallery: the table it is meant for, its columns, and how many rows it holds."""

    path: Path
    table: str
    columns: Mapping[str, str]
    rows: int
    refused: int = 0
    constants: Mapping[str, str] = field(default_factory=dict)
    told: frozenset[str] = frozenset()


def kept(file: Path, mapping: Path) -> Kept:
    """Read a file through a mapping, without a store."""
    account = Account()
    given = Given(file, file.name, "0" * 16, DAY, file.parent)
    rows = [row for batch in read(given, account, read_mapping(mapping)) for row in batch.rows]
    return Kept(rows, account)


@pytest.fixture
def read_text(tmp_path: Path) -> Callable[..., Kept]:
    """Read a text as a CSV file through the text of a mapping."""

    def reading(content: str | bytes, mapping: str, name: str = "mine.csv") -> Kept:
        file, told = tmp_path / name, tmp_path / "mine.yaml"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        told.write_text(mapping, encoding="utf-8")
        return kept(file, told)

    return reading


@pytest.fixture
def read_sheet(tmp_path: Path) -> Callable[..., Kept]:
    """Read rows as a workbook through the text of a mapping; ``leading`` are sheets before theirs."""

    def reading(rows: Iterable[Sequence[Any]], mapping: str, *, leading: Sequence[str] = ()) -> Kept:
        told = tmp_path / "mine.yaml"
        told.write_text(mapping, encoding="utf-8")
        return kept(sheet(tmp_path / "mine.xlsx", rows, leading=leading), told)

    return reading


@pytest.fixture
def read_parquet(tmp_path: Path) -> Callable[..., Kept]:
    """Read the rows of a query as Parquet through the text of a mapping."""

    def reading(select: str, mapping: str) -> Kept:
        told = tmp_path / "mine.yaml"
        told.write_text(mapping, encoding="utf-8")
        return kept(parquet(tmp_path / "mine.parquet", select), told)

    return reading


@pytest.fixture
def trade() -> str:
    """A small mapping for trade, to which columns are added."""
    return TRADE


def sheet(
    path: Path, rows: Iterable[Sequence[Any]], name: str = "Data", *, leading: Sequence[str] = ()
) -> Path:
    """Write a workbook; ``leading`` are sheets before the one that matters."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as book:
        for each in leading:
            book.add_worksheet(each).write(0, 0, "Read me first")
        page = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                if cell is not None:
                    page.write(line, place, cell)
    return path


def parquet(path: Path, select: str) -> Path:
    """Write the rows of a query as Parquet."""
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({select}) TO '{path}' (FORMAT parquet)")
    return path


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Case]:
    """Every case, by name."""
    folder = tmp_path_factory.mktemp("gallery")
    cases = (german(folder), american(folder), columnar(folder), french(folder), wide(folder), ledger(folder))
    return {case.path.stem: case for case in (*cases, makers(folder), scores(folder))}


def german(folder: Path) -> Case:
    """A customs extract saved by a German Excel: titles, commas, a total, a source line."""
    lines = [
        "Einfuhr seltener Erden 2024;;;;;",
        ";;;;;",
        "Jahr;Monat;Ursprungsland;Warennummer;Wert (USD);Gewicht (kg)",
    ]
    places = ("China", "Estland", "Österreich", "Japan")
    lines += [f"2024;{n};{places[n % 4 - 1]};28461000;{n}.250,5;{n}.500" for n in range(1, 13)]
    lines += [";;;;;", "Summe;;;;12.345,6;78.000", "Quelle: eigene Zusammenstellung;;;;;"]
    path = folder / "einfuhr_2024.csv"
    path.write_bytes("\r\n".join(lines).encode("cp1252") + b"\r\n")
    columns = {
        "period": "Jahr and Monat",
        "exporter": "Ursprungsland",
        "code": "Warennummer",
        "value_usd": "Wert (USD)",
        "mass_t": "Gewicht (kg)",
    }
    told = frozenset(("total-row", "remark-row", "row-empty"))
    return Case(path, "trade", columns, 12, 2, {"importer": "DEU", "nomenclature": "own"}, told)


def american(folder: Path) -> Case:
    """A workbook with units below the header, a country named once per group, subtotals and a footnote."""
    rows: list[Sequence[Any]] = [
        ["U.S. imports for consumption of antimony"],
        [],
        ["Country of origin", "Year", "HTS Number", "Customs Value", "Net weight"],
        [None, None, None, "USD mn", "kg"],
    ]
    for country in ("China", "Belgium", "Bolivia"):
        for place, year in enumerate((2021, 2022, 2023)):
            rows.append([country if not place else None, year, "8110.10.0000", 1.5 + place, 120_000 + place])
        rows.append([f"{country} Total", None, None, 7.5, 360_003])
    rows.append(["* Preliminary; source: company files"])
    path = sheet(folder / "antimony.xlsx", rows, leading=["Read me"])
    columns = {
        "exporter": "Country of origin",
        "year": "Year",
        "code": "HTS Number",
        "value_usd": "Customs Value USD mn",
        "mass_t": "Net weight kg",
    }
    told = frozenset(("total-row", "remark-row"))
    return Case(path, "trade", columns, 9, 4, {}, told)


def columnar(folder: Path) -> Case:
    """A Parquet file from a colleague's notebook: codes as numbers, days for months."""
    path = parquet(folder / "exports_monthly.parquet", MONTHLY)
    columns = {
        "period": "ref_date",
        "partner": "partnerISO",
        "code": "hs6",
        "value_usd": "value_usd",
        "mass_t": "net_weight_kg",
    }
    told = frozenset(("code-shortened",))
    return Case(path, "trade", columns, 36, 0, {"reporter": "CAN"}, told)


def french(folder: Path) -> Case:
    """A tab-separated export in French with blanks between thousands."""
    lines = ["Période\tPays de destination\tCode SH\tPoids net (kg)\tValeur (USD)"]
    for number, month in enumerate(("janv. 2024", "févr. 2024", "mars 2024", "avr. 2024")):
        lines += [f"{month}\tJapan\t810520\t1 20{number}\t2 345,5"]
        lines += [f"{month}\tCôte d'Ivoire\t260500\t12 00{number}\t98 765,25"]
    path = folder / "exportations.txt"
    path.write_bytes(("\n".join(lines) + "\n").encode("utf-8-sig"))
    columns = {
        "period": "Période",
        "importer": "Pays de destination",
        "code": "Code SH",
        "mass_t": "Poids net (kg)",
        "value_usd": "Valeur (USD)",
    }
    return Case(path, "trade", columns, 8, 0, {"exporter": "FRA"})


def wide(folder: Path) -> Case:
    """Production by year across the columns, with marks instead of numbers."""
    rows: list[Sequence[Any]] = [
        ["Mine production, metric tons"],
        ["Mineral", "Country", 2019, 2020, 2021, 2022],
    ]
    rows += [
        ["Antimony", "China", 89000, 61000, 60000, "W"],
        ["Antimony", "Tajikistan", 28000, "n/a", 26000, 17000],
    ]
    rows += [["Gallium", "China", 338, 317, 423, 606], ["Gallium", "Russia", 8, 5, 5, 5]]
    path = sheet(folder / "production.xlsx", rows)
    columns = {"chapter": "Mineral", "country": "Country", "value": "4 columns"}
    return Case(path, "mineral_statistic", columns, 16, 0, {"measure": "production"})


def ledger(folder: Path) -> Case:
    """A purchasing ledger: days of invoices, ISO codes of two letters, quantities with their units."""
    rows: list[Sequence[Any]] = [
        ["Invoice date", "Supplier country", "HS code", "Qty", "UoM", "Amount (USD)", "Notes"]
    ]
    for number in range(20):
        day = datetime(2024, number % 12 + 1, 15)  # noqa: DTZ001 - a day in a spreadsheet has no zone
        code = ("850511", "280530")[number // 12]
        rows.append(
            [day, ("CN", "JP", "NA", "DE")[number % 4], code, 100 + number, "KG", 2500.5 + number, "ok"]
        )
    path = sheet(folder / "ledger.xlsx", rows)
    columns = {
        "period": "Invoice date",
        "partner": "Supplier country",
        "code": "HS code",
        "quantity": "Qty",
        "quantity_unit": "UoM",
        "value_usd": "Amount (USD)",
    }
    return Case(path, "trade", columns, 20, 0, {"reporter": "USA", "flow": "import"})


def makers(folder: Path) -> Case:
    """A list of suppliers."""
    lines = ["DUNS Number;Company Name;Street address;Country;Activities"]
    lines += [
        f"0{number}5551234;Works {number};{number} Main St;Germany;manufacture" for number in range(1, 7)
    ]
    path = folder / "suppliers.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    columns = {
        "registration": "DUNS Number",
        "firm": "Company Name",
        "address": "Street address",
        "country": "Country",
        "operations": "Activities",
    }
    return Case(path, "establishment", columns, 6)


def scores(folder: Path) -> Case:
    """Country scores in percent."""
    lines = ["Indicator,Country code,Year,Score,Standard error"]
    lines += [
        f"export-control,{code},{year},{year - 1980}%,2%"
        for code in ("CHN", "USA", "NAM")
        for year in (2023, 2024)
    ]
    path = folder / "scores.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    columns = {
        "indicator": "Indicator",
        "country": "Country code",
        "year": "Year",
        "value": "Score",
        "standard_error": "Standard error",
    }
    return Case(path, "indicator", columns, 6, 0, {"unit": "1"})
