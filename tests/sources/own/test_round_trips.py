"""A table written in any of the ways people write tables is read back, through its proposal, as it was."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from monazite.codes.countries import countries
from monazite.sources.own import read_mapping, source_for, suggest
from monazite.sources.source import Account, Given

if TYPE_CHECKING:
    import pytest

PLACES = [each for each in countries() if each.kind == "country" and each.valid_to is None and each.iso2]
HEADERS = {
    "english": ("Period", "Partner", "HS6", "Trade value (USD)", "Net weight (kg)"),
    "census": ("time", "CTY_NAME", "I_COMMODITY", "GEN_VAL_MO (USD)", "VES_WGT in kg"),
    "german": ("Zeitraum", "Partnerland", "HS-Code", "Wert (USD)", "Gewicht (kg)"),
    "french": ("Période", "Pays", "Code SH", "Valeur, USD", "Poids net, kg"),
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PERIODS = {
    "iso": lambda year, month: f"{year}-{month:02}",
    "comtrade": lambda year, month: f"{year}{month:02}",
    "eurostat": lambda year, month: f"{year}M{month:02}",
    "excel": lambda year, month: f"{MONTHS[month - 1]}-{year % 100:02}",
    "day": lambda year, month: f"{year}-{month:02}-01",
    "german": lambda year, month: f"28.{month:02}.{year}",
}
SEPARATORS = {
    "english": (".", ","),
    "german": (",", "."),
    "bare": (".", ""),
    "swiss": (".", "'"),
    "french": (",", " "),
}


@dataclass(frozen=True)
class Written:
    """A table and the way it was written."""

    rows: list[tuple[int, int, int, int, int, int]]
    headers: str
    period: str
    separators: str
    delimiter: str
    encoding: str
    end: str
    scheme: str
    titles: int

    def figure(self, hundredths: int) -> str:
        """A number with two decimals."""
        decimal, group = SEPARATORS[self.separators]
        return f"{hundredths / 100:,.2f}".replace(",", "_").replace(".", decimal).replace("_", group)

    @property
    def content(self) -> bytes:
        """The file."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=self.delimiter, lineterminator=self.end)
        writer.writerows([["Imports of the United States"]] * self.titles)
        writer.writerow(HEADERS[self.headers])
        for place, year, month, code, value, mass in self.rows:
            country = getattr(PLACES[place], self.scheme)
            period = PERIODS[self.period](year, month)
            writer.writerow([period, country, f"{code:06}", self.figure(value), self.figure(mass)])
        return text.getvalue().encode(self.encoding, "replace")

    @property
    def truth(self) -> set[tuple[str, str, str, float, float]]:
        """What the rows say, in our units."""
        return {
            (f"{year}-{month:02}", PLACES[place].id, f"{code:06}", value / 100, round(mass / 100_000, 9))
            for place, year, month, code, value, mass in self.rows
        }


plain = [place for place, each in enumerate(PLACES) if each.name.isascii() and "," not in each.name]
row = st.tuples(
    st.sampled_from(plain),
    st.integers(2013, 2030),
    st.integers(1, 12),
    st.integers(10110, 970699),
    st.integers(100_000_00, 9_000_000_000),
    st.integers(1_00, 100_000_00),
)
written = st.builds(
    Written,
    rows=st.lists(row, min_size=4, max_size=12, unique_by=lambda each: each[:4]),
    headers=st.sampled_from(sorted(HEADERS)),
    period=st.sampled_from(sorted(PERIODS)),
    separators=st.sampled_from(sorted(SEPARATORS)),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    end=st.sampled_from(["\n", "\r\n"]),
    scheme=st.sampled_from(["name", "iso3", "iso2"]),
    titles=st.integers(0, 2),
)


@settings(max_examples=60)
@given(written)
def test_what_was_written_is_read(tmp_path_factory: pytest.TempPathFactory, table: Written) -> None:
    folder = tmp_path_factory.getbasetemp()
    path, mapping = folder / "imports.csv", folder / "imports.yaml"
    path.write_bytes(table.content)
    proposed = suggest(path)
    reporter = "" if "reporter:" in proposed.yaml.partition("# Not sure")[0] else "  reporter: {value: USA}\n"
    mapping.write_text(proposed.yaml + reporter, encoding="utf-8")
    account = Account()
    given_ = Given(path, path.name, "0" * 16, None, folder)  # type: ignore[arg-type]
    (batch,) = source_for(read_mapping(mapping)).read(given_, account)
    rows = list(batch.rows)  # type: ignore[union-attr]
    read = {
        (row["period"], row["exporter"], row["code"], row["value_usd"], round(row["mass_t"], 9))
        for row in rows
    }
    assert read == table.truth, proposed.yaml
    assert account.refused == []
    assert account.records == len(rows)
    assert {one.rule for one in account.findings} <= {"unit-doubtful"}
