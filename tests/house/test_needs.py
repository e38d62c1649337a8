"""A test whose need is missing is listed as not run, or fails where everything is required."""

from __future__ import annotations

from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"
MARKED = """
import pytest

@pytest.mark.needs("browser")
def test_page():
    assert True

def test_rows(real_data):
    assert (real_data / "README.md").is_file()

def test_plain():
    assert True
"""


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Three tests of which two need something that the environment says is nowhere."""
    pytester.makeconftest(CONFTEST.read_text(encoding="utf-8"))
    pytester.makeini("[pytest]\nmarkers = needs\nstrict = true")
    pytester.makepyfile(MARKED)
    for name in ("MONAZITE_REAL_DATA", "MONAZITE_GOLDEN", "MONAZITE_CHROMIUM"):
        monkeypatch.setenv(name, str(pytester.path / "nowhere"))
    monkeypatch.delenv("MONAZITE_REQUIRE_ALL", raising=False)
    return pytester


def test_missing_needs_are_listed_as_not_run(suite: pytest.Pytester) -> None:
    result = suite.runpytest_subprocess()
    result.assert_outcomes(passed=1, deselected=2)
    result.stdout.fnmatch_lines(
        [
            "not run: *::test_page: needs a browser (install chromium or set MONAZITE_CHROMIUM)",
            "not run: *::test_rows: needs real files (set MONAZITE_REAL_DATA)",
        ]
    )


def test_missing_needs_fail_where_all_are_required(
    suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MONAZITE_REQUIRE_ALL", "1")
    result = suite.runpytest_subprocess()
    result.assert_outcomes(passed=1, errors=2)
    assert result.ret == pytest.ExitCode.TESTS_FAILED
    result.stdout.fnmatch_lines(["*needs a browser*"])


def test_found_needs_run(suite: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    suite.makefile(".md", README="# What lies here")
    browser = suite.makefile(".sh", chromium="#!/bin/sh")
    browser.chmod(0o755)
    monkeypatch.setenv("MONAZITE_CHROMIUM", str(browser))
    monkeypatch.setenv("MONAZITE_REAL_DATA", str(suite.path))
    result = suite.runpytest_subprocess()
    result.assert_outcomes(passed=3)
    result.stdout.no_fnmatch_line("*not run*")


def test_unknown_need_is_refused(suite: pytest.Pytester) -> None:
    suite.makepyfile('import pytest\n\n@pytest.mark.needs("broswer")\ndef test_page(): ...')
    result = suite.runpytest_subprocess()
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(["*needs ?'broswer'?; known needs are*"])
