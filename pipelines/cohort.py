"""Reads publications: the list, why a household is or is not on it, what changed. Never writes one."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

import sql
from pipelines import audit_trail, decisions, leaving, past_lists, private, publications, tabular, warehouse
from pipelines.errors import WrongUsage
from pipelines.published_rows import Rows, current, fetched
from pipelines.settings import Settings
from schemas import audit, cohort
from schemas.extracts.changes import ROWS_A_FILE
from schemas.purposes import OutputName
from schemas.table import Audience, Table


def list_families(
    settings: Settings,
    *,
    status: str | None = "verified",
    district: str | None = None,
    ward: str | None = None,
    framework: str | None = None,
    as_at: date | None = None,
    output: OutputName = "list",
    with_held: bool = True,
) -> leaving.Told:
    """Families of the current publication, or of the one that stood `as_at` a date, those with most problems first.

    `status` None or `all` gives every assessed household; `framework` None gives that of the list. What is known of a family through rows that may not
    reach the `output` keeps it out and is counted, and no column of the others names a criterion that reads such rows. `with_held` False leaves out those
    suppressed since the current list was made. Raises WrongUsage for an unknown status, district or ward, or a date whose publication is not there.
    """
    wanted = None if status in (None, "all") else status
    if wanted is not None and wanted not in cohort.STATUSES:
        raise WrongUsage(f"Unknown status '{status}'. Known: {', '.join(cohort.STATUSES)}, all.")
    with current(settings, as_at) as con:
        refuse_unknown(con, "framework_id", framework, "framework")
        refuse_unknown(con, "district", district, "district")
        _refuse_unknown_ward(con, ward, district)
        rows = fetched(con, "cohort/families", {"status": wanted, "district": district, "framework": framework})
        rows = [row for row in rows if ward is None or row["ward"] == ward]
        return limits(con, output, settings).families(rows if with_held else not_held(rows, settings, are_past=as_at is not None))


def explain(household_id: str, settings: Settings, *, audience: Audience = Audience.ANALYST) -> dict[str, Any]:
    """Why a household stands where it stands: its standing by framework, members, criteria and every source row behind them.

    An id that was merged into another leads to the one that stands now; of a household that is away it says when it was last seen.
    What the audience may not see is left out: for an auditor nothing is personal. Raises WrongUsage when no publication knows the id.
    """
    with current(settings) as con:
        found, acts = standing_id(con, household_id)
        about = {"household_id": found}
        standing = fetched(con, "cohort/standing", about)
        if not standing and not acts:
            raise WrongUsage(f"No publication knows a household '{household_id}'. `families cohort list --status all` lists those assessed.")
        _note_files(con)
        evidence = fetched(con, "cohort/evidence", about | {"rows_a_file": ROWS_A_FILE})
        may = limits(con, "evidence", settings)
        told = may.of_sources(evidence, "source")
        criteria = may.found(fetched(con, "cohort/criteria", about))
        members = may.members(fetched(con, "cohort/members", about))
        return {
            "household_id": found,
            **({"asked_for": household_id} if found != household_id else {}),
            "standing": may.standing(standing) or _not_assessed(con, found, acts),
            "members": _seen_by(audience, cohort.MEMBER, members),
            "criteria": _seen_by(audience, cohort.HOUSEHOLD_CRITERION, criteria),
            "criteria_kept_back_count": criteria.kept_back_count,
            "evidence": _seen_by(audience, cohort.EVIDENCE, told),
            "evidence_kept_back_count": told.kept_back_count,
            "decided_before": _decided_before(con, found) if standing else [],
            "what_became_of_the_id": acts,
        }


def _note_files(con: warehouse.Connection) -> None:
    """Fill `row_file`: each file's name, hash and the numbers of its rows. A publication of an earlier version knows one file an extract."""
    known = audit_trail.exists(con, audit.EXTRACT_FILE)
    con.execute(sql.read("cohort/row_file" if known else "cohort/row_file_of_before"))


def reconcile(settings: Settings) -> Rows:
    """From the indicative number to the verified one, by framework and district."""
    with current(settings) as con:
        return fetched(con, "cohort/reconciliation")


def reconcile_wards(settings: Settings) -> Rows:
    """The reckoning by framework, district and ward; none where the list was made without wards.csv."""
    with current(settings) as con:
        return _reconciled_wards(con)


def reconcile_weeks(settings: Settings, *, wards: bool = False) -> Rows:
    """The reckoning of the list's framework in the current publication and those before it, by week and district (or ward), the earliest first."""
    weeks: list[Rows] = []
    for facts in publications.chain(publications.current_run_id(settings), settings):
        about = {"run_id": facts["run_id"], "as_of_date": facts["as_of_date"]}
        with warehouse.database(settings, publications.path_of(facts["run_id"], settings)) as con:
            found = _reconciled_wards(con) if wards else fetched(con, "cohort/reconciliation")
        weeks.append([about | row for row in found if row["framework_id"] == facts["framework_id"]])
    return [row for week in reversed(weeks) for row in week]


def profile(settings: Settings, *, framework: str | None = None, status: str = "verified") -> tuple[Rows, Rows]:
    """Families by exact set of headline problems, and by shape of household. Exact counts: pipelines/report/profile.py holds the small ones back."""
    if status not in cohort.STATUSES:
        raise WrongUsage(f"Unknown status '{status}'. Known: {', '.join(cohort.STATUSES)}.")
    with current(settings) as con:
        refuse_unknown(con, "framework_id", framework, "framework")
        about = {"framework": framework, "status": status}
        return fetched(con, "cohort/profile_overlap", about), fetched(con, "cohort/profile_shape", about)


def history(settings: Settings) -> Rows:
    """The current publication and those before it, as far as their files are kept, the newest first; counts only."""
    return [_counts(facts["run_id"], settings) for facts in publications.chain(publications.current_run_id(settings), settings)]


def whole_history(settings: Settings) -> Rows:
    """As `history`, with the lists that stood until an earlier one was put back: those have the day of that as `withdrawn_date`."""
    gone = past_lists.withdrawn(settings)
    rows = history(settings) + [_counts(run_id, settings) for run_id in gone if publications.path_of(run_id, settings).exists()]
    return sorted((row | {"withdrawn_date": gone.get(row["run_id"])} for row in rows), key=lambda row: row["as_of_date"], reverse=True)


def _counts(run_id: str, settings: Settings) -> dict[str, Any]:
    with warehouse.database(settings, publications.path_of(run_id, settings)) as con:
        return fetched(con, "cohort/publication")[0]


def export(
    settings: Settings,
    out: Path,
    *,
    status: str | None = "verified",
    district: str | None = None,
    ward: str | None = None,
    framework: str | None = None,
    as_at: date | None = None,
    output: OutputName = "list",
    beside: Sequence[tabular.Sheet] = (),
) -> int:
    """Write families to a CSV or XLSX file that only its owner can read; returns how many. Raises WrongUsage for another ending or folder.

    A workbook has the sheets `beside` that of the families.

    Whom somebody suppressed is not written, though the list was made before, or is one of the past: a safeguarding hold waits for no refresh.
    Those asked for by `status` suppressed are.
    """
    with private.written(out, ".csv", ".xlsx") as draft:
        asked: dict[str, Any] = {"status": status, "district": district, "ward": ward, "framework": framework, "as_at": as_at}
        rows = list_families(settings, **asked, output=output, with_held=False)
        if out.suffix.lower() == ".csv":
            tabular.write_csv(draft, cohort.FAMILY.column_names, rows)
        else:
            tabular.write_book(draft, [tabular.Sheet("families", cohort.FAMILY.column_names, rows), *beside])
    return len(rows)


def not_held(rows: Rows, settings: Settings, *, are_past: bool = False) -> Rows:
    """The families without those suppressed since the current list was made; of a past list's, without any that is suppressed now.

    A row that says itself that its family is suppressed stays.
    """
    last = {household_id: decided.decision for household_id, decided in decisions.pending(settings).items()}
    if are_past:
        with current(settings) as con:
            last = {str(row[0]): "suppress" for row in con.execute(sql.read("review/suppressed_household")).fetchall()} | last
    held = {household_id for household_id, decision in last.items() if decision == "suppress"}
    return [row for row in rows if row["household_id"] not in held or row.get("status") == "suppressed"]


def standing_id(con: warehouse.Connection, household_id: str) -> tuple[str, Rows]:
    """The id that stands for this one now, and the acts on the way."""
    acts: Rows = []
    seen = {household_id}
    while True:
        found = fetched(con, "cohort/identity", {"household_id": household_id})
        acts += [{"household_id": household_id, **act} for act in found]
        onward = [act["other_id"] for act in found if act["act"] == "merged" and act["other_id"] not in seen]
        if not onward:
            return household_id, acts
        household_id = onward[-1]
        seen.add(household_id)


def _not_assessed(con: warehouse.Connection, household_id: str, acts: Rows) -> str:
    """Why a household is not assessed, and where its people are now."""
    told = (
        _absence(con, household_id)
        or "not assessed: it is no private household with a child under 18, nor one in which somebody surely expects one where a framework admits that"
    )
    onward = sorted({act["other_id"] for act in acts if act["act"] == "moved" and act["household_id"] == household_id})
    return f"{told.removesuffix('.')}. People of it are in {', '.join(onward)} since; a decision on it does not follow them" if onward else told


def _decided_before(con: warehouse.Connection, household_id: str) -> Rows:
    """Decisions on households that are assessed no more and whose people came here: to be taken anew, since each is about a family that was seen."""
    try:
        return fetched(con, "cohort/decision_before", {"household_id": household_id})
    except duckdb.CatalogException:
        return []  # published before decisions were carried


def _absence(con: warehouse.Connection, household_id: str) -> str | None:
    """What to say of a household that no extract mentions any more; None when it is here."""
    found = fetched(con, "cohort/registered", {"household_id": household_id})
    if not found:
        return "retired: none of its people is in the present data"
    if found[0]["is_present"]:
        return None
    return (
        f"not in the present data: last seen in run {found[0]['last_seen_run_id']}. "
        "Its id waits for its people, and what was decided on it holds when they return"
    )


def refuse_unknown(con: warehouse.Connection, column: str, wanted: str | None, what: str) -> None:
    """Raise WrongUsage where the publication's families have no such value in the column."""
    if wanted is None:
        return
    known = [row[0] for row in con.execute(f"select distinct {column} from cohort.family where {column} is not null order by 1").fetchall()]  # noqa: S608
    if wanted not in known:
        raise WrongUsage(f"Unknown {what} '{wanted}'. Known: {', '.join(known)}.")


def _refuse_unknown_ward(con: warehouse.Connection, ward: str | None, district: str | None) -> None:
    """A ward's name may stand in two districts, so it is looked for in the district named."""
    if ward is None:
        return
    known = sorted({row["ward"] for row in fetched(con, "cohort/ward") if district in (None, row["district"]) and row.get("ward")})
    if not known:
        raise WrongUsage("The list tells no ward there: it was made without wards.csv in the authority's folder, or with one that has none of its places.")
    if ward not in known:
        raise WrongUsage(f"Unknown ward '{ward}'. Known: {', '.join(known)}.")


def _reconciled_wards(con: warehouse.Connection) -> Rows:
    try:
        return fetched(con, "cohort/ward_reconciliation")
    except duckdb.CatalogException:
        return []  # published before wards were told


def _seen_by(audience: Audience, table: Table, rows: Rows) -> Rows:
    """The rows without the table's columns that the audience may not see; columns joined to them are about files and runs."""
    hidden = {column.name for column in table if audience not in column.audience}
    return [{name: value for name, value in row.items() if name not in hidden} for row in rows]


def limits(con: warehouse.Connection, output: OutputName, settings: Settings) -> leaving.Limits:
    """What the publication's authority keeps from the output."""
    return leaving.of(output, str(con.execute("select authority from audit.run").fetchall()[0][0]), settings)
