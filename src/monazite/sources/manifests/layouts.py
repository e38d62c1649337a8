"""The forms manifests come in: the columns of each, what stands in them, where it goes.

A line of a form is a published column, what kind of thing it holds, and the column of the table it
goes to where that has another name; columns that go to one are joined. The kinds:

=============  ========================================================================
``bill``       the number that binds the tables
``whole``      a whole number that is not negative
``number``     a number that is not negative
``day``        a date
``goods``      a code of goods, typed as a number by the file
``line``       a code of goods, with dots
``code``       a code: a number of a person standing in it is redacted
``country``    an ISO 3166-1 alpha-2 code
``text``       free text: redacted
``hidden``     about a person: ``[redacted]`` where anything stands in it
``person``     about a person: not read
=============  ========================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from monazite.schema import manifests

if TYPE_CHECKING:
    from collections.abc import Sequence

    from monazite.schema.tables import Table


@dataclass(frozen=True, slots=True)
class Field:
    """A published column: its name, what kind of thing it holds, where it goes."""

    name: str
    kind: str
    column: str


@dataclass(frozen=True, slots=True)
class Form:
    """A form: its columns, the table its records go to, what joins columns that go to one."""

    table: Table
    fields: tuple[Field, ...]
    joint: str = ", "

    @property
    def names(self) -> frozenset[str]:
        """Names of its columns; they may stand in any order."""
        return frozenset(field.name for field in self.fields)


def _form(table: Table, lines: str, joint: str = ", ") -> Form:
    """A form from its lines: name, kind, and the column where it is another."""
    fields = []
    for line in lines.strip().splitlines():
        name, kind, *column = (part.strip() for part in line.split(":"))
        fields.append(Field(name, kind, column[0] if column else name))
    return Form(table, tuple(fields), joint)


def _party(table: Table, name: str, lines: str) -> Form:
    """A form of names and addresses; ``lines`` is what its address columns begin with."""
    address = "\n".join(f"{lines}{number} : text : address" for number in range(1, 5))
    return _form(
        table,
        f"""
        identifier : bill
        {name} : text : name
        {address}
        city : text
        state_province : text
        zip_code : code
        country_code : country : country
        contact_name : person
        comm_number_qualifier : person
        comm_number : person
        """,
    )


def _summary(description: str) -> Form:
    """The flat form; the column of the description has two names."""
    return _form(
        manifests.SUMMARY,
        f"""
        identifier : bill
        trade_update_date : day
        run_date : day
        vessel_name : text
        port_of_unlading : text
        estimated_arrival_date : day
        foreign_port_of_lading : text
        record_status_indicator : code
        place_of_receipt : text
        port_of_destination : text
        foreign_port_of_destination : text
        secondary_notify_party_1 : text : secondary_notify_parties
        actual_arrival_date : day
        consignee_name : text
        consignee_address : text
        consignee_contact_name : person
        consignee_comm_number_qualifier : person
        consignee_comm_number : person
        shipper_party_name : text : shipper_name
        shipper_address : text
        shipper_contact_name : person
        shipper_comm_number_qualifier : person
        shipper_comm_number : person
        container_number : code
        description_sequence_number : whole
        piece_count : whole
        {description} : text : description_text
        harmonized_number : goods
        harmonized_value : number
        harmonized_weight : number
        harmonized_weight_unit : code
        """,
    )


_PARTIES = "\n".join(
    f"secondary_notify_party_{number} : text : secondary_notify_parties" for number in range(1, 11)
)
_MARKS = "\n".join(f"marks_and_numbers_{number} : text : marks_and_numbers" for number in range(1, 9))

FORMS = (
    _form(
        manifests.HEADER,
        f"""
        identifier : bill
        carrier_code : code
        vessel_country_code : country : vessel_country
        vessel_name : text
        port_of_unlading : text
        estimated_arrival_date : day
        foreign_port_of_lading_qualifier : code
        foreign_port_of_lading : text
        manifest_quantity : whole
        manifest_unit : code
        weight : number
        weight_unit : code
        measurement : number
        measurement_unit : code
        record_status_indicator : code
        place_of_receipt : text
        port_of_destination : text
        foreign_port_of_destination_qualifier : code
        foreign_port_of_destination : text
        conveyance_id_qualifier : code
        conveyance_id : code
        in_bond_entry_type : code
        mode_of_transportation : code
        {_PARTIES}
        actual_arrival_date : day
        """,
        "; ",
    ),
    _form(
        manifests.BILL,
        """
        identifier : bill
        master_bol_number : code
        house_bol_number : code
        sub_house_bol_number : code
        voyage_number : code
        bill_type_code : code
        manifest_number : whole
        trade_update_date : day
        run_date : day
        """,
    ),
    _form(
        manifests.CARGO,
        """
        identifier : bill
        container_number : code
        description_sequence_number : whole
        piece_count : whole
        description_text : text
        """,
    ),
    _form(
        manifests.CONTAINER,
        """
        identifier : bill
        container_number : code
        seal_number_1 : code
        seal_number_2 : code
        equipment_description_code : code
        container_length : whole
        container_height : whole
        container_width : whole
        container_type : code
        load_status : code
        type_of_service : code
        """,
    ),
    _form(
        manifests.HAZMAT,
        """
        identifier : bill
        container_number : code
        hazmat_sequence_number : whole
        hazmat_code : code
        hazmat_class : text
        hazmat_code_qualifier : code
        hazmat_contact : hidden
        hazmat_page_number : code
        hazmat_flash_point_temperature_negative_ind : code : flash_point
        hazmat_flash_point_temperature : code : flash_point
        hazmat_flash_point_temperature_unit : code : flash_point
        hazmat_description : text
        """,
        " ",
    ),
    _form(
        manifests.HAZMAT_CLASS,
        """
        identifier : bill
        container_number : code
        hazmat_sequence_number : whole
        hazmat_classification : text
        """,
    ),
    _form(
        manifests.MARKS,
        f"""
        identifier : bill
        container_number : code
        {_MARKS}
        """,
        " | ",
    ),
    _party(manifests.CONSIGNEE, "consignee_name", "consignee_address_"),
    _party(manifests.NOTIFY_PARTY, "notify_party_name", "notify_party_address_"),
    _party(manifests.SHIPPER, "shipper_party_name", "shipper_party_address_"),
    _form(
        manifests.TARIFF,
        """
        identifier : bill
        container_number : code
        description_sequence_number : whole
        harmonized_number : goods
        harmonized_value : number
        harmonized_weight : number
        harmonized_weight_unit : code
        """,
    ),
    _form(
        manifests.TARIFF_SCHEDULE,
        """
        hts number : line : harmonized_number
        indent : whole
        description : text
        unit of quantity : text : unit_of_quantity
        general rate of duty : text : general_rate_of_duty
        special rate of duty : text : special_rate_of_duty
        column 2 rate of duty : text : column_2_rate_of_duty
        quota quantity : text : quota_quantity
        additional duties : text : additional_duties
        """,
    ),
    _summary("text"),
    _summary("description_text"),
)
_BY_NAMES = {form.names: form for form in FORMS}


def named(header: Sequence[str]) -> list[str]:
    """Names of a header's columns as the forms write them."""
    return [name.strip().casefold() for name in header]


def form_of(header: Sequence[str]) -> Form | None:
    """The form a header belongs to; nothing if it is none's, or names a column twice."""
    names = named(header)
    return _BY_NAMES.get(frozenset(names)) if len(set(names)) == len(names) else None
