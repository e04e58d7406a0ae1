"""Reads any people table as its model file describes it, and makes its values comparable: people_given, people_record, people_unit and link_record."""

from collections.abc import Callable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any

import duckdb

import sql
from matching import blocking, tables
from pipelines.errors import BadInput
from pipelines.values import mapping, people
from pipelines.values.file_names import shown
from pipelines.warehouse import Connection
from schemas.linkage_model import LinkageModel

# Columns of people_given that a model file may fill; those that it does not are null.
_GIVEN = (
    *("forename", "middle_names", "surname", "former_surname", "full_name", "birth_date", "birth_year", "age", "sex"),
    *("line_1", "line_2", "line_3", "saon", "paon", "street", "postcode", "uprn", "city", "region"),
)
# What a record says, apart from who it is and where it comes from.
_SAID = (
    *("forename", "middle_names", "surname", "former_surname", "birth_number", "birth_year", "age", "sex"),
    *("saon", "paon", "street", "postcode", "uprn", "city", "region"),
)
# Longer texts are cut: nobody's name is longer, and memory stays bounded.
_LONGEST = 200
_READERS = {".csv": "read_csv", ".tsv": "read_csv", ".txt": "read_csv", ".gz": "read_csv", ".parquet": "read_parquet"}
_CSV = ", all_varchar = true, header = true, null_padding = false, max_line_size = 16777216"

# A private address holds fewer records of fewer surnames than this.
_CROWD = {"crowd_size": 40, "crowd_surnames": 10}
_FLAT_BEFORE_HOUSE = r"^\s*(FLAT|APARTMENT|APT\.?|UNIT|ROOM|STUDIO)\s*([A-Z]?[0-9]+[A-Z]?|[A-Z])[\s,]+(.+)$"
_TRUTH = "to judge by. Name the column of the true person with --truth, or leave it out"

# A whole name at so few addresses is mostly one person's.
_RARE_NAME_PLACES = 3

# Somebody's company is whom one dwelling holds besides, up to so many records.
_COMPANY_LIMIT = 40
# How often one day of the year may be a birthday before it is taken for a filling.
_PLACEHOLDER_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Table:
    """What was read: how many records and units, from which sources, and which of the columns hold anything."""

    record_count: int
    unit_count: int
    source_count: int
    columns: frozenset[str]
    empty: tuple[str, ...]
    """Columns that the model file names and in which no value could be used."""


def read(con: Connection, files: list[Path], model: LinkageModel, year: int, *, keeps_records: bool = False) -> Table:
    """Make people_unit and link_record from the files; people_record too where it is to be kept.

    Raises:
        BadInput: names the file and what is missing, unreadable or not unique, never a value.
    """
    offsets: list[int] = []
    for path in files:
        offsets.append(_count(con, "people_given") if offsets else 0)
        _read_file(con, path, offsets[-1], model)
    _check_ids(con, Places(files, offsets), model)
    _standardise(con, model, year)
    table = _units(con, model)
    if not keeps_records:
        con.execute("drop table people_record")
    return table


def read_column(con: Connection, files: list[Path], model: LinkageModel, column: str, table: str, what_for: str) -> None:
    """Make a table of file row, record, source and one further column's value, of the records that have one.

    Raises:
        BadInput: a file has no such column; `what_for` tells the option or key that named it.
    """
    con.execute(f"create or replace temp table {table} (given_n integer, record_id varchar, source varchar, value varchar)")
    offset = 0
    for path in files:
        reader, options = _reader(path)
        _check_column(path, _columns_of(con, path, reader, options), column, what_for)
        source = _text(model.source) if model.source else _literal(path.name.split(".")[0])
        statement = tables.composed("people/column", record_id=_text(model.record_id), source=source, value=_text(column), reader=reader, options=options)
        _execute(con, f"insert into {table} by name {statement}", path, {"path": str(path), "offset": offset})
        offset += _execute(con, f"select count(*) from {reader}($path{options})", path, {"path": str(path)})[0][0]  # noqa: S608 - a declared reader


def _check_column(path: Path, known: list[str], column: str, what_for: str) -> None:
    if column not in known:
        raise BadInput(f"{shown(path.name)} has no column '{shown(column)}' {what_for}.")


def check_truth(con: Connection, files: list[Path], column: str) -> None:
    """Raise BadInput when a file has no column of the true person, before hours of linking rather than after."""
    for path in files:
        _check_column(path, _columns_of(con, path, *_reader(path)), column, _TRUTH)


def read_truth(con: Connection, files: list[Path], model: LinkageModel, column: str) -> None:
    """Make people_truth: the true person of the records that have one. Raises BadInput when a file has no such column."""
    read_column(con, files, model, column, "people_truth", _TRUTH)
    con.execute("alter table people_truth rename value to true_person")


def _reader(path: Path) -> tuple[str, str]:
    """DuckDB's function for the file's kind, and its options. Raises BadInput for another kind, or none."""
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise BadInput(f"{shown(path.name)}: a file of records is .csv, .csv.gz, .tsv or .parquet. Save it as one of these and run again.")
    if not path.is_file():
        raise BadInput(f"{shown(path)}: there is no such file.")
    options = _CSV if reader == "read_csv" else ""
    return reader, options + (", delim = '\t'" if path.suffix.lower() == ".tsv" else "")


def _read_file(con: Connection, path: Path, offset: int, model: LinkageModel) -> None:
    reader, options = _reader(path)
    known = _columns_of(con, path, reader, options)
    _check_columns(path, known, model)
    statement = _given(model, path, reader, options)
    verb = "create or replace temp table people_given as" if offset == 0 else "insert into people_given by name"
    _execute(con, f"{verb} {statement}", path, {"path": str(path), "offset": offset})


def _columns_of(con: Connection, path: Path, reader: str, options: str) -> list[str]:
    rows = _execute(con, f"describe from {reader}($path{options})", path, {"path": str(path)})
    return [str(row[0]) for row in rows]


def _execute(con: Connection, statement: str, path: Path, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    try:
        return con.execute(statement, parameters).fetchall()
    except (duckdb.InvalidInputException, duckdb.IOException, duckdb.ConversionException) as error:
        # DuckDB's own message quotes the line.
        raise BadInput(f"{shown(path.name)}: {_reason(str(error))} Open the file, mend it and run again.") from None


def _reason(message: str) -> str:
    if "utf-8" in message.lower() or "unicode" in message.lower():
        return "it is not in UTF-8. Save it as CSV UTF-8."
    if "Maximum line size" in message:
        return "a line is longer than 16 MB; a quotation mark may be missing its partner."
    return "it cannot be read as a table: it is empty or damaged, or a row has another number of cells than the header."


def _check_columns(path: Path, known: list[str], model: LinkageModel) -> None:
    wanted = {"record_id": model.record_id} | model.columns.plain()
    wanted |= {key: column for key, column in (("source", model.source), ("role", model.role)) if column}
    wanted |= {name: column for name, (_, column) in model.columns.further().items()}
    wanted |= {f"groups.{name}": column for name, column in model.groups.items()}
    wanted |= {f"households.{name}": column for name, column in model.households.columns().items()}
    missing = [f"  {key}: {column}{_hint(column, known)}" for key, column in wanted.items() if column not in known]
    if missing:
        raise BadInput(
            "\n".join([f"{shown(path.name)} lacks {len(missing)} of the columns that the model file names:", *missing, "Mend the model file, or the header."])
        )


def _hint(column: str, known: list[str]) -> str:
    by_folded = {name.casefold(): name for name in known}
    near = get_close_matches(column.casefold(), by_folded, n=1, cutoff=0.8)
    return f" (is it '{by_folded[near[0]]}'?)" if near else ""


def _given(model: LinkageModel, path: Path, reader: str, options: str) -> str:
    named = model.columns.plain() | {f"{name}": column for name, (_, column) in model.columns.further().items()}
    columns = [f"{_text(named[name])} as {name}" if name in named else f"null::varchar as {name}" for name in _GIVEN]
    columns += [f"{_text(column)} as {_further(name)}" for name, (_, column) in model.columns.further().items()]
    # Lines are read together: the postcode may stand on any.
    lines = ", ".join(f"coalesce({_text(named[line])}, '')" for line in ("line_1", "line_2", "line_3") if line in named)
    columns.append(f"nullif(concat_ws(chr(31), {lines}), '') as lines" if lines else "null::varchar as lines")
    source = _text(model.source) if model.source else _literal(path.name.split(".")[0])
    role = _text(model.role) if model.role else "null::varchar"
    parts = {"record_id": _text(model.record_id), "source": source, "role": role, "columns": ",\n    ".join(columns)}
    return tables.composed("people/given", **parts, reader=reader, options=options)


def _text(column: str) -> str:
    quoted = '"' + column.replace('"', '""') + '"'
    return f"nullif(left(trim({quoted}::varchar), {_LONGEST}), '')"


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _further(name: str) -> str:
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
            raise BadInput(f"{count:,} records have no {what}, the first in {places.place(first)}. Give each one and run again.")
    repeats = con.execute(sql.read("people/repeated_id")).fetchall()
    if repeats:
        count, first, second = repeats[0]
        raise BadInput(
            f"{count:,} records repeat the record id of another in the same source (column '{model.record_id}'); for one,"
            f" {places.place(first)} and {places.place(second)}."
            " Give each record an id of its own, or name as source the column that tells the sources apart."
        )


def _standardise(con: Connection, model: LinkageModel, year: int) -> None:
    """Make people_record: each rule for values sees every distinct value once."""
    name = {"forename": "varchar", "middle_names": "varchar", "title_sex": "varchar", "forename_phonetic": "varchar"}
    family = {"surname": "varchar", "former_surname": "varchar", "surname_phonetic": "varchar"}
    _distinct(con, "people_forename", ("forename",), people.forename, name)
    _distinct(con, "people_middle_names", ("middle_names",), people.middle_names, {"middle_names": "varchar"})
    _distinct(con, "people_surname", ("surname", "former_surname"), people.surname, family)
    _distinct(con, "people_full_name", ("full_name",), people.full_name, name | family)
    _distinct(con, "people_address", ("lines",), people.address, dict.fromkeys(("saon", "paon", "street", "postcode"), "varchar"))
    _distinct(con, "people_street", ("street",), people.street, {"value": "varchar"})
    _distinct(con, "people_place", ("city", "region"), people.place, {"value": "varchar"})
    _distinct(con, "people_postcode", ("postcode",), people.postcode, {"british": "varchar", "other": "varchar"})
    _dates(con, model, year)
    further = model.columns.further()
    for place, (name_of, (kind, _)) in enumerate(further.items()):
        rule: Callable[[str], people.Row] = people.place if kind in ("category", "text") else partial(people.code, name_of)
        _distinct(con, f"people_further_{place}", (_further(name_of),), rule, {"value": "varchar"})
    columns = "".join(
        f",\n        {'try_cast(' if kind == 'quantity' else ''}further_{place}.value{' as integer)' if kind == 'quantity' else ''} as {_further(name_of)}"
        for place, (name_of, (kind, _)) in enumerate(further.items())
    )
    joins = "\n    ".join(
        f"left join people_further_{place} as further_{place} on further_{place}.text = given.{_further(name_of)}" for place, name_of in enumerate(further)
    )
    said = ", ".join([*_SAID, *(_further(name_of) for name_of in further)])
    statement = tables.composed("people/people_record", further_columns=columns, further_joins=joins, said=said)
    tables.make_from(con, "people_record", statement, {"is_british": _is_british(con), "flat_before_house": _FLAT_BEFORE_HOUSE})
    con.execute("drop table people_given")


def _distinct(con: Connection, table: str, columns: tuple[str, ...], rule: Callable[[str], people.Row], fields: dict[str, str]) -> None:
    query = " union ".join(f"select distinct {column} from people_given where {column} is not null" for column in columns)  # noqa: S608 - declared names
    mapping.make(con, table, query, rule, fields)


def _dates(con: Connection, model: LinkageModel, year: int) -> None:
    """Make people_date; day before month unless more dates can only be read the other way round."""
    best = con.execute(sql.read("people/date_family")).fetchall()
    formats = ", ".join(f"try_strptime(text, {_literal(text)})" for text in model.date_formats)
    statement = tables.composed("people/people_date", formats=f"{formats}," if formats else "")
    tables.make_from(con, "people_date", statement, {"is_day_first": not best or best[0][0] == "dmy", "year": year})


def _is_british(con: Connection) -> bool:
    row = con.execute("from people_postcode select count(british), count(other)").fetchall()[0]
    return bool(2 * row[0] >= row[1])


def _units(con: Connection, model: LinkageModel) -> Table:
    """Make people_unit and link_record."""
    further = [_further(name) for name in model.columns.further()]
    # Only sources apart are linked: what one source holds twice stays two units, which never meet.
    scope = {"link_only": "given_n", "dedupe_only": "source"}.get(model.link_type, "0")
    record_count = tables.make_from(con, "people_unit", tables.composed("people/people_unit", scope=scope))
    for table in ("forename_count", "surname_count"):
        tables.make_from(con, table, sql.read(f"people/{table}"))
    tables.make_from(con, "full_name_count", sql.read("people/full_name_count"), {"rare_name_places": _RARE_NAME_PLACES})
    tables.make_from(con, "crowd", sql.read("people/crowd"), _CROWD)
    first = con.execute("from people_record select count_if(birth_number % 10000 = 101) / nullif(count(birth_number), 0)").fetchall()[0][0]
    blocking.load_nicknames(con)
    has_sources = model.link_type == "link_and_dedupe" and con.execute("from people_unit select count(distinct source)").fetchall()[0][0] > 1
    parameters = {"has_sources": has_sources, "record_count": record_count, "are_first_of_january_placeholders": (first or 0) > _PLACEHOLDER_SHARE}
    columns = "".join(f",\n    record.{name}" for name in further)
    unit_count = tables.make_from(con, "link_record", tables.composed("people/link_record", further_columns=columns), parameters)
    tables.make(con, "link_kin", "../people/link_kin", {"company_limit": _COMPANY_LIMIT})
    blocking.finish_records(con)
    source_count = int(con.execute("from people_unit select count(distinct source)").fetchall()[0][0])
    return _described(con, model, (record_count, unit_count, source_count), further)


def _described(con: Connection, model: LinkageModel, counts_of: tuple[int, int, int], further: list[str]) -> Table:
    looked = [name for name in (*_SAID, *further, "address_key", "area", "building", "holder", "kin_names") if name not in ("region", "former_surname")]
    counts = con.execute("from link_record select " + ", ".join(f"count({name})" for name in looked)).fetchall()[0]
    full = frozenset(name for name, count in zip(looked, counts, strict=True) if count)
    wanted = {"birth_date": "birth_number"}
    named = [name for name in (*model.columns.plain(), *further) if name not in ("full_name", "region", "former_surname") and not name.startswith("line_")]
    empty = tuple(name.removeprefix("x_") for name in named if wanted.get(name, name) not in full)
    return Table(*counts_of, full, empty)


def _count(con: Connection, table: str) -> int:
    return int(con.execute(f"from {table} select count(*)").fetchall()[0][0])
