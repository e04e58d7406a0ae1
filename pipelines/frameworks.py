"""The shared library of frameworks, `schemas/frameworks/`: read, and used by an authority with values of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipelines import framework_drops, framework_mistakes, mistakes
from pipelines.authority import read_plain, read_yaml
from pipelines.mistakes import Location, Mistake
from schemas.criterion import Criterion, Framework, Rule, Use

LIBRARY = Path(str(files("schemas").joinpath("frameworks")))

_WORDS = {"label", "policy", "citation", "owner", "name", "version", "programme_ended", "cases"}
_OWN_VALUES = ("version", "name", "citation", "effective_from", "effective_to", "count_unit")


@dataclass
class Used:
    """A library framework as an authority uses it: what it changed, and what is wrong, each with its place in criteria.yml."""

    framework: Framework | None
    changed: set[tuple[str, str]] = field(default_factory=set)
    mistakes: list[Mistake] = field(default_factory=list)


def names() -> list[str]:
    """Ids of the library's frameworks."""
    return sorted(path.stem for path in LIBRARY.glob("*.yml"))


def path(framework_id: str) -> Path:
    """The file of a library framework."""
    return LIBRARY / f"{framework_id}.yml"


def case_paths(framework: Framework) -> list[Path]:
    """The files of the library's worked cases for the framework."""
    return [LIBRARY / "cases" / f"{name}.yml" for name in framework.cases]


def shipped(framework_id: str) -> Framework:
    """A library framework as shipped. Raises BadConfiguration with every mistake in its file."""
    return _shipped(path(framework_id), path(framework_id).read_bytes())


@lru_cache(maxsize=64)
def _shipped(file: Path, _content: bytes) -> Framework:
    framework, found = _checked(read_plain(file))
    if found:
        tree = read_yaml(file)  # only who tells a mistake needs to know its line
        framework, found = _checked(tree)
        mistakes.refuse(file, tree, found)
    assert framework is not None  # noqa: S101 - a file without mistakes is a framework
    return framework


def _checked(tree: Any) -> tuple[Framework | None, list[Mistake]]:
    framework, found = mistakes.read(tree, Framework)
    if framework is not None:
        found += mistakes.kept(framework_mistakes.of_framework(framework, ()), found)
    return framework, found


def as_used(use: Use, at: Location) -> Used:
    """The library framework with the authority's values, without the criteria it drops, and with those it adds."""
    if use.framework not in names():
        message = f"the library has no framework '{use.framework}'; {mistakes.nearest(use.framework, names())}"
        return Used(None, mistakes=[((*at, "framework"), message)])
    base = shipped(use.framework)
    used = Used(base)
    used.mistakes += [((*at, "set", key), told) for key, told in lengthless(base, use.values)]
    for key, value in use.values.items():
        _set(used, key, value, (*at, "set", key))
    _drop(used, use, at)
    _add(used, use, at)
    _compare(used, base)
    places = {criterion.id: (*at, "add", n) for n, criterion in enumerate(use.add)}
    places |= {criterion.id: _set_place(use, criterion.id, at) for criterion in base.criteria}
    used.mistakes += framework_mistakes.of_framework(used.framework or base, at, places)
    return used


def with_value(framework: Framework, key: str, value: Any) -> Framework:
    """The framework with one value changed, such as 'education.unauthorised_absence.threshold' or 'qualification.number_needed.count'.

    Raises ValueError in plain words when there is no such value, or it cannot be so.
    """
    tree = framework.model_dump(by_alias=True)
    container, name = _container(tree, key)
    if name == "id" or (name == "name" and container is not tree):
        raise ValueError(f"'{name}' says which part it is and is no value; to have another, write it in full under 'add', 'tiers' or 'frameworks'")
    container[name] = value
    try:
        return Framework.model_validate(tree)
    except ValidationError as error:
        raise ValueError("; ".join(dict.fromkeys(mistakes.plain(e) for e in error.errors()))) from None


def value_of(framework: Framework, key: str) -> Any:
    """The value of that key, as `with_value` names it. Raises ValueError in plain words when there is no such value."""
    container, name = _container(framework.model_dump(by_alias=True), key)
    return container[name]


def lengthless(framework: Framework, values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Keys that change the kind of a window without its length, which would then count in another unit, each with what is told."""
    for criterion in framework.criteria:
        window, kind = f"{criterion.id}.window", values.get(f"{criterion.id}.window.kind", criterion.window.kind)
        if kind not in (criterion.window.kind, "point_in_time") and f"{window}.count" not in values:
            told = f"would leave a window of {criterion.window.count} {kind}, which was one of {criterion.window.count} {criterion.window.kind}"
            yield f"{window}.kind", f"'{window}.kind': {told}; give {window}.count too"


def _set(used: Used, key: str, value: Any, at: Location) -> None:
    assert used.framework is not None  # noqa: S101 - only called for a framework that was found
    try:
        used.framework = with_value(used.framework, key, value)
    except ValueError as error:
        used.mistakes.append((at, f"'{key}': {error}"))


def _container(tree: dict[str, Any], key: str) -> tuple[dict[str, Any], str]:
    """The mapping that holds a value, and the value's key in it."""
    for criterion in tree["criteria"]:
        if key.startswith(f"{criterion['id']}."):
            return _within(criterion, key[len(criterion["id"]) + 1 :].split("."), criterion["id"])
    first, *rest = key.split(".")
    if first == "qualification" and rest:
        rule = _named(tree["qualification"], rest[0], "rule")
        return _within(rule["require"][0], rest[1:], rest[0]) if rest[1:] == ["count"] else _within(rule, rest[1:], rest[0])
    if first == "tiers" and rest:
        tier = _named(tree["tiers"], rest[0], "tier")
        if len(rest) == 3 and rest[2] == "places":
            return _named(tier["arms"], rest[1], "arm"), "places"
        return _within(tier, rest[1:], rest[0])
    if first == "household" and rest:
        return _within(tree["household"], rest, "household")
    if not rest and first in _OWN_VALUES:
        return tree, first
    known = [
        *_OWN_VALUES,
        "household.expectant_parent",
        *(f"{c['id']}.threshold" for c in tree["criteria"]),
        *(f"qualification.{rule['name']}.count" for rule in tree["qualification"]),
    ]
    raise ValueError(f"{tree['id']} has no such value; {mistakes.nearest(key, known)}")


def _within(container: dict[str, Any], parts: list[str], name: str) -> tuple[dict[str, Any], str]:
    for n, part in enumerate(parts):
        if part not in container:
            raise ValueError(f"{name} has no '{part}'; {mistakes.nearest(part, container)}")
        if n == len(parts) - 1:
            return container, part
        if container[part] is None:
            container[part] = {"from": 0, "to": 120}  # ages, which a criterion may leave open
        if not isinstance(container[part], dict):
            break
        container = container[part]
    raise ValueError(f"{name}: name one value, such as '{name}.threshold'")


def _named(parts: Any, name: str, what: str) -> dict[str, Any]:
    for part in parts:
        if part["name"] == name:
            found: dict[str, Any] = part
            return found
    raise ValueError(f"there is no {what} '{name}'; {mistakes.nearest(name, [part['name'] for part in parts])}")


def _drop(used: Used, use: Use, at: Location) -> None:
    assert used.framework is not None  # noqa: S101 - only called for a framework that was found
    if use.drop:
        used.framework, wrong = framework_drops.without(used.framework, use.drop, use.add, (*at, "drop"))
        used.mistakes += wrong
        used.changed |= {(use.framework, name) for name in (*use.drop, "")}


def _add(used: Used, use: Use, at: Location) -> None:
    assert used.framework is not None  # noqa: S101 - only called for a framework that was found
    update: dict[str, Any] = {"criteria": (*used.framework.criteria, *use.add)}
    if use.tiers:
        update["tiers"] = use.tiers
    used.changed |= {(use.framework, criterion.id) for criterion in use.add}
    used.framework = used.framework.model_copy(update=update)


def _compare(used: Used, base: Framework) -> None:
    """Note what differs from the library in more than words: its worked cases say nothing of that."""
    assert used.framework is not None  # noqa: S101 - only called for a framework that was found
    before = {criterion.id: _meaning(criterion) for criterion in base.criteria}
    used.changed |= {(base.id, c.id) for c in used.framework.criteria if before.get(c.id) != _meaning(c)}
    if any(getattr(base, name) != getattr(used.framework, name) for name in ("qualification", "tiers", "count_unit", "household")):
        used.changed.add((base.id, ""))
    # Of these the authority's own cases must show the outcome; criteria that it dropped or added say so by themselves.
    asked = {rule.name: _combination(rule) for rule in base.qualification}
    used.changed |= {(base.id, f"qualification.{rule.name}") for rule in used.framework.qualification if asked.get(rule.name) != _combination(rule)}
    used.changed |= {(base.id, name) for name in ("count_unit", "household") if getattr(base, name) != getattr(used.framework, name)}


def _combination(rule: Rule) -> dict[str, Any]:
    return rule.model_dump(exclude={"name", "label"})


def _meaning(criterion: Criterion) -> dict[str, Any]:
    return criterion.model_dump(exclude=_WORDS)


def _set_place(use: Use, criterion_id: str, at: Location) -> Location:
    """Where the authority set a value of the criterion, else where it names the framework."""
    return next(((*at, "set", key) for key in use.values if key.startswith(f"{criterion_id}.")), (*at, "framework"))


def every_file(framework_ids: Iterator[str] | list[str]) -> list[Path]:
    """The files of the library that those frameworks and their cases stand in, in order."""
    found: dict[Path, None] = {}
    for framework_id in framework_ids:
        if framework_id in names():
            found |= dict.fromkeys([path(framework_id), *case_paths(shipped(framework_id))])
    return list(found)
