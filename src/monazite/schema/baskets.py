"""Tables about baskets: codes that hold several materials, and what share of them each material is."""

from __future__ import annotations

from monazite.schema.columns import Column
from monazite.schema.tables import Rule, Table

SHARES_OF = ("value", "mass")
HOWS = ("unit values", "unit values and declared", "declared", "contradiction", "one material", "not known")
OTHER = "other"
"""What a code holds besides the materials that are named for it."""

_IN_ORDER = Rule(
    "share-in-interval", "share_low <= share AND share <= share_high", "the share lies in its interval"
)
_CODE = Column("code", "text", "Code of the goods, with leading zeros.", key=True)
_NOMENCLATURE = Column("nomenclature", "text", "Nomenclature and edition of the code.", key=True)
_MATERIAL = Column(
    "material", "text", "Material; other is all that is not one of the materials named.", key=True
)
_SHARE = (
    Column("share_low", "number", "Lower end of the interval.", unit="1", low=0, high=1, required=True),
    Column("share", "number", "Share of the code: a point in the interval.", unit="1", low=0, high=1,
           required=True),
    Column("share_high", "number", "Upper end of the interval.", unit="1", low=0, high=1, required=True),
)  # fmt: skip

BASKET_SHARE = Table(
    "basket_share",
    "What share of a code each of its materials is, by value and by mass, with intervals.",
    (
        _CODE,
        _NOMENCLATURE,
        Column("year", "integer", "Calendar year of the trade.", unit="year", key=True),
        _MATERIAL,
        Column("share_of", "text", "What it is a share of.", codes=SHARES_OF, key=True),
        *_SHARE,
        Column("how", "text", "What the share rests on.", codes=HOWS, required=True),
        Column("lines", "integer", "Lines of trade the share is over.", unit="lines", low=0, required=True),
        Column("lines_with_quantity", "integer", "Those of them that have a unit value.", unit="lines",
               low=0, required=True),
        Column("declared_low", "number", "Lower end of the share of value declared under longer codes.",
               unit="1", low=0, high=1),
        Column("declared_high", "number", "Upper end of that share.", unit="1", low=0, high=1),
        Column("price_low_usd_per_t", "number", "Lower end of the price put in.", unit="USD/t", low=0),
        Column("price_high_usd_per_t", "number", "Upper end of the price put in.", unit="USD/t", low=0),
        Column("price_from", "text", "Where the price is from; empty if none is known."),
        Column("price_found_usd_per_t", "number", "Typical unit value of the lines given to the material.",
               unit="USD/t", low=0),
    ),
    (_IN_ORDER,),
    order=("nomenclature", "code", "year", "share_of", "material"),
)  # fmt: skip

DECLARED_SHARE = Table(
    "declared_share",
    "What share of a six-digit code each material is, as United States imports declare it under ten digits.",
    (
        _CODE,
        Column("year", "integer", "Calendar year of the imports.", unit="year", key=True),
        _MATERIAL,
        *_SHARE,
        Column("value_low_usd", "number", "Lower end of the imports of the material.", unit="USD", low=0,
               required=True),
        Column("value_high_usd", "number", "Upper end of the imports of the material.", unit="USD", low=0,
               required=True),
        Column("of_usd", "number", "Imports under the whole code.", unit="USD", basis="customs value", low=0,
               required=True),
        Column("codes", "text", "Ten-digit codes that hold the material, in order, joined by a comma;"
               " for other, those that hold anything else.", required=True),
        Column("together", "boolean", "Whether some of the goods hold several of the materials at once, as"
               " magnets do: then the shares of the code sum to more than 1.", required=True),
    ),
    (_IN_ORDER,),
    order=("code", "year", "material"),
)  # fmt: skip

TABLES = (BASKET_SHARE, DECLARED_SHARE)
"""Tables of answers about baskets."""
