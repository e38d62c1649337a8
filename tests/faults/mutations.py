"""Malformed copies of files: tables as text, JSON, archives and workbooks, Parquet, bytes of any kind.

The same seed gives the same copy.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Damage = Callable[[bytes, Random], bytes]

CELLS: tuple[str, ...] = (
    "", " ", "0", "-1", "+5", "5-", "(5)", "00", "007", "1e999", "-1e999", "1e-400", "NaN", "inf",
    "-Infinity", "9" * 400, "9" * 20, "9223372036854775808", "1" * 5000, "0x1F", "1_000", "1,234.5",
    "1.234,5", "1.2.3", "½", "١٢٣", "²", "—", "W", ">50", "<25", "..", "None", "null", "NULL", "NA",
    "true", "[]", "{}", "[1]", '{"a": 1}', "2024-02-30", "1900-00-00", "99999-01-01", "0000-00-00",
    "12/31/1899", "2024-13", "202413", "45000.99", "'", '"', '""', "\0", "a\0b", "\x1a", "\x1b[31m",
    "=1+1", "@SUM(A1)", "\ufeff", "\u202e", "é" * 1000, "x" * 300_000, "842", "000", "ZZZ", "USA",
    "World", "TOTAL", "Other", "\\N", "\\", "a\nb", "a\r\nb", "<a>&lt;", "\u2028", "0" * 50 + "1",
    "1 000", "1\u00a0000", "#N/A", "#REF!", "1e5", "1E+05", "8.5E-2", "TRUE", "%", "100%",
)  # fmt: skip
BYTES = (b"\0", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\x85", b"\xef\xbb\xbf", b'"', b"\n", b"\r", b",")
CODINGS = ("utf-16", "utf-16-le", "utf-32", "utf-8-sig", "latin-1", "cp1252", "utf-7", "cp037")
REFERENCES = ("A1", "XFD1048576", "A99999999", "ZZZZ1", "A0", "", "1", "A-1", "a1", "A1:B2", "AAAAAAAA1")
XML = (
    '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>', "&c;", "&#0;",
    "&#x110000;", "<!--", "<![CDATA[", "</row>", "<row>", "<c>", '<c r="XFD1048576" t="s"><v>0</v></c>',
    "<v>1e999</v>", "<v></v>", '<c r="A1" t="s"><v>99999999999</v></c>', '<c t="d"><v>2024-99-99</v></c>',
    '<c t="e"><v>#N/A</v></c>', '<mergeCell ref="A1:XFD1048576"/>', '<dimension ref="A1:XFD1048576"/>',
    "<a>" * 2000, "\0", "<v>-1</v>",
)  # fmt: skip
MARKS = (r'r="[^"]*"', r"<v>[^<]*</v>", r"<t[^>]*>[^<]*</t>", r'\bt="[^"]*"', r"<[^>]+>", "")
TYPES = ("s", "n", "b", "e", "d", "str", "inlineStr", "x", "")
LINES_KEPT, LONG = 60, 500


def mutated(content: bytes, chance: Random) -> bytes:
    """A damaged copy, a few times over."""
    content = thinned(content, chance)
    for _ in range(chance.choice((1, 1, 1, 1, 2, 3))):
        content = chance.choice(damages(content))(content, chance)
    return content


def damages(content: bytes) -> tuple[Damage, ...]:
    """What may be done to a file of its kind."""
    if content.startswith(b"PK"):
        return (*[_member] * 12, _bytes, _cut)
    if content.startswith((b"PAR1", b"\xd0\xcf", b"\x1f\x8b")):
        return (_bytes, _bytes, _cut)
    if content.lstrip()[:1] in {b"{", b"["}:
        return (*[_json] * 12, _nested, _bytes, _cut, _coding, _cell)
    broad = (_header, _delimiter, _ends, _bytes, _bytes, _cut, _coding, _nested)
    return (*[_cell] * 8, *[_column] * 4, *[_line] * 4, *broad)


def thinned(content: bytes, chance: Random) -> bytes:
    """The header and some of the lines of a long text, so that an input costs little."""
    if content.startswith((b"PK", b"PAR1", b"\x1f\x8b", b"{", b"[")):
        return content
    lines = content.splitlines(keepends=True)
    if len(lines) <= LINES_KEPT:
        return content
    chosen = sorted(chance.sample(range(12, len(lines)), LINES_KEPT - 12))
    return b"".join([*lines[:12], *(lines[at] for at in chosen)])


# ── bytes of any kind ─────────────────────────────────────────────────────────────────────────


def _bytes(content: bytes, chance: Random) -> bytes:
    """Some bytes flipped, put in, doubled or taken out."""
    for _ in range(chance.choice((1, 1, 3, 20))):
        at = chance.randrange(len(content) + 1)
        to = at + chance.choice((1, 1, 4, 100))
        done = chance.randrange(4)
        if done == 0:
            flipped = bytes(one ^ (1 << chance.randrange(8)) for one in content[at : at + 1])
            content = content[:at] + flipped + content[at + 1 :]
        elif done == 1:
            content = content[:at] + chance.choice(BYTES) + content[at:]
        else:
            content = content[:at] + content[at:to] * (3 * (done == 2)) + content[to:]
    return content


def _cut(content: bytes, chance: Random) -> bytes:
    """Only the beginning, or only the end."""
    at = chance.randrange(len(content) + 1)
    return content[:at] if chance.random() < 0.7 else content[at:]


def _coding(content: bytes, chance: Random) -> bytes:
    """The same text in another encoding."""
    return content.decode("utf-8", "replace").encode(chance.choice(CODINGS), "replace")


def _nested(content: bytes, chance: Random) -> bytes:
    """Brackets, quotes or separators without end, somewhere."""
    at, mark = (
        chance.randrange(len(content) + 1),
        chance.choice((b"[", b'{"a":', b'"', b",", b"(", b"\n", b"\\")),
    )
    return content[:at] + mark * chance.choice((50, 2000, 100_000)) + content[at:]


# ── tables as text ────────────────────────────────────────────────────────────────────────────


def _split(content: bytes) -> tuple[list[list[str]], str]:
    """Cells of a text, as simply as can be, and what stands between them."""
    text = content.decode("utf-8", "surrogateescape")
    between = max(",;\t|", key=text[:5000].count)
    return [line.split(between) for line in text.split("\n")], between


def _joined(rows: list[list[str]], between: str) -> bytes:
    """The text of cells."""
    return "\n".join(between.join(row) for row in rows).encode("utf-8", "surrogateescape")


def _somewhere(rows: list[list[str]], chance: Random) -> int:
    """One of the rows, seldom the header."""
    return chance.randrange(min(chance.choice((0, 1, 1, 1, 1, 1)), len(rows) - 1), len(rows))


def _cell(content: bytes, chance: Random) -> bytes:
    """Some cells become something else."""
    rows, between = _split(content)
    for _ in range(chance.choice((1, 1, 4, 30))):
        row = rows[_somewhere(rows, chance)]
        row[chance.randrange(len(row))] = chance.choice(CELLS)
    return _joined(rows, between)


def _column(content: bytes, chance: Random) -> bytes:
    """A column goes, comes twice, changes places with another, or is the same all over; or all shift."""
    rows, between = _split(content)
    one, other = (chance.randrange(max(map(len, rows))) for _ in range(2))
    done, cell = chance.randrange(5), chance.choice(CELLS)
    body = rows[chance.choice((0, 1, 1, 1)) :]
    for row in body:
        if max(one, other) < len(row):
            if done == 0:
                row[one], row[other] = row[other], row[one]
            elif done == 1:
                del row[one]
            else:
                row[one : one + (done == 4)] = [row[other] if done == 2 else cell]
    return _joined(rows, between)


def _line(content: bytes, chance: Random) -> bytes:
    """Lines go, come twice, change places, lose cells or gain some."""
    rows, between = _split(content)
    done, at = chance.randrange(6), _somewhere(rows, chance)
    if done == 0:
        del rows[at]
    elif done == 1:
        times = chance.choice((1, 1, 500)) if len(content) < LONG**2 else 1
        rows[at:at] = [list(rows[at])] * times
    elif done == 2:
        rows[1:] = chance.sample(rows[1:], len(rows) - 1)
    elif done == 3:
        rows[at] = rows[at][: chance.randrange(len(rows[at]) + 1)]
    else:
        cell = chance.choice(CELLS)
        rows[at] = rows[at] + [cell] * (chance.choice((1, 3, 5000)) if len(cell) < LONG else 2)
    return _joined(rows, between)


def _header(content: bytes, chance: Random) -> bytes:
    """The header is written otherwise, stands twice, or is gone."""
    head, end, rest = content.partition(b"\n")
    done = chance.randrange(6)
    other = (
        head.swapcase(),
        head.replace(b"_", b" "),
        head + b",",
        b"\xef\xbb\xbf" + head,
        b"",
        head + end + head,
    )
    return other[done] + end + rest


def _delimiter(content: bytes, chance: Random) -> bytes:
    """Another sign stands between the cells."""
    one, other = chance.sample((b",", b";", b"\t", b"|", b" ", b'"', b"."), 2)
    return content.replace(one, other)


def _ends(content: bytes, chance: Random) -> bytes:
    """Lines end otherwise, some or all."""
    other = chance.choice((b"\r", b"\r\n", b"\n\r", b"\x85", b"\n\n", b"", b"\0\n", b" \n", b"\x0c\n"))
    return content.replace(b"\n", other, chance.choice((-1, -1, 3)))


# ── JSON ──────────────────────────────────────────────────────────────────────────────────────


def _json(content: bytes, chance: Random) -> bytes:
    """A value somewhere becomes something else, goes, or comes again."""
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError):
        return _bytes(content, chance)
    for _ in range(chance.choice((1, 1, 4))):
        whole = _changed(whole, chance)
    return json.dumps(whole, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass")


def _changed(value: Any, chance: Random) -> Any:  # noqa: ANN401 - whatever JSON holds
    """The value, with one change somewhere in it."""
    if not isinstance(value, dict | list) or not value or chance.random() < 0.08:
        other: list[Any] = [
            None,
            True,
            0,
            -1,
            1.5,
            10**30,
            float("nan"),
            float("inf"),
            "\ud800",
            [],
            {},
            [[]],
            {"": 0},
        ]
        return chance.choice([*other, *CELLS])
    keys: list[Any] = list(value) if isinstance(value, dict) else list(range(len(value)))
    key, done = chance.choice(keys), chance.randrange(8)
    if done == 0:
        del value[key]
    elif done == 1 and isinstance(value, list):
        value.insert(key, json.loads(json.dumps(value[key])))
    elif done == 1 and isinstance(value, dict):
        value[f"{key} "] = value.pop(key)
    else:
        value[key] = _changed(value[key], chance)
    return value


# ── archives and workbooks ────────────────────────────────────────────────────────────────────


def _member(content: bytes, chance: Random) -> bytes:
    """A member of an archive is damaged, goes, comes again, or has another name."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = {info.filename: archive.read(info) for info in archive.infolist()}
    except Exception:  # noqa: BLE001 - damaged before
        return _bytes(content, chance)
    if not members:
        return _bytes(content, chance)
    names = [name for name in members if "sheet" in name or "shared" in name] or list(members)
    name = chance.choice(names if chance.random() < 0.8 else list(members))
    done = chance.randrange(12)
    if done == 0:
        del members[name]
    elif done == 1:
        members[chance.choice(("../a.csv", "/a.csv", f"{name} ", name.upper(), "a" * 300, "é.csv"))] = (
            members.pop(name)
        )
    elif name.endswith((".xml", ".rels")):
        members[name] = _xml(members[name], chance)
    else:
        members[name] = mutated(members[name], chance)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for each, held in members.items():
            archive.writestr(zipfile.ZipInfo(each), held, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _xml(content: bytes, chance: Random) -> bytes:
    """XML of a workbook with other cells, places, types or marks."""
    text = content.decode("utf-8", "replace")
    for _ in range(chance.choice((1, 1, 5))):
        done = chance.randrange(6)
        found = list(
            re.finditer(
                (r'r="[^"]*"', r"<v>[^<]*</v>", r"<t[^>]*>[^<]*</t>", r'\bt="[^"]*"', r"<[^>]+>", "")[done],
                text,
            )
        )
        if not found:
            continue
        match = chance.choice(found)
        cell = re.sub(r"[\0<>&]", "_", chance.choice(CELLS))
        other = (
            f'r="{chance.choice(REFERENCES)}"', f"<v>{cell}</v>", f"<t>{cell}</t>",
            f't="{chance.choice(TYPES)}"', "", chance.choice(XML),
        )[done]  # fmt: skip
        text = text[: match.start()] + other + text[match.end() :]
    return text.encode("utf-8", "surrogatepass")
