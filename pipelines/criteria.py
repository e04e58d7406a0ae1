"""Loads an authority's criteria: every mistake is told with file, line and the nearest right name, and the worked cases must hold."""

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pipelines import cases
from pipelines.authority import Authority, line_of, read_yaml
from pipelines.errors import BadConfiguration
from schemas import criterion as shapes
from schemas.criterion import Case, Cases, Criteria, Criterion, Framework
from schemas.measure import MEASURES

Model = TypeVar("Model", bound=BaseModel)
Location = tuple[int | str, ...]
Mistake = tuple[Location, str]

_SHOWN = 20
_SHAPES = (Criteria, Framework, Criterion, shapes.Requirement, shapes.Rule, shapes.Tier, shapes.Household, shapes.Window, Cases, shapes.Case, shapes.CaseEvent)
_KEYS = sorted({"from", "to", "boundary"} | {name for shape in _SHAPES for name in shape.model_fields})


def load(council: Authority) -> Criteria:
    """criteria.yml, checked but its cases not run. Raises BadConfiguration with every mistake, each with its line."""
    tree, criteria = _read(council.criteria_path, Criteria)
    _refuse(council.criteria_path, tree, list(_mistakes(criteria)))
    return criteria


def load_checked(council: Authority) -> Criteria:
    """criteria.yml for a run: as `load`, and every worked case gives what it says. Raises BadConfiguration."""
    criteria = load(council)
    _run_cases(council, criteria)
    return criteria


def check_authority(council: Authority) -> dict[str, Any]:
    """Load the criteria and run the worked cases; returns what was checked. Raises BadConfiguration."""
    criteria = load(council)
    case_count = _run_cases(council, criteria)
    return {
        "authority": council.name,
        "frameworks": {f.id: {"version": f.version, "criteria": [c.id for c in f.criteria]} for f in criteria.frameworks},
        "case_count": case_count,
    }


def in_force(criteria: Criteria, as_of: date, framework_id: str) -> tuple[Framework, ...]:
    """The frameworks in force at the date. Raises BadConfiguration when `framework_id` is unknown or not among them."""
    if framework_id not in (known := [f.id for f in criteria.frameworks]):
        raise BadConfiguration(f"criteria.yml has no framework '{framework_id}'; {nearest(framework_id, known)}")
    chosen = criteria.at(as_of)
    if framework_id not in (f.id for f in chosen):
        raise BadConfiguration(f"Framework '{framework_id}' is not in force at {as_of}: see effective_from and effective_to in criteria.yml.")
    return chosen


def nearest(name: str, known: Any) -> str:
    """A half sentence naming the known name nearest to a wrong one, or all of them."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1)
    return f"did you mean '{close[0]}'?" if close else f"known: {', '.join(names) or 'none'}"


def _run_cases(council: Authority, criteria: Criteria) -> int:
    """Run the cases; returns how many. Raises BadConfiguration for cases that are ill-formed, missing or not what they say."""
    tree, worked = _read(council.cases_path, Cases)
    _refuse(council.cases_path, tree, list(_case_mistakes(worked, criteria)))
    _refuse(council.criteria_path, None, list(_uncovered(worked, criteria)))
    failures = cases.failures(worked, criteria)
    _refuse(council.cases_path, tree, [(("cases", n), message) for n, message in failures], "worked case(s) that do not give what they say")
    return len(worked.cases)


def _read(path: Path, model: type[Model]) -> tuple[Any, Model]:
    """The file's tree and model; two stages of one run read the same file, so the last ones read are kept."""
    tree, parsed = _parse(path, path.read_bytes() if path.exists() else b"", model)
    return tree, parsed


@lru_cache(maxsize=4)
def _parse(path: Path, _content: bytes, model: type[Any]) -> tuple[Any, Any]:
    tree = read_yaml(path)
    try:
        return tree, model.model_validate(tree)
    except ValidationError as error:
        mistakes = [(e["loc"], _plain(e)) for e in error.errors()]
    _refuse(path, tree, mistakes)
    raise AssertionError("a refusal raises")


def _refuse(path: Path, tree: Any, mistakes: list[Mistake], what: str = "mistake(s); mend them and run again") -> None:
    if mistakes:
        lines = [f"{path.name}, line {line_of(tree, loc)}: {message}" if tree is not None else f"{path.name}: {message}" for loc, message in mistakes]
        more = [f"... and {len(lines) - _SHOWN} more."] if len(lines) > _SHOWN else []
        raise BadConfiguration("\n".join([f"{path} has {len(lines)} {what}:", *lines[:_SHOWN], *more]))


def _plain(error: Any) -> str:
    name = error["loc"][-1] if error["loc"] else "the file"
    if error["type"] == "extra_forbidden":
        return f"'{name}' is not a known key; {nearest(str(name), _KEYS)}"
    if error["type"] == "missing":
        return f"'{name}' is missing; add it"
    return f"'{name}': {error['msg']}"


def _mistakes(criteria: Criteria) -> Iterator[Mistake]:
    seen: set[str] = set()
    for f, framework in enumerate(criteria.frameworks):
        at: Location = ("frameworks", f)
        if framework.id in seen:
            yield (*at, "id"), f"framework '{framework.id}' is given twice"
        seen.add(framework.id)
        yield from _rule_mistakes(framework, at)
        ids: set[str] = set()
        for c, criterion in enumerate(framework.criteria):
            if criterion.id in ids:
                yield (*at, "criteria", c, "id"), f"criterion '{criterion.id}' is given twice in {framework.id}"
            ids.add(criterion.id)
            yield from _criterion_mistakes(criterion, framework, (*at, "criteria", c))


def _rule_mistakes(framework: Framework, at: Location) -> Iterator[Mistake]:
    named = {criterion.headline for criterion in framework.criteria}
    for h in framework.headlines:
        if h not in named:
            yield (*at, "headlines", h), f"no criterion belongs to headline '{h}'; give it one or take the headline out"
    for r, rule in enumerate(framework.qualification):
        for q, requirement in enumerate(rule.require):
            here = (*at, "qualification", r, "require", q)
            for n, headline in enumerate(requirement.of):
                if headline not in framework.headlines:
                    yield (*here, "of", n), f"rule '{rule.name}' names headline '{headline}', which no criterion has; {nearest(headline, framework.headlines)}"
            if requirement.count > len(set(requirement.of)):
                yield (*here, "count"), f"rule '{rule.name}' asks for {requirement.count} of {len(set(requirement.of))} headlines and can never be met"


def _criterion_mistakes(criterion: Criterion, framework: Framework, at: Location) -> Iterator[Mistake]:
    if criterion.headline not in framework.headlines:
        yield (*at, "headline"), f"'{criterion.id}': {framework.id} has no headline '{criterion.headline}'; {nearest(criterion.headline, framework.headlines)}"
    measure = MEASURES.get(criterion.measure)
    if measure is None:
        yield (*at, "measure"), f"'{criterion.id}': there is no measure '{criterion.measure}'; {nearest(criterion.measure, MEASURES)}"
        return
    if criterion.threshold > measure.highest_threshold:
        limits = f"above 0, up to {measure.highest_threshold:g} {measure.unit}"
        yield (*at, "threshold"), f"'{criterion.id}': threshold {criterion.threshold:g} is out of range: {limits}"
    if criterion.unit != measure.unit:
        yield (*at, "unit"), f"'{criterion.id}': measure '{measure.name}' counts in {measure.unit}, not in {criterion.unit}"
    if criterion.sources != (measure.source,):
        yield (*at, "sources"), f"'{criterion.id}': measure '{measure.name}' reads {measure.source}; write sources: [{measure.source}]"
    if criterion.window.kind not in measure.windows:
        yield (*at, "window"), f"'{criterion.id}': measure '{measure.name}' has no window of kind {criterion.window.kind}; use {' or '.join(measure.windows)}"
    elif criterion.window.kind != "point_in_time" and criterion.window.count < 1:
        yield (*at, "window"), f"'{criterion.id}': a window of {criterion.window.kind} needs a count of at least 1"
    if criterion.ages and criterion.ages.lowest > criterion.ages.highest:
        yield (*at, "ages"), f"'{criterion.id}': ages run from the lower to the higher"
    for key, given, known in (("codes", criterion.codes, measure.codes), ("qualifiers", criterion.qualifiers, measure.qualifiers)):
        yield from _code_mistakes(criterion, key, given, known, at)


def _code_mistakes(criterion: Criterion, key: str, given: tuple[str, ...], known: tuple[str, ...], at: Location) -> Iterator[Mistake]:
    if known and not given:
        yield at, f"'{criterion.id}': measure '{criterion.measure}' needs {key}; known: {', '.join(known)}"
    for n, code in enumerate(given):
        if not known:
            yield (*at, key), f"'{criterion.id}': measure '{criterion.measure}' takes no {key}"
            return
        if code not in known:
            yield (*at, key, n), f"'{criterion.id}': {key} has no '{code}'; {nearest(code, known)}"


def _case_mistakes(worked: Cases, criteria: Criteria) -> Iterator[Mistake]:
    for n, case in enumerate(worked.cases):
        yield from _expectation_mistakes(case, criteria, ("cases", n))
        yield from _event_mistakes(case, ("cases", n))


def _expectation_mistakes(case: Case, criteria: Criteria, at: Location) -> Iterator[Mistake]:
    frameworks = {framework.id: framework for framework in criteria.frameworks}
    for framework_id in (*case.frameworks, *case.overall):
        if framework_id not in frameworks:
            yield (*at, "frameworks"), f"there is no framework '{framework_id}'; {nearest(framework_id, frameworks)}"
            return
    for framework_id in case.frameworks:
        framework = frameworks[framework_id]
        for name in (*case.expect, *([case.criterion] if case.criterion else [])):
            if cases.find(framework, name) is None:
                yield (*at, "expect", name), f"{framework_id} has no criterion '{name}'; {nearest(name, (c.id for c in framework.criteria))}"
    for framework_id, outcome in case.overall.items():
        known = {*cases.OUTCOMES, *(rule.name for rule in frameworks[framework_id].qualification)}
        if outcome not in known:
            yield (*at, "overall", framework_id), f"there is no outcome '{outcome}'; {nearest(outcome, known)}"


def _event_mistakes(case: Case, at: Location) -> Iterator[Mistake]:
    for e, event in enumerate(case.events):
        here: Location = (*at, "events", e)
        if event.who not in case.people:
            yield (*here, "who"), f"'{event.who}' is not among the case's people; {nearest(event.who, case.people)}"
        if event.event not in cases.EVENT_SOURCES:
            yield (*here, "event"), f"there is no event '{event.event}'; {nearest(event.event, cases.EVENT_SOURCES)}"
        if [event.on, event.days_ago, event.term].count(None) != 2:
            yield here, "an event needs exactly one of on, days_ago and term"


def _uncovered(worked: Cases, criteria: Criteria) -> Iterator[Mistake]:
    """Criteria without a worked case of each kind."""
    for framework in criteria.frameworks:
        for criterion in framework.criteria:
            needed = ("met", "not_met", "not_assessed", "boundary") if MEASURES[criterion.measure].is_delivered else ("not_assessed",)
            shown = cases.kinds_shown(worked, framework, criterion)
            for kind in needed:
                if kind not in shown:
                    yield (), f"criterion '{criterion.id}' of {framework.id} has no worked case that is {kind}; add one to cases.yml"
