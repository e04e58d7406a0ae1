"""Worked cases: small households run through the very statements that score real ones, all in one pass, and compared with what they say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipelines import assessment, case_rows, warehouse
from pipelines.settings import Settings
from pipelines.warehouse import Connection
from schemas.case import Case
from schemas.criterion import Criteria, Criterion, Framework
from schemas.staging import EVERY_SOURCE, SOURCES

_ACCEPTANCE = 0.95
OUTCOMES = ("near_miss", "not_qualifying", "not_assessed")


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
            for as_of, present in dict.fromkeys((one.as_of, _present(one.case)) for one in worked):
                chosen = [(n, one) for n, one in enumerate(worked) if (one.as_of, _present(one.case)) == (as_of, present)]
                failed += _failures(con, chosen, as_of, present, criteria)
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


@dataclass(frozen=True, slots=True)
class _Found:
    """What the statements found, by case and framework."""

    assessments: dict[tuple[str, str, str], str]
    outcomes: dict[tuple[str, str], str]
    tiers: dict[tuple[str, str], str]
    people: dict[tuple[str, str], list[str]]


def _present(case: Case) -> tuple[str, ...]:
    """The sources that the case's partners deliver: the four, and the optional ones it names."""
    return tuple(source for source in EVERY_SOURCE if source in SOURCES or source in case.delivered)


def _failures(con: Connection, chosen: list[tuple[int, Worked]], as_of: date, present: tuple[str, ...], criteria: Criteria) -> Iterator[tuple[int, str]]:
    frameworks = criteria.at(as_of)
    case_rows.load(con, [(n, one.case) for n, one in chosen], as_of)
    assessment.choose_households(con, None, frameworks, as_of, _ACCEPTANCE)
    _insert(con, "household_district", [[str(n), one.case.district, one.case.ward] for n, one in chosen if one.case.district or one.case.ward])
    _insert(con, "silent_source", [[str(n), source, "the case says it is missing"] for n, one in chosen for source in one.case.missing])
    assessment.forget_expecting(con)
    assessment.assess(con, frameworks, as_of, acceptance=_ACCEPTANCE, present=present)
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
    rows = con.execute("select household_id, framework_id, qualifying_rule, is_near from qualification").fetchall()
    outcomes = {(row[0], row[1]): str(row[2] or ("near_miss" if row[3] else "not_qualifying")) for row in rows}
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
