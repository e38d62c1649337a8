"""A result's sources in the forms reference managers read: BibTeX and CSL JSON."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from monazite.results.result import Result, Source

_MEANT = re.compile(r"([&%$#_{}])")


def bibtex(result: Result) -> str:
    """One ``@misc`` entry per publication, and one for the result itself."""
    entries = [_entry(_own(result)), *(_entry(_publication(source)) for source in result.sources)]
    return "\n\n".join(entries) + "\n"


def csl_json(result: Result) -> str:
    """The same entries as a CSL JSON array."""
    entries = [_own(result), *(_publication(source) for source in result.sources)]
    return json.dumps([_csl(entry) for entry in entries], ensure_ascii=False, indent=2) + "\n"


def _own(result: Result) -> dict[str, str]:
    """The entry of the result itself."""
    return {
        "key": f"monazite-{result.study}",
        "type": "software",
        "author": "The monazite contributors",
        "title": f"monazite {result.version}: {result.title}",
        "note": result.cite(),
    }


def _publication(source: Source) -> dict[str, str]:
    """The entry of one publication."""
    year = re.search(r"(?:19|20)\d\d", f"{source.title} {source.as_of}")
    return {
        "key": source.as_of,
        "type": "dataset",
        "author": source.publisher,
        "title": source.title,
        "publisher": source.publisher,
        "year": year.group() if year else "",
        "doi": source.doi,
        "note": f"{source.licence}; sha256 {', '.join(source.snapshots)}",
    }


def _entry(told: dict[str, str]) -> str:
    """A BibTeX entry; braces round an author keep an institution's name whole."""
    fields = {name: _escaped(text) for name, text in told.items() if name not in ("key", "type") and text}
    fields["author"] = f"{{{fields['author']}}}"
    lines = [f"  {name} = {{{text}}}," for name, text in fields.items()]
    return "\n".join([f"@misc{{{told['key']},", *lines, "}"])


def _csl(told: dict[str, str]) -> dict[str, Any]:
    """A CSL JSON item."""
    item: dict[str, Any] = {"id": told["key"], "type": told["type"], "author": [{"literal": told["author"]}]}
    item |= {name: told[name] for name in ("title", "publisher", "note") if told.get(name)}
    if told.get("doi"):
        item |= {"DOI": told["doi"], "URL": f"https://doi.org/{told['doi']}"}
    if told.get("year"):
        item["issued"] = {"date-parts": [[int(told["year"])]]}
    return item


def _escaped(text: str) -> str:
    r"""A text LaTeX prints as it is.

    >>> _escaped("50 % & more")
    '50 \\% \\& more'
    """
    return _MEANT.sub(r"\\\1", text.replace("\\", "/"))
