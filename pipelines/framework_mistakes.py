"""Mistakes in what a framework means: rules that can never be met, criteria that do not fit their measure. Apart from those of its shape."""

from collections.abc import Iterator, Mapping
from datetime import date

from pipelines import tier_mistakes
from pipelines.label_mistakes import of_label, of_rule_label
from pipelines.mistakes import Location, Mistake, nearest
from schemas import criterion as shapes
from schemas.criterion import Criterion, Framework
from schemas.measure import MEASURES, Measure


def of_framework(framework: Framework, at: Location, places: Mapping[str, Location] | None = None) -> Iterator[Mistake]:
    """Mistakes in what the framework means. `places` says where each criterion stands when it is not under the framework's own `criteria`."""
    yield from _rule_mistakes(framework, at)
    if framework.effective_to and framework.effective_to < framework.effective_from:
        where = (*at, "set", "effective_to") if at[:1] == ("use",) else (*at, "effective_to")
        yield where, f"'{framework.id}': effective_to lies before effective_from; change them round"
    seen: set[str] = set()
    for n, criterion in enumerate(framework.criteria):
        here = (places or {}).get(criterion.id, (*at, "criteria", n))
        if criterion.id in seen:
            yield (*here, "id"), f"criterion '{criterion.id}' is given twice in {framework.id}"
        seen.add(criterion.id)
        yield from _criterion_mistakes(criterion, framework, here)
    yield from tier_mistakes.of_tiers(framework, at)


def _rule_mistakes(framework: Framework, at: Location) -> Iterator[Mistake]:
    used = {criterion.headline for criterion in framework.criteria}
    for headline in framework.headlines:
        if headline not in used:
            yield (*at, "headlines", headline), f"no criterion belongs to headline '{headline}'; add one or leave the headline out"
    names = [rule.name for rule in framework.qualification]
    for q, rule in enumerate(framework.qualification):
        if rule.name in names[:q]:
            yield (*at, "qualification", q, "name"), f"rule '{rule.name}' is given twice in {framework.id}"
        yield from (((*at, "qualification", q, "label"), message) for message in of_rule_label(rule))
        for r, requirement in enumerate(rule.require):
            here: Location = (*at, "qualification", q, "require", r)
            yield from _name_mistakes(framework, rule.name, requirement, here)
            countable = _countable(framework, requirement)
            if requirement.count > countable:
                things = "needs" if framework.count_unit == "need" else "headlines"
                yield (*here, "count"), f"rule '{rule.name}' asks for {requirement.count} of {countable} {things} and can never be met; lower the count"


def _name_mistakes(framework: Framework, rule: str, requirement: shapes.Requirement, at: Location) -> Iterator[Mistake]:
    """Names that are no headline and no criterion, and criteria named beside the headline or need that they are part of."""
    criteria = {c.id: c for c in framework.criteria}
    for n, name in enumerate(requirement.of):
        if name in framework.headlines:
            continue
        if name not in criteria:
            what = "criterion" if "." in name else "headline"
            known = criteria if "." in name else framework.headlines
            yield (*at, "of", n), f"rule '{rule}' names {what} '{name}', which {framework.id} does not have; {nearest(name, known)}"
        elif criteria[name].headline in requirement.of:
            what = f"rule '{rule}' names criterion '{name}' beside its headline '{criteria[name].headline}', so that one problem would count twice"
            yield (*at, "of", n), f"{what}; leave one of them out, or put it under a requirement of its own"


def ended(framework: Framework, day: date) -> Iterator[str]:
    """Rules that can no longer be met at the day, since the criteria of what they count have ended."""
    left = framework.model_copy(update={"criteria": tuple(c for c in framework.criteria if c.effective_to is None or c.effective_to >= day)})
    for rule in framework.qualification:
        for requirement in rule.require:
            names = {name for c in left.criteria for name in (c.headline, c.id)}
            headed = requirement.model_copy(update={"of": tuple(name for name in requirement.of if name in names)})
            if requirement.count > _countable(left, headed) and requirement.count <= _countable(framework, requirement):
                what = f"rule '{rule.name}' of {framework.id} counts {', '.join(requirement.of)} and can not be met at {day}: criteria have ended by then"
                yield f"{what}; give it one that holds, or end the framework"


def can_be_met(framework: Framework, rule: shapes.Rule) -> bool:
    """Whether each requirement of the rule asks for no more than there is."""
    return all(requirement.count <= _countable(framework, requirement) for requirement in rule.require)


def _countable(framework: Framework, requirement: shapes.Requirement) -> int:
    named = {name for name in requirement.of if name not in framework.headlines}
    if framework.count_unit == "need":
        return len({c.need for c in framework.criteria if c.headline in requirement.of}) + len(named)
    return len(set(requirement.of))


def _criterion_mistakes(criterion: Criterion, framework: Framework, at: Location) -> Iterator[Mistake]:
    if criterion.headline not in framework.headlines:
        missing = f"{framework.id} has no headline '{criterion.headline}'"
        yield (*at, "headline"), f"'{criterion.id}': {missing}; {nearest(criterion.headline, framework.headlines)}"
    measure = MEASURES.get(criterion.measure)
    if measure is None:
        yield (*at, "measure"), f"'{criterion.id}': there is no measure '{criterion.measure}'; {nearest(criterion.measure, MEASURES)}"
        return
    yield from _measure_mistakes(criterion, measure, at)
    yield from _window_mistakes(criterion, measure, at)
    yield from (((*at, "label"), message) for message in of_label(criterion))
    if criterion.ages and criterion.ages.lowest > criterion.ages.highest:
        yield (*at, "ages"), f"'{criterion.id}': ages run from the lower to the higher; change them round"
    if criterion.effective_from and criterion.effective_to and criterion.effective_to < criterion.effective_from:
        yield (*at, "effective_to"), f"'{criterion.id}': effective_to lies before effective_from; change them round"
    for key, given, known in (("codes", criterion.codes, measure.codes), ("qualifiers", criterion.qualifiers, measure.qualifiers)):
        yield from _code_mistakes(criterion, key, given, known, at)


def _measure_mistakes(criterion: Criterion, measure: Measure, at: Location) -> Iterator[Mistake]:
    if criterion.threshold > measure.highest_threshold:
        limits = f"above 0, up to {measure.highest_threshold:g} {measure.unit}"
        yield (*at, "threshold"), f"'{criterion.id}': threshold {criterion.threshold:g} is out of range: {limits}"
    elif measure.unit == "percent" and criterion.threshold < 1:
        percent = round(criterion.threshold * 100, 6)
        told = f"threshold {criterion.threshold:g} is in percent, so that it is less than one in a hundred; write {percent:g} or {percent:g}% for that share"
        yield (*at, "threshold"), f"'{criterion.id}': {told}"
    if criterion.unit != measure.unit:
        yield (*at, "unit"), f"'{criterion.id}': measure '{measure.name}' counts in {measure.unit}, not in {criterion.unit}"
    if criterion.sources != measure.sources:
        yield (*at, "sources"), f"'{criterion.id}': measure '{measure.name}' reads {', '.join(measure.sources)}; write sources: [{', '.join(measure.sources)}]"
    if measure.is_of_household and criterion.subject != "household":
        yield (*at, "subject"), f"'{criterion.id}': measure '{measure.name}' is about the household; write subject: household"
    if criterion.subject == "household" and not measure.is_of_household:
        yield (*at, "subject"), f"'{criterion.id}': measure '{measure.name}' is about a person; write subject: child, adult or member"


def _window_mistakes(criterion: Criterion, measure: Measure, at: Location) -> Iterator[Mistake]:
    window = criterion.window
    if window.kind not in measure.windows:
        yield (*at, "window"), f"'{criterion.id}': measure '{measure.name}' has no window of kind {window.kind}; use {' or '.join(measure.windows)}"
    elif window.kind != "point_in_time" and window.count < 1:
        yield (*at, "window"), f"'{criterion.id}': a window of {window.kind} needs a count of at least 1"
    elif window.sustained and (not measure.can_be_sustained or window.count < 2 or window.include_current):
        able = ", ".join(name for name, m in MEASURES.items() if m.can_be_sustained)
        yield (*at, "window"), f"'{criterion.id}': only {able} can be sustained, over 2 or more complete terms; leave sustained out"


def _code_mistakes(criterion: Criterion, key: str, given: tuple[str, ...], known: tuple[str, ...], at: Location) -> Iterator[Mistake]:
    # Without codes a measure of needs counts all of its needs.
    if known and not given and not MEASURES[criterion.measure].needs:
        yield (*at, key), f"'{criterion.id}': measure '{criterion.measure}' needs {key}; known: {', '.join(known)}"
    for n, code in enumerate(given):
        if not known:
            yield (*at, key), f"'{criterion.id}': measure '{criterion.measure}' takes no {key}; leave them out"
            return
        if code not in known:
            yield (*at, key, n), f"'{criterion.id}': {key} has no '{code}'; {nearest(code, known)}"
