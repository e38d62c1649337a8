"""Why a figure is what it is, in our words and in those of SDMX."""

from __future__ import annotations

from monazite.schema import findings, status

SDMX = {
    "normal": "A",
    "below-half-unit": "N",
    "withheld": "Q",
    "not-available": "O",
    "not-collected": "L",
    "not-applicable": "M",
}


def test_statuses_map_to_sdmx() -> None:
    assert {each.id: each.sdmx for each in status.STATUSES if each.sdmx} == SDMX


def test_no_two_statuses_share_a_name_or_a_code() -> None:
    assert len(set(status.CODES)) == len(status.STATUSES)
    assert len(set(SDMX.values())) == len(SDMX)
    assert all(each.meaning.endswith(".") for each in status.STATUSES)


def test_every_rule_of_a_finding_is_unique_and_explained() -> None:
    names = [rule.id for rule in findings.RULES]
    assert len(set(names)) == len(names)
    assert all(rule.meaning.endswith(".") and rule.hint for rule in findings.RULES)


def test_a_finding_takes_severity_and_hint_from_its_rule() -> None:
    told = findings.finding("censored", "germanium", where="line 1", found=">50", expected="a figure")
    assert (told.severity, told.hint, told.rows) == ("note", findings.rule("censored").hint, 1)
    own = findings.finding("censored", "germanium", where="", found="", expected="", rows=3, hint="Wait.")
    assert (own.hint, own.rows) == ("Wait.", 3)
