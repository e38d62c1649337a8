"""What to ask the report API for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from monazite.codes.countries import country
from monazite.errors import UsageError
from monazite.sources.dataweb.answer import ASKED, LIMIT, check
from monazite.sources.source import Parameter, Request

if TYPE_CHECKING:
    from collections.abc import Mapping

URL = "https://datawebws.usitc.gov/dataweb/api/v2/report2/runReport"
TRADE_TYPES = {
    "import": "Import",
    "general-import": "GenImp",
    "domestic-export": "Export",
    "re-export": "ForeignExp",
    "export": "TotExp",
}
"""DataWeb's trade types, and what they are called here; imports are those for consumption."""

PARAMETERS = (
    Parameter("flow", "what is traded which way", "import", codes=tuple(TRADE_TYPES)),
    Parameter(
        "measure",
        "what to report, in the API's own codes, separated by commas; DataWeb publishes no list of them:"
        " take them from a query saved there",
        "CONS_CUSTOMS_VALUE",
    ),
    Parameter("code", "HTS codes, separated by commas, or all", "2846", "all"),
    Parameter("digits", "digits to break goods down to", "10", "10", ("2", "4", "6", "8", "10")),
    Parameter("partner", "countries by ISO code, separated by commas, or all", "CHN", "all"),
    Parameter("year", "years, separated by commas, or a range", "2020-2024"),
    Parameter("timeline", "whole years or months", "Annual", "Annual", ("Annual", "Monthly")),
)


def locate(parameters: Mapping[str, str]) -> tuple[Request, ...]:
    """One report.

    Raises
    ------
    UsageError
        If a parameter cannot be: a year out of range, a code that is no code, an unknown country.
    """
    given = {one.name: one.default for one in PARAMETERS if one.default is not None} | dict(parameters)
    named = "-".join(given[name] for name in ("flow", "measure", "code", "partner", "year", "timeline"))
    file = f"dataweb-{re.sub('[^A-Za-z0-9]+', '-', named)[:120].strip('-')}.json"
    return (
        Request(
            URL,
            file,
            accepts=("application/json",),
            check=check,
            parameters=given,
            headers={"Content-Type": "application/json; charset=utf-8"},
            json=_body(given),
            key_in="header:Authorization",
            limit=LIMIT,
        ),
    )


def _body(given: Mapping[str, str]) -> dict[str, Any]:
    """The query of a report, as DataWeb saves it."""
    return {
        "savedQueryName": "",
        "savedQueryDesc": "",
        "isOwner": True,
        "runMonthly": False,
        "reportOptions": {"tradeType": TRADE_TYPES[given["flow"]], "classificationSystem": "HTS"},
        "searchOptions": {
            "MiscGroup": _everything(),
            "commodities": _commodities(_codes(given["code"]), given["digits"]),
            "componentSettings": {
                "dataToReport": [name.strip() for name in given["measure"].split(",")],
                "scale": "1",
                "timeframeSelectType": "fullYears",
                "years": _years(given["year"]),
                "startDate": None,
                "endDate": None,
                "startMonth": None,
                "endMonth": None,
                "yearsTimeline": given["timeline"],
            },
            "countries": _countries(_partners(given["partner"])),
        },
        "sortingAndDataFormat": {
            "DataSort": {"columnOrder": [], "fullColumnOrder": [], "sortOrder": []},
            "reportCustomizations": {
                "exportCombineTables": False,
                "showAllSubtotal": False,
                "subtotalRecords": "",
                "totalRecords": str(ASKED),
                "exportRawData": False,
            },
        },
    }


def _everything() -> dict[str, Any]:
    """All districts, programs and provisions, added up."""
    return {
        "districts": {
            "aggregation": "Aggregate District",
            "districtGroups": {"userGroups": []},
            "districts": [],
            "districtsExpanded": [{"name": "All Districts", "value": "all"}],
            "districtsSelectType": "all",
        },
        "importPrograms": {"aggregation": None, "importPrograms": [], "programsSelectType": "all"},
        "extImportPrograms": {
            "aggregation": "Aggregate CSC",
            "extImportPrograms": [],
            "extImportProgramsExpanded": [],
            "programsSelectType": "all",
        },
        "provisionCodes": {
            "aggregation": "Aggregate RPCODE",
            "provisionCodesSelectType": "all",
            "rateProvisionCodes": [],
            "rateProvisionCodesExpanded": [],
        },
    }


def _commodities(codes: list[str], digits: str) -> dict[str, Any]:
    """The goods asked for, each by itself."""
    return {
        "aggregation": "Break Out Commodities",
        "codeDisplayFormat": "YES",
        "commodities": codes,
        "commoditiesExpanded": [{"name": code, "value": code} for code in codes],
        "commoditiesManual": ",".join(codes),
        "commodityGroups": {"systemGroups": [], "userGroups": []},
        "commoditySelectType": "list" if codes else "all",
        "granularity": digits,
        "groupGranularity": None,
        "searchGranularity": None,
    }


def _countries(codes: list[str]) -> dict[str, Any]:
    """The partners asked for, each by itself, by their Schedule C codes."""
    return {
        "aggregation": "Break Out Countries",
        "countries": codes,
        "countriesExpanded": [{"name": code, "value": code} for code in codes],
        "countriesSelectType": "list" if codes else "all",
        "countryGroups": {"systemGroups": [], "userGroups": []},
    }


def _codes(text: str) -> list[str]:
    """HTS codes; none is all."""
    codes = [] if text == "all" else [code.strip().replace(".", "") for code in text.split(",")]
    if wrong := next(
        (code for code in codes if not re.fullmatch(r"\d{2}|\d{4}|\d{6}|\d{8}|\d{10}", code)), None
    ):
        raise UsageError(f"code={wrong}: an HTS code has 2, 4, 6, 8 or 10 digits.")
    return codes


def _partners(text: str) -> list[str]:
    """Schedule C codes of countries; none is all."""
    found = [] if text == "all" else [country(code.strip()) for code in text.split(",")]
    if wrong := next((one for one in found if not one.census), None):
        raise UsageError(f"partner={wrong.id}: Schedule C has no code for {wrong.name}.")
    return [one.census for one in found]


def _years(text: str) -> list[str]:
    """Years of a list or a range."""
    bounds = text.split("-") if re.fullmatch(r"\d{4}-\d{4}", text) else []
    years = list(range(int(bounds[0]), int(bounds[1]) + 1)) if bounds else _listed(text)
    if not years or not all(1989 <= year <= 2100 for year in years):  # noqa: PLR2004 - DataWeb's first year
        raise UsageError(f"year={text}: give years from 1989 on, as 2024, 2023,2024 or 2020-2024.")
    return [str(year) for year in years]


def _listed(text: str) -> list[int]:
    """Years of a list; none if one of them is no year."""
    parts = [part.strip() for part in text.split(",")]
    return [int(part) for part in parts] if all(re.fullmatch(r"\d{4}", part) for part in parts) else []
