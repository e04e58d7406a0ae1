"""What `drop` leaves of a library framework: a criterion or a rule less, and without the headline that no criterion belongs to any more."""

from collections.abc import Iterator, Sequence

from pipelines import framework_mistakes
from pipelines.mistakes import Location, Mistake, nearest
from schemas.criterion import Criterion, Framework, Rule

_RULE = "qualification."


def without(framework: Framework, names: Sequence[str], added: Sequence[Criterion], at: Location) -> tuple[Framework, list[Mistake]]:
    """The framework without the criteria, and rules (`qualification.` and the name), that are named, and what is wrong with dropping them.

    A headline goes with its last criterion, unless `added` ones belong to it or a rule or tier cannot do without it: that is a mistake.
    """
    known = [*(criterion.id for criterion in framework.criteria), *(f"{_RULE}{rule.name}" for rule in framework.qualification)]
    found: list[Mistake] = [
        ((*at, n), f"{framework.id} has no criterion or rule '{name}' to drop; {nearest(name, known)}") for n, name in enumerate(names) if name not in known
    ]
    rules = tuple(rule for rule in framework.qualification if f"{_RULE}{rule.name}" not in names)
    if not rules:
        last = next(n for n, name in enumerate(names) if name.startswith(_RULE))
        return framework, [*found, ((*at, last), f"'{names[last]}' leaves {framework.id} without a rule, and nobody could qualify; keep it")]
    kept = tuple(criterion for criterion in framework.criteria if criterion.id not in names)
    left = framework.model_copy(update={"criteria": kept, "qualification": rules})
    bare = set(framework.headlines) - {criterion.headline for criterion in (*kept, *added)}
    for n, name in enumerate(names):
        headline = next((c.headline for c in framework.criteria if c.id == name), "")
        if headline in bare:
            bare.remove(headline)
            left, wrong = _without_headline(left, headline)
            found += [((*at, n), f"'{name}' is all there is of headline '{headline}' of {framework.id}, {told}") for told in wrong]
    return left, found


def _without_headline(framework: Framework, headline: str) -> tuple[Framework, list[str]]:
    """The framework without the headline, and why that cannot be; then what needs it is left out too, so that it is told once."""
    rules = tuple(_rule_without(rule, headline) for rule in framework.qualification)
    tiers = tuple(tier.model_copy(update={"any_of": tuple(name for name in tier.any_of if name != headline)}) for tier in framework.tiers)
    headlines = {name: label for name, label in framework.headlines.items() if name != headline}
    left = framework.model_copy(update={"headlines": headlines, "qualification": rules, "tiers": tiers})
    failing = [rule.name for rule in rules if not framework_mistakes.can_be_met(left, rule)]
    wrong = list(_needed(framework, failing, headline))
    wrong += [
        f"which tier '{now.name}' asks for alone; give the tiers anew under 'tiers'"
        for now, was in zip(tiers, framework.tiers, strict=True)
        if was.any_of and not now.any_of
    ]
    sound = tuple(rule for rule in rules if rule.name not in failing)
    return left.model_copy(update={"qualification": sound}), wrong


def _needed(framework: Framework, failing: Sequence[str], headline: str) -> Iterator[str]:
    for rule in framework.qualification:
        if rule.name in failing and any(headline in requirement.of for requirement in rule.require):
            remedy = f"drop the rule too ({_RULE}{rule.name})" if len(framework.qualification) > len(failing) else "keep it"
            yield f"without which rule '{rule.name}' can never be met; {remedy}, or set {_RULE}{rule.name}.require"


def _rule_without(rule: Rule, headline: str) -> Rule:
    require = tuple(part.model_copy(update={"of": tuple(name for name in part.of if name != headline)}) for part in rule.require)
    return rule.model_copy(update={"require": require})
