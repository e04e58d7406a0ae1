"""STANDARDISE: each partner's extract into staging, one shape for all: who is named, where, what happened, and who is tied to whom."""

from collections.abc import Callable
from datetime import date
from functools import partial
from types import ModuleType
from typing import Any

import sql
from pipelines import carried, extract_files, gazetteer, warehouse
from pipelines.provenance import Run
from pipelines.sources import council_tax, dwp_benefit, housing_arrears, need, police_asb, school_attendance
from pipelines.values import addresses, identifiers, mapping, names
from pipelines.warehouse import Connection
from schemas import staging
from schemas.extracts.needs import NEEDS

SOURCE_MODULES: dict[str, ModuleType | need.NeedSource] = {
    "school_attendance": school_attendance,
    "police_asb": police_asb,
    "dwp_benefit": dwp_benefit,
    "housing_arrears": housing_arrears,
    "council_tax": council_tax,
    **{source: need.NeedSource(source) for source in NEEDS},
}

# Ages in years at the day a row was last true.
AGES = {"pupil_age_minimum": 3, "pupil_age_maximum": 20, "claimant_age_minimum": 15, "age_maximum": 110}
# What suppliers write for "no date of birth" (a housing system's default).
NULL_BIRTH_DATE = date(1900, 1, 1)
# A UPRN that stands against more dwellings than this is a building's, not a dwelling's; two spellings of one dwelling are usual.
UPRN_SHARE = {"dwellings_per_uprn_maximum": 3}
# The share of a text's records that must agree on its UPRN, or on its postcode.
AGREEMENT = {"agreement_minimum": 0.75}
# Measured on a fictional county of 200,000: three surnames of adults without any tie were a private dwelling's in 1 of 1,000 dwellings,
# seven surnames of any adults, or four surnames of pupils and four of their families' adults, in none.
CROWDS = {"crowd_window_days": 365, "hmo_single_surname_minimum": 3, "communal_surname_minimum": 7, "communal_family_minimum": 4}

_STAGE = "standardise"


def standardise(run: Run) -> dict[str, Any]:
    """Fill staging.* from the run's extracts; a source without an extract gives no rows. Returns counts."""
    with run.open() as con:
        con.execute(sql.read("standardise/appearance"))
        sources = _attached(con, run)
        for source in sources:
            SOURCE_MODULES[source].appearances(con, AGES)
        gazetteer.read(con, run)
        counts = _standard_values(con, run) | _identified(con) | _placed(con, run.as_of) | _records(con)
        warehouse.create(con, staging.EVENT)
        for source in sources:
            SOURCE_MODULES[source].events(con)
        return counts | {"event": warehouse.count(con, staging.EVENT)}


def _attached(con: Connection, run: Run) -> list[str]:
    """Sources that have an extract, each attached under its own name."""
    paths = {source: path for source in staging.EVERY_SOURCE if (path := run.extract_path(source))}
    for source, path in paths.items():
        extract_files.attach(con, run.settings, path, source)
    return list(paths)


def _standard_values(con: Connection, run: Run) -> dict[str, int]:
    """One table for each kind of value: the text as written, and what it means, taken over from the run before where it held the text as well."""
    worked_out = 0
    with carried.opened(con, run, _STAGE) as is_there:
        for kind, (rule, fields) in _VALUES.items():
            con.execute(sql.read("standardise/given_text").format(texts=sql.read(f"standardise/distinct_{kind}")))
            known = sql.read("standardise/known_value").format(kind=kind) if is_there else None
            carried.take(con, f"standard_{kind}", mapping.columns_of(fields), known)
            unknown = sql.read("standardise/unknown_text").format(kind=kind)
            worked_out += mapping.extend(con, f"carried.standard_{kind}", unknown, rule, 1 + len(fields))
    con.execute("drop table given_text")
    carried.sign(con, _STAGE)
    return {"standardised_value": worked_out}


def _identified(con: Connection) -> dict[str, int]:
    """Appearances with standardised values and their records; counts those left out because neither a name nor a number says who it is."""
    _make(con, "standard_appearance", AGES | {"null_birth_date": NULL_BIRTH_DATE})
    row = con.execute("select (select count(*) from appearance) - (select count(*) from standard_appearance)").fetchone()
    con.execute("drop table appearance")
    return {"unnamed": int(row[0]) if row else 0}


def _placed(con: Connection, as_of: date) -> dict[str, int]:
    """Address keys that agree whether or not a source gives UPRNs, who is tied to whom there, and addresses too crowded for one family."""
    gazetteer.match(con)
    _make(con, "learnt_uprn", UPRN_SHARE | AGREEMENT)
    _make(con, "known_postcode", AGREEMENT)
    _make(con, "placed_record", UPRN_SHARE)
    counts = {"relationship": _fill(con, staging.RELATIONSHIP)}
    _make(con, "crowded_address", CROWDS | {"as_of_date": as_of})
    return counts


def _records(con: Connection) -> dict[str, Any]:
    return {table.name: _fill(con, table) for table in (staging.PERSON_RECORD, staging.RECORD_SOURCE, staging.ADDRESS_SPELL, staging.ADDRESS_MATCH)}


def _fill(con: Connection, table: Any) -> int:
    return warehouse.fill(con, table, f"standardise/{table.name}")


def _make(con: Connection, table: str, parameters: dict[str, Any]) -> None:
    """Make a working table anew from the statement of its name."""
    con.execute(f"create or replace temp table {table} as {sql.read(f'standardise/{table}')}", parameters)


def _alone(rule: Callable[[str], str | None], text: str) -> tuple[str | None]:
    return (rule(text),)


def _name(text: str) -> names.Name:
    return names.name(*mapping.parts(text))


def _address(text: str) -> addresses.Address:
    return addresses.address(*mapping.parts(text))


# What Python standardises, by kind: the rule for one text, and the columns it gives.
_VALUES: dict[str, tuple[Callable[[str], mapping.Row], mapping.Fields]] = {
    "name": (_name, dict.fromkeys(names.Name._fields, "varchar")),
    "address": (_address, dict.fromkeys(addresses.Address._fields, "varchar")),
    "nino": (partial(_alone, identifiers.nino), {"value": "varchar"}),
    "upn": (partial(_alone, identifiers.upn), {"value": "varchar"}),
    "uprn": (partial(_alone, identifiers.uprn), {"value": "varchar"}),
}
