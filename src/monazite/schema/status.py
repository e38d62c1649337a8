"""Why an observation is what it is: the SDMX observation status, and what MCS adds to it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Status:
    """One observation status; ``sdmx`` is its code in SDMX CL_OBS_STATUS 2.2, or empty."""

    id: str
    sdmx: str
    meaning: str


STATUSES = (
    Status("normal", "A", "A figure as reported or as the publisher calculated it."),
    Status("censored", "", "Published as more or less than a bound (>50); the figure is an interval."),
    Status("range", "", "Published as a range (500–16,000); the figure is an interval."),
    Status("below-half-unit", "N", "Not zero, but less than half of the publisher's unit (s)."),
    Status("net-exporter", "", "Exports exceed imports (E): net import reliance is zero or less."),
    Status("withheld", "Q", "Known to the publisher, suppressed to protect a company (W)."),
    Status("not-available", "O", "Not known, or not published (NA)."),
    Status("not-collected", "L", "Exists, but the publisher does not collect it."),
    Status("not-applicable", "M", "Cannot exist or would not mean anything (XX)."),
    Status("described", "", "Published in words, not as a number (Large, Small, Variable)."),
    Status("unreadable", "", "A mark the reader cannot understand; there is a finding."),
)
CODES = tuple(status.id for status in STATUSES)
