"""What a reading notices, gathered: the same thing in a thousand rows is one finding of 1,000 rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from monazite.sources.source import Account

MOST = 50
"""Subjects told one by one under a rule; the rest are told together."""

_REST = "further ones"


class Seen(NamedTuple):
    """The first place a thing was seen, what was found there, and what was expected."""

    line: int
    column: str
    found: str
    expected: str


@dataclass(slots=True)
class Notes:
    """Things noticed, by rule and subject: where first, and how often."""

    first: dict[tuple[str, str], Seen] = field(default_factory=dict)
    rows: dict[tuple[str, str], int] = field(default_factory=dict)
    subjects: dict[str, int] = field(default_factory=dict)

    def note(self, rule: str, subject: str, seen: Seen) -> None:
        """Notice a thing once more."""
        key = (rule, subject)
        if key not in self.first:
            if self.subjects.get(rule, 0) >= MOST:
                key = (rule, _REST)
            self.subjects[rule] = self.subjects.get(rule, 0) + 1
            self.first.setdefault(key, seen)
        self.rows[key] = self.rows.get(key, 0) + 1

    def tell(self, account: Account, file: str) -> None:
        """Tell everything noticed as findings."""
        for (rule, subject), seen in self.first.items():
            column = f", column {seen.column!r}" if seen.column else ""
            where = f"{file}, line {seen.line}{column}"
            account.tell(
                rule,
                subject,
                where=where,
                found=seen.found,
                expected=seen.expected,
                rows=self.rows[rule, subject],
            )
