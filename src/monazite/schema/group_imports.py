"""Tables of the answers on groups of goods: imports by product, by code and by partner."""

from __future__ import annotations

from monazite.schema.columns import Column
from monazite.schema.tables import Table

GROUPS = ("batteries", "pharmaceuticals", "magnets")
"""Groups of goods that are asked for by name."""
KNOWN = ("text", "text-shared", "breakout", "publisher", "judgement", "no-code")
"""How it is known that goods stand under a code: its text names them alone, or among others; a line of
its own was made for them; another publisher counts them there; judgement; there is no code."""
GROUP = "group"
"""Kind of the row that sums a group's products."""
BASES = ("value", "weight")

_PRODUCT = Column("product", "text", "Product, or the group for the row that sums it.", key=True)
_PRODUCT_NAME = Column("product_name", "text", "Name of the product.", required=True)
_SHARES = "of the listed partners, by value or by weight as basis says; never a net import reliance"

IMPORTS = Table(
    "imports",
    "United States imports for consumption of a group of goods by product: import dependence by value (or by"
    " weight, where quantities are loaded), among the partners listed. It is not net import reliance:"
    " production, exports and stocks are not counted.",
    (
        _PRODUCT,
        Column("name", "text", "Its name.", required=True),
        Column("group", "text", "Group of goods.", codes=GROUPS, required=True),
        Column("kind", "text", "What kind of goods: cell, part, active ingredient, dosage form, ...; group"
               " for the row that sums the products.", required=True),
        Column("year", "integer", "Calendar year.", unit="year", required=True),
        Column("basis", "text", "Whether shares are by value or by weight.", codes=BASES, required=True),
        Column("value_low_usd", "number", "Least import value: of codes that hold other goods too, the least"
               " part known to be this product; empty by weight.", unit="USD", basis="customs value", low=0),
        Column("value_high_usd", "number", "Most import value.", unit="USD", basis="customs value", low=0),
        Column("mass_low_t", "number", "Least mass; empty by value.", unit="t", low=0),
        Column("mass_high_t", "number", "Most mass.", unit="t", low=0),
        Column("leading_partner", "text", "Partner that sends most, ISO 3166-1 alpha-3 or the id of an"
               " aggregate."),
        Column("leading_partner_name", "text", "Its name."),
        Column("leading_share_low", "number", f"Its share {_SHARES}.", unit="1", low=0, high=1),
        Column("leading_share_high", "number", f"Its share {_SHARES}; while partners are missing, also"
               " the most its share of all imports can be, whose least is not known.", unit="1", low=0,
               high=1),
        Column("leading_share_of_codes", "number", "Its share of everything under the product's codes,"
               " whatever they hold.", unit="1", low=0, high=1),
        Column("leading_country", "text", "Country that sends most among those listed by themselves."),
        Column("leading_country_name", "text", "Its name."),
        Column("leading_country_share_low", "number", f"Its share {_SHARES}.", unit="1", low=0, high=1),
        Column("leading_country_share_high", "number", f"Its share {_SHARES}.", unit="1", low=0, high=1),
        Column("hhi_low", "number", "Least Herfindahl–Hirschman index of the listed partners: the members of"
               " an aggregate send alike.", unit="1", low=0, high=1),
        Column("hhi_high", "number", "Greatest Herfindahl–Hirschman index: an aggregate is one country.",
               unit="1", low=0, high=1),
        Column("partners", "integer", "Listed partners that sent any; an aggregate counts as one.", unit="1",
               low=0),
        Column("codes", "text", "Codes with imports that were counted."),
        Column("note", "text", "What to know of the product."),
        Column("findings", "text", "Rules of the findings on the row."),
    ),
)  # fmt: skip

IMPORTS_CODE = Table(
    "imports_code",
    "The codes behind imports by product: what share of a code is the product, how that is known, and what"
    " was imported under it.",
    (
        _PRODUCT,
        _PRODUCT_NAME,
        Column("code", "text", "Code that was counted, with leading zeros.", key=True),
        Column("nomenclature", "text", "Edition it was mapped in.", required=True),
        Column("form", "text", "What of the product stands under it."),
        Column("known", "text", "How that is known.", codes=KNOWN, required=True),
        Column("share_low", "number", "Least share of the code that is the product.", unit="1", low=0, high=1,
               required=True),
        Column("share_high", "number", "Greatest share of the code that is the product.", unit="1", low=0,
               high=1, required=True),
        Column("value_usd", "number", "Import value under the code, whatever it holds; empty by weight.",
               unit="USD", basis="customs value", low=0),
        Column("mass_t", "number", "Mass under the code; empty by value.", unit="t", low=0),
        Column("leading_partner_name", "text", "Partner that sends most."),
        Column("leading_share", "number", f"Its share {_SHARES}.", unit="1", low=0, high=1),
        Column("partners", "integer", "Listed partners that sent any.", unit="1", low=0, required=True),
        Column("comment", "text", "What the map says of it."),
    ),
)  # fmt: skip

IMPORTS_PARTNER = Table(
    "imports_partner",
    "Imports by product and partner.",
    (
        _PRODUCT,
        _PRODUCT_NAME,
        Column("partner", "text", "Country of origin, ISO 3166-1 alpha-3, or the id of an aggregate.",
               key=True),
        Column("name", "text", "Its name.", required=True),
        Column("aggregate", "boolean", "Whether it holds several countries; members listed by themselves are"
               " taken out.", required=True),
        Column("value_low_usd", "number", "Least import value.", unit="USD", basis="customs value", low=0),
        Column("value_high_usd", "number", "Most import value.", unit="USD", basis="customs value", low=0),
        Column("mass_low_t", "number", "Least mass.", unit="t", low=0),
        Column("mass_high_t", "number", "Most mass.", unit="t", low=0),
        Column("share_low", "number", f"Least share {_SHARES}.", unit="1", low=0, high=1, required=True),
        Column("share_high", "number", f"Greatest share {_SHARES}.", unit="1", low=0, high=1, required=True),
    ),
)  # fmt: skip

TABLES = (IMPORTS, IMPORTS_CODE, IMPORTS_PARTNER)
