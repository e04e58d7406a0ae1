"""The households of worked cases as scoring finds real ones: one row a member, a person, an event."""

from datetime import date, timedelta
from typing import Any

from pipelines import case_marks, warehouse
from pipelines.values.dates import term_dates
from pipelines.warehouse import Connection
from schemas import cohort, linked, staging
from schemas.case import Case, CaseEvent
from schemas.extracts.needs import NEEDS

EVENT_SOURCES = {
    "attendance": "school_attendance",
    "suspension": "school_attendance",
    "permanent_exclusion": "school_attendance",
    "school_roll": "school_attendance",
    case_marks.MARK: "school_attendance",
    case_marks.EXCLUSION: "school_attendance",
    "asb_incident": "police_asb",
    "asb_intervention": "police_asb",
    "proven_offence": "police_asb",
    "police_contact": "police_asb",
    "benefit": "dwp_benefit",
    "rent_account": "housing_arrears",
}
NEED = "need"
NEED_SOURCES = {code: source for source, codes in NEEDS.items() for code in codes if code not in EVENT_SOURCES}
"""By need, the optional source that tells of it; a proven offence of the youth justice service is an event of that name, with its source."""
ALSO_TOLD_BY = {"proven_offence": ("youth_justice",)}
_DEFAULT_ROLES = {"school_attendance": "pupil", "police_asb": "suspect", "dwp_benefit": "claimant", "housing_arrears": "tenant"}


def source_of(event: CaseEvent) -> str | None:
    """The source that tells of the event: that of its kind, of the need it names, or the one it names itself; None where nobody tells of it."""
    if event.event == NEED:
        return NEED_SOURCES.get(event.code or "")
    if event.source is not None:
        return event.source if event.source in tellers(event.event) else None
    return EVENT_SOURCES.get(event.event)


def tellers(name: str) -> tuple[str, ...]:
    """The sources that may tell of an event of the name, the usual one first."""
    return (EVENT_SOURCES[name], *ALSO_TOLD_BY.get(name, ())) if name in EVENT_SOURCES else ()


def load(con: Connection, chosen: list[tuple[int, Case]], as_of: date) -> None:
    """Put the cases' households, each by its place in the sequence, where scoring looks for real ones; what the steps before wrote is gone."""
    register = (cohort.REGISTER_DECISION, cohort.HELD_PERSON, cohort.CONFIRMED_LINK)
    for table in (*linked.TABLES, staging.EVENT, *register, cohort.HOUSEHOLD_CRITERION, cohort.EVIDENCE):
        warehouse.create(con, table)
    summed_up = case_marks.summed_up(con, chosen, as_of)
    people = [(str(n), f"{n} {who}", _birth_date(age, as_of)) for n, case in chosen for who, age in case.people.items()]
    warehouse.insert_rows(con, linked.HOUSEHOLD, [_household(str(n), case, as_of) for n, case in chosen])
    warehouse.insert_rows(con, linked.HOUSEHOLD_MEMBER, [_member(household, person, birth, as_of) for household, person, birth in people])
    warehouse.insert_rows(con, linked.PERSON, [_person(person, birth) for _, person, birth in people])
    warehouse.insert_rows(con, linked.PERSON_RECORD, [{"record_id": p, "person_id": p, "link_probability": 1, "is_confirmed": False} for _, p, _ in people])
    warehouse.insert_rows(con, staging.EVENT, [_event(n, e, event, as_of) for n, case in summed_up for e, event in enumerate(case.events)])


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
    source = source_of(event) or ""
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
        "person_role": event.role or _DEFAULT_ROLES.get(source, "subject" if event.event == NEED else "offender"),
        "qualifier": event.qualifier,
        "occurrence_id": event.occurrence or f"{position}",
        "sessions_possible": event.possible,
        "sessions_authorised": event.authorised or 0,
        "sessions_unauthorised": event.unauthorised or 0,
        "occurrence_count": event.count,
        "weekly_rent_gbp": event.rent,
        "arrears_gbp": event.arrears,
        "technical_arrears_gbp": event.technical_arrears,
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
