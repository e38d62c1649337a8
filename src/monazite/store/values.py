"""Values of the engine as plain ones: what JSON, a cell and a data frame hold."""

from __future__ import annotations

import math
from datetime import date, datetime
from decimal import Decimal
from typing import Any


def plain(value: object) -> Any:  # noqa: ANN401 - whatever JSON holds
    """A value as JSON and a terminal show it.

    >>> plain(Decimal("1.5")), plain(date(2024, 1, 2)), plain(float("nan"))
    (1.5, '2024-01-02', None)
    """
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
