"""Mistakes in a framework's tiers: names given twice, and tiers that no household can ever be in."""

from collections.abc import Iterator

from pipelines.mistakes import Location, Mistake, nearest
from schemas.criterion import Framework, Tier


def of_tiers(framework: Framework, at: Location) -> Iterator[Mistake]:
    """Mistakes in the tiers of a framework that stands at the place."""
    headlines = {criterion.id: criterion.headline for criterion in framework.criteria}
    for n, tier in enumerate(framework.tiers):
        here: Location = (*at, "tiers", n)
        earlier = framework.tiers[:n]
        if tier.name in [other.name for other in earlier]:
            yield (*here, "name"), f"tier '{tier.name}' is given twice in {framework.id}; give each a name of its own"
        else:
            yield from _hidden(tier, earlier, headlines, here)
        yield from _arm_mistakes(tier, here)
        yield from _tier_mistakes(tier, framework, here)


def _hidden(tier: Tier, earlier: tuple[Tier, ...], headlines: dict[str, str], here: Location) -> Iterator[Mistake]:
    """A tier is for whom no earlier one fits, so one that asks for all an earlier one asks for, or for more, stays empty."""
    asked = set(tier.any_of)
    for other in earlier:
        fits_any = not other.any_of or (asked and all(name in other.any_of or headlines.get(name) in other.any_of for name in asked))
        if fits_any and other.headlines_at_least <= tier.headlines_at_least:
            yield (
                here,
                f"tier '{tier.name}' can never be reached, since whoever fits it fits tier '{other.name}' before it; put it first, or ask for more there",
            )
            return


def _arm_mistakes(tier: Tier, here: Location) -> Iterator[Mistake]:
    names = [arm.name for arm in tier.arms]
    for n, name in enumerate(names):
        if name in names[:n]:
            yield (*here, "arms", n, "name"), f"arm '{name}' is given twice in tier '{tier.name}'; add its places up, or give each a name of its own"


def _tier_mistakes(tier: Tier, framework: Framework, at: Location) -> Iterator[Mistake]:
    known = {*framework.headlines, *(criterion.id for criterion in framework.criteria)}
    for n, name in enumerate(tier.any_of):
        if name not in known:
            yield (*at, "any_of", n), f"tier '{tier.name}' names '{name}', which is no headline or criterion of {framework.id}; {nearest(name, known)}"
    if tier.headlines_at_least > len(framework.headlines):
        remedy = f"{framework.id} has {len(framework.headlines)} headlines; lower it"
        yield (*at, "headlines_at_least"), f"tier '{tier.name}' asks for {tier.headlines_at_least} headlines and can never be reached: {remedy}"
