"""Baskets: codes that hold several materials, and what share of them each material is."""

from __future__ import annotations

from monazite.studies.nomenclature.baskets.declared import DeclaredShare, declared_shares
from monazite.studies.nomenclature.baskets.lines import Line, lines_in
from monazite.studies.nomenclature.baskets.prices import Price
from monazite.studies.nomenclature.baskets.splitting import Basket, basket

__all__ = ["Basket", "DeclaredShare", "Line", "Price", "basket", "declared_shares", "lines_in"]
