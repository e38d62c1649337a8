"""Labels beside points, placed where they hide neither one another nor a point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CHARACTER, LINE, GAP = 6.6, 13.0, 6.0


@dataclass(frozen=True, slots=True)
class Label:
    """A label and its place: the left edge and the middle line, in pixels."""

    text: str
    left: float
    middle: float

    @property
    def right(self) -> float:
        """Its right edge, from a generous width of its letters."""
        return self.left + CHARACTER * len(self.text)

    def inside(self, size: tuple[float, float]) -> bool:
        """Whether it stays within the drawing."""
        across = self.left >= 0 and self.right <= size[0]
        return across and LINE / 2 <= self.middle <= size[1] - LINE / 2

    def meets(self, other: Label) -> bool:
        """Whether two labels would touch."""
        return self.left < other.right and other.left < self.right and abs(self.middle - other.middle) < LINE

    def covers(self, point: tuple[float, float]) -> bool:
        """Whether it would hide a point."""
        return self.left - 3 < point[0] < self.right + 3 and abs(self.middle - point[1]) < LINE / 2 + 3


def placed(
    wanted: Iterable[tuple[str, float, float]],
    size: tuple[float, float],
    points: Iterable[tuple[float, float]] = (),
    *,
    centred: bool = False,
) -> dict[str, Label]:
    """As many labels as find room, the most wanted first, each beside or above or below its point."""
    kept: dict[str, Label] = {}
    others = tuple(points)
    for text, across, down in wanted:
        for label in choices(text, across, down, centred=centred):
            free = not any(map(label.meets, kept.values())) and not any(map(label.covers, others))
            if free and label.inside(size):
                kept[text] = label
                break
    return kept


def choices(text: str, across: float, down: float, *, centred: bool) -> tuple[Label, ...]:
    """The places at a point: upon it if wanted, right, left, above, below, then at its corners."""
    width = CHARACTER * len(text)
    return (
        *([Label(text, across - width / 2, down)] if centred else []),
        Label(text, across + GAP, down),
        Label(text, across - GAP - width, down),
        Label(text, across - width / 2, down - LINE),
        Label(text, across - width / 2, down + LINE),
        *(
            Label(text, left, down + below)
            for left in (across + GAP, across - GAP - width)
            for below in (-LINE, LINE)
        ),
    )
