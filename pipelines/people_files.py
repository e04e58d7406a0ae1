"""Reads the files of any people table as its model file describes them: people_given, and further columns when they are asked for."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import duckdb

import sql
from matching import tables
from pipelines import people_readers as readers
from pipelines.errors import BadConfiguration, BadInput
from pipelines.values.file_names import shown
from pipelines.values.text import counted
from pipelines.warehouse import Connection
from schemas.linkage_model import LinkageModel

# Columns of people_given that a model file may fill; those that it does not are null.
_GIVEN = (
    *("forename", "middle_names", "surname", "former_surname", "full_name", "birth_date", "birth_year", "age", "sex"),
    *("line_1", "line_2", "line_3", "saon", "paon", "street", "postcode", "uprn", "city", "region"),
)
# Longer texts are cut: nobody's name is longer, and memory stays bounded. Ids are taken whole.
_LONGEST = 200
# As people_given calls the columns of an address.
_LINE = re.compile(r"^line_[0-9]$")
_NESTED = re.compile(r"^(STRUCT|MAP|UNION)\b|\]$")
_DAMAGED = (
    "None of them is there: the file is empty, cut short or damaged, has no header, or has rows with other numbers of cells than it. Open it and mend it."
)
_LACKING = "Mend the model file, or the header. A column that this source does not hold must still stand in its header, with nothing below."
_TRUTH = "to judge by. Name the column of the true person with --truth, or leave it out"


def read(con: Connection, files: list[Path], model: LinkageModel) -> None:
    """Make people_given from the files.

    Raises:
        BadInput: names the file and what is missing, unreadable or not unique, never a value.
    """
    _check_files(files)
    offsets: list[int] = []
    for path, name in zip(files, source_names(files), strict=True):
        offsets.append(_count(con) if offsets else 0)
        _read_file(con, path, name, offsets[-1], model)
    _check_ids(con, Places(files, offsets), model)


def source_names(files: list[Path]) -> list[str]:
    """What each file is called as a source where no column names it: no two alike, so the shortest part of its path that tells it from the others."""
    calls = [[path.name.split(".")[0], path.name, f"{path.parent.name}/{path.name}", str(path)] for path in files]
    return [next((name for place, name in enumerate(own) if [other[place] for other in calls].count(name) == 1), own[-1]) for own in calls]


def read_column(con: Connection, files: list[Path], model: LinkageModel, column: str, table: str, what_for: str) -> None:
    """Make a table of file row, record, source and one further column's value, of the records that have one.

    Raises:
        BadInput: a file has no such column; `what_for` tells the option or key that named it.
    """
    con.execute(f"create or replace temp table {table} (given_n integer, record_id varchar, source varchar, value varchar)")
    offset = 0
    for path, name in zip(files, source_names(files), strict=True):
        reader, options = readers.reader(path)
        _check_column(path, readers.columns_of(con, path), column, what_for)
        source = _id(model.source) if model.source else literal(name)
        statement = tables.composed("people/column", record_id=_id(model.record_id), source=source, value=_text(column), reader=reader, options=options)
        readers.execute(con, f"insert into {table} by name {statement}", path, {"path": str(path), "offset": offset})
        offset += readers.execute(con, f"select count(*) from {reader}($path{options})", path, {"path": str(path)})[0][0]  # noqa: S608 - a declared reader


def _check_files(files: list[Path]) -> None:
    """Refuse a file that is named twice, in whatever spelling or by a link: all its people would be found twice."""
    seen: dict[tuple[int, int], Path] = {}
    for path in (path for path in files if path.is_file()):
        key = (path.stat().st_dev, path.stat().st_ino)
        if key in seen:
            raise BadInput(f"{shown(seen[key])} and {shown(path)} are one and the same file. Name each file once.")
        seen[key] = path


def _check_column(path: Path, known: dict[str, str], column: str, what_for: str) -> None:
    if column not in known:
        raise BadInput(f"{shown(path.name)} has no column '{shown(column)}' {what_for}.")
    _check_plain(path, known, [column])


def _check_plain(path: Path, known: dict[str, str], columns: Iterable[str]) -> None:
    """Refuse columns of lists or structures: as text they would be compared letter by letter, brackets and all."""
    for column in (column for column in columns if _NESTED.search(known[column])):
        raise BadInput(
            f"{shown(path.name)}: column '{shown(column)}' holds lists or structures, not single values."
            " Write what is to be compared into a column of its own, or leave it out of the model file."
        )


def check_truth(con: Connection, files: list[Path], column: str, what_for: str = _TRUTH) -> None:
    """Raise BadInput when a file has no column of the truth, or none of them a value there, before hours of linking rather than after."""
    is_empty = True
    for path in files:
        reader, options = readers.reader(path)
        _check_column(path, readers.columns_of(con, path), column, what_for)
        statement = f"select 1 from {reader}($path{options}) where {_text(column)} is not null limit 1"  # noqa: S608 - a declared reader, a quoted name
        is_empty = is_empty and not readers.execute(con, statement, path, {"path": str(path)})
    if is_empty:
        raise BadInput(f"The column '{shown(column)}' is empty in every file, so that nothing is there {what_for}.")


def check_formats(con: Connection, formats: list[str]) -> None:
    """Raise BadConfiguration for a date format that no date can be read by."""
    for text in formats:
        try:
            con.execute("select try_strptime('', $format)", {"format": text})
        except duckdb.InvalidInputException:
            raise BadConfiguration(f"the model file: date_formats: '{shown(text)}' is no strptime format; one looks like '%d-%m-%y'.") from None


def read_truth(con: Connection, files: list[Path], model: LinkageModel, column: str) -> None:
    """Make people_truth: the true person of the records that have one. Raises BadInput when a file has no such column."""
    read_column(con, files, model, column, "people_truth", _TRUTH)
    con.execute("alter table people_truth rename value to true_person")


def _count(con: Connection) -> int:
    return int(con.execute("from people_given select count(*)").fetchall()[0][0])


def _read_file(con: Connection, path: Path, name: str, offset: int, model: LinkageModel) -> None:
    reader, options = readers.reader(path)
    known = readers.columns_of(con, path)
    _check_columns(path, known, model)
    statement = _given(model, name, reader, options)
    verb = "create or replace temp table people_given as" if offset == 0 else "insert into people_given by name"
    readers.execute(con, f"{verb} {statement}", path, {"path": str(path), "offset": offset})


def _check_columns(path: Path, known: dict[str, str], model: LinkageModel) -> None:
    wanted = {"record_id": model.record_id} | model.columns.plain()
    wanted |= {key: column for key, column in (("source", model.source), ("role", model.role)) if column}
    wanted |= {name: column for name, (_, column) in model.columns.further().items()}
    wanted |= {f"groups.{name}": column for name, column in model.groups.items()}
    wanted |= {f"households.{name}": column for name, column in model.households.columns().items()}
    missing = [f"  {_LINE.sub('address', key)}: {column}{_hint(column, known)}" for key, column in wanted.items() if column not in known]
    if missing:
        if len(missing) == len(wanted) and (uneven := readers.uneven(path)):
            raise BadInput(f"{shown(path.name)}: {uneven} Open the file, mend it and run again.")
        first = f"{shown(path.name)} lacks {len(missing)} of the columns that the model file names:"
        raise BadInput("\n".join([first, *missing, _DAMAGED if len(missing) == len(wanted) else _LACKING]))
    readers.check_header(path, wanted.values())
    _check_plain(path, known, wanted.values())


def _hint(column: str, known: Iterable[str]) -> str:
    by_folded = {name.casefold(): name for name in known}
    near = get_close_matches(column.casefold(), by_folded, n=1, cutoff=0.8)
    return f" (is it '{by_folded[near[0]]}'?)" if near else ""


def _given(model: LinkageModel, name: str, reader: str, options: str) -> str:
    named = model.columns.plain() | {key: column for key, (_, column) in model.columns.further().items()}
    columns = [f"{_text(named[key])} as {key}" if key in named else f"null::varchar as {key}" for key in _GIVEN]
    columns += [f"{_text(column)} as {further_column(key)}" for key, (_, column) in model.columns.further().items()]
    # Lines are read together: the postcode may stand on any.
    lines = ", ".join(f"coalesce({_text(named[line])}, '')" for line in ("line_1", "line_2", "line_3") if line in named)
    columns.append(f"nullif(concat_ws(chr(31), {lines}), '') as lines" if lines else "null::varchar as lines")
    source = _id(model.source) if model.source else literal(name)
    role = _text(model.role) if model.role else "null::varchar"
    parts = {"record_id": _id(model.record_id), "source": source, "role": role, "columns": ",\n    ".join(columns)}
    return tables.composed("people/given", **parts, reader=reader, options=options)


def _text(column: str) -> str:
    return f"nullif(left({_trimmed(column)}, {_LONGEST}), '')"


def _id(column: str) -> str:
    return f"nullif({_trimmed(column)}, '')"


def _trimmed(column: str) -> str:
    quoted = '"' + column.replace('"', '""') + '"'
    return f"trim({quoted}::varchar)"


def literal(text: str) -> str:
    """The text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def further_column(name: str) -> str:
    """The column of a number, code, category, text or quantity; the prefix keeps it apart from the standard ones."""
    return f"x_{name}"


@dataclass(frozen=True, slots=True)
class Places:
    """Tells a record by its file and row, since its id may be a personal number."""

    files: list[Path]
    offsets: list[int]

    def place(self, given_n: int) -> str:
        """File and row, the header counted."""
        number = max(i for i, offset in enumerate(self.offsets) if offset < given_n)
        return f"{shown(self.files[number].name)} row {given_n - self.offsets[number] + 1:,}"


def _check_ids(con: Connection, places: Places, model: LinkageModel) -> None:
    """Every record must have an id, and an id once in its source."""
    for what, column in ((f"record id (column '{model.record_id}')", "record_id"), (f"source (column '{model.source}')", "source")):
        count, first = con.execute(f"from people_given select count(*), min(given_n) where {column} is null").fetchall()[0]
        if count:
            raise BadInput(f"{counted(count, 'record has', 'records have')} no {what}, the first in {places.place(first)}. Give each one and run again.")
    repeats = con.execute(sql.read("people/repeated_id")).fetchall()
    if repeats:
        count, first, second = repeats[0]
        raise BadInput(
            f"{counted(count, 'record repeats', 'records repeat')} the record id of another in the same source (column '{model.record_id}'); for one,"
            f" {places.place(first)} and {places.place(second)}."
            " Give each record an id of its own, or name as source the column that tells the sources apart."
        )
