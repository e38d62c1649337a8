"""Which forms a result can be written in, and how one is chosen."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from monazite.errors import OutputError, UsageError
from monazite.store.replace import replace_file

if TYPE_CHECKING:
    from collections.abc import Callable

    from monazite.results.frame import Frame
    from monazite.results.result import Result

BINARY = ("parquet", "xlsx")


def write(result: Result, path: Path | str, form: str | None = None) -> Path:
    """Write a result to a file, whole or not at all.

    Parameters
    ----------
    result
        The result of a study.
    path
        The file; one that exists is replaced.
    form
        One of ``csv``, ``json``, ``jsonl``, ``parquet``, ``xlsx``, ``md``, ``html``; by default
        what the file's ending says.

    Returns
    -------
    Path
        The path as it was given.

    Raises
    ------
    UsageError
        If no writer knows the form.
    OutputError
        If the file cannot be written; nothing partial is left behind.
    """
    return replace_file(path, render(result, form or form_of(path)))


def render(result: Result, form: str) -> bytes:
    """A result in one of the forms, as the bytes of its file; text is UTF-8.

    Raises
    ------
    UsageError
        If no writer knows the form.
    """
    if form not in FORMS:
        raise UsageError(f"no writer for the form {form!r}; there are {', '.join(FORMS)}.")
    return FORMS[form](result)


def render_frame(frame: Frame, form: str) -> bytes:
    """One table as ``csv``, ``json`` or ``jsonl``.

    Raises
    ------
    UsageError
        If the form is none of these.
    """
    from monazite.results.files.delimited import csv_bytes  # noqa: PLC0415 - as a result's forms
    from monazite.results.files.objects import jsonl_bytes, table_bytes  # noqa: PLC0415 - as above

    forms = {"csv": csv_bytes, "json": table_bytes, "jsonl": jsonl_bytes}
    if form not in forms:
        raise UsageError(f"no writer of a table for the form {form!r}; there are {', '.join(forms)}.")
    return forms[form](frame)


def form_of(path: Path | str) -> str:
    """The form a file's ending stands for.

    Raises
    ------
    UsageError
        If the ending stands for none.

    Examples
    --------
    >>> form_of("table.xlsx")
    'xlsx'
    """
    ending = Path(path).suffix.lstrip(".").lower()
    form = {"markdown": "md", "ndjson": "jsonl", "htm": "html"}.get(ending, ending)
    if form not in FORMS:
        known = ", ".join(f".{name}" for name in FORMS)
        raise UsageError(f"the ending of {path} stands for no form; there are {known}.")
    return form


def _csv(result: Result) -> bytes:
    from monazite.results.files.delimited import csv_bytes  # noqa: PLC0415 - each form loads only what it needs

    return csv_bytes(result.table)


def _json(result: Result) -> bytes:
    from monazite.results.files.objects import json_bytes  # noqa: PLC0415 - as above

    return json_bytes(result)


def _jsonl(result: Result) -> bytes:
    from monazite.results.files.objects import jsonl_bytes  # noqa: PLC0415 - as above

    return jsonl_bytes(result.table)


def _parquet(result: Result) -> bytes:
    from monazite.store.parquet import write_parquet  # noqa: PLC0415 - as above

    try:
        with tempfile.TemporaryDirectory(prefix="monazite-") as folder:
            path = Path(folder) / "table.parquet"
            write_parquet(result.table.table, result.table.rows, path)
            return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"no Parquet in the temporary folder: {reason}; set TMPDIR.") from error


def _xlsx(result: Result) -> bytes:
    from monazite.results.files.workbook import xlsx_bytes  # noqa: PLC0415 - as above

    return xlsx_bytes(result)


def _markdown(result: Result) -> bytes:
    from monazite.results.files.markdown import markdown_bytes  # noqa: PLC0415 - as above

    return markdown_bytes(result)


def _html(result: Result) -> bytes:
    from monazite.results.report import report_html  # noqa: PLC0415 - charts and templates load slowly

    return report_html(result).encode()


FORMS: dict[str, Callable[[Result], bytes]] = {
    "csv": _csv,
    "json": _json,
    "jsonl": _jsonl,
    "parquet": _parquet,
    "xlsx": _xlsx,
    "md": _markdown,
    "html": _html,
}
