"""What differs between the configuration of a list and that of the list before, each by the key that says it. Apart, since verify only tells it."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from pipelines import criteria, seals
from pipelines.authority import Authority
from pipelines.errors import BadConfiguration
from pipelines.provenance import Run
from schemas.authority import Publication
from schemas.criterion import Framework, Rule

Concerns = Literal["criterion", "rule", "verification"]

_WORDS = {"id", "label", "policy", "citation", "owner"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One value of criteria.yml or publication.yml that is another now: whom it can concern, the criterion where it is about one, and what is told of it."""

    concerns: Concerns
    criterion_id: str
    words: str

    @property
    def row(self) -> dict[str, str]:
        """As a row of the statement that tells of changes."""
        return asdict(self)


def since(before: Run, run: Run) -> tuple[Difference, ...] | None:
    """What differs from the run before, of the list's framework and of the rules of verification.

    None where that cannot be known: the configuration of the run before is no longer kept, or the framework is another.
    """
    kept = seals.kept_authority(before)
    if kept is None:
        return None
    try:
        frameworks = _framework(kept, before), _framework(run.authority, run)
    except BadConfiguration:
        return None
    if None in frameworks or before.manifest.framework_id != run.manifest.framework_id:
        return None
    was, now = frameworks
    assert was is not None and now is not None  # noqa: S101 - looked at above
    return (*of_framework(was, now), *of_publication(kept.publication, run.authority.publication))


def of_framework(before: Framework, now: Framework) -> Iterator[Difference]:
    """Criteria and rules that were added, dropped or changed, value by value; words alone make no difference."""
    was, known = {c.id: c for c in before.criteria}, {c.id: c for c in now.criteria}
    for name in sorted(was.keys() | known.keys()):
        if name not in known or name not in was:
            what = "is no longer asked" if name not in known else "is asked since"
            yield Difference("criterion", name, f"criteria.yml: criterion {name} {what}")
            continue
        for key, old, new in _changed(was[name].model_dump(exclude=_WORDS), known[name].model_dump(exclude=_WORDS)):
            yield Difference("criterion", name, _told("criteria.yml", f"{name}.{key}", old, new))
    yield from _rules(before, now)
    for key in ("count_unit", "household"):
        for part, old, new in _changed({key: before.model_dump()[key]}, {key: now.model_dump()[key]}):
            yield Difference("rule", "", _told("criteria.yml", part, old, new))


def of_publication(before: Publication, now: Publication) -> Iterator[Difference]:
    """Rules of verification that are others now."""
    for key, old, new in _changed(before.verification.model_dump(), now.verification.model_dump()):
        yield Difference("verification", "", _told("publication.yml", f"verification.{key}", old, new))


def _framework(council: Authority, run: Run) -> Framework | None:
    chosen = criteria.load(council).at(run.as_of)
    return next((framework for framework in chosen if framework.id == run.manifest.framework_id), None)


def _rules(before: Framework, now: Framework) -> Iterator[Difference]:
    was, known = {rule.name: rule for rule in before.qualification}, {rule.name: rule for rule in now.qualification}
    for name in [*was, *(name for name in known if name not in was)]:
        if name not in known or name not in was:
            what = "was dropped" if name not in known else "is new"
            yield Difference("rule", "", f"criteria.yml: rule {name} {what}")
        else:
            for key, old, new in _changed(_asked(was[name]), _asked(known[name])):
                yield Difference("rule", "", _told("criteria.yml", f"qualification.{name}.{key}", old, new))


def _asked(rule: Rule) -> dict[str, Any]:
    """What a rule asks, as a person would say it."""
    return {"require": " and ".join(f"{part.count} of {', '.join(part.of)}" for part in rule.require), "districts": rule.districts, "wards": rule.wards}


def _changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Keys whose values differ, with a dot between the parts of a key."""
    was, known = dict(_flat(before)), dict(_flat(now))
    for key in [*was, *(key for key in known if key not in was)]:
        if was.get(key) != known.get(key):
            yield key, was.get(key), known.get(key)


def _flat(tree: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in tree.items():
        if isinstance(value, Mapping):
            yield from ((f"{key}.{part}", inner) for part, inner in _flat(value))
        else:
            yield key, value


def _told(file: str, key: str, before: Any, now: Any) -> str:
    return f"{file}: {key} was {_in_words(before)} and is {_in_words(now)}"


def _in_words(value: Any) -> str:
    if isinstance(value, tuple | list):
        return ", ".join(str(part) for part in value) or "not given"
    if value is None or value == "":
        return "not given"
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)
