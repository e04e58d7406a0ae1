"""Mistakes of shape in criteria and cases, gathered in one go with those of meaning, each in plain words with the place and a remedy."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from pipelines.authority import line_of
from pipelines.errors import BadConfiguration
from schemas import case as cases
from schemas import criterion as shapes
from schemas.criterion import Criterion, Framework, Rule, Tier

Model = TypeVar("Model", bound=BaseModel)
Location = tuple[int | str, ...]
Mistake = tuple[Location, str]

_SHOWN = 50
_CRITERIA_SHAPES = (
    shapes.CriteriaFile,
    shapes.Use,
    Framework,
    Criterion,
    shapes.Requirement,
    Rule,
    Tier,
    shapes.Arm,
    shapes.Household,
    shapes.Window,
    shapes.Ages,
)
_CASE_SHAPES = (cases.Cases, cases.Case, cases.CaseEvent)
_ALIASES = {"lowest": "from", "highest": "to", "is_boundary": "boundary", "values": "set"}
_KEYS = sorted({_ALIASES.get(name, name) for shape in (*_CRITERIA_SHAPES, *_CASE_SHAPES) for name in shape.model_fields})
_REMEDIES = {
    "missing": "is missing; add it",
    "greater_than": "must be above {gt:g}",
    "greater_than_equal": "must be {ge:g} or above",
    "less_than_equal": "must be {le:g} or below",
    "float_parsing": "is no number; write it in digits, such as 15",
    "int_parsing": "is no whole number; write it in digits, such as 3",
    "int_from_float": "is no whole number; write it in digits, such as 3",
    "float_type": "is no number; write it in digits, such as 15",
    "int_type": "is no whole number; write it in digits, such as 3",
    "bool_parsing": "must be true or false",
    "bool_type": "must be true or false",
    "string_type": "must be text; put it in quotes",
    "tuple_type": "must be a list, such as [one, two]",
    "dict_type": "must be a mapping of keys to values",
    "model_type": "must be a mapping of keys to values",
    "model_attributes_type": "must be a mapping of keys to values",
    "too_short": "must hold at least one entry",
    "date_from_datetime_parsing": "is no date; write it as 2012-04-01",
    "date_parsing": "is no date; write it as 2012-04-01",
    "date_type": "is no date; write it as 2012-04-01",
}
_PATTERNS = {"id": "use lower-case letters: headline.name for a criterion, such as education.suspensions", "name": "use lower-case letters, digits and _"}
_CRITERION = {"id": "stand.in", "label": "?", "policy": "?", "citation": "?", "owner": "?", "measure": "asb", "subject": "member", "threshold": 1}
# What stands in for a part that is wrong or missing, so that the rest of the file can be looked at.
_STAND_INS: dict[str, Any] = {
    **_CRITERION,
    "version": "?",
    "name": "stand_in",
    "window": {"kind": "days", "count": 1},
    "kind": "days",
    "effective_from": date(2000, 1, 1),
    "household": {"dependent_child": True},
    "dependent_child": True,
    "headlines": {"stand": "?"},
    "count": 1,
    "of": ["stand"],
    "require": [{"count": 1, "of": ["stand"]}],
    "qualification": [{"name": "stand_in", "label": "?", "require": [{"count": 1, "of": ["stand"]}]}],
    "headlines_at_least": 0,
    "places": 1,
    "from": 0,
    "to": 120,
    "framework": "stand-in",
    "criteria": [{**_CRITERION, "window": {"kind": "days", "count": 1}}],
    "add": [],
    "tiers": [],
}


def nearest(name: str, known: Iterable[str]) -> str:
    """A half sentence naming the known name nearest to a wrong one, or all of them."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1)
    return f"did you mean '{close[0]}'?" if close else f"known: {', '.join(names) or 'none'}"


def refuse(path: Path, tree: Any, found: list[Mistake], what: str = "mistake(s); mend them and run again") -> None:
    """Raise BadConfiguration with every mistake, each with file and line, when there is any."""
    if found:
        placed = sorted((line_of(tree, loc) if tree is not None else 0, n, message) for n, (loc, message) in enumerate(found))
        lines = list(dict.fromkeys(f"{path.name}, line {line}: {message}" if line else f"{path.name}: {message}" for line, _, message in placed))
        more = [f"... and {len(lines) - _SHOWN} more."] if len(lines) > _SHOWN else []
        raise BadConfiguration("\n".join([f"{path} has {len(lines)} {what}:", *lines[:_SHOWN], *more]))


def plain(error: Any) -> str:
    """A validation error in plain words, with what to write instead."""
    name, kind, context = error["loc"][-1] if error["loc"] else "the file", error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return f"'{name}' is not a known key; {nearest(str(name), _KEYS)}"
    if kind == "literal_error":
        if context["expected"] == "True":
            return f"'{name}' must be true"
        known = [str(part).strip("'") for part in context["expected"].replace(" or ", ", ").split(", ")]
        return f"'{name}': there is no '{error['input']}'; {nearest(str(error['input']), known)}"
    if kind == "string_pattern_mismatch":
        return f"'{name}': '{error['input']}' is not well-formed; {_PATTERNS.get(str(name), 'write it as 2025/26 spring')}"
    if kind == "value_error":
        return f"{name}: {context['error']}"
    return f"'{name}' {_REMEDIES[kind].format(**context)}" if kind in _REMEDIES else f"'{name}': {error['msg']}"


def remedy(error: Any) -> str:
    """What to do about a validation error, without the name of what is wrong: for files whose mistakes are told with their whole place."""
    kind, context = error["type"], error.get("ctx", {})
    if kind == "literal_error":
        known = [part.strip("'") for part in context["expected"].replace(" or ", ", ").split(", ")]
        return f"there is no '{error['input']}'; {nearest(str(error['input']), known)}"
    return _REMEDIES[kind].format(**context) if kind in _REMEDIES else str(error["msg"])


def read(tree: Any, model: type[Model]) -> tuple[Model | None, list[Mistake]]:
    """The tree as a model, and the mistakes in its shape. Where there are any, the model is of the tree with stand-ins, so that the rest can be checked."""
    try:
        return model.model_validate(tree), []
    except ValidationError as error:
        errors = error.errors()
    found: list[Mistake] = [(e["loc"], plain(e)) for e in errors if not _is_misspelt(e, errors)]
    mended = deepcopy(_as_plain(tree))
    for _ in range(8):
        for e in errors:
            _mend(mended, e)
        try:
            return model.model_validate(mended), found
        except ValidationError as error:
            errors = error.errors()
    return None, found


def _is_misspelt(missing: Any, errors: Sequence[Any]) -> bool:
    """Whether a key is missing only since it stands there misspelt, which is told already."""
    *place, name = missing["loc"] or ("",)
    beside = [e["loc"][-1] for e in errors if e["type"] == "extra_forbidden" and list(e["loc"][:-1]) == place]
    return missing["type"] == "missing" and any(get_close_matches(str(other), _KEYS, n=1) == [_ALIASES.get(str(name), name)] for other in beside)


def kept(meant: Iterable[Mistake], shape: list[Mistake]) -> list[Mistake]:
    """The mistakes of meaning that do not merely follow from one of shape: same place, or about what stands in for a measure, an id or a headline."""
    wrong = [loc for loc, message in shape if "is not a known key" not in message]
    wrong += [(*loc[:-1], "headline") for loc in wrong if loc and loc[-1] == "id"]
    whole = [loc[:-1] for loc in wrong if loc and loc[-1] in ("measure", "headlines", "criteria", "framework")]
    headed = [loc[:2] if "frameworks" in loc else () for loc in wrong if loc and loc[-1] in ("id", "headline", "measure")]
    return [
        (loc, message)
        for loc, message in meant
        if not any(loc[: len(bad)] == bad or bad[: len(loc)] == loc for bad in wrong)
        and not any(loc[: len(bad)] == bad for bad in whole)
        and not ("headlines" in loc and any(loc[: len(bad)] == bad for bad in headed))
    ]


def _as_plain(tree: Any) -> Any:
    if isinstance(tree, dict):
        return {key: _as_plain(value) for key, value in tree.items()}
    return [_as_plain(value) for value in tree] if isinstance(tree, list) else tree


def _mend(tree: Any, error: Any) -> None:
    *path, last = error["loc"] or ("",)
    try:
        for key in path:
            tree = tree[key]
        if error["type"] == "extra_forbidden":
            del tree[last]
        elif isinstance(last, int):
            tree[last] = _STAND_INS.get(str(path[-1]), [""])[0] if path[-1] in ("criteria", "qualification", "require") else ""
        elif last == "id" and not {"criteria", "add"} & set(path):
            tree[last] = "stand-in"
        elif last in _STAND_INS:
            tree[last] = deepcopy(_STAND_INS[last])
        else:
            tree.pop(last, None)
    except (KeyError, IndexError, TypeError, AttributeError):
        return
