"""Stocks in a cut of supply: how long they last, who is served, and when alternatives come.

=======================  ==============================================================
:mod:`.lasting`          when a stock runs out, in closed form; alternatives that ramp up
:mod:`.drawing`          a stock drawn down month by month, with a safety stock
:mod:`.rationing`        who gets what of too little
=======================  ==============================================================
"""

from __future__ import annotations

from monazite.methods.stocks.drawing import DrawDown, draw_down
from monazite.methods.stocks.lasting import ramp, stock_out_time
from monazite.methods.stocks.rationing import RULES, ration

__all__ = [
    "RULES",
    "DrawDown",
    "draw_down",
    "ramp",
    "ration",
    "stock_out_time",
]
