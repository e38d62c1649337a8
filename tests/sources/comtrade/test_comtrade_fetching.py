"""A wish becomes requests whose answers stay under the publisher's limit, and no address holds a key."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monazite.errors import UsageError
from monazite.sources.comtrade import SOURCE
from monazite.sources.comtrade.requests import LIMITS, PARTNERS, WILD, locate

WISH = {"reporter": "CHN", "period": "2019/2024", "commodity": "2846"}


def asked(url: str) -> dict[str, list[str]]:
    """What an address asks for, each value apart."""
    return {name: values[0].split(",") for name, values in parse_qs(urlsplit(url).query).items()}


def test_a_wish_that_fits_is_one_request_with_a_key() -> None:
    (request,) = locate(WISH)
    assert request.url.startswith(
        "https://comtradeapi.un.org/data/v1/get/C/A/HS?reporterCode=156&period=2019,2020,"
    )
    assert asked(request.url)["flowCode"] == ["M"]
    assert {name: asked(request.url)[name] for name in ("partner2Code", "customsCode", "motCode")} == {
        "partner2Code": ["0"], "customsCode": ["C00"], "motCode": ["0"],
    }  # fmt: skip
    assert "partnerCode" not in asked(request.url)
    assert request.key_in == "header:Ocp-Apim-Subscription-Key"
    assert request.accepts == ("application/json",)
    assert SOURCE.key == "COMTRADE_API_KEY"


def test_the_preview_needs_no_key_and_smaller_requests() -> None:
    requests = locate({**WISH, "access": "preview"})
    assert [asked(one.url)["period"] for one in requests] == [[str(year)] for year in range(2019, 2025)]
    assert {one.key_in for one in requests} == {""}
    assert all("/public/v1/preview/C/A/HS?" in one.url for one in requests)


def test_months_are_asked_for_as_months() -> None:
    (request,) = locate({**WISH, "period": "2023-11/2024-02", "partner": "WLD,USA"})
    assert "/C/M/HS?" in request.url
    assert asked(request.url)["period"] == ["202311", "202312", "202401", "202402"]
    assert asked(request.url)["partnerCode"] == ["0", "842"]


def test_a_code_of_a_country_is_that_of_the_period() -> None:
    (request,) = locate({**WISH, "reporter": "Taiwan", "period": "2020"})
    assert asked(request.url)["reporterCode"] == ["490"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"reporter": ""}, "comtrade needs reporter"),
        ({"period": "2024-13"}, "is no period"),
        ({"period": "2024/2019"}, "is no span"),
        ({"period": "2019/2020-02"}, "is no span"),
        ({"period": "2019,2020-02"}, "not for both"),
        ({"commodity": "28 46"}, "is no code of goods"),
        ({"commodity": "2846&x=1"}, "is no code of goods"),
        ({"flow": "both"}, "is no flow"),
        ({"access": "free"}, "access is 'free'; it is one of key, preview"),
        ({"nomenclature": "H9"}, "it is one of H0"),
        ({"reporter": "Atlantis"}, "no country"),
        ({"reporter": "MCO"}, "UN Comtrade has no data for Monaco"),
    ],
)
def test_a_wish_that_means_nothing_is_refused(changes: dict[str, str], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        locate({**WISH, **changes})


@given(
    first=st.integers(1990, 2023),
    years=st.integers(1, 34),
    codes=st.lists(
        st.sampled_from(["TOTAL", "AG2", "2846", "280530", "850511", "284610"]), min_size=1, unique=True
    ),
    flows=st.lists(st.sampled_from(["import", "export", "re-export"]), min_size=1, unique=True),
    access=st.sampled_from(["key", "preview"]),
)
def test_parts_hold_the_whole_wish_once_and_stay_under_the_limit(
    first: int, years: int, codes: list[str], flows: list[str], access: str
) -> None:
    last = min(first + years - 1, 2024)
    wish = {
        "period": f"{first}/{last}",
        "commodity": ",".join(codes),
        "flow": ",".join(flows),
        "access": access,
    }
    requests = locate({**WISH, **wish})
    cells = []
    for request in requests:
        told = asked(request.url)
        rows = (
            len(told["period"]) * sum(WILD.get(code, 1) for code in told["cmdCode"]) * len(told["flowCode"])
        )
        single = all(len(told[name]) == 1 for name in ("period", "cmdCode", "flowCode"))
        assert rows * PARTNERS < LIMITS[access] or single
        assert len(told["period"]) <= 12
        assert len(request.url) < 2_000
        cells += [(p, c, f) for p in told["period"] for c in told["cmdCode"] for f in told["flowCode"]]
    assert len(cells) == len(set(cells)) == (last - first + 1) * len(codes) * len(flows)
    assert len({request.file for request in requests}) == len(requests)
