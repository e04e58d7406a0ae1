"""Mistakes in worked cases: names that do not exist, events without a day, and criteria that no case shows."""

from collections.abc import Iterator, Sequence

from pipelines import case_marks, case_rows, cases
from pipelines.cases import Worked
from pipelines.mistakes import Location, Mistake, nearest
from schemas.case import Case, CaseEvent, Cases
from schemas.criterion import Criteria, Framework
from schemas.extracts.attendance_codes import MARKS
from schemas.extracts.attendance_parts import EXCLUSION_CATEGORIES
from schemas.staging import EVERY_SOURCE, OPTIONAL_SOURCES, SOURCES

# Keys of a framework, beside its rules, that say how criteria combine.
_COMBINING = ("count_unit", "household")
_KINDS = ("met", "not_met", "not_assessed", "boundary")


def of_cases(worked: Cases, criteria: Criteria, *, is_part: bool = False) -> Iterator[Mistake]:
    """Mistakes in what the cases name. `is_part`: these are not all criteria, so that of the other frameworks nothing is said."""
    known = {framework.id for framework in criteria.frameworks}
    for n, case in enumerate(worked.cases):
        yield from _framework_mistakes(_about(case, known) if is_part else case, criteria, ("cases", n))
        yield from _event_mistakes(case, ("cases", n))


def uncovered(worked: Sequence[Worked], criteria: Criteria) -> Iterator[Mistake]:
    """Criteria of the authority's own, or changed by it, without a worked case of each kind, and changed rules without an outcome of each.

    The library's cases no longer tell of those. Each with framework and criterion (or what else was changed) for its place.
    """
    for framework in criteria.frameworks:
        for criterion in framework.criteria:
            lacking = [kind for kind in _KINDS if kind not in cases.kinds_shown(worked, framework, criterion)]
            if lacking:
                told, more = " or ".join(filter(None, [", ".join(lacking[:-1]), lacking[-1]])), " of each" if len(lacking) > 1 else ""
                yield (
                    (framework.id, criterion.id),
                    f"criterion '{criterion.id}' of {framework.id} has no worked case that is {told}; add one{more} to cases.yml",
                )
        for name, rules in changed_rules(framework, criteria):
            yield from (((framework.id, name), message) for message in _without_outcome(worked, framework, name, rules))


def changed_rules(framework: Framework, criteria: Criteria) -> list[tuple[str, list[str]]]:
    """What the authority changed of how criteria combine, each with the rules that a case may meet to show it."""
    names = [rule.name for rule in framework.qualification]
    rules = [(f"qualification.{name}", [name]) for name in names if (framework.id, f"qualification.{name}") in criteria.changed]
    return rules + [(key, names) for key in _COMBINING if (framework.id, key) in criteria.changed]


def _without_outcome(worked: Sequence[Worked], framework: Framework, name: str, rules: list[str]) -> Iterator[str]:
    outcomes = {one.case.overall.get(framework.id) for one in worked}
    lacking = [
        f"overall: {{{framework.id}: {told}}}"
        for told, known in ((rules[0], rules), ("near_miss", ("near_miss", "not_qualifying")))
        if not outcomes & set(known)
    ]
    if lacking:
        yield f"{name} of {framework.id} is not the library's, so its cases tell no outcome; add to cases.yml one with {' and one with '.join(lacking)}"


def _about(case: Case, known: set[str]) -> Case:
    """The case with only what it says of these frameworks."""
    kept = {name: {key: value for key, value in getattr(case, name).items() if key in known} for name in ("overall", "tier", "individuals")}
    return case.model_copy(update={"frameworks": tuple(name for name in case.frameworks if name in known), **kept})


def _framework_mistakes(case: Case, criteria: Criteria, at: Location) -> Iterator[Mistake]:
    frameworks = {framework.id: framework for framework in criteria.frameworks}
    for framework_id in (*case.frameworks, *case.overall, *case.tier, *case.individuals):
        if framework_id not in frameworks:
            yield (*at, "frameworks"), f"there is no framework '{framework_id}'; {nearest(framework_id, frameworks)}"
            return
    for framework_id in case.frameworks:
        yield from _expectation_mistakes(case, frameworks[framework_id], at)
    for framework_id, outcome in case.overall.items():
        known = {*cases.OUTCOMES, *(rule.name for rule in frameworks[framework_id].qualification)}
        if outcome not in known:
            yield (*at, "overall", framework_id), f"there is no outcome '{outcome}'; {nearest(outcome, known)}"
    for framework_id, name in case.tier.items():
        known = {"none", *(tier.name for tier in frameworks[framework_id].tiers)}
        if name not in known:
            yield (*at, "tier", framework_id), f"{framework_id} has no tier '{name}'; {nearest(name, known)}"


def _expectation_mistakes(case: Case, framework: Framework, at: Location) -> Iterator[Mistake]:
    for name in (*case.expect, *case.criteria):
        if cases.find(framework, name) is None:
            yield (*at, "expect", name), f"{framework.id} has no criterion '{name}'; {nearest(name, (c.id for c in framework.criteria))}"


def _event_mistakes(case: Case, at: Location) -> Iterator[Mistake]:
    yield from _source_mistakes(case, at)
    for e, event in enumerate(case.events):
        here: Location = (*at, "events", e)
        if event.who not in case.people:
            yield (*here, "who"), f"'{event.who}' is not among the case's people; {nearest(event.who, case.people)}"
        yield from _kind_mistakes(event, case, here)
        if [event.on, event.days_ago, event.term].count(None) != 2:
            yield here, "an event needs exactly one of on, days_ago and term"


def _source_mistakes(case: Case, at: Location) -> Iterator[Mistake]:
    for n, source in enumerate(case.delivered):
        if source not in OPTIONAL_SOURCES:
            told = "is delivered in every case" if source in SOURCES else f"is no optional source; {nearest(source, OPTIONAL_SOURCES)}"
            yield (*at, "delivered", n), f"'{source}' {told}"
    for n, source in enumerate(case.missing):
        if source not in EVERY_SOURCE:
            yield (*at, "missing", n), f"there is no source '{source}'; {nearest(source, EVERY_SOURCE)}"
        elif source not in (*SOURCES, *case.delivered):
            yield (*at, "missing", n), f"'{source}' is optional, and without an entry under 'delivered' nobody delivers it; it need not be named as missing"


def _kind_mistakes(event: CaseEvent, case: Case, here: Location) -> Iterator[Mistake]:
    """What the event is, and whether somebody delivers what tells of it."""
    known = (*case_rows.EVENT_SOURCES, case_rows.NEED)
    source = case_rows.source_of(event)
    if event.event not in known:
        yield (*here, "event"), f"there is no event '{event.event}'; {nearest(event.event, known)}"
    elif source is None and event.event == case_rows.NEED:
        yield (*here, "code"), f"a need names it in 'code', and there is no need '{event.code or ''}'; {nearest(event.code or '', case_rows.NEED_SOURCES)}"
    elif source is None:
        yield (*here, "source"), f"'{event.source}' does not tell of {event.event}; known: {', '.join(case_rows.tellers(event.event))}"
    elif source in OPTIONAL_SOURCES and source not in case.delivered:
        yield here, f"{source} tells of it, which the case does not have; write delivered: [{source}]"
    elif event.event in case_marks.RAW:
        yield from _raw_mistakes(event, here)


def _raw_mistakes(event: CaseEvent, here: Location) -> Iterator[Mistake]:
    known = MARKS if event.event == case_marks.MARK else (*EXCLUSION_CATEGORIES, None)
    if event.code not in known:
        yield (*here, "code"), f"there is no code '{event.code or ''}' of {event.event}; known: {', '.join(code for code in known if code)}"
    if event.term is not None:
        yield (*here, "term"), f"a {event.event} has a day, under on or days_ago, and no term"
