"""Checks all that an authority configured, and runs its worked cases, before a run starts: what is wrong is told at once and all together."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pipelines import authority_mistakes, criteria, framework_mistakes, link, mistakes
from pipelines.authority import Authority, read_yaml
from pipelines.errors import BadConfiguration
from pipelines.inference.written import CODE_LEFT_OPEN
from pipelines.mistakes import Mistake
from pipelines.values.text import counted

Part = TypeVar("Part")


def check(
    council: Authority, framework_id: str | None = None, as_of: date | None = None, today: date | None = None, *, are_cases_proven: bool = False
) -> dict[str, Any]:
    """Read every file of the authority, look up all that one names in another, and run the worked cases; returns what was checked.

    At the as-of date, or today where there is none, no rule may rest on criteria that have ended. With an as-of date the framework (the published
    one unless named) must be in force then.
    Worked cases are not run where the caller knows that these very files were checked before, by this very program: no day changes what a case gives.
    Raises BadConfiguration with the mistakes of all files, each with file, line and remedy.
    """
    told: list[str] = []
    # What is wrong with the criteria is told with their cases, so not here.
    known = _told([], lambda: [framework.id for framework in criteria.load(council).frameworks])
    checked = _told(told, lambda: criteria.check_authority(council, are_cases_proven=are_cases_proven))
    _told(told, lambda: _refuse(council.folder / "extracts.yml", authority_mistakes.of_extracts(council.profiles)))
    if as_of is None:
        _told(told, lambda: _refuse_open_codes(council.folder / "extracts.yml"))
    _told(told, lambda: _refuse(council.folder / "linkage.yml", authority_mistakes.of_linkage(council.linkage, link.model_names())))
    _told(told, lambda: _refuse(council.folder / "publication.yml", authority_mistakes.of_publication(council.publication, known)))
    _told(told, lambda: council.wards)
    if not told:
        _told(told, lambda: link.read_model(council.linkage.model))
    if not told and as_of:
        _told(told, lambda: criteria.in_force(criteria.load(council), as_of, framework_id or council.publication.published_framework))
    day = as_of or today
    if known is not None and day:
        _told(told, lambda: _refuse_ended(council, day))
    if told or checked is None:
        raise BadConfiguration("\n".join(dict.fromkeys(told)))
    return checked | {"ward_count": len({(place.district, place.ward) for place in council.wards}), "ward_place_count": len(council.wards)}


def _told(told: list[str], read: Callable[[], Part]) -> Part | None:
    """What `read` gives; None when it refuses, and why is noted."""
    try:
        return read()
    except BadConfiguration as error:
        told.append(str(error))
        return None


def _refuse_ended(council: Authority, day: date) -> None:
    tree = read_yaml(council.criteria_path)
    chosen = [framework for framework in criteria.load(council).frameworks if framework.is_in_force(day)]
    _refuse(council.criteria_path, [(criteria.place(tree, f.id), message) for f in chosen for message in framework_mistakes.ended(f, day)])


def _refuse_open_codes(path: Path) -> None:
    """Comments of a proposed profile that still ask what a code means. They stop no run: rows of such a code are rejected one by one, and told."""
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    left = [number for number, line in enumerate(lines, 1) if line.lstrip().startswith("#") and CODE_LEFT_OPEN in line]
    if left:
        told = [
            f"{path.name}, line {number}: a code has no meaning yet; write it under codes, or take the comment out if it is to be rejected" for number in left
        ]
        raise BadConfiguration("\n".join([f"{path} asks for {counted(len(left), 'code')} still:", *told]))


def _refuse(path: Path, found: Iterable[Mistake]) -> None:
    wrong = list(found)
    if wrong:
        mistakes.refuse(path, read_yaml(path), wrong)
