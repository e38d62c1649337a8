"""The pages say what is so: examples run, links lead somewhere, nothing is left out."""

from __future__ import annotations

import doctest
import inspect
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

import monazite
from monazite import errors
from monazite.schema.dictionary import TABLES, dictionary_page
from monazite.studies import STUDIES

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = sorted(
    [*DOCS.rglob("*.md"), *(ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md"))]
)
FENCE = re.compile(r"^(```+)([\w-]*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
SIGNS = re.compile(r"[^\w\- ]")


def name(page: Path) -> str:
    """A page's name as people write it."""
    return str(page.relative_to(ROOT))


@cache
def prose(page: Path) -> str:
    """A page without its code."""
    return re.sub(r"`[^`\n]*`", "code", FENCE.sub("", page.read_text(encoding="utf-8")))


def anchors(page: Path) -> set[str]:
    """Anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {SIGNS.sub("", heading.lower()).replace(" ", "-") for heading in headings}


def broken(page: Path) -> list[str]:
    """Links of a page to files or headings that are not there."""
    found = []
    for link in LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", link):
            continue
        file, _, anchor = unquote(link).partition("#")
        target = (page.parent / file).resolve() if file else page
        if not target.is_file() or (anchor and anchor not in anchors(target)):
            found.append(link)
    return found


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path) -> None:
    assert broken(page) == []


def test_a_link_to_nothing_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One head\n[a](page.md#one-head) [b](#no-head) [c](gone.md) [d](https://example.org)\n")
    assert broken(page) == ["#no-head", "gone.md"]


def test_every_page_can_be_reached_from_the_index() -> None:
    seen, ahead = set(), [DOCS / "index.md"]
    while ahead:
        page = ahead.pop()
        if page in seen:
            continue
        seen.add(page)
        links = (unquote(link).partition("#")[0] for link in LINK.findall(prose(page)))
        ahead += [
            (page.parent / link).resolve() for link in links if link.endswith(".md") and ":" not in link
        ]
    assert [name(page) for page in DOCS.rglob("*.md") if page not in seen] == []


@pytest.mark.parametrize(
    "page", ["README.md", "docs/python.md", "docs/errors.md", "docs/scenarios.md", "docs/stress.md"]
)
def test_python_examples_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = [
        code for _, kind, code in FENCE.findall((ROOT / page).read_text(encoding="utf-8")) if kind == "python"
    ]
    assert len(blocks) >= 2
    monkeypatch.chdir(tmp_path)
    example = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, page, page, 0)
    assert len(example.examples) >= 3
    assert doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL).run(example).failed == 0


def test_the_table_of_the_readme_is_the_one_printed(tmp_path: Path) -> None:
    shown = [code for _, kind, code in FENCE.findall((ROOT / "README.md").read_text(encoding="utf-8"))]
    (sample,) = [code for code in shown if code.startswith("$ monazite")]
    command, _, printed = sample.removeprefix("$ monazite ").partition("\n")
    kept = {key: value for key, value in os.environ.items() if not key.startswith("MONAZITE_")}
    environment = kept | {"COLUMNS": "100", "XDG_CONFIG_HOME": str(tmp_path)}
    run = [sys.executable, "-m", "monazite", *command.split()]
    got = subprocess.run(run, cwd=tmp_path, env=environment, check=True, timeout=120, capture_output=True)
    assert doctest.OutputChecker().check_output(printed, got.stdout.decode(), doctest.ELLIPSIS), (
        got.stdout.decode()
    )


def test_the_readme_names_both_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make test" in text
    assert "make assess" in text
    assert "docs/report.png" in text


def test_the_data_dictionary_is_the_declaration() -> None:
    told = "run python -m monazite.schema.dictionary > docs/data-dictionary.md"
    assert (DOCS / "data-dictionary.md").read_text(encoding="utf-8") == dictionary_page(TABLES), told


def test_the_data_dictionary_has_every_column() -> None:
    page = dictionary_page(TABLES)
    for table in TABLES:
        section = page.partition(f"\n## {table.name}\n")[2].partition("\n## ")[0]
        assert [column for column in table.names if f"| `{column}` |" not in section] == []


def test_every_error_has_its_meaning_exit_code_and_advice() -> None:
    page = (DOCS / "errors.md").read_text(encoding="utf-8")
    for kind, error in inspect.getmembers(errors, inspect.isclass):
        if not issubclass(error, errors.MonaziteError):
            continue
        line = next(row for row in page.splitlines() if row.startswith("|") and f"`{kind}`" in row)
        assert line.rstrip(" |").endswith(f"| {error.exit_code}"), kind
        if error is not errors.MonaziteError:
            section = page.partition(f"\n## {kind}\n")[2].partition("\n## ")[0]
            assert "*What to do:*" in section, kind


def test_every_study_and_every_name_of_the_api_is_documented() -> None:
    index, python = ((DOCS / page).read_text(encoding="utf-8") for page in ("index.md", "python.md"))
    assert [each.name for each in STUDIES if f"| `{each.name}` | {each.question} |" not in index] == []
    assert [each for each in monazite.__all__ if f"mz.{each}(" not in python] == []
