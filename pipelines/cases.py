"""Worked cases: small households run through the very statements that score real ones, all in one pass, and compared with what they say."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipelines import assessment, warehouse
from pipelines.settings import Settings
from pipelines.values.dates import term_dates
from pipelines.warehouse import Connection
from schemas import cohort, linked, staging
from schemas.case import Case, CaseEvent
from schemas.criterion import Criteria, Criterion, Framework
from schemas.table import Table

OUTCOMES = ("near_miss", "not_qualifying", "not_assessed")
EVENT_SOURCES = {
    "attendance": "school_attendance",
    "suspension": "school_attendance",
    "permanent_exclusion": "school_attendance",
    "school_roll": "school_attendance",
    "asb_incident": "police_asb",
    "asb_intervention": "police_asb",
    "proven_offence": "police_asb",
    "police_contact": "police_asb",
    "benefit": "dwp_benefit",
    "rent_account": "housing_arrears",
}
_DEFAULT_ROLES = {"school_attendance": "pupil", "police_asb": "suspect", "dwp_benefit": "claimant", "housing_arrears": "tenant"}


@dataclass(frozen=True, slots=True)
class Worked:
    """A case with its date and its place; the library's are silent about what an authority changed."""

    case: Case
    as_of: date
    path: Path
    position: int
    is_shipped: bool = False


def failures(worked: Sequence[Worked], criteria: Criteria) -> list[tuple[int, str]]:
    """Run every case; returns (its place in the sequence, what was expected and what was found) of those that fail."""
    failed: list[tuple[int, str]] = []
    with TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), memory_limit="400MB", threads=1)
        with warehouse.connection(settings) as con:
            for as_of in dict.fromkeys(one.as_of for one in worked):
                chosen = [(n, one) for n, one in enumerate(worked) if one.as_of == as_of]
                failed += _failures(con, chosen, as_of, criteria)
    return sorted(failed)


def find(framework: Framework, name: str) -> Criterion | None:
    """The framework's criterion of that id, or of that id without its headline when only one has it."""
    found = [c for c in framework.criteria if c.id == name or c.id.partition(".")[2] == name]
    return found[0] if len(found) == 1 else None


def kinds_shown(worked: Sequence[Worked], framework: Framework, criterion: Criterion) -> set[str]:
    """Which of met, not_met and not_assessed some case expects of the criterion, and boundary where a case is about its edge."""
    shown: set[str] = set()
    for case in (one.case for one in worked if framework.id in one.case.frameworks):
        shown |= {kind for name, kind in case.expect.items() if find(framework, name) == criterion}
        shown |= {"boundary" for name in case.criteria if case.is_boundary and find(framework, name) == criterion}
    return shown


def insert_rows(con: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows to a declared table; columns not given stay null."""
    shape = json.dumps([{column.name: column.type for column in table}])
    names = ", ".join(f'"{column.name}"' for column in table)
    # The declared shape is ours; the values go in as one parameter.
    statement = f"select {names} from (select unnest(from_json($rows::json, '{shape}'), recursive := true))"  # noqa: S608
    warehouse.append(con, table, statement, {"rows": json.dumps(list(rows), default=str)})


@dataclass(frozen=True, slots=True)
class _Found:
    """What the statements found, by case and framework."""

    assessments: dict[tuple[str, str, str], str]
    outcomes: dict[tuple[str, str], str]
    tiers: dict[tuple[str, str], str]
    people: dict[tuple[str, str], list[str]]


def _failures(con: Connection, chosen: list[tuple[int, Worked]], as_of: date, criteria: Criteria) -> Iterator[tuple[int, str]]:
    frameworks = criteria.at(as_of)
    _load(con, [(n, one.case) for n, one in chosen], as_of)
    assessment.choose_households(con)
    _insert(con, "household_district", [[str(n), one.case.district] for n, one in chosen if one.case.district])
    _insert(con, "silent_source", [[str(n), source, "the case says it is missing"] for n, one in chosen for source in one.case.missing])
    assessment.assess(con, frameworks, as_of, acceptance=0.95)
    assessment.qualify(con, frameworks)
    found = _found(con, frameworks)
    for n, one in chosen:
        for framework in (f for f in frameworks if f.id in one.case.frameworks):
            yield from ((n, message) for message in _differences(n, one, framework, criteria, found))


def _insert(con: Connection, table: str, rows: list[list[Any]]) -> None:
    if rows:
        con.executemany(f"insert into {table} values ({', '.join('?' * len(rows[0]))})", rows)  # noqa: S608 - a table of ours


def _found(con: Connection, frameworks: Sequence[Framework]) -> _Found:
    rows = con.execute("select household_id, framework_id, criterion_id, assessment from cohort.household_criterion").fetchall()
    assessments = {(row[0], row[1], row[2]): str(row[3]) for row in rows}
    rows = con.execute("select household_id, framework_id, qualifying_rule, missing_count from qualification").fetchall()
    outcomes = {(row[0], row[1]): str(row[2] or ("near_miss" if row[3] == 1 else "not_qualifying")) for row in rows}
    rows = con.execute("select household_id, framework_id, tier from tier_found").fetchall()
    tiers = {(row[0], row[1]): str(row[2]) for row in rows}
    people: dict[tuple[str, str], list[str]] = {}
    for framework in (f for f in frameworks if f.unit == "individual"):
        for household_id, person_id, _, _ in assessment.individuals(con, framework.id):
            people.setdefault((household_id, framework.id), []).append(person_id.partition(" ")[2])
    return _Found(assessments, outcomes, tiers, people)


def _differences(n: int, one: Worked, framework: Framework, criteria: Criteria, found: _Found) -> Iterator[str]:
    """Where the case expects something else; a library case does not speak of what the authority changed."""
    case, at = one.case, (str(n), framework.id)
    expected = {c.id: kind for name, kind in case.expect.items() if (c := find(framework, name)) is not None}
    for criterion in framework.criteria:
        if one.is_shipped and (framework.id, criterion.id) in criteria.changed:
            continue
        got = found.assessments.get((*at, criterion.id), "no assessment: the household is not assessed on it")
        want = expected.get(criterion.id)
        if (want is None and got == "met") or (want is not None and got != want):
            yield f"case '{case.case}', {framework.id}, criterion '{criterion.id}': expected {want or 'anything but met'}, got {got}"
    if one.is_shipped and criteria.is_changed(framework.id):
        return
    outcome, given = case.overall.get(framework.id), found.outcomes.get(at, "not_assessed")
    if outcome is not None and given != outcome:
        yield f"case '{case.case}', {framework.id}: expected {outcome}, got {given}"
    tier, fits = case.tier.get(framework.id), found.tiers.get(at, "none")
    if tier is not None and fits != tier:
        yield f"case '{case.case}', {framework.id}: expected tier {tier}, got {fits}"
    people, listed = case.individuals.get(framework.id), found.people.get(at, [])
    if people is not None and sorted(people) != sorted(listed):
        yield f"case '{case.case}', {framework.id}: expected to list {', '.join(people) or 'nobody'}, got {', '.join(listed) or 'nobody'}"


def _load(con: Connection, chosen: list[tuple[int, Case]], as_of: date) -> None:
    """Put the cases' households where scoring looks for real ones."""
    register = (cohort.REGISTER_DECISION, cohort.HELD_PERSON, cohort.CONFIRMED_LINK)
    for table in (*linked.TABLES, staging.EVENT, *register, cohort.HOUSEHOLD_CRITERION, cohort.EVIDENCE):
        warehouse.create(con, table)
    people = [(str(n), f"{n} {who}", _birth_date(age, as_of)) for n, case in chosen for who, age in case.people.items()]
    insert_rows(con, linked.HOUSEHOLD, [_household(str(n), case, as_of) for n, case in chosen])
    insert_rows(con, linked.HOUSEHOLD_MEMBER, [_member(household, person, birth, as_of) for household, person, birth in people])
    insert_rows(con, linked.PERSON, [_person(person, birth) for _, person, birth in people])
    insert_rows(con, linked.PERSON_RECORD, [{"record_id": p, "person_id": p, "link_probability": 1, "is_confirmed": False} for _, p, _ in people])
    insert_rows(con, staging.EVENT, [_event(n, e, event, as_of) for n, case in chosen for e, event in enumerate(case.events)])


def _household(household_id: str, case: Case, as_of: date) -> dict[str, Any]:
    roles = [_role(_birth_date(age, as_of), as_of) for age in case.people.values()]
    counts = {"adult_count": roles.count("adult"), "child_count": roles.count("child")}
    return {"household_id": household_id, "household_kind": "private", "household_confidence": 1, **counts}


def _member(household_id: str, person_id: str, birth_date: date | None, as_of: date) -> dict[str, Any]:
    certain = {"is_primary": True, "membership_probability": 1, "basis": "declared_relationship", "is_confirmed": False}
    return {"household_id": household_id, "person_id": person_id, "member_role": _role(birth_date, as_of), **certain}


def _person(person_id: str, birth_date: date | None) -> dict[str, Any]:
    return {"person_id": person_id, "birth_date": birth_date, "record_count": 1, "source_count": 1, "sources": "", "link_confidence": 1}


def _event(n: int, position: int, event: CaseEvent, as_of: date) -> dict[str, Any]:
    first, last = _days(event, as_of)
    source = EVENT_SOURCES[event.event]
    return {
        "event_id": f"{n} {position}",
        "record_id": f"{n} {event.who}",
        "source": source,
        "extract_id": "case",
        "source_row": position + 2,
        "event_type": event.event,
        "from_date": first,
        "to_date": last,
        "as_at_date": as_of,
        "code": event.code,
        "person_role": event.role or _DEFAULT_ROLES[source],
        "qualifier": event.qualifier,
        "occurrence_id": event.occurrence or f"{position}",
        "sessions_possible": event.possible,
        "sessions_authorised": event.authorised or 0,
        "sessions_unauthorised": event.unauthorised or 0,
        "occurrence_count": event.count,
        "weekly_rent_gbp": event.rent,
        "arrears_gbp": event.arrears,
        "is_breathing_space": event.breathing_space,
        "is_in_work": event.in_work,
    }


def _days(event: CaseEvent, as_of: date) -> tuple[date, date | None]:
    """First and last day of the event; checked before, so that one of the three ways is given."""
    if event.term is not None:
        year, _, name = event.term.partition(" ")
        return term_dates(int(year[:4]), name)
    last = as_of - timedelta(days=event.until_days_ago) if event.until_days_ago is not None else event.until
    return event.on or as_of - timedelta(days=event.days_ago or 0), last


def _birth_date(age: int | date | None, as_of: date) -> date | None:
    """A birthday a month before the case's date, so that the age is safely that many years."""
    if isinstance(age, int):
        month_before = as_of - timedelta(days=30)
        return month_before.replace(year=month_before.year - age, day=min(month_before.day, 28))
    return age


def _role(birth_date: date | None, as_of: date) -> str:
    if birth_date is None:
        return "unknown"
    age = as_of.year - birth_date.year - ((as_of.month, as_of.day) < (birth_date.month, birth_date.day))
    return "adult" if age >= 18 else "child"
