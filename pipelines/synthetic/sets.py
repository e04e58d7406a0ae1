"""Writes a source's rows as the files of a set, as a records system exports its tables; apart from layouts.py since such a file holds some of the rows only."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from pipelines import authority
from pipelines.synthetic import layouts
from pipelines.synthetic.frame import Array, Columns, is_filled, length, take
from schemas.extracts import MAIN
from schemas.profile import PartLayout, Profile

_MERGED = ("columns", "codes", "null_patterns")


def profile(usual: Profile, source: str, name: str | None) -> Profile:
    """The profile of a supplier that has changed to the layout; of one that is a set as if all its columns stood in one file.

    So rows are put into the supplier's words before anybody asks which file each column and row belongs to.
    """
    one = authority.with_layout(usual, source, name)
    files = (one, *_parts(source, name).values())
    return one.model_copy(update={key: {k: v for file in files for k, v in getattr(file, key).items()} for key in _MERGED})


def _parts(source: str, name: str | None) -> dict[str, PartLayout]:
    told = authority.read_yaml(authority.LAYOUTS / source / f"{name}.yml").get("parts", {}) if name else {}
    return {part: PartLayout.model_validate({"file_pattern": "(?P<date>.*)", **layout}) for part, layout in told.items()}


@contextmanager
def sheets(folder: Path, layout: layouts.Layout, source: str, one: Profile) -> Iterator[layouts.Sheet]:
    """The set's open files with their headers, to which rows are appended as to one; `one` is what `profile` gave."""
    columns = {MAIN: list(authority.with_layout(one, source, layout.library).columns)}
    columns |= {part: list(told.columns) for part, told in _parts(source, layout.library).items()}
    names = {MAIN: layout.file_name, **layout.parts}
    with ExitStack() as stack:
        files = {}
        for part, held in columns.items():
            own = one.model_copy(update={"columns": {name: one.columns[name] for name in held}})
            files[part] = (held, stack.enter_context(layouts.sheet(folder / names[part], layout, own, one.supplier)))
        yield _Set(files, one, _ROWS[source])


class _Set:
    """Files that share rows out among themselves."""

    def __init__(self, files: dict[str, tuple[list[str], layouts.Sheet]], one: Profile, rows_of: dict[str, Callable[[Columns, Profile], Array]]) -> None:
        self._files, self._one, self._rows_of = files, one, rows_of

    def rows(self, columns: Columns) -> None:
        """Append rows, each file its own."""
        for part, (held, file) in self._files.items():
            index = self._rows_of[part](columns, self._one)
            file.rows(take({name: columns[name] for name in held}, index))


def _occurrences(columns: Columns, _: Profile) -> Array:
    """An occurrence once, though a nominal's row was delivered twice; each row without a number is one of its own."""
    seen: set[Any] = set()
    first = []
    for place, number in enumerate(columns["occurrence_id"].tolist()):
        if number is None or number not in seen:
            first.append(place)
        seen.add(number)
    return np.array(first, dtype=int)


def _nominals(columns: Columns, _: Profile) -> Array:
    return np.arange(length(columns))


def _interventions(columns: Columns, one: Profile) -> Array:
    return _of_somebody(columns, one, "intervention")


def _outcomes(columns: Columns, one: Profile) -> Array:
    return _of_somebody(columns, one, "crime")


def _of_somebody(columns: Columns, one: Profile, record_type: str) -> Array:
    """Of the rows of that type the first of each occurrence, where it has a nominal."""
    words = [code for code, meaning in one.codes["record_type"].items() if meaning == record_type]
    first = _occurrences(columns, one)
    return np.asarray(first[(np.isin(columns["record_type"], words) & is_filled(columns["source_person_id"]))[first]])


_ROWS: dict[str, dict[str, Callable[[Columns, Profile], Array]]] = {
    "police_asb": {MAIN: _occurrences, "nominal": _nominals, "intervention": _interventions, "outcome": _outcomes},
}
