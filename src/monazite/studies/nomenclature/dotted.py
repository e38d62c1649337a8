"""Codes with the dots their tariff prints."""

from __future__ import annotations

from monazite.codes.written import system

DOTTED = ("HS", "HTS", "ScheduleB")


def dotted(code: str, nomenclature: str = "HTS2025") -> str:
    """A code as its nomenclature prints it; other nomenclatures print no dots.

    >>> dotted("8112921000"), dotted("811292", "HS2022"), dotted("8112"), dotted("68998", "SITC4")
    ('8112.92.10.00', '8112.92', '8112', '68998')
    """
    if system(nomenclature) not in DOTTED:
        return code
    return ".".join(part for part in (code[:4], code[4:6], code[6:8], code[8:]) if part)
