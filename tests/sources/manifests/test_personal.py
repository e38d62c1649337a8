"""Nothing personal comes out of a manifest: not in rows, refusals, findings, errors or the copy kept.

A number written with its signs (``123-45-6789``, ``(555) 010-0123``) never comes out of any column.
A bare run of digits cannot be told from a number in a column of numbers; everywhere else it does not
come out either.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from monazite.sources.manifests.layouts import FORMS
from monazite.sources.manifests.personal import mask, redacted, redacted_code

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from monazite.sources.manifests.layouts import Field, Form
    from monazite.sources.source import Account


class Outcome(Protocol):
    """What came out of a file."""

    rows: list[dict[str, object]]
    account: Account
    error: str
    kept: str
    told: str


class Maker(Protocol):
    """What the fixture gives."""

    folder: Path

    def good(self, form: Form) -> list[str]: ...
    def written(self, form: Form, rows: Sequence[Sequence[str]], name: str = "manifest.csv") -> Path: ...
    def read(self, path: Path) -> Outcome: ...


SIGNS = st.sampled_from(["-", " ", ".", "–", "\u2011", " - ", "/", "\u00a0", "\uff0d", "-\u200b", "_"])
DIGIT = st.sampled_from("0123456789")
FIRST = st.sampled_from("345678")
"""Not a number that begins with a year, as the numbers of bills do."""

BEFORE = st.sampled_from(
    [
        "",
        "CALL ",
        "TEL:",
        "X",
        "ATTN JOHN ",
        "SSN ",
        "(",
        "NAME,",
        "10 CTNS ",
        "#",
        "é",
        "PH.",
        "E-MAIL: ",
        "AB12C ",
    ]
)
AFTER = st.sampled_from(["", " EXT", ")", ", NY", " X", ";", "/CARGO", "\nNEXT", "é", " 7 CTNS"])
WIDE = str.maketrans("0123456789", "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19")
COLUMNS = [(form, field) for form in FORMS for field in form.fields]
PERSONAL = [(form, field) for form, field in COLUMNS if field.kind in {"person", "hidden"}]


@st.composite
def groups(draw: st.DrawFn, *sizes: int) -> str:
    """Digits in groups, with signs between them."""
    parts = ["".join([draw(FIRST), *(draw(DIGIT) for _ in range(size - 1))]) for size in sizes]
    return "".join(part + (draw(SIGNS) if place < len(parts) - 1 else "") for place, part in enumerate(parts))


@st.composite
def american(draw: st.DrawFn) -> str:
    """A telephone number of ten digits as Americans write it."""
    area, exchange, line = (draw(groups(size)) for size in (3, 3, 4))
    forms = (
        "({}) {}-{}",
        "({}){}-{}",
        "{}-{}-{}",
        "{}.{}.{}",
        "+1 {} {} {}",
        "1-{}-{}-{}",
        "+1({}){}{}",
        "{}/{}-{}",
    )
    return draw(st.sampled_from(forms)).format(area, exchange, line)


@st.composite
def foreign(draw: st.DrawFn) -> str:
    """A telephone number with its country."""
    return draw(st.sampled_from(["+", "00", "+ ", "+("])) + draw(
        groups(2, 3, 4, 4) | groups(3, 9) | groups(2, 2, 2, 2)
    )


SECURITY = groups(3, 2, 4)
LOCAL = groups(3, 4).map(lambda text: re.sub(r"\D+", "-", text))
WRITTEN = SECURITY | american() | foreign() | LOCAL | SECURITY.map(lambda text: text.translate(WIDE))
BARE = groups(9) | groups(10) | groups(10).map(lambda digits: f"1{digits}") | groups(14)
MAIL = (
    st.emails()
    | st.emails().map(lambda mail: mail.replace("@", " @ "))
    | st.emails().map(lambda mail: mail.replace("@", "\uff20"))
)


def digits_of(thing: str) -> str:
    """The digits of a thing, in ordinary writing."""
    return "".join(str(int(sign)) for sign in thing if sign.isdecimal())


def holds_number(text: str, thing: str) -> bool:
    """Whether the digits of a thing stand in a text in their order, whatever signs are between."""
    return re.search(r"[^\w,'\"]{0,3}".join(digits_of(thing)), text) is not None


def outcomes(maker: Maker, form: Form, field: Field, cell: str) -> tuple[str, str]:
    """What comes out of a file whose one cell holds a thing, and of one whose cell holds another."""
    place, good, row = form.fields.index(field), maker.good(form), maker.good(form)
    row[place] = "x@x.example"
    other = maker.read(maker.written(form, [good, row])).told
    row[place] = cell
    outcome = maker.read(maker.written(form, [good, row]))
    assert outcome.account.records == 2 == len(outcome.rows) + len(outcome.account.refused)
    return outcome.told, other


@pytest.mark.parametrize(
    "place", range(len(COLUMNS)), ids=lambda place: f"{COLUMNS[place][0].table.name}-{place}"
)
def test_no_column_of_any_form_lets_one_through(maker: Maker, place: int) -> None:
    form, field = COLUMNS[place]
    for thing in ("123-45-6789", "(555) 010-0123", "+86 755 5550 1234", "jane.roe@example.com"):
        told, _ = outcomes(maker, form, field, f"JANE {thing} ROE")
        assert thing not in told
        assert not holds_number(told, thing) or "@" in thing
        assert "@" not in told


@given(column=st.integers(0, len(COLUMNS) - 1), thing=WRITTEN, before=BEFORE, after=AFTER)
@example(column=0, thing="000-00-0001", before="", after="")
@example(column=1, thing="0030.30-30-30", before="(", after="")
def test_a_written_number_never_comes_out(
    lasting_maker: Maker,
    column: int,
    thing: str,
    before: str,
    after: str,
) -> None:
    told, other = outcomes(lasting_maker, *COLUMNS[column], f"{before}{thing}{after}")
    assume(not holds_number(other, thing))
    assert thing not in told
    assert not holds_number(told, thing)


def is_a_number(kind: str, thing: str) -> bool:
    """Whether a bare run of digits cannot be told from what a column of that kind holds."""
    size = len(thing)
    return (kind in {"whole", "number"} and size < 10) or (kind == "goods" and size < 11) or (
        kind == "bill" and size > 11
    )  # fmt: skip


@given(column=st.integers(0, len(COLUMNS) - 1), thing=BARE, before=st.sampled_from(["", "CALL ", "(", "é "]))
def test_a_bare_number_comes_out_of_columns_of_numbers_only(
    lasting_maker: Maker,
    column: int,
    thing: str,
    before: str,
) -> None:
    assume(before or not is_a_number(COLUMNS[column][1].kind, thing))
    told, other = outcomes(lasting_maker, *COLUMNS[column], f"{before}{thing}")
    assume(not holds_number(other, thing))
    assert not holds_number(told, thing)


@given(column=st.integers(0, len(COLUMNS) - 1), thing=MAIL, before=BEFORE, after=AFTER)
def test_an_address_of_mail_never_comes_out(
    lasting_maker: Maker,
    column: int,
    thing: str,
    before: str,
    after: str,
) -> None:
    told, other = outcomes(lasting_maker, *COLUMNS[column], f"{before}{thing}{after}")
    local = re.split(r"\s*[@\uff20]", thing)[0]
    assume(local not in other and local != mask(local))
    assert thing not in told
    assert "@" not in told
    assert len(local) < 6 or local not in told


@given(
    column=st.integers(0, len(PERSONAL) - 1),
    name=st.text(st.sampled_from("QXZqxz "), min_size=5).map(str.strip),
)
def test_a_column_about_persons_keeps_its_text(
    lasting_maker: Maker,
    column: int,
    name: str,
) -> None:
    assume(len(name) > 3)
    told, _ = outcomes(lasting_maker, *PERSONAL[column], name)
    assert name not in told


@given(
    form=st.integers(0, len(FORMS) - 1),
    name=st.text(st.sampled_from("QXZ"), min_size=5),
    more=st.integers(-2, 2),
)
def test_a_torn_row_says_nothing(lasting_maker: Maker, form: int, name: str, more: int) -> None:
    assume(more)
    width = max(len(FORMS[form].fields) + more, 2)
    assume(width != len(FORMS[form].fields))
    outcome = lasting_maker.read(lasting_maker.written(FORMS[form], [[name] * width]))
    assert name not in outcome.told
    assert [one.content for one in outcome.account.refused] == ["[redacted]"]
    assert outcome.kept.splitlines()[1] == ",".join(["[redacted]"] * width)


def test_a_table_without_its_header_says_nothing(maker: Maker) -> None:
    path = maker.folder / "headless.csv"
    path.write_text("2018010212345,JANE ROE,123-45-6789\n", encoding="utf-8")
    outcome = maker.read(path)
    assert "a first line of 3 cells" in outcome.error
    assert "JANE" not in outcome.told
    assert not outcome.kept


@given(text=st.text(st.sampled_from("AT TELMR.:@-+()[]1234567890é\u200b\uff11 "), max_size=60))
def test_what_is_redacted_is_redacted_again_to_the_same(text: str) -> None:
    for change in (redacted, redacted_code, mask):
        assert change(change(text)) == change(text)


@pytest.mark.parametrize(
    "text",
    [
        "1200 CTNS LITHIUM ION BATTERIES HS CODE 8507.60.0020 PO 12345",
        "HTS 8507600020, NET 12,345.67 KGS",
        "CAS NO. 7440-55-3 GALLIUM METAL 99.99",
        "C/NO. 1-1200 LOT 55512 UN3480 CLASS 9",
        "SPRINGFIELD IL 62701-1234",
        "NO. 47 JALAN LENGKUK 2, 71760",
        "MS PIPES, CONTACT LENSES, 10 PCS @ 3.50 USD",
        "ETD 2018-01-02",
    ],
)
def test_what_is_not_personal_stays(text: str) -> None:
    assert redacted(text) == text


@pytest.mark.parametrize(
    "code", ["MAEU570123456", "HLCUSHA1801ABCD1", "MSKU1234567", "9215907", "801E", "62701-1234"]
)
def test_a_code_stays(code: str) -> None:
    assert redacted_code(code) == code


@pytest.mark.parametrize(
    "text", ["TEL5551230123", "CELL 5550123", "555-010-0123", "5550100123", "5550@555.example"]
)
def test_a_number_of_a_person_in_a_code_does_not(text: str) -> None:
    assert "555" not in redacted_code(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ATTN: MRS JANE ROE, 3 EXAMPLE WAY", "ATTN: [redacted], 3 EXAMPLE WAY"),
        ("CONTACT PERSON JOHN DOE-ROE TEL 12345", "CONTACT PERSON [redacted] [redacted]"),
        ("MR. JOHN DOE; CARGO", "MR. [redacted]; CARGO"),
        ("PIC: J. DOE", "PIC: [redacted]"),
        ("PASSPORT NO. X1234567", "PASSPORT NO. X[redacted]"),
        ("DOB 01/02/1980", "DOB [redacted]"),
        ("JANE(AT)EXAMPLE.COM", "[redacted]"),
        ("CALL +47 22 12 34 OR 0047 22 12", "CALL [redacted] OR [redacted]"),
    ],
)
def test_a_word_says_that_a_person_follows(text: str, expected: str) -> None:
    assert redacted(text) == expected
