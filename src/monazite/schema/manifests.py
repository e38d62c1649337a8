"""Core tables of cargo manifests: bills of lading of the Automated Manifest System, personal data removed.

The publisher splits a bill over tables that ``identifier`` binds; it repeats in all of them, so a row
is named by its place in the file. Contact names and numbers have no column. Free text was redacted
before it was stored: ``[redacted]`` stands where something looked like personal data.
"""

from __future__ import annotations

from monazite.schema.columns import Column
from monazite.schema.tables import Table

_KEY = (
    Column("source", "text", "Source the row was read by.", key=True),
    Column("as_of", "text", "Edition (vintage) the row stands in.", key=True),
    Column("snapshot", "text", "First 16 digits of the sha256 of the file as kept.", key=True),
    Column("row", "integer", "Number of the record in its file, from 1.", key=True, low=1),
)
_BILL = Column("identifier", "text", "Number that binds the rows of one bill over the tables.", required=True)
_CONTAINER = Column("container_number", "text", "Container, as published.")
_WEIGHT_T = Column("weight_t", "number", "The weight in tonnes; empty where its unit is not one of mass.",
                   unit="t", basis="gross", low=0)  # fmt: skip


def _text(name: str, meaning: str) -> Column:
    """A text column."""
    return Column(name, "text", meaning)


def _whole(name: str, meaning: str) -> Column:
    """A column of whole numbers, none negative."""
    return Column(name, "integer", meaning, low=0)


def _table(name: str, meaning: str, *columns: Column) -> Table:
    """A table of rows that belong to a bill."""
    return Table(name, meaning, (*_KEY, _BILL, *columns), order=("identifier", "row"))


def _party(name: str, whose: str) -> Table:
    """A table of names and addresses."""
    return _table(
        name,
        f"Names and addresses of {whose}, without contacts.",
        _text("name", "Name, as published, redacted."),
        _text("address", "Lines of the address, joined by commas, redacted."),
        _text("city", "City, as published, redacted."),
        _text("state_province", "State or province, as published, redacted."),
        _text("zip_code", "Postal code, as published."),
        _text("country", "ISO 3166-1 alpha-3; the published code where no list holds it."),
    )


HEADER = _table(
    "manifest_header",
    "Bills of lading: carrier, vessel, ports, dates, quantity and weight.",
    _text("carrier_code", "Standard Carrier Alpha Code."),
    _text(
        "vessel_country", "Flag of the vessel, ISO 3166-1 alpha-3; the published code where no list holds it."
    ),
    _text("vessel_name", "Name of the vessel."),
    _text("port_of_unlading", "United States port the cargo is unladen in."),
    Column("estimated_arrival_date", "date", "Estimated day of arrival."),
    Column("actual_arrival_date", "date", "Actual day of arrival."),
    _text("foreign_port_of_lading_qualifier", "List the foreign port's code belongs to."),
    _text("foreign_port_of_lading", "Foreign port the cargo was laden in."),
    _whole("manifest_quantity", "Packages."),
    _text("manifest_unit", "Kind of package."),
    Column("weight", "number", "Weight, as published.", unit="<weight_unit>", low=0),
    _text("weight_unit", "Unit of the weight, as published."),
    _WEIGHT_T,
    Column("measurement", "number", "Volume, as published.", unit="<measurement_unit>", low=0),
    _text("measurement_unit", "Unit of the volume, as published."),
    _text("record_status_indicator", "Whether the bill is new, amended or deleted."),
    _text("place_of_receipt", "Place the carrier received the cargo at, redacted."),
    _text("port_of_destination", "United States port the cargo is bound for."),
    _text("foreign_port_of_destination_qualifier", "List the code of the port of destination belongs to."),
    _text("foreign_port_of_destination", "Foreign port the cargo is bound for."),
    _text("conveyance_id_qualifier", "Kind of number of the vessel."),
    _text("conveyance_id", "Number of the vessel, such as that of the IMO."),
    _text("in_bond_entry_type", "Kind of in-bond entry."),
    _text("mode_of_transportation", "Mode of transport."),
    _text("secondary_notify_parties", "Other parties to notify, joined by semicolons, redacted."),
)
BILL = _table(
    "manifest_bill",
    "Numbers of the bills: master and house bills, voyage, manifest.",
    _text("master_bol_number", "Number of the master bill of lading."),
    _text("house_bol_number", "Number of the house bill of lading."),
    _text("sub_house_bol_number", "Number of the bill below the house bill."),
    _text("voyage_number", "Voyage."),
    _text("bill_type_code", "Kind of bill."),
    _whole("manifest_number", "Number of the manifest."),
    Column("trade_update_date", "date", "Day the bill was last changed."),
    Column("run_date", "date", "Day the extract was made."),
)
CARGO = _table(
    "manifest_cargo_description",
    "Descriptions of the cargo, by container.",
    _CONTAINER,
    _whole("description_sequence_number", "Number of the description within the bill."),
    _whole("piece_count", "Pieces."),
    _text("description_text", "Description, redacted."),
)
CONTAINER = _table(
    "manifest_container",
    "Containers: seals, size, type, service.",
    _CONTAINER,
    _text("seal_number_1", "First seal."),
    _text("seal_number_2", "Second seal."),
    _text("equipment_description_code", "Kind of equipment."),
    _whole("container_length", "Length, as published."),
    _whole("container_height", "Height, as published."),
    _whole("container_width", "Width, as published."),
    _text("container_type", "Type of container."),
    _text("load_status", "Whether it is loaded."),
    _text("type_of_service", "Kind of service."),
)
HAZMAT = _table(
    "manifest_hazmat",
    "Hazardous materials, by container.",
    _CONTAINER,
    _whole("hazmat_sequence_number", "Number of the material within the bill."),
    _text("hazmat_code", "Code of the material."),
    _text("hazmat_class", "Class of the material, redacted."),
    _text("hazmat_code_qualifier", "List the code belongs to."),
    _text("hazmat_contact", "[redacted] where a contact is named."),
    _text("hazmat_page_number", "Page of the emergency guide."),
    _text("flash_point", "Flash point, its sign and its unit, as published."),
    _text("hazmat_description", "Description, redacted."),
)
HAZMAT_CLASS = _table(
    "manifest_hazmat_class",
    "Further classes of hazardous materials.",
    _CONTAINER,
    _whole("hazmat_sequence_number", "Number of the material within the bill."),
    _text("hazmat_classification", "Class of the material, redacted."),
)
MARKS = _table(
    "manifest_marks",
    "Marks and numbers on the packages.",
    _CONTAINER,
    _text("marks_and_numbers", "Lines of marks and numbers, joined by bars, redacted."),
)
CONSIGNEE = _party("manifest_consignee", "consignees")
NOTIFY_PARTY = _party("manifest_notify_party", "parties to notify")
SHIPPER = _party("manifest_shipper", "shippers")
_GOODS = (
    _CONTAINER,
    _whole("description_sequence_number", "Number of the description within the bill."),
    _text("harmonized_number", "Code of the goods, 2 to 10 digits, with leading zeros."),
    Column("harmonized_value", "number", "Value the carrier states.", unit="USD", low=0),
    Column("harmonized_weight", "number", "Weight; it may be the whole bill's in every container's row.",
           unit="<harmonized_weight_unit>", low=0),
    _text("harmonized_weight_unit", "Unit of the weight, as published."),
    _WEIGHT_T,
)  # fmt: skip
TARIFF = _table("manifest_tariff", "Codes of the goods, by container.", *_GOODS)
TARIFF_SCHEDULE = Table(
    "manifest_tariff_schedule",
    "The tariff schedule the codes of the manifests belong to, as printed: a row is a line of it.",
    (
        *_KEY,
        _text("harmonized_number", "Code, without dots; empty for a heading whose lines follow."),
        _whole("indent", "Depth of the line."),
        _text("description", "Description of the line."),
        _text("unit_of_quantity", "Units, as printed."),
        _text("general_rate_of_duty", "General rate of duty."),
        _text("special_rate_of_duty", "Special rate of duty."),
        _text("column_2_rate_of_duty", "Rate of duty of column 2."),
        _text("quota_quantity", "Quota."),
        _text("additional_duties", "Additional duties."),
    ),
    order=("row",),
)
SUMMARY = _table(
    "manifest_summary",
    "Bills of lading in one flat table: a row is a description of cargo with its bill, parties and code.",
    Column("trade_update_date", "date", "Day the bill was last changed."),
    Column("run_date", "date", "Day the extract was made."),
    _text("vessel_name", "Name of the vessel."),
    _text("port_of_unlading", "United States port the cargo is unladen in."),
    Column("estimated_arrival_date", "date", "Estimated day of arrival."),
    Column("actual_arrival_date", "date", "Actual day of arrival."),
    _text("foreign_port_of_lading", "Foreign port the cargo was laden in."),
    _text("record_status_indicator", "Whether the bill is new, amended or deleted."),
    _text("place_of_receipt", "Place the carrier received the cargo at, redacted."),
    _text("port_of_destination", "United States port the cargo is bound for."),
    _text("foreign_port_of_destination", "Foreign port the cargo is bound for."),
    _text("secondary_notify_parties", "Another party to notify, redacted."),
    _text("consignee_name", "Name of the consignee, redacted."),
    _text("consignee_address", "Address of the consignee, redacted."),
    _text("shipper_name", "Name of the shipper, redacted."),
    _text("shipper_address", "Address of the shipper, redacted."),
    _whole("piece_count", "Pieces."),
    _text("description_text", "Description, redacted."),
    *_GOODS,
)

TABLES = (
    HEADER,
    BILL,
    CARGO,
    CONTAINER,
    HAZMAT,
    HAZMAT_CLASS,
    MARKS,
    CONSIGNEE,
    NOTIFY_PARTY,
    SHIPPER,
    TARIFF,
    TARIFF_SCHEDULE,
    SUMMARY,
)
