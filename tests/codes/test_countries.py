from __future__ import annotations

import contextlib
import re
import subprocess
import sys
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.codes import countries as module
from monazite.codes import reviewed
from monazite.codes.countries import Kind, Scheme, countries, country, find_by_usgs_name
from monazite.errors import UnknownCodeError

if TYPE_CHECKING:
    from monazite.codes.countries import Country

DECISION = Path(__file__).parents[2] / "docs/decisions/countries.md"
USES = module._every_use()  # noqa: SLF001 - the table behind the look-up is what is checked
FORMER = [entry for entry in countries() if entry.kind == "former"]


def scheme_of(use: module.Use) -> Scheme:
    return next(scheme for scheme in get_args(Scheme) if scheme == use.scheme)


def day_within(use: module.Use) -> date:
    return use.last or use.first or date(2024, 7, 1)


# ── What others published ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("iso3", "m49", "comtrade", "census"),
    [
        ("USA", 840, 842, "1000"),
        ("FRA", 250, 251, "4279"),
        ("IND", 356, 699, "5330"),
        ("NOR", 578, 579, "4039"),
        ("CHE", 756, 757, "4419"),
        ("TWN", 158, 490, "5830"),
        ("CHN", 156, 156, "5700"),
        ("COD", 180, 180, "7660"),
        ("NAM", 516, 516, "7920"),
    ],
)
def test_the_codes_of_iso_comtrade_and_census_differ(iso3: str, m49: int, comtrade: int, census: str) -> None:
    found = country(iso3, "iso3")
    assert (found.m49, found.comtrade, found.census) == (m49, comtrade, census)
    assert country(m49, "m49") is found
    assert country(comtrade, "comtrade") is found
    assert country(census, "census") is found


@pytest.mark.parametrize(
    ("code", "name", "valid_from", "valid_to", "successors"),
    [
        (58, "Belgium-Luxembourg", None, date(1998, 12, 31), ("BEL", "LUX")),
        (200, "Czechoslovakia", None, date(1992, 12, 31), ("CZE", "SVK")),
        (278, "East Germany", None, date(1990, 12, 31), ("DEU",)),
        (280, "West Germany", None, date(1990, 12, 31), ("DEU",)),
        (530, "Netherlands Antilles", date(1986, 1, 1), date(2010, 12, 31), ("BES", "CUW", "SXM")),
        (736, "Sudan (with South Sudan)", None, date(2011, 12, 31), ("SDN", "SSD")),
        (890, "Yugoslavia", None, date(1991, 12, 31), ("BIH", "CSXX", "HRV", "MKD", "SVN")),
        (891, "Serbia and Montenegro", date(1992, 1, 1), date(2005, 12, 31), ("MNE", "SRB")),
    ],
)
def test_former_reporters_have_their_comtrade_code_their_end_and_their_successors(
    code: int, name: str, valid_from: date | None, valid_to: date, successors: tuple[str, ...]
) -> None:
    found = country(code, "comtrade")
    assert found.kind == "former"
    assert (found.name, found.valid_from, found.valid_to) == (name, valid_from, valid_to)
    assert found.successors == successors
    assert country(code, "comtrade", on=valid_to) is found
    with pytest.raises(UnknownCodeError, match=f"to {valid_to}, then {successors[0]}"):
        country(code, "comtrade", on=valid_to + timedelta(days=1))


def test_the_customs_union_gives_way_to_its_members_in_2000() -> None:
    assert country(711, "comtrade", on=date(1999, 12, 31)).successors == ("BWA", "LSO", "NAM", "SWZ", "ZAF")
    assert country(710, "comtrade", on=date(2000, 1, 1)).id == "ZAF"
    with pytest.raises(UnknownCodeError, match="valid from 2000-01-01"):
        country(710, "comtrade", on=date(1999, 12, 31))
    assert country("ZAF", on=date(1995, 1, 1)).name == "South Africa"


@pytest.mark.parametrize(
    ("code", "on", "found"),
    [
        ("SDN", date(2011, 12, 31), "SDN-2011"),
        ("SDN", date(2012, 1, 1), "SDN"),
        ("Sudan", date(2005, 6, 1), "SDN-2011"),
        ("Sudan", None, "SDN"),
        ("DEU", date(1990, 12, 31), "DEU-1990"),
        ("DEU", date(1991, 1, 1), "DEU"),
        ("CS", date(1992, 12, 31), "CSHH"),
        ("CS", date(1993, 1, 1), "CSXX"),
        ("CS", None, "CSXX"),
        ("YUG", date(1991, 12, 31), "YUCS"),
        ("YUG", date(1992, 1, 1), "CSXX"),
        ("ZAR", None, "COD"),
        ("S19", None, "TWN"),
    ],
)
def test_a_code_that_was_given_twice_resolves_by_the_date(code: str, on: date | None, found: str) -> None:
    assert country(code, on=on).id == found


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Korea, Republic of", "KOR"),
        ("Republic of Korea", "KOR"),
        ("South Korea", "KOR"),
        ("Korea, North", "PRK"),
        ("Congo (Kinshasa)", "COD"),
        ("Democratic Republic of the Congo", "COD"),
        ("Congo (Brazzaville)", "COG"),
        ("Burma", "MMR"),
        ("Turkey", "TUR"),
        ("Czechia", "CZE"),
        ("The Bahamas", "BHS"),
        ("Côte d’Ivoire", "CIV"),
        ("Cote d'Ivoire", "CIV"),
        ("China3 ", "CHN"),
        ("Canada  ", "CAN"),
        ("United\xa0States (kyanite)", "USA"),
        ("Brazil (beneficiated, marketable)", "BRA"),
        ("United States (from Cliffside Field)", "USA"),
        ("Burkina Faso", "BFA"),
        ("Congo (Kinshasa) (rounded)", "COD"),
        ("Czechoslovakia", "CSHH"),
        ("USSR", "SUHH"),
    ],
)
def test_usgs_spellings_find_their_country(name: str, found: str) -> None:
    entry = find_by_usgs_name(name)
    assert entry is not None
    assert entry.id == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Other countries",
        "World total",
        "World total (rounded) 10",
        "World",
        "European Union",
        "China, Germany, and Russia",
        "United\xa0States and Canada",
        "Congo (Kinshasha)",  # a misspelt Kinshasa must not become the other Congo
    ],
)
def test_what_is_no_single_country_finds_none(text: str) -> None:
    assert find_by_usgs_name(text) is None


def test_the_newest_usgs_spelling_comes_first() -> None:
    assert country("KOR").usgs == ("Korea, Republic of", "Republic of Korea", "South Korea")
    assert country("BHS").usgs == ("The Bahamas",)
    assert country("FJI").usgs == ()


def test_na_is_namibia_and_never_a_missing_value() -> None:
    namibia = country("NA", "iso2")
    assert (namibia.id, namibia.iso2) == ("NAM", "NA")
    assert country("na") is namibia
    with_iso2 = [entry for entry in countries() if entry.kind == "country"]
    assert all(re.fullmatch("[A-Z]{2}", entry.iso2) for entry in with_iso2)


# ── What the table must hold ─────────────────────────────────────────────────────────────────


def test_no_two_rows_share_a_code_or_name_at_the_same_time() -> None:
    by_code: dict[tuple[str, str], list[module.Use]] = {}
    for use in USES:
        key = (use.scheme, module._folded(use.text, use.scheme))  # noqa: SLF001 - as the look-up compares
        by_code.setdefault(key, []).append(use)
    shared = [
        (a.told(), b.told())
        for uses in by_code.values()
        for a, b in combinations(uses, 2)
        if a.country != b.country
        and (a.first or date.min) <= (b.last or date.max)
        and (b.first or date.min) <= (a.last or date.max)
    ]
    assert shared == []


def test_every_code_and_name_leads_back_to_its_country() -> None:
    lost = [
        use.told() for use in USES if country(use.text, scheme_of(use), on=day_within(use)) != use.country
    ]
    assert lost == []


def test_every_row_has_an_id_of_its_own_and_a_known_kind() -> None:
    assert len({entry.id for entry in countries()}) == len(countries())
    assert {entry.kind for entry in countries()} == set(get_args(Kind))
    assert len([entry for entry in countries() if entry.kind == "country"]) == 250


def test_a_country_has_the_iso_codes_its_id_says() -> None:
    for entry in countries():
        if entry.kind == "country":
            assert re.fullmatch("[A-Z]{3}", entry.id)
            assert entry.iso3 == entry.id
            assert (entry.m49 is None) == (entry.id == "XKX")
        assert re.fullmatch(r"[A-Z]{3}|[A-Z]{4}|[A-Z]{3}-[12]\d{3}|[a-z]+(-[a-z]+)*", entry.id)


def test_census_codes_are_four_characters_or_the_total() -> None:
    codes = [entry.census for entry in countries() if entry.census]
    assert all(re.fullmatch(r"\d{4}|[1-7]XXX|-", code) for code in codes)
    assert len(set(codes)) == len(codes)


def test_label_points_lie_on_the_earth_and_come_in_pairs() -> None:
    for entry in countries():
        assert (entry.latitude is None) == (entry.longitude is None)
        assert -90 <= (entry.latitude or 0) <= 90
        assert -180 <= (entry.longitude or 0) <= 180
    singapore = country("SGP")
    assert (round(singapore.latitude or 0), round(singapore.longitude or 0)) == (1, 104)


@pytest.mark.parametrize("entry", FORMER, ids=lambda entry: entry.id)
def test_successors_take_over_the_day_after(entry: Country) -> None:
    assert entry.valid_to is not None
    assert entry.successors
    heirs = [country(heir, "iso3", on=entry.valid_to + timedelta(days=1)) for heir in entry.successors]
    begun = {heir.valid_from for heir in heirs} - {None}
    assert begun <= {entry.valid_to + timedelta(days=1)}


def test_validity_never_ends_before_it_begins() -> None:
    periods = [(entry.valid_from, entry.valid_to) for entry in countries()]
    periods += [(use.first, use.last) for use in USES]
    assert all((first or date.min) < (last or date.max) for first, last in periods)


def test_every_source_named_in_the_tables_is_documented() -> None:
    rows = reviewed.rows("country_names.csv")
    named = {source for row in rows for source in row["source"].split()}
    named |= {source for entry in countries() for source in entry.sources}
    documented = set(re.findall(r"^\| `([\w-]+)` \|", DECISION.read_text(encoding="utf-8"), re.MULTILINE))
    assert named == documented
    assert all(entry.sources for entry in countries())


def test_importing_the_module_reads_no_table() -> None:
    code = (
        "import sys; import monazite.codes.countries as c; from monazite.codes.reviewed import rows;"
        "assert rows.cache_info().currsize == 0; c.countries(); assert rows.cache_info().currsize == 2;"
        "assert not {'duckdb', 'numpy', 'pandas'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


# ── What is refused, and how ─────────────────────────────────────────────────────────────────


def test_an_unknown_name_suggests_the_nearest() -> None:
    with pytest.raises(UnknownCodeError, match="Kazakhstan") as caught:
        country("Kazakstan")
    assert caught.value.nearest[0] == "Kazakhstan"


def test_a_scheme_does_not_answer_for_another() -> None:
    with pytest.raises(UnknownCodeError, match="'m49' named '842'"):
        country(842, "m49")
    with pytest.raises(UnknownCodeError):
        country("US", "iso3")
    with pytest.raises(UnknownCodeError):
        country("Korea, Rep.", "usgs")


def test_a_wrong_date_says_when_the_code_was_valid_and_what_followed() -> None:
    with pytest.raises(UnknownCodeError, match=r"on 1995-01-01 .* to 1991-12-31, then ARM, AZE"):
        country("SUN", on=date(1995, 1, 1))
    with pytest.raises(UnknownCodeError, match="valid from 1993-01-01"):
        country("SVK", on=date(1992, 12, 31))


def test_a_number_of_two_countries_is_refused_until_the_scheme_is_named() -> None:
    with pytest.raises(UnknownCodeError, match=r"ambiguous.*Monaco.*Europe EU, nes"):
        country(492)
    assert country(492, "m49").id == "MCO"
    assert country(492, "comtrade").kind == "area"


@pytest.mark.parametrize(
    ("code", "found"), [(3, "european-union"), ("0003", "european-union"), ("4xxx", "europe")]
)
def test_schedule_c_groups_are_aggregates_even_without_their_zeros(code: int | str, found: str) -> None:
    entry = country(code, "census")
    assert (entry.id, entry.kind) == (found, "aggregate")


def test_m49_numbers_may_carry_zeros() -> None:
    assert country("004", "m49") is country(4, "m49") is country("AFG")
    assert country("000", "comtrade").id == "world"


# ── Laws ─────────────────────────────────────────────────────────────────────────────────────

USE = st.sampled_from(USES)
DAY = st.dates(date(1900, 1, 1), date(2030, 12, 31))


@given(use=USE, day=DAY)
def test_a_code_resolves_on_exactly_the_days_it_covers(use: module.Use, day: date) -> None:
    others = [other for other in USES if other.scheme == use.scheme and other.covers(day)]
    key = module._folded(use.text, use.scheme)  # noqa: SLF001 - as the look-up compares
    expected = {o.country.id for o in others if module._folded(o.text, o.scheme) == key}  # noqa: SLF001 - the rule is inside
    if expected:
        assert {country(use.text, scheme_of(use), on=day).id} == expected
    else:
        with pytest.raises(UnknownCodeError, match="valid"):
            country(use.text, scheme_of(use), on=day)


@given(
    use=USE,
    before=st.sampled_from(["", " ", "\t"]),
    change=st.sampled_from([str.upper, str.lower, str.title]),
)
def test_capitals_and_blanks_do_not_matter(use: module.Use, before: str, change: type[str]) -> None:
    assert country(before + change(use.text) + before, scheme_of(use), on=day_within(use)) == use.country


@given(text=st.text())
def test_any_text_is_found_or_refused_in_one_way(text: str) -> None:
    entry = find_by_usgs_name(text)
    if entry is None:
        with contextlib.suppress(UnknownCodeError):
            entry = country(text)
    assert entry is None or entry in countries()


@given(name=st.sampled_from([use.text for use in USES if use.scheme == "usgs"]), number=st.integers(1, 99))
def test_a_footnote_number_does_not_hide_the_country(name: str, number: int) -> None:
    assert (
        find_by_usgs_name(f"{name}{number}")
        == find_by_usgs_name(f"{name} (rounded)")
        == country(name, "usgs")
    )
