"""A small run of invented people with every table that the gates, publication and report read, without the stages before them."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

from pipelines import audit_trail, authority, decisions, provenance, warehouse
from pipelines.provenance import Manifest, Run, UsedExtract
from pipelines.settings import Settings, prepare_home
from schemas import audit, cohort, extracts, linked, staging
from schemas.staging import SOURCES
from schemas.table import Column, Table

AS_OF = date(2026, 11, 23)
DELIVERED = date(2026, 11, 20)
EXTRACT_ID = "police_asb-2026-11-20-0123456789ab"

# Values that no auditor, log or exception may ever show.
FORENAME, SURNAME, STREET, POSTCODE, NOMINAL = "Zebedee", "Quillfeather", "Gloamhaven Rise", "ZC1 1QF", "NOM-778899"
PERSONAL = (FORENAME, SURNAME, STREET, POSTCODE, NOMINAL, "QUILLFEATHER", "ZEBEDEE", "2013-02-03")
BIRTH_DATE = date(2013, 2, 3)

CHECKS = ("check_landing", "check_staging", "check_cohort")


def a_home(folder: Path, **given: Any) -> Settings:
    """A home of its own, with a key of its own."""
    settings = Settings(home=folder / "home", key="0" * 64, **given)
    prepare_home(settings)
    return settings


def a_run(settings: Settings, as_of: date = AS_OF, families: int = 3, previous_run_id: str | None = None, decisions_through: int = 0) -> Run:
    """A run whose stages up to `verify` are done: each family an adult and a child, verified through one ASB incident."""
    _deliver(settings, families)
    used = tuple(UsedExtract(s, EXTRACT_ID if s == "police_asb" else None, DELIVERED if s == "police_asb" else None, s != "police_asb") for s in SOURCES)
    # The flow refuses a run whose authority changed since it was started, so that hash is a real one.
    hashes = {
        "decisions": decisions.sha256(settings, decisions_through),
        "configuration": authority.find("calderbrook", settings).sha256(),
        "criteria": "c" * 64,
        "code": "a" * 64,
    }
    manifest = Manifest(as_of, "calderbrook", "tf-2012", used, previous_run_id, decisions_through, *hashes.values())
    run = provenance.start(manifest, settings)
    with run.open() as con:
        for table, rows in _tables(run, families).items():
            put(con, _BY_NAME[table], rows)
    return run


def copied(run: Run, folder: Path) -> Run:
    """The same run in a home of its own, so that a test may break it."""
    settings = run.settings.model_copy(update={"home": folder / "home"})
    shutil.copytree(run.settings.home, settings.home, symlinks=True)
    return provenance.load(run.run_id, settings)


def finish(run: Run, *stages: str) -> None:
    """Note that stages are done, as the flow does."""
    with run.open() as con:
        for stage in stages:
            con.execute("insert into audit.stage values (?, ?, ?, ?)", [run.run_id, stage, _POSITIONS[stage], json.dumps({})])


def pass_gates(run: Run) -> None:
    """Have the run's gates passed on paper, for tests that break it on purpose and publish it all the same."""
    with run.open() as con:
        audit_trail.write_run(con, run)
        audit_trail.write_extracts(con, run)
    pass_the_rest(run)


def pass_the_rest(run: Run) -> None:
    """Have every gate passed on paper, whatever the extracts' own were found to be."""
    with run.open() as con:
        for stage in audit.CHECKED_STAGES:
            audit_trail.open_stage(con, stage)
            audit_trail.insert(con, audit.GATE, [{"run_id": run.run_id, "stage": stage, "gate": stage, "severity": "critical", **_PASSED}])
    finish(run, *CHECKS)


def put(con: warehouse.Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Make a table anew with rows; whatever a row leaves out gets a value that its column allows."""
    warehouse.create(con, table)
    audit_trail.insert(con, table, [{column.name: _value(column, row) for column in table} for row in rows])


def change(run: Run, statement: str) -> None:
    """Break a run's table for a test."""
    with run.open() as con:
        con.execute(statement)


_PLACED = {"district": "Calder North", "ward": "Alderclough", "basis_of_ward": "sector"}
_PASSED = {"description": "Passed.", "offender_count": 0, "is_passed": True}
_POSITIONS = {"check_landing": 1, "check_staging": 3, "check_cohort": 8, "publish": 9}
_BY_NAME = {t.qualified: t for t in (*staging.TABLES, *linked.TABLES, *cohort.COHORT_TABLES, *cohort.REGISTER_TABLES)}
_PLAIN = {"VARCHAR": "none", "INTEGER": 0, "BIGINT": 1, "DOUBLE": 1.0, "DATE": DELIVERED, "BOOLEAN": False}


def _value(column: Column, row: dict[str, Any]) -> Any:
    if column.name in row or not column.required:
        return row.get(column.name)
    return column.allowed[0] if column.allowed else max(_PLAIN[column.type], column.minimum) if column.minimum else _PLAIN[column.type]


def _deliver(settings: Settings, families: int) -> None:
    path = settings.extracts_dir / "police_asb" / f"{EXTRACT_ID}.duckdb"
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    row = {"full_name": f"{SURNAME}, {FORENAME}", "source_person_id": NOMINAL, "address_line_1": STREET, "postcode": POSTCODE, "person_role": "perpetrator"}
    rows = [row | {"source_row": n + 2, "occurrence_id": f"occurrence {n}", "birth_date": BIRTH_DATE, "incident_date": DELIVERED} for n in range(families)]
    receipt = {"extract_id": EXTRACT_ID, "source": "police_asb", "file_name": "asb_extract_20261120.csv", "file_sha256": "f" * 64, "file_bytes": 4096}
    receipt |= {"received_count": families + 1, "accepted_count": families, "rejected_count": 1, "removed_count": 0}
    refused = {"source_row": families + 2, "rule": "required", "column_name": "occurrence_id", "reason": "Every row needs it."}
    refused["file_name"] = receipt["file_name"]
    with warehouse.database(settings, path, read_only=False) as con:
        put(con, extracts.POLICE_ASB.table, rows)
        put(con, extracts.RECEIPT, [receipt])
        put(con, extracts.REPAIR, [])
        put(con, extracts.REJECTED, [refused | {"row_values": json.dumps(row)}])


def _tables(run: Run, families: int) -> dict[str, list[dict[str, Any]]]:
    made: dict[str, list[dict[str, Any]]] = {name: [] for name in _BY_NAME}
    for number in range(families):
        for table, rows in _family(run, number).items():
            made[table] += rows
    made["cohort.verified_families"] = made["cohort.family"]
    counts = {"identified": families, "verified": families, "in_review": 0, "rejected": 0, "near_miss": 2, "indicative": 60}
    made["cohort.reconciliation"] = [
        {"framework_id": "tf-2012", "district": "Calder North", "stage": stage, "family_count": count} for stage, count in counts.items()
    ]
    return made


def _family(run: Run, number: int) -> dict[str, list[dict[str, Any]]]:
    home, child, adult = f"household-{number}", f"child-{number}", f"adult-{number}"
    ids = {"household_id": home, "framework_id": "tf-2012", "criterion_id": "crime_asb.asb", "run_id": run.run_id, "as_of_date": run.as_of}
    row = {"source": "police_asb", "extract_id": EXTRACT_ID, "source_row": number + 2, "record_id": f"record-{child}"}
    people = [{"person_id": child, "member_role": "child"}, {"person_id": adult, "member_role": "adult"}]
    members = [ids | p | {"is_primary": True, "forename": FORENAME, "surname": SURNAME, "address": STREET, "postcode": POSTCODE} for p in people]
    members = [m | {"birth_date": BIRTH_DATE if m["member_role"] == "child" else date(1985, 1, 1)} for m in members]
    records = [
        p | row | {"record_id": f"record-{p['person_id']}", "role": "nominal", "birth_date_quality": "missing", "surname": SURNAME.upper()} for p in people
    ]
    event = ids | row | {"event_id": f"event-{number}", "event_type": "asb_incident", "person_role": "perpetrator", "person_id": child, "from_date": DELIVERED}
    found = {
        "criteria_met": "crime_asb.asb",
        "headlines_met": "crime_asb",
        "headline_count": 1,
        "qualifying_rule": "national",
        "identifying_sources": "police_asb",
    }
    family = _PLACED | {"status": "verified", "adult_count": 1, "child_count": 1, "first_identified_date": run.as_of, "link_confidence": 0.99}
    criterion = {"assessment": "met", "value": 1.0, "headline": "crime_asb", "threshold": 1.0, "unit": "count"}
    return {
        "staging.person_record": records,
        "staging.record_source": records,
        "staging.event": [event],
        "linked.person_record": records,
        "linked.person": [p | {"record_count": 1, "source_count": 1, "sources": "police_asb", "surname": SURNAME.upper()} for p in people],
        "linked.household": [{"household_id": home, "household_kind": "private", "adult_count": 1, "child_count": 1, "postcode": POSTCODE}],
        "linked.household_member": members,
        "cohort.family": [ids | found | family],
        "cohort.member": members,
        "cohort.household_criterion": [ids | criterion],
        "cohort.evidence": [event],
        "cohort.change": [ids | {"change": "joined", "status_after": "verified"}],
        "register.person": [r | {"is_present": True} for r in records],
        "register.household": [m | {"first_identified_date": run.as_of, "is_present": True} for m in members],
        "register.lineage": [ids | {"identity_kind": "household", "identity_id": home, "act": "created", "other_id": ""}],
    }
