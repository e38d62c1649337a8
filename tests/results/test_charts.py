"""The charts say what the table says: both ends of every interval, nothing for a row without a figure."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from monazite.results.charts import charts
from monazite.results.charts.concentration import entries
from monazite.results.charts.labels import placed
from monazite.results.charts.sources_map import leaders
from monazite.results.charts.style import COLOURS
from monazite.results.charts.world import HALF_WIDTH, place, projected, world
from monazite.results.frame import Frame
from monazite.results.svg import svg
from monazite.studies.dependence import dependence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from monazite.results.result import Result

Spec = dict[str, Any]


@pytest.fixture(scope="module")
def result() -> Result:
    return dependence()


def parts(spec: object) -> Iterator[Spec]:
    """Every dictionary inside a specification."""
    if isinstance(spec, dict):
        yield spec
        for part in spec.values():
            yield from parts(part)
    elif isinstance(spec, list):
        for part in spec:
            yield from parts(part)


def data(spec: Spec) -> list[Spec]:
    """Every row of inline data inside a specification."""
    return [row for part in parts(spec) for row in part.get("data", {}).get("values", [])]


def named(spec: Spec, name: str) -> Spec:
    """The one row of data of that name."""
    (row,) = (row for row in data(spec) if row.get("name") == name)
    return row


def subtitle(spec: Spec) -> str:
    """A chart's subtitle in one line, without its source."""
    return " ".join(spec["title"]["subtitle"][:-1])


def led_by(result: Result, sources: dict[str, str]) -> Result:
    """The result with only these items, each led by the country named."""
    rows = (
        {**result.table.one(item=item), "leading_source": code, "leading_source_name": code}
        for item, code in sources.items()
    )
    return replace(result, table=Frame(result.table.table, tuple(rows)))


def changed(result: Result, item: str, **values: object) -> Result:
    """The result with some values of one row replaced."""
    rows = tuple({**row, **values} if row["item"] == item else row for row in result.table)
    return replace(result, table=Frame(result.table.table, rows))


@pytest.mark.parametrize("narrow", [False, True])
def test_every_chart_has_a_message_a_source_line_and_no_address_to_load(
    result: Result, *, narrow: bool
) -> None:
    specs = charts(result, narrow=narrow)
    assert list(specs) == ["reliance", "sources_map", "concentration", "revisions"]
    for spec in specs.values():
        message, (*told, source) = spec["title"]["text"], spec["title"]["subtitle"]
        assert message
        assert told
        assert all(len(line) <= 120 for line in told)
        assert "doi:10.5066/P1WKQ63T" in source
        assert not [part for part in parts(spec) if "url" in part]
        assert json.loads(json.dumps(spec)) == spec


def test_revisions_name_both_editions_and_the_other_charts_only_theirs(result: Result) -> None:
    specs = charts(result)
    assert [name for name, spec in specs.items() if "P13XCP3R" in spec["title"]["subtitle"][-1]] == [
        "revisions"
    ]


def test_an_interval_is_drawn_with_both_ends_and_an_exact_figure_with_one(result: Result) -> None:
    spec = charts(result)["reliance"]
    germanium, antimony, zirconium = (named(spec, name) for name in ("Germanium", "Antimony", "Zirconium"))
    assert (germanium["low"], germanium["high"], germanium["text"]) == (0.5, 1, ">50%")
    assert (antimony["low"], antimony["high"], antimony["text"]) == (0.91, 0.91, "91%")
    assert (zirconium["low"], zirconium["high"], zirconium["text"]) == (0, 0.25, "<25%")


def test_a_row_without_a_figure_is_not_drawn_and_a_net_exporter_has_no_bar(result: Result) -> None:
    spec = charts(result)["reliance"]
    assert result.table.one(item="hafnium.metal")["reason"]
    assert not [row for row in data(spec) if "Hafnium" in row["name"]]
    boron = named(spec, "Boron")
    assert (boron["low"], boron["high"], boron["text"]) == (0, 0, "net exporter")


def test_every_row_with_a_figure_is_drawn_once_and_a_group_once_for_all_its_members(result: Result) -> None:
    rows = [row for row in result.table if row["reliance_high"] is not None]
    single = [row for row in rows if not row["group_value"]]
    groups = {row["group_value"] for row in rows if row["group_value"]}
    drawn = data(charts(result)["reliance"])
    assert len(drawn) == len(single) + len(groups)
    assert [row["text"] for row in drawn if row["name"].startswith("Heavy rare earths (")] == ["100%"]


def test_a_group_whose_members_differ_is_not_merged(result: Result) -> None:
    other = changed(result, "cerium.oxide", reliance_low=0.2, reliance_high=0.2, reliance_published="20")
    assert named(charts(other)["reliance"], "Cerium")["text"] == "20%"


def test_the_message_counts_what_is_more_than_half_imported_for_certain(result: Result) -> None:
    def sure(published: str | None) -> bool:
        told = published or "NA"
        return told in {">50", ">75", ">95"} or (told.isdigit() and int(told) > 50)

    half = {row["material"] for row in result.table if sure(row["reliance_published"])}
    whole = {row["material"] for row in result.table if row["reliance_published"] == "100"}
    figured = {row["material"] for row in result.table if row["reliance_high"] is not None}
    said = f"for {len(half)} of {len(figured)} materials at some stage, and all of it for {len(whole)}"
    assert charts(result)["reliance"]["title"]["text"] == f"Net imports meet more than half of demand {said}"
    exact = changed(result, "germanium.all", reliance_low=0.5, reliance_high=0.5, reliance_status="normal")
    assert f" {len(half) - 1} of {len(figured)} " in charts(exact)["reliance"]["title"]["text"]


def test_listed_minerals_and_others_stand_in_two_lists_only_where_there_are_both(result: Result) -> None:
    assert len(charts(result)["reliance"]["hconcat"]) == 1
    mixed = charts(changed(result, "tin.refined", list_2025=False))["reliance"]["hconcat"]
    assert [panel["title"]["text"] for panel in mixed] == [
        "On the 2025 list of critical minerals",
        "Other minerals",
    ]
    assert [row["name"] for row in mixed[1]["data"]["values"]] == ["Tin"]


def test_the_narrow_chart_holds_the_same_figures(result: Result) -> None:
    wide, narrow = charts(result), charts(result, narrow=True)
    for name in ("reliance", "concentration", "revisions"):
        assert [row for row in data(wide[name]) if "told" in row] == [
            row for row in data(narrow[name]) if "told" in row
        ]


def test_the_map_counts_each_material_once_for_a_country(result: Result) -> None:
    led = {row["name"] for row in result.table if row["leading_source"] == "CHN"}
    china = next(leader for leader in leaders(result) if leader.code == "CHN")
    assert set(china.materials) == led
    assert china.number == len(led)
    shown = [row for row in data(charts(result)["sources_map"]) if row.get("code") == "CHN"]
    assert [row["count"] for row in shown] == [len(led)]


ITEMS = ("tin.refined", "gallium.metal", "cobalt.refined", "silver.all", "rhenium.all", "barite.all")
TITLES = {
    "A": "A is the leading source of tin",
    "AA": "A is the leading source of tin and gallium",
    "AB": "A is the leading source of tin, B of gallium",
    "ABC": "A is the leading source of tin, B of gallium and C of cobalt",
    "AAB": "A is the leading source of tin and gallium, B of cobalt",
    "ABCD": "4 countries are each the leading source of one material",
    "AABB": "A and B are each the leading source of 2 materials",
    "AAAABB": "A is the leading source of 4 materials, B of 2",
    "AAAABC": "A is the leading source of 4 materials",
    "AAABBC": "A is the leading source of 3 materials, B of 2 and C of 1",
}


@pytest.mark.parametrize(("codes", "title"), TITLES.items())
def test_the_map_s_title_reads_well_for_few_rows_and_for_ties(result: Result, codes: str, title: str) -> None:
    few = led_by(result, dict(zip(ITEMS, codes, strict=False)))
    assert charts(few)["sources_map"]["title"]["text"] == title


def test_many_countries_that_lead_in_as_much_are_counted(result: Result) -> None:
    items = [row["item"] for row in result.table if not row["group_value"]]
    names = list(dict.fromkeys(result.table.one(item=item)["material"] for item in items))
    single = [next(item for item in items if item.startswith(name)) for name in names[:8]]
    tied = led_by(result, dict(zip(single, "AABBCCDD", strict=True)))
    assert charts(tied)["sources_map"]["title"]["text"] == (
        "4 countries are each the leading source of 2 materials"
    )


def test_the_map_says_whose_count_rests_on_a_group_s_sources(result: Result) -> None:
    china = next(leader for leader in leaders(result) if leader.code == "CHN")
    shared = Counter(
        row["sources_form"] for row in result.table if row["group_value"] and row["sources_form"]
    )
    (members,) = (count for count in shared.values() if count > 1)
    assert {group: len(names) for group, names in china.groups.items()} == {"rare earths": members}
    told = f"{members} of China’s {china.number} show the sources of rare earths as a group."
    assert told in subtitle(charts(result)["sources_map"])
    assert "holmium" not in china.groups["rare earths"], "its sources are published for itself"
    assert china.told.endswith(f"rare earths as a group ({', '.join(china.groups['rare earths'])})")
    alone = leaders(dependence(("Nd",)))
    assert alone[0].groups == {"rare earths": ("neodymium",)}


def test_a_group_beside_its_members_is_counted_once() -> None:
    everything = dependence("all")
    groups = {row["group_value"] for row in everything.table} - {None}
    assert groups & {row["material"] for row in everything.table}
    china = next(leader for leader in leaders(everything) if leader.code == "CHN")
    assert "rare earths" not in china.materials
    headline = next(one for one in everything.headlines if one.label == "China leads")
    assert headline.value == str(china.number)
    half = next(one.value for one in everything.headlines if one.label == "More than half imported")
    assert f" for {half} materials " in charts(everything)["reliance"]["title"]["text"]


def test_countries_named_together_are_counted_but_belong_to_no_country(result: Result) -> None:
    result = changed(result, "tin.refined", leading_source="CHN+DEU", leading_source_name="China and Germany")
    together = next(leader for leader in leaders(result) if "+" in leader.code)
    told = subtitle(charts(result)["sources_map"])
    assert told.endswith("Named together and so not on the map: China and Germany (tin).")
    assert not [row for row in data(charts(result)["sources_map"]) if row.get("code") == together.code]


def test_a_state_too_small_for_a_shape_is_a_dot(result: Result) -> None:
    small = changed(result, "tin.refined", leading_source="SGP", leading_source_name="Singapore")
    dots = [row for row in data(charts(small)["sources_map"]) if "lon" in row]
    assert [(round(dot["lon"]), round(dot["lat"])) for dot in dots] == [(104, 1)]


def test_names_stand_in_the_middle_of_the_largest_part() -> None:
    longitude, latitude = place("FRA") or (0, 0)
    assert 0 < longitude < 5, "mainland France, not Guiana"
    assert 44 < latitude < 49
    assert place("SGP") is not None
    assert place("XXX") is None


def test_the_map_covers_every_leading_source_and_producer(result: Result) -> None:
    codes = {row[name] for row in result.table for name in ("leading_source", "world_leader")} - {None, "OTH"}
    single = {code for code in codes if "+" not in code}
    assert single <= world()["shapes"].keys() | world()["points"].keys()


def test_the_projection_is_equal_earth() -> None:
    assert projected(0, 0, 1) == (0, 0)
    assert projected(180, 0, 1)[0] == pytest.approx(HALF_WIDTH)
    assert projected(0, 90, 1)[1] == pytest.approx(-1.3173627591574133)


def test_concentration_draws_bounds_in_order_and_only_rows_that_have_both(result: Result) -> None:
    drawn = [row for row in data(charts(result)["concentration"]) if "told" in row]
    assert drawn
    for row in drawn:
        assert 0 < row["source_hhi_low"] <= row["source_hhi_high"] <= 1
        assert 0 < row["world_hhi_low"] <= row["world_hhi_high"] <= 1
    assert result.table.one(item="germanium.all")["world_hhi_low"] is None
    assert "Germanium" not in {row["name"] for row in drawn}


def test_every_point_of_the_concentration_chart_stands_in_its_table(result: Result) -> None:
    listed = entries(result)
    drawn = {row["name"] for row in data(charts(result)["concentration"]) if "told" in row}
    assert {name for name, _, _ in listed.drawn} == drawn
    assert {name: rest for name, *rest in listed.drawn}["Niobium"] == ["0.52–0.54", "0.87"]
    without = [row for row in result.table if None in (row["source_hhi_low"], row["world_hhi_low"])]
    assert len(listed.missing) == len(without)
    assert {"germanium", "uranium"} <= set(listed.missing)
    told = subtitle(charts(result)["concentration"])
    assert told.endswith(f"production: {len(without)} of {len(result.table)} rows.")


def test_the_concentration_chart_s_title_reads_well_for_few_rows() -> None:
    alike = "imports and world output both at least as concentrated as two equal suppliers"
    titles = {
        ("Co", "Sb"): f"For neither antimony nor cobalt are {alike}",
        ("Co", "Sb", "Sn"): f"For none of antimony, cobalt and tin are {alike}",
        ("Co", "Sb", "Sn", "Ag"): f"For none of 4 materials and stages are {alike}",
        ("Nb", "Sb"): f"For niobium, {alike.replace('output both', 'output are both')}",
    }
    for asked, title in titles.items():
        assert charts(dependence(asked))["concentration"]["title"]["text"] == title
    assert charts(dependence("Co"))["concentration"]["title"]["text"].startswith("Cobalt: import sources 0.")


def test_the_reliance_chart_s_title_reads_well_for_few_rows() -> None:
    half = "Net imports meet more than half of demand for"
    titles = {
        ("Sb", "Co", "Ge"): f"{half} antimony, cobalt and germanium",
        ("Ga", "Sb"): f"{half} gallium and antimony, and all of it for gallium",
        ("Ni", "Sb"): f"{half} antimony",
        ("Ni", "V"): "Net imports are not known to meet more than half of demand for nickel or vanadium",
    }
    for asked, title in titles.items():
        assert charts(dependence(asked))["reliance"]["title"]["text"] == title


def test_rows_without_a_figure_are_named_under_the_chart(result: Result) -> None:
    silent = [row["name"] for row in result.table if row["reliance_high"] is None]
    assert len(silent) > 3
    told = subtitle(charts(result)["reliance"])
    assert told.endswith(f"No figure published: {', '.join(silent)}.")
    assert "No figure" not in subtitle(charts(dependence("gallium"))["reliance"])


def test_labels_touch_neither_one_another_nor_a_point() -> None:
    points = [(50.0, 50.0), (52.0, 50.0), (50.0, 62.0), (195.0, 50.0)]
    labels = list(
        placed([(f"label {n}", *point) for n, point in enumerate(points)], (200, 100), points).values()
    )
    assert len(labels) >= 3
    assert not [1 for one in labels for other in labels if one is not other and one.meets(other)]
    assert not [1 for label in labels for point in points if label.covers(point)]
    assert all(label.inside((200, 100)) for label in labels)


def test_revisions_show_the_same_year_in_both_editions_the_largest_change_first(result: Result) -> None:
    spec = charts(result)["revisions"]
    drawn = data(spec)
    assert (drawn[0]["was_exact"], drawn[0]["is_exact"], drawn[0]["text"]) == (0.8, 0.53, "80% → 53%")
    assert spec["title"]["text"].endswith("2024: 80% in MCS 2025 became 53% in MCS 2026")
    exact = [row for row in drawn if row["is_exact"] is not None and row["was_exact"] is not None]
    changes = [round(abs(row["is_exact"] - row["was_exact"]), 9) for row in exact]
    assert changes == sorted(changes, reverse=True)
    assert "Gallium" not in {row["name"] for row in drawn}, "100 in both"


def test_a_revised_interval_keeps_both_ends(result: Result) -> None:
    magnesium = named(charts(result)["revisions"], "Magnesium, metal")
    assert [magnesium[end] for end in ("was_low", "was_high", "is_low", "is_high")] == [0.75, 1, 0.5, 1]
    assert magnesium["was_exact"] is None


def test_one_material_and_none_are_drawn_too() -> None:
    assert charts(dependence(("gallium",)))["reliance"]["title"]["text"] == "Gallium: 100%"
    assert charts(dependence(("uranium",))) == {}


def test_a_drawing_takes_its_colours_from_the_page(result: Result) -> None:
    assert len(set(COLOURS.values())) == len(COLOURS)
    drawn = svg(charts(result)["revisions"], "revisions")
    assert f'="var(--accent, {COLOURS["accent"]})"' in drawn
    assert "font-family" not in drawn.replace('font-family="inherit"', "")


def test_a_drawing_speaks(result: Result) -> None:
    drawn = svg(charts(result)["reliance"], "reliance")
    assert drawn.startswith('<svg role="graphics-document" aria-label="Net imports meet')
    assert 'aria-label="Germanium: &gt;50%"' in drawn or 'aria-label="Germanium: >50%"' in drawn


def test_drawings_are_the_same_every_time_and_share_a_page_without_sharing_names(result: Result) -> None:
    spec = charts(result)["sources_map"]
    first, second = svg(spec, "first"), svg(spec, "second")
    assert svg(spec, "first") == first
    assert 'id="first-0"' in first
    assert second == first.replace("first-", "second-")


def test_nothing_is_fetched_for_a_drawing() -> None:
    spec = {"data": {"url": "https://example.org/data.json"}, "mark": "point", "encoding": {}}
    with pytest.raises(ValueError, match=r"(?i)url|access"):
        svg(spec, "remote")
