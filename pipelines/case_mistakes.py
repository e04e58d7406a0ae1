"""Mistakes in worked cases: names that do not exist, events without a day, and criteria that no case shows."""

from collections.abc import Iterator, Sequence

from pipelines import cases
from pipelines.cases import Worked
from pipelines.mistakes import Location, Mistake, nearest
from schemas.case import Case, Cases
from schemas.criterion import Criteria, Framework
from schemas.measure import MEASURES
from schemas.staging import SOURCES


def of_cases(worked: Cases, criteria: Criteria) -> Iterator[Mistake]:
    """Mistakes in what the cases name."""
    for n, case in enumerate(worked.cases):
        yield from _framework_mistakes(case, criteria, ("cases", n))
        yield from _event_mistakes(case, ("cases", n))


def uncovered(worked: Sequence[Worked], criteria: Criteria) -> Iterator[Mistake]:
    """Criteria of the authority's own, or changed by it, without a worked case of each kind."""
    for framework in criteria.frameworks:
        for criterion in framework.criteria:
            needed: tuple[str, ...] = ("met", "not_met", "not_assessed", "boundary")
            measure = MEASURES[criterion.measure]
            if not measure.is_delivered():
                needed = ("not_assessed",)
            elif measure.undelivered():
                needed = ("met", "not_assessed", "boundary")
            shown = cases.kinds_shown(worked, framework, criterion)
            for kind in (kind for kind in needed if kind not in shown):
                yield (), f"criterion '{criterion.id}' of {framework.id} has no worked case that is {kind}; add one to cases.yml"


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
    for n, source in enumerate(case.missing):
        if source not in SOURCES:
            yield (*at, "missing", n), f"there is no source '{source}'; {nearest(source, SOURCES)}"
    for e, event in enumerate(case.events):
        here: Location = (*at, "events", e)
        if event.who not in case.people:
            yield (*here, "who"), f"'{event.who}' is not among the case's people; {nearest(event.who, case.people)}"
        if event.event not in cases.EVENT_SOURCES:
            yield (*here, "event"), f"there is no event '{event.event}'; {nearest(event.event, cases.EVENT_SOURCES)}"
        if [event.on, event.days_ago, event.term].count(None) != 2:
            yield here, "an event needs exactly one of on, days_ago and term"
