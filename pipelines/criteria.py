"""Loads an authority's criteria: library frameworks as it uses them and its own; every mistake is told with file, line and remedy, and the cases must hold."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pipelines import case_mistakes, cases, framework_mistakes, frameworks, mistakes
from pipelines.authority import Authority, read_yaml
from pipelines.cases import Worked
from pipelines.errors import BadConfiguration
from pipelines.mistakes import Location, Mistake
from pipelines.mistakes import nearest as nearest
from schemas.case import Cases
from schemas.criterion import Criteria, CriteriaFile, Framework


def load(council: Authority) -> Criteria:
    """criteria.yml, checked but its cases not run. Raises BadConfiguration with every mistake, each with its line."""
    criteria = _load(council.criteria_path, _content(council.criteria_path))
    if any(framework.districts or framework.wards for framework in criteria.frameworks):
        tree = read_yaml(council.criteria_path)
        mistakes.refuse(council.criteria_path, tree, [(place(tree, framework_id), told) for framework_id, told in unknown_places(council, criteria)])
    return criteria


def load_checked(council: Authority) -> Criteria:
    """criteria.yml for a run: as `load`, and every worked case gives what it says. Raises BadConfiguration."""
    criteria = load(council)
    _run_cases(council, criteria)
    return criteria


def check_authority(council: Authority, *, are_cases_proven: bool = False) -> dict[str, Any]:
    """Load the criteria and run the worked cases, unless they are proven; returns what was checked. Raises BadConfiguration."""
    try:
        criteria = load(council)
    except BadConfiguration as error:
        raise BadConfiguration("\n".join([str(error), *_told_of_cases(council)])) from None
    case_count = 0 if are_cases_proven else _run_cases(council, criteria)
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


def with_values(criteria: Criteria, values: dict[str, Any]) -> Criteria:
    """The criteria with values changed, by key as in criteria.yml's `set`; a key may begin with a framework and a colon, and else is for each that has it.

    Raises BadConfiguration for a key that no framework has, or a value that cannot be.
    """
    changed = list(criteria.frameworks)
    for key, value in values.items():
        framework_id, _, name = key.rpartition(":")
        tried = [_changed(f, name, value) if framework_id in ("", f.id) else f"there is no framework '{framework_id}'" for f in changed]
        refused = [result for result in tried if isinstance(result, str)]
        if len(refused) == len(tried):
            # The framework that came nearest to having the value tells most.
            raise BadConfiguration(
                f"'{key}': {min(refused, key=lambda told: (told.startswith('there is no framework'), 'has no such value' in told, 'no tier' in told))}"
            )
        changed = [before if isinstance(after, str) else after for before, after in zip(changed, tried, strict=True)]
    # What a label says matters where a list is made, not where values are tried out.
    found = [(at, told) for framework in changed for at, told in framework_mistakes.of_framework(framework, ()) if at[-1:] != ("label",)]
    if found:
        raise BadConfiguration("\n".join(message for _, message in found))
    return criteria.model_copy(update={"frameworks": tuple(changed)})


def files(council: Authority) -> list[Path]:
    """Every file the criteria and their cases are read from: the authority's own and those of the library it uses."""
    own = [path for path in (council.criteria_path, council.cases_path) if path.exists()]
    return own + frameworks.every_file([framework.id for framework in load(council).frameworks])


def sha256(council: Authority) -> str:
    """Hash over the criteria: criteria.yml and the library files it uses. Raises BadConfiguration when they cannot be read."""
    digest = hashlib.sha256()
    for path in files(council):
        if path != council.cases_path:
            digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def shipped(framework_ids: Iterable[str] | None = None) -> Criteria:
    """The library's frameworks, all of them unless named, as shipped."""
    return Criteria(frameworks=tuple(frameworks.shipped(name) for name in framework_ids or frameworks.names()))


def shipped_cases(criteria: Criteria) -> list[Worked]:
    """The library's worked cases for the frameworks, each once and for those frameworks alone."""
    known = {framework.id for framework in criteria.frameworks}
    paths = dict.fromkeys(path for framework in criteria.frameworks for path in frameworks.case_paths(framework) if path.exists())
    return [worked for path in paths for worked in _read_cases(path, shipped=True) if known & set(worked.case.frameworks)]


def _changed(framework: Framework, key: str, value: Any) -> Framework | str:
    try:
        return frameworks.with_value(framework, key, value)
    except ValueError as error:
        return str(error)


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


@lru_cache(maxsize=16)
def _load(path: Path, _content: bytes) -> Criteria:
    """As `load`; two stages of one run read the same file, so it is read once as long as it stays as it is."""
    tree, known, found, changed = _read(path)
    mistakes.refuse(path, tree, found)
    return Criteria(frameworks=tuple(f for f, _ in known if f is not None), changed=frozenset(changed))


def _read(path: Path) -> tuple[Any, list[tuple[Framework | None, Location]], list[Mistake], set[tuple[str, str]]]:
    """The file's tree, its frameworks with their places, what is wrong, and the criteria that the library's cases do not show."""
    tree = read_yaml(path)
    file, found = mistakes.read(tree, CriteriaFile)
    used = [frameworks.as_used(use, ("use", n)) for n, use in enumerate(file.use)] if file else []
    own = file.frameworks if file else ()
    meant: list[Mistake] = [mistake for part in used for mistake in part.mistakes]
    meant += [mistake for n, framework in enumerate(own) for mistake in framework_mistakes.of_framework(framework, ("frameworks", n))]
    places = [*(("use", n) for n in range(len(used))), *(("frameworks", n) for n in range(len(own)))]
    known = [*(part.framework for part in used), *own]
    meant += _twice(known, places)
    changed = {entry for part in used for entry in part.changed} | {(f.id, c.id) for f in own for c in f.criteria}
    return tree, list(zip(known, places, strict=True)), found + mistakes.kept(meant, found), changed


def _told_of_cases(council: Authority) -> list[str]:
    """What is wrong in cases.yml while criteria.yml is wrong too: of the frameworks that have no mistake, since of others it might only follow from one."""
    try:
        _, known, found, _ = _read(council.criteria_path)
        sound = [f for f, place in known if f is not None and not any(at[: len(place)] == place or not at for at, _ in found)]
        # There may be no sound framework at all, which a file that is in use must have: then the shape of the cases alone is looked at.
        _read_cases(council.cases_path, shipped=False, criteria=Criteria.model_construct(frameworks=tuple(sound)), is_part=True)
    except BadConfiguration as error:
        # Where criteria.yml itself cannot be read that is told already.
        return [] if not council.cases_path.exists() or council.cases_path.name not in str(error) else [str(error)]
    return []


def place(tree: Any, framework_id: str, criterion_id: str = "") -> Location:
    """Where a framework, or a criterion, rule or other key of it, stands in the tree of a well-formed criteria.yml; a changed one where it is changed."""
    for part, name, own in (("use", "framework", "add"), ("frameworks", "id", "criteria")):
        for n, given in enumerate(tree.get(part) or ()):
            if given.get(name) != framework_id:
                continue
            found = [("set", key) for key in given.get("set") or () if criterion_id and f"{key}.".startswith(f"{criterion_id}.")]
            found += [(own, m) for m, criterion in enumerate(given.get(own) or ()) if criterion.get("id") == criterion_id]
            return (part, n, *found[0]) if found else (part, n, name)
    return ()


def _twice(known: list[Framework | None], places: list[tuple[str, int]]) -> list[Mistake]:
    ids = [framework.id if framework else None for framework in known]
    key = {"use": "framework", "frameworks": "id"}
    return [((*places[n], key[places[n][0]]), f"framework '{name}' is given twice") for n, name in enumerate(ids) if name is not None and name in ids[:n]]


def unknown_places(council: Authority, criteria: Criteria) -> Iterator[tuple[str, str]]:
    """Districts and wards that the frameworks name and the authority does not have: the framework, and what is told with the nearest."""
    districts = set(council.publication.geography.districts)
    wards = {line.ward for line in council.wards} if any(f.wards for f in criteria.frameworks) else set()
    asked = [(f.id, "district", name, districts, "publication.yml") for f in criteria.frameworks for name in sorted(f.districts)]
    asked += [(f.id, "ward", name, wards, "wards.csv") for f in criteria.frameworks for name in sorted(f.wards)]
    for framework_id, what, name, known, file in asked:
        if name not in known:
            yield framework_id, f"{framework_id} names {what} '{name}', which {file} does not have; {nearest(name, known)}"


def _run_cases(council: Authority, criteria: Criteria) -> int:
    """Run the cases; returns how many. Raises BadConfiguration for cases that are ill-formed, missing or not what they say."""
    own = _read_cases(council.cases_path, shipped=False, criteria=criteria)
    bare = list(case_mistakes.uncovered(own, _to_cover(criteria))) or list(_undecided(own, criteria))
    if bare:
        tree = read_yaml(council.criteria_path)
        mistakes.refuse(council.criteria_path, tree, [(place(tree, *map(str, at)), message) for at, message in bare])
    worked = [*own, *shipped_cases(criteria)]
    failed = cases.failures(worked, criteria)
    for path in dict.fromkeys(worked[n].path for n, _ in failed):
        found: list[Mistake] = [(("cases", worked[n].position), message) for n, message in failed if worked[n].path == path]
        mistakes.refuse(path, read_yaml(path), found, "worked case(s) that do not give what they say")
    return len(worked)


def _undecided(own: list[Worked], criteria: Criteria) -> Iterator[Mistake]:
    """Changed rules that decide none of the authority's own cases: each would end alike under the library's rules, so that none shows the change."""
    for framework in criteria.frameworks:
        changed = case_mistakes.changed_rules(framework, criteria)
        before = frameworks.shipped(framework.id) if changed else framework
        if before.headlines.keys() == framework.headlines.keys() and changed:
            ruled = framework.model_copy(update={"qualification": before.qualification, "count_unit": before.count_unit})
            told = cases.failures([one for one in own if framework.id in one.case.overall], Criteria(frameworks=(ruled,)))
            if not any(f", {framework.id}: expected" in message for _, message in told):
                name = changed[0][0]
                what = f"{name} of {framework.id} decides no case in cases.yml: each would end alike as the library has it"
                yield (framework.id, name), f"{what}; add one that ends otherwise"


def _to_cover(criteria: Criteria) -> Criteria:
    """What the library's cases do not show: criteria of the authority's own, or changed by it."""
    parts = (f.model_copy(update={"criteria": tuple(c for c in f.criteria if (f.id, c.id) in criteria.changed)}) for f in criteria.frameworks)
    return criteria.model_copy(update={"frameworks": tuple(parts)})


def _read_cases(path: Path, *, shipped: bool, criteria: Criteria | None = None, is_part: bool = False) -> list[Worked]:
    if not path.exists():
        return []
    tree, worked, found = _parse_cases(path, path.read_bytes())
    meant = list(case_mistakes.of_cases(worked, criteria, is_part=is_part)) if worked and criteria else []
    mistakes.refuse(path, tree, found + mistakes.kept(meant, found))
    assert worked is not None  # noqa: S101 - a file without mistakes holds cases
    return [Worked(case, case.as_of or worked.as_of, path, n, shipped) for n, case in enumerate(worked.cases)]


@lru_cache(maxsize=32)
def _parse_cases(path: Path, _content: bytes) -> tuple[Any, Cases | None, list[Mistake]]:
    tree = read_yaml(path)
    worked, found = mistakes.read(tree, Cases)
    return tree, worked, found
