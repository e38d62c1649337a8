"""A draft request as Markdown and as one self-contained HTML page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from monazite.results.files.markdown import escaped
from monazite.results.report.page import asset

if TYPE_CHECKING:
    from collections.abc import Iterable

    from monazite.studies.nomenclature.reform.requests import Part, Request

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STYLE = "main{max-width:46rem;margin:0 auto;padding:1rem}p,ul{margin:.6em 0}table{width:100%}"


def markdown(request: Request) -> bytes:
    """The draft as GitHub Markdown."""
    parts = [f"# {escaped(request.title)}", *(_section(part) for part in request.parts)]
    return ("\n\n".join(parts) + "\n").encode()


def html(request: Request) -> bytes:
    """The draft as one HTML file that loads nothing."""
    body = "\n".join(map(_div, request.parts))
    title = escape(request.title)
    page = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{asset('report.css')}{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )
    return page.encode()


def _section(part: Part) -> str:
    """A section in Markdown."""
    told = [f"## {escaped(part.heading)}", *map(escaped, part.paragraphs)]
    if part.rows:
        told.append("\n".join(map(_line, (part.heads, ["---"] * len(part.heads), *part.rows))))
    if part.points:
        told.append("\n".join(f"* {escaped(point)}" for point in part.points))
    return "\n\n".join(told)


def _line(cells: Iterable[str]) -> str:
    """A row of a table; the rule under the headings stays as it is."""
    return f"| {' | '.join(cell if cell == '---' else escaped(cell) for cell in cells)} |"


def _div(part: Part) -> str:
    """A section in HTML."""
    told = [f"<h2>{escape(part.heading)}</h2>", *(f"<p>{escape(one)}</p>" for one in part.paragraphs)]
    if part.rows:
        head = "".join(f'<th scope="col">{escape(one)}</th>' for one in part.heads)
        rows = "".join(f"<tr>{''.join(f'<td>{escape(one)}</td>' for one in row)}</tr>" for row in part.rows)
        told.append(f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")
    if part.points:
        told.append(f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in part.points)}</ul>")
    return f"<section>{''.join(told)}</section>"
