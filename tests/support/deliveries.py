"""Small deliveries as suppliers write them: rows under the suppliers' own headers, written as CSV, XLSX or Parquet into a landing folder."""

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pipelines import authority, ingest, receipts, warehouse
from pipelines.ingest import Delivery
from pipelines.settings import Settings, prepare_home

AS_OF = date(2026, 11, 23)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

NAMES = {
    "school_attendance": "attendance_2026-11-20.csv",
    "police_asb": "asb_extract_20261120.csv",
    "dwp_benefit": "DWP_TF_20261120.csv",
    "housing_arrears": "rent_arrears_2026-11-20.csv",
}

ROWS: dict[str, dict[str, str]] = {
    "school_attendance": {
        "Pupil ID": "P001",
        "UPN": "R201100018042",
        "Legal Surname": "Okafor",
        "Legal Forename": "Ada",
        "Middle Name(s)": "",
        "Former Surname": "",
        "DOB": "05/03/2014",
        "Gender": "F",
        "Address Line 1": "10 Mill Road",
        "Address Line 2": "",
        "Town": "Calderbrook",
        "Postcode": "ZC1 1AA",
        "UPRN": "100023336956",
        "Contact 1 Name": "Mrs Ngozi Okafor",
        "Contact 1 Relationship": "Mother",
        "Contact 1 Lives With": "Y",
        "Contact 2 Name": "",
        "Contact 2 Relationship": "",
        "Contact 2 Lives With": "",
        "Contact 2 Address": "",
        "Contact 2 Postcode": "",
        "School URN": "100001",
        "Enrolment Status": "C",
        "Academic Year": "2025/26",
        "Term": "Summer",
        "Possible Sessions": "120",
        "Authorised Absences": "4",
        "Unauthorised Absences": "20",
        "Fixed Term Exclusions": "0",
        "Permanent Exclusions": "0",
    },
    "police_asb": {
        "OCCURRENCE_NO": "OCC001",
        "NOMINAL_REF": "N001",
        "NOMINAL_NAME": "OKAFOR, Emeka",
        "DOB": "07/09/2009",
        "SEX": "M",
        "HOME_ADDRESS": "10 Mill Road, Calderbrook",
        "HOME_POSTCODE": "ZC1 1AA",
        "ROLE": "SUS",
        "RECORD_TYPE": "INC",
        "INCIDENT_TYPE": "NOISE",
        "NSIR_QUALIFIER": "N",
        "INCIDENT_DT": "14/06/2026 22:15",
        "DISPOSAL": "",
        "BCU": "Calder North",
    },
    "dwp_benefit": {
        "NINO": "AB123456C",
        "TITLE": "MRS",
        "SURNAME": "OKAFOR",
        "FORENAMES": "NGOZI",
        "DATE_OF_BIRTH": "19860214",
        "SEX": "2",
        "ADDR1": "10 MILL ROAD",
        "ADDR2": "CALDERBROOK",
        "ADDR3": "",
        "PCODE": "ZC1 1AA",
        "BEN_TYPE": "UC",
        "AWARD_START": "20250106",
        "AWARD_END": "99991231",
        "COND_REGIME": "IWS",
        "PARTNER_NINO": "",
        "PARTNER_SURNAME": "",
        "PARTNER_FORENAMES": "",
        "PARTNER_DOB": "",
        "AS_AT": "20261118",
    },
    "housing_arrears": {
        "Account Reference": "000451",
        "Person Reference": "T001",
        "Tenant Flag": "F",
        "Title": "Mrs",
        "TenantFirstName": "Ngozi",
        "TenantSurName": "Okafor",
        "Date of Birth": "14-Feb-1986",
        "NI Number": ".",
        "Address1": "10 Mill Road",
        "Address2": ".",
        "Address3": "Calderbrook",
        "PostCode": "ZC1 1AA",
        "UPRN": "100023336956",
        "TenancyStartDate": "01-Apr-2019",
        "TenancyEndDate": "",
        "Weekly Rent": "110.50",
        "CurrentBalance": "-1,204.75",
        "BenefitDue": "442.00",
        "BalanceDate": "19-Nov-2026",
        "Action Stage": "NTS",
        "BreathingSpace": "FALSE",
        "Landlord": "Calderbrook Homes",
    },
}

# The column that makes each row of a delivery differ from the others.
_NUMBERED = {"school_attendance": "Pupil ID", "police_asb": "OCCURRENCE_NO", "dwp_benefit": "NINO", "housing_arrears": "Person Reference"}

Row = dict[str, Any]


def rows(source: str, count: int = 3, **changes: Any) -> list[Row]:
    """So many good rows that differ in their reference; `changes` go into every one (a header with spaces: `**{"Pupil ID": ...}`)."""
    return [ROWS[source] | {_NUMBERED[source]: f"R{number:05d}"} | changes for number in range(1, count + 1)]


def csv_text(table: list[Row], *, delimiter: str = ",", header: bool = True) -> str:
    """The rows as delimited text."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter)
    if header:
        writer.writerow(table[0])
    writer.writerows(row.values() for row in table)
    return file.getvalue()


def home(folder: Path, **limits: float) -> Settings:
    """Settings of a home, new unless it is there, whose clock stands at NOW."""
    settings = Settings(home=folder / "home", clock=NOW, **limits)
    prepare_home(settings)
    return settings


def put(settings: Settings, source: str, content: str | bytes, name: str | None = None) -> Path:
    """Put a file of that content into the landing folder."""
    path = settings.landing_dir / source / (name or NAMES[source])
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def put_workbook(settings: Settings, source: str, grid: list[list[Any]], name: str, sheets_before: dict[str, list[list[Any]]] | None = None) -> Path:
    """Write the grid, cells as Excel types, as the last sheet of a workbook."""
    import xlsxwriter

    path = settings.landing_dir / source / name
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        for title, cells in {**(sheets_before or {}), "Report": grid}.items():
            sheet = book.add_worksheet(title)
            for number, row in enumerate(cells):
                sheet.write_row(number, 0, row)
    return path


def put_parquet(settings: Settings, source: str, columns: dict[str, list[Any]], name: str) -> Path:
    """Write the columns, typed as given, as Parquet."""
    import pyarrow as pa
    from pyarrow import parquet

    path = settings.landing_dir / source / name
    parquet.write_table(pa.table(columns), path)
    return path


def deliver(settings: Settings, source: str, content: str | bytes | None = None, name: str | None = None, as_of: date = AS_OF) -> Delivery:
    """Put the content, when given, and ingest the source; the last delivery told."""
    if content is not None:
        put(settings, source, content, name)
    return ingest.ingest(authority.find("calderbrook", settings), source, as_of, settings)[-1]


def accepted(settings: Settings, delivery: Delivery) -> list[Row]:
    """The rows of the extract that a delivery became."""
    assert delivery.outcome == "ingested", delivery.message
    with warehouse.database(settings, settings.extracts_dir / delivery.source / f"{delivery.extract_id}.duckdb") as con:
        cursor = con.execute(f"from extract.{delivery.source} order by source_row")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def rejected(settings: Settings, delivery: Delivery) -> list[tuple[int, str, str]]:
    """Row number, rule and column of each rejection."""
    return [(row["source_row"], row["rule"], row["column_name"]) for row in receipts.rejection_rows(delivery.extract_id, settings)]


def refused(delivery: Delivery, *parts: str) -> None:
    """Assert that the delivery is refused with a message that has these parts."""
    assert delivery.outcome == "refused"
    assert delivery.extract_id is None
    assert delivery.message.startswith(delivery.file_name)
    for part in parts:
        assert part in delivery.message, delivery.message


def nothing_is_kept(settings: Settings, source: str) -> None:
    """Assert that the source has neither an extract nor a draft."""
    assert receipts.extract_files(source, settings) == []
    assert list((settings.extracts_dir / source).glob(".draft*")) == []
