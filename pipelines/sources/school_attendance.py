"""School attendance: pupils and their contacts; sessions, suspensions, exclusions and the roll."""

from typing import Any

import sql
from pipelines import warehouse
from pipelines.values import mapping
from pipelines.values.dates import term_dates
from pipelines.values.kinship import kinship
from pipelines.warehouse import Connection
from schemas import staging


def appearances(con: Connection, parameters: dict[str, Any]) -> None:
    """Add every person the attached extract names to `appearance`."""
    mapping.make(
        con, "term_date", sql.read("standardise/distinct_term"), _term, {"academic_year": "integer", "term": "varchar", "from_date": "date", "to_date": "date"}
    )
    fields = {"relationship_type": "varchar", "sex": "varchar", "years_older": "integer"}
    mapping.make(con, "kinship", sql.read("standardise/distinct_kinship"), kinship, fields)
    used = {name: parameters[name] for name in ("pupil_age_minimum", "pupil_age_maximum")}
    con.execute(f"insert into appearance by name ({sql.read('standardise/school_attendance_appearance')})", used)


def events(con: Connection) -> None:
    """Add every fact of the attached extract to staging.event."""
    warehouse.append(con, staging.EVENT, sql.read("standardise/school_attendance_event"))


def _term(text: str) -> tuple[object, ...]:
    year, term = text.split(mapping.SEPARATOR)
    return (int(year), term, *term_dates(int(year), term))
