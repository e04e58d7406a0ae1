"""Session marks and exclusions of worked cases, summed up by the statements of ingest, so that a case shows what a code or a reinstatement does."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from pipelines import warehouse
from pipelines.reading import sets
from pipelines.warehouse import Connection
from schemas.case import Case, CaseEvent
from schemas.extracts import attendance_parts as parts

MARK, EXCLUSION = "session_mark", "exclusion"
RAW = (MARK, EXCLUSION)
_SCHOOL = "of the case"
_SATURDAY = 5


def summed_up(con: Connection, chosen: Sequence[tuple[int, Case]], as_of: date) -> list[tuple[int, Case]]:
    """The cases with the attendance, suspensions and permanent exclusions that ingest would make of their marks and exclusions, in place of these."""
    raw = [(n, event) for n, case in chosen for event in case.events if event.event in RAW]
    if not raw:
        return list(chosen)
    for contract in (parts.SESSION_MARK, parts.CODE_COUNT, parts.EXCLUSION):
        warehouse.create(con, contract.table)
    marks = [row for n, event in raw if event.event == MARK for row in _marks(n, event, as_of)]
    warehouse.insert_rows(con, parts.SESSION_MARK.table, marks)
    warehouse.insert_rows(con, parts.EXCLUSION.table, [_exclusion(n, event, as_of) for n, event in raw if event.event == EXCLUSION])
    sets.tally(con)
    made: dict[str, list[CaseEvent]] = {}
    for pupil, event in _events(con):
        made.setdefault(pupil.partition(" ")[0], []).append(event)
    return [(n, _with(case, made.get(str(n), []))) for n, case in chosen]


def _with(case: Case, made: list[CaseEvent]) -> Case:
    return case.model_copy(update={"events": (*(event for event in case.events if event.event not in RAW), *made)})


def _marks(n: int, event: CaseEvent, as_of: date) -> Iterator[dict[str, Any]]:
    """One mark, or `count` of them: morning and afternoon of one school day after the other."""
    day = _day(event, as_of)
    for number in range(event.count or 1):
        while day.weekday() >= _SATURDAY:
            day += timedelta(days=1)
        yield {**_pupil(n, event), "session_date": day, "session": parts.SESSIONS[number % 2], "mark": event.code}
        day += timedelta(days=number % 2)


def _exclusion(n: int, event: CaseEvent, as_of: date) -> dict[str, Any]:
    first = _day(event, as_of)
    return {**_pupil(n, event), "start_date": first, "category": event.code or "permanent", "reinstated_date": first if event.reinstated else None}


def _pupil(n: int, event: CaseEvent) -> dict[str, Any]:
    return {"source_person_id": f"{n} {event.who}", "school_urn": event.occurrence or _SCHOOL, "source_row": 2, "file_number": 1}


def _day(event: CaseEvent, as_of: date) -> date:
    return event.on or as_of - timedelta(days=event.days_ago or 0)


def _events(con: Connection) -> Iterator[tuple[str, CaseEvent]]:
    """By pupil, what the tallies say of each school and term."""
    rows = con.table("session_tally").order("all").fetchall()
    for pupil, school, year, term, possible, authorised, unauthorised, _ in rows:
        about = _about(pupil, school, year, term)
        yield pupil, CaseEvent(event="attendance", possible=possible, authorised=authorised, unauthorised=unauthorised, **about)
    for pupil, school, year, term, suspensions, permanent in con.table("exclusion_tally").order("all").fetchall():
        about = _about(pupil, school, year, term)
        yield pupil, CaseEvent(event="suspension", count=suspensions, **about)
        yield pupil, CaseEvent(event="permanent_exclusion", count=permanent, **about)


def _about(pupil: str, school: str, year: int, term: str) -> dict[str, Any]:
    return {"who": pupil.partition(" ")[2], "term": f"{year}/{(year + 1) % 100:02} {term}", "occurrence": school}
