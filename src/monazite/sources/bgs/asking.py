"""What to ask the BGS for: one commodity and one kind of statistic, in all years."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from monazite.sources.bgs.answers import LIMIT, check_answer
from monazite.sources.source import Parameter, Request

if TYPE_CHECKING:
    from collections.abc import Mapping

HOST = "ogcapi.bgs.ac.uk"
ITEMS = f"https://{HOST}/collections/world-mineral-statistics/items"
MOST = 10_000
"""Records the service gives at most in one answer; an answer that is cut off is refused."""

STATISTICS = ("Production", "Imports", "Exports")
PARAMETERS = (
    Parameter("commodity", "Commodity, as the BGS writes it.", "cobalt, mine"),
    Parameter("statistic", "Kind of statistic.", "Production", "Production", STATISTICS),
    Parameter("country", "Country, as the BGS writes it; empty for all.", "Chile", ""),
)


def locate(asked: Mapping[str, str]) -> tuple[Request, ...]:
    """The request for a commodity.

    >>> locate({"commodity": "cobalt, mine"})[0].file
    'bgs-cobalt-mine-production.json'
    """
    commodity, country = asked["commodity"], asked.get("country", "")
    statistic = asked.get("statistic") or STATISTICS[0]
    query = {"f": "json", "bgs_commodity_trans": commodity, "bgs_statistic_type_trans": statistic}
    query |= {"country_trans": country} if country else {}
    stem = re.sub(r"[^a-z0-9]+", "-", f"{commodity} {statistic} {country}".casefold()).strip("-")
    return (
        Request(
            url=f"{ITEMS}?{urlencode({**query, 'limit': MOST})}",
            file=f"bgs-{stem}.json",
            accepts=("application/geo+json", "application/json"),
            check=check_answer,
            parameters=dict(asked),
            limit=LIMIT,
        ),
    )
