"""The steps that assess households, shared by the stage that scores and by the worked cases, so that a case tests what really runs."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sql
from pipelines import warehouse, windows
from pipelines.authority import Authority
from pipelines.provenance import UsedExtract
from pipelines.warehouse import Connection
from schemas import cohort
from schemas.authority import Geography, WardPlace
from schemas.criterion import Criterion, Framework
from schemas.measure import MEASURES
from schemas.staging import SOURCES

_BEGINNING = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Reading:
    """One run of a measure's statement: criteria that differ only in threshold or subject share it, whatever framework they belong to."""

    statement: str
    first: date
    last: date
    codes: tuple[str, ...]
    qualifiers: tuple[str, ...]
    term_count: int = 0


def place_households(con: Connection, council: Authority | None) -> None:
    """Make household_place and household_district: rules and criteria may hold in some districts only. Without an authority nobody is placed."""
    wards = council.wards if council else ()
    make(con, "place", folder="verify", rows=json.dumps(places(council.publication.geography) if council else []))
    columns: dict[str, Any] = {f"{name}s": [getattr(one, name) for one in wards] for name in WardPlace._fields}
    make(con, "ward_place", **columns)
    make(con, "household_place")
    make(con, "household_district")


def places(geography: Geography) -> list[dict[str, str | None]]:
    """Each postcode sector's district and cluster."""
    districts = {sector: name for name, sectors in geography.districts.items() for sector in sectors}
    clusters = {sector: name for name, sectors in geography.clusters.items() for sector in sectors}
    return [{"sector": s, "district": districts.get(s), "cluster": clusters.get(s)} for s in sorted({*districts, *clusters})]


def choose_households(
    con: Connection, council: Authority | None = None, frameworks: Sequence[Framework] = (), as_of: date | None = None, acceptance: float = 1
) -> int:
    """Make assessed_household, household_place, household_district, and silent_source empty; returns how many households are assessed.

    A household with a child is; and where one of the frameworks admits it, one in which somebody expects a child at `as_of`, by links at or above `acceptance`.
    """
    place_households(con, council)
    is_admitted = as_of is not None and any(framework.household.expectant_parent for framework in frameworks)
    make(con, "assessed_household", is_expecting_admitted=is_admitted, as_of=as_of, acceptance=acceptance)
    con.execute("create or replace temp table silent_source (household_id varchar, source varchar, why varchar)")
    return _count(con, "assessed_household")


def note_silence(con: Connection, extracts: Iterable[UsedExtract]) -> int:
    """Note the sources that are missing or too old to say anything about any household; returns how many households are assessed all the same."""
    for extract in extracts:
        if extract.is_stale or extract.extract_id is None:
            values = {"source": extract.source, "why": why_silent(extract)}
            con.execute("insert into silent_source select household_id, $source, $why from assessed_household", values)
    forget_expecting(con)
    return _count(con, "assessed_household")


def forget_expecting(con: Connection) -> None:
    """Leave out the households assessed for a pregnancy alone where the extract that tells of it is missing or too old: it is no evidence."""
    told_by_silence = "(select household_id from silent_source where source = 'health')"
    con.execute(f"delete from assessed_household where not has_child and household_id in {told_by_silence}")  # noqa: S608 - words of ours


def why_silent(extract: UsedExtract) -> str:
    """Why nothing may be concluded from a source that is missing or too old."""
    if extract.is_past_retention:
        return f"the extract of {extract.source} delivered on {extract.delivered_date} is past its retention and is not used"
    if extract.extract_id is None or extract.delivered_date is None:
        return f"there is no extract of {extract.source}"
    return f"the extract of {extract.source} delivered on {extract.delivered_date} is too old"


def assess(con: Connection, frameworks: Sequence[Framework], as_of: date, acceptance: float, present: Collection[str] = SOURCES) -> None:
    """Fill cohort.household_criterion and cohort.evidence for the households chosen, against every framework.

    Reads linked.household_member, linked.household_doubt, linked.person, linked.person_record, linked.scored_pair, what the register holds of decisions,
    staging.event and silent_source (household, source, why):
    a criterion on a silent source is not assessed, nor one on a source that is not `present`, since nobody delivers it.
    """
    readings = _readings(frameworks, as_of, present)
    make(con, "criterion", rows=json.dumps(list(_rows(frameworks, as_of, readings, present)), default=str))
    make(con, "condition")
    make(con, "silent_criterion")
    make(con, "possible_record", acceptance=acceptance)
    make(con, "doubtful_member", acceptance=acceptance)
    make(con, "subject", as_of=as_of, school_year_eve=windows.school_year_eve(as_of), acceptance=acceptance)
    make(con, "member_event", acceptance=acceptance)
    _measure(con, readings, as_of)
    _look_back(con, readings)
    make(con, "latest_before")
    make(con, "person_assessment")
    make(con, "criterion_assessment")
    warehouse.fill(con, cohort.HOUSEHOLD_CRITERION, "score/household_criterion")
    warehouse.fill(con, cohort.EVIDENCE, "score/evidence")


def qualify(con: Connection, frameworks: Sequence[Framework]) -> None:
    """Make headline_found, qualification and tier_found: per household and framework the rule met, how many short, how surely, and the tier.

    Reads cohort.household_criterion, cohort.evidence and household_district (see `place_households`).
    """
    for table in ("criterion_found", "headline_found"):
        make(con, table, folder="verify")
    make(con, "counted_unit", folder="verify", rows=json.dumps([row for f in frameworks for row in _counted_units(f)]))
    make(con, "found_unit", folder="verify")
    make(con, "requirement", folder="verify", rows=json.dumps([row for f in frameworks for row in _requirements(f)]))
    make(con, "rule_found", folder="verify")
    make(con, "near_rule", folder="verify", near_miss_share=cohort.NEAR_MISS_SHARE)
    make(con, "qualification", folder="verify")
    make(con, "tier", folder="verify", rows=json.dumps([row for f in frameworks for row in _tiers(f)]))
    make(con, "tier_found", folder="verify")


def individuals(con: Connection, framework_id: str) -> list[tuple[str, str, str, float]]:
    """The people of a framework that lists individuals: household, person, criteria met, and how surely; after `qualify`."""
    rows = con.execute(sql.read("score/individual"), {"framework_id": framework_id}).fetchall()
    return [(household, person, met, confidence) for _, household, person, met, confidence in rows]


def _counted_units(framework: Framework) -> list[dict[str, str]]:
    """What each criterion counts as: its headline or need; and as itself besides, where a rule names it."""
    kind = framework.count_unit
    units: list[tuple[str, str, str]] = [(c.id, c.need if kind == "need" else c.headline, kind) for c in framework.criteria]
    units += [(c.id, _own_unit(c.id), "criterion") for c in framework.criteria if c.id in framework.named_criteria]
    return [{"framework_id": framework.id, "criterion_id": criterion, "unit": unit, "kind": kind} for criterion, unit, kind in units]


def _own_unit(criterion_id: str) -> str:
    """The unit of a criterion that a rule names by itself; no headline and no need can have the name."""
    return f"criterion {criterion_id}"


def _requirements(framework: Framework) -> Iterator[dict[str, Any]]:
    units = {headline: [headline] for headline in framework.headlines}
    if framework.count_unit == "need":
        units = {headline: list(dict.fromkeys(c.need for c in framework.criteria if c.headline == headline)) for headline in framework.headlines}
    units |= {c: [_own_unit(c)] for c in framework.named_criteria}
    for position, rule in enumerate(framework.qualification, start=1):
        for n, requirement in enumerate(rule.require, start=1):
            about = {"framework_id": framework.id, "rule": rule.name, "rule_label": rule.words, "rule_position": position, "requirement": n}
            counted = dict.fromkeys(unit for name in requirement.of for unit in units[name])
            yield from ({**about, "needed": requirement.count, "unit": unit, "districts": rule.districts, "wards": rule.wards} for unit in counted)


def _tiers(framework: Framework) -> list[dict[str, Any]]:
    return [
        {"framework_id": framework.id, "position": position, "tier": t.name, "headlines_at_least": t.headlines_at_least, "any_of": t.any_of}
        for position, t in enumerate(framework.tiers)
    ]


def _readings(frameworks: Sequence[Framework], as_of: date, present: Collection[str]) -> dict[Reading, int]:
    """Every different reading the criteria need, numbered in their order."""
    delivered = (c for f in frameworks for c in f.criteria if MEASURES[c.measure].is_delivered(present))
    return {reading: n for n, reading in enumerate(dict.fromkeys(_reading(c, as_of) for c in delivered), start=1)}


def _reading(criterion: Criterion, as_of: date) -> Reading:
    span, window = windows.span(criterion.window, as_of), criterion.window
    measure = MEASURES[criterion.measure]
    statement = f"{measure.statement}_sustained" if window.sustained else measure.statement
    return Reading(statement, span.first, span.last, criterion.codes or measure.needs, criterion.qualifiers, window.count if window.sustained else 0)


def _rows(frameworks: Sequence[Framework], as_of: date, readings: dict[Reading, int], present: Collection[str]) -> Iterable[dict[str, Any]]:
    numbers: dict[str, int] = {}
    for position, (framework, criterion) in enumerate(((f, c) for f in frameworks for c in f.criteria), start=1):
        reading = _reading(criterion, as_of)
        asked = _asked(criterion, readings.get(reading, 0), reading, present) | {"is_for_expecting": framework.household.expectant_parent}
        yield {
            **asked,
            "position": position,
            "criterion_n": numbers.setdefault(json.dumps(asked, default=str), len(numbers) + 1),
            "framework_id": framework.id,
            "criterion_id": criterion.id,
            "headline": criterion.headline,
            "label": criterion.words,
        }


def _asked(criterion: Criterion, measure_n: int, reading: Reading, present: Collection[str]) -> dict[str, Any]:
    """What a criterion asks, apart from its framework and its words: criteria that ask the same are assessed once."""
    measure = MEASURES[criterion.measure]
    return {
        "measure_n": measure_n,
        "sources": measure.delivered(present),
        "undelivered": measure.undelivered(present),
        "is_delivered": measure.is_delivered(present),
        "silence": measure.silence,
        "subject": criterion.subject,
        "age_from": criterion.ages.lowest if criterion.ages else None,
        "age_to": criterion.ages.highest if criterion.ages else None,
        "is_school_age": criterion.compulsory_school_age,
        "operator": criterion.operator,
        "threshold": criterion.threshold,
        "unit": criterion.unit,
        "window_from": reading.first,
        "window_to": reading.last,
        "districts": criterion.districts,
        "wards": criterion.wards,
    }


def _measure(con: Connection, readings: dict[Reading, int], as_of: date) -> None:
    """Make measured: what each reading finds, per subject and event."""
    con.execute(sql.read("score/measured"))
    recent = windows.complete_terms(as_of, 1)[0].first
    for reading, n in readings.items():
        statement, values = _asking(reading, reading.first, reading.last, recent)
        con.execute(f"insert into measured by name select {n} as measure_n, * from ({statement})", values)  # noqa: S608 - a file of sql/ and a number of ours


def _look_back(con: Connection, readings: dict[Reading, int]) -> None:
    """Make measured_before, so that "no such record" can tell of what lies outside the window."""
    con.execute(sql.read("score/measured_before"))
    asked = {row[0] for row in con.execute("select measure_n from condition where silence = 'not_met' and subject <> 'household'").fetchall()}
    for reading, n in readings.items():
        if n in asked:
            statement, values = _asking(reading, _BEGINNING, reading.first - timedelta(days=1), _BEGINNING)
            con.execute(f"insert into measured_before select {n}, subject_n, event_n from ({statement}) where is_evidence", values)  # noqa: S608 - as above


def _asking(reading: Reading, first: date, last: date, recent: date) -> tuple[str, dict[str, Any]]:
    """A reading's statement over a span of days, with those values that it names."""
    statement = sql.read(f"score/{reading.statement}")
    values = {
        "window_from": first,
        "window_to": last,
        "recent_from": recent,
        "codes": list(reading.codes),
        "qualifiers": list(reading.qualifiers),
        "term_count": reading.term_count,
    }
    return statement, {name: value for name, value in values.items() if f"${name}" in statement}


def make(con: Connection, table: str, *, folder: str = "score", **parameters: Any) -> None:
    """Make a working table from the statement of its name."""
    con.execute(f"create or replace temp table {table} as {sql.read(f'{folder}/{table}')}", parameters)


def _count(con: Connection, table: str) -> int:
    row = con.table(table).count("*").fetchone()
    return int(row[0]) if row else 0
