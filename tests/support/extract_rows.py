"""Builders of extract files by contract: rows with sensible defaults, an extract written as ingest writes it, and a run that stands on them."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pipelines import provenance, warehouse
from pipelines.provenance import Manifest, Run, UsedExtract
from pipelines.settings import Settings, prepare_home
from schemas.extracts import CONTRACTS, RECEIPT, REJECTED
from schemas.staging import SOURCES

AS_OF = date(2026, 11, 23)
DELIVERED = date(2026, 11, 20)

Row = dict[str, Any]

DEFAULTS: dict[str, Row] = {
    "school_attendance": {
        "source_person_id": "P1",
        "surname": "Smith",
        "forename": "Anna",
        "birth_date": date(2014, 3, 5),
        "address_line_1": "10 Mill Road",
        "postcode": "ZC1 1AA",
        "school_urn": "100001",
        "enrolment_status": "current",
        "academic_year": 2026,
        "term": "autumn",
        "sessions_possible": 100,
        "sessions_authorised": 2,
        "sessions_unauthorised": 3,
        "suspension_count": 0,
        "permanent_exclusion_count": 0,
    },
    "police_asb": {
        "occurrence_id": "OCC1",
        "source_person_id": "N1",
        "full_name": "SMITH, Anna",
        "birth_date": date(2010, 3, 5),
        "address_line_1": "10 Mill Road",
        "postcode": "ZC1 1AA",
        "person_role": "suspect",
        "record_type": "incident",
        "incident_type": "NOISE",
        "qualifier": "N",
        "incident_date": date(2026, 6, 1),
        "disposal": "none",
    },
    "dwp_benefit": {
        "nino": "AB123456C",
        "surname": "Smith",
        "forename": "Anna",
        "birth_date": date(1985, 3, 5),
        "sex": "F",
        "address_line_1": "10 Mill Road",
        "postcode": "ZC1 1AA",
        "benefit_type": "UC",
        "award_from_date": date(2025, 1, 6),
        "conditionality": "searching",
        "as_at_date": DELIVERED,
    },
    "housing_arrears": {
        "account_id": "A1",
        "source_person_id": "T1",
        "tenant_role": "tenant",
        "surname": "Smith",
        "forename": "Anna",
        "birth_date": date(1985, 3, 5),
        "address_line_1": "10 Mill Road",
        "postcode": "ZC1 1AA",
        "uprn": "100023336956",
        "tenancy_from_date": date(2020, 4, 6),
        "weekly_rent_gbp": "110.00",
        "arrears_gbp": "950.00",
        "technical_arrears_gbp": "330.00",
        "balance_date": DELIVERED,
        "arrears_stage": "letter",
        "is_breathing_space": False,
    },
    "gazetteer": {"uprn": "100023336956", "class_code": "RD04", "address_line_1": "10 MILL ROAD", "address_line_2": "CALDERBROOK", "postcode": "ZC1 1AA"},
}


def a_row(source: str, **values: Any) -> Row:
    """A row of the source's contract with all columns; personal dates are kept as written too."""
    contract = CONTRACTS[source]
    row = dict.fromkeys(contract.table.column_names) | DEFAULTS[source] | values
    for column, original in contract.originals.items():
        if row[original] is None and row[column] is not None:
            row[original] = row[column].strftime("%d/%m/%Y")
    return row


def write_extract(settings: Settings, source: str, rows: list[Row], delivered: date = DELIVERED) -> str:
    """Write an extract file that holds these rows, numbered from the row below the header; returns its id."""
    extract_id = f"{source}-{delivered:%Y%m%d}-test"
    folder = settings.extracts_dir / source
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    table = CONTRACTS[source].table
    path = folder / f"{extract_id}.duckdb"
    path.unlink(missing_ok=True)
    with warehouse.database(settings, path, read_only=False) as con:
        for declared in (table, RECEIPT, REJECTED):
            warehouse.create(con, declared)
        con.begin()
        for number, row in enumerate(rows, 2):
            _insert(con, table.qualified, row | {"source_row": row["source_row"] or number})
        _insert(con, RECEIPT.qualified, _receipt(extract_id, source, delivered, len(rows)))
        con.commit()
    return extract_id


def a_run(home: Path, rows: dict[str, list[Row]], as_of: date = AS_OF, settings: Settings | None = None, **manifest: Any) -> Run:
    """A started run that stands on extracts of these rows; sources that are not given are missing."""
    settings = settings or Settings(home=home, key="test")
    prepare_home(settings)
    extracts = tuple(
        UsedExtract(source, write_extract(settings, source, rows[source]), DELIVERED, is_stale=False)
        if source in rows
        else UsedExtract(source, None, None, is_stale=True)
        for source in (*SOURCES, *(other for other in rows if other not in SOURCES))
    )
    plain = Manifest(as_of, "calderbrook", "tf-2012", extracts, None, 0, "0", "0", "0", "0")
    return provenance.start(replace(plain, **manifest), settings)


def _insert(con: warehouse.Connection, table: str, row: Row) -> None:
    con.table(table).insert([row.get(name) for name in con.table(table).columns])


def _receipt(extract_id: str, source: str, delivered: date, count: int) -> Row:
    plain = {column.name: 0 if column.type == "BIGINT" else "test" for column in RECEIPT if column.required}
    counts = {"received_count": count, "accepted_count": count}
    return plain | counts | {"extract_id": extract_id, "source": source, "delivered_date": delivered, "as_at_date": delivered}


def standardised(home: Path, rows: dict[str, list[Row]], **run: Any) -> Run:
    """A run on extracts of these rows whose staging tables are made."""
    from pipelines.standardise import standardise

    made = a_run(home, rows, **run)
    standardise(made)
    return made


def staged(run: Run, query: str) -> list[tuple[Any, ...]]:
    """Rows of a query on the run's file."""
    with run.open(read_only=True) as con:
        return con.execute(query).fetchall()
