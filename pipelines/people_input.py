"""Makes the values of any people table comparable: people_record, people_unit and link_record."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import sql
from matching import blocking, tables
from pipelines import people_files
from pipelines.people_files import further_column
from pipelines.values import mapping, people
from pipelines.values.file_names import shown
from pipelines.warehouse import Connection
from schemas.linkage_model import LinkageModel

# What a record says, apart from who it is and where it comes from.
_SAID = (
    *("forename", "middle_names", "surname", "former_surname", "birth_number", "birth_year", "age", "sex"),
    *("saon", "paon", "street", "postcode", "uprn", "city", "region"),
)
# A private address holds fewer records of fewer surnames than this.
_CROWD = {"crowd_size": 40, "crowd_surnames": 10}
_FLAT_BEFORE_HOUSE = r"^\s*(FLAT|APARTMENT|APT\.?|UNIT|ROOM|STUDIO)\s*([A-Z]?[0-9]+[A-Z]?|[A-Z])[\s,]+(.+)$"

# A whole name at so few addresses is mostly one person's.
_RARE_NAME_PLACES = 3

# Somebody's company is whom one dwelling holds besides, up to so many records.
_COMPANY_LIMIT = 40
# Standard columns whose values are put together with those of others.
_OF_SEVERAL = ("full_name", "region", "former_surname")
# Numbers and codes have a rule that looks at their name besides.
_RULES: dict[str, Callable[[str], people.Row]] = {"category": people.place, "text": people.place, "quantity": people.quantity}
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
    people_files.read(con, files, model)
    unused = _standardise(con, model, year)
    table = _units(con, model, unused)
    if not keeps_records:
        con.execute("drop table people_record")
    return table


def _standardise(con: Connection, model: LinkageModel, year: int) -> frozenset[str]:
    """Make people_record: each rule for values sees every distinct value once. Returns what _unused tells."""
    name = {"forename": "varchar", "middle_names": "varchar", "title_sex": "varchar", "forename_phonetic": "varchar"}
    family = {"surname": "varchar", "former_surname": "varchar", "surname_phonetic": "varchar"}
    _distinct(con, "people_forename", ("forename",), people.forename, name)
    _distinct(con, "people_middle_names", ("middle_names",), people.middle_names, {"middle_names": "varchar"})
    _distinct(con, "people_surname", ("surname", "former_surname"), people.surname, family)
    _distinct(con, "people_full_name", ("full_name",), people.full_name, name | family)
    _distinct(con, "people_address", ("lines",), people.address, dict.fromkeys(("saon", "paon", "street", "postcode"), "varchar"))
    _distinct(con, "people_street", ("street",), people.street, {"value": "varchar"})
    _distinct(con, "people_place", ("city", "region"), people.place, {"value": "varchar"})
    _distinct(con, "people_postcode", ("postcode",), people.postcode, dict.fromkeys(("british", "shaped", "other"), "varchar"))
    _dates(con, model, year)
    further = model.columns.further()
    for place, (name_of, (kind, _)) in enumerate(further.items()):
        rule: Callable[[str], people.Row] = _RULES.get(kind) or partial(people.code, name_of)
        _distinct(con, f"people_further_{place}", (further_column(name_of),), rule, {"value": "varchar"})
    values = [
        f"try_cast(try_cast(further_{n}.value as double) as integer)" if kind == "quantity" else f"further_{n}.value"
        for n, (kind, _) in enumerate(further.values())
    ]
    columns = "".join(f",\n        {value} as {further_column(name_of)}" for value, name_of in zip(values, further, strict=True))
    joins = "\n    ".join(
        f"left join people_further_{place} as further_{place} on further_{place}.text = given.{further_column(name_of)}"
        for place, name_of in enumerate(further)
    )
    said = ", ".join([*_SAID, *(further_column(name_of) for name_of in further)])
    statement = tables.composed("people/people_record", further_columns=columns, further_joins=joins, said=said)
    tables.make_from(con, "people_record", statement, {"postcode_form": _postcode_form(con), "flat_before_house": _FLAT_BEFORE_HOUSE})
    unused = _unused(con, model)
    con.execute("drop table people_given")
    return unused


def _unused(con: Connection, model: LinkageModel) -> frozenset[str]:
    """The standard columns in which nothing stands, or nothing that can be read as a whole name or an address."""
    named = list(model.columns.plain())
    counts = con.execute("from people_given select " + ", ".join(f"count({name})" for name in [*named, "record_id"])).fetchall()[0]
    unused = {name for name, count in zip(named, counts, strict=False) if not count}
    names, addresses = con.execute(sql.read("people/read_count")).fetchall()[0]
    return frozenset(unused | ({"full_name"} if not names else set()) | ({name for name in named if name.startswith("line_")} if not addresses else set()))


def _distinct(con: Connection, table: str, columns: tuple[str, ...], rule: Callable[[str], people.Row], fields: dict[str, str]) -> None:
    query = " union ".join(f"select distinct {column} from people_given where {column} is not null" for column in columns)  # noqa: S608 - declared names
    mapping.make(con, table, query, rule, fields)


def _dates(con: Connection, model: LinkageModel, year: int) -> None:
    """Make people_date; day before month unless more dates can only be read the other way round."""
    best = con.execute(sql.read("people/date_family")).fetchall()
    people_files.check_formats(con, model.date_formats)
    formats = ", ".join(f"try_strptime(text, {people_files.literal(text)})" for text in model.date_formats)
    statement = tables.composed("people/people_date", formats=f"{formats}," if formats else "")
    tables.make_from(con, "people_date", statement, {"is_day_first": not best or best[0][0] == "dmy", "year": year})


def _postcode_form(con: Connection) -> str:
    """How postcodes are read: as British ones, as codes of that shape (invented ones avoid the areas that exist), or as any other country's."""
    british, shaped, other = con.execute("from people_postcode select count(british), count(shaped), count(other)").fetchall()[0]
    return "british" if 2 * british >= other else "shaped" if 2 * shaped >= other else "other"


def _units(con: Connection, model: LinkageModel, unused: frozenset[str]) -> Table:
    """Make people_unit and link_record."""
    further = [further_column(name) for name in model.columns.further()]
    # Only sources apart are linked: what one source holds twice stays two units, which never meet.
    scope = {"link_only": "given_n", "dedupe_only": "source"}.get(model.link_type, "0")
    record_count = tables.make_from(con, "people_unit", tables.composed("people/people_unit", scope=scope))
    for table in ("forename_count", "surname_count"):
        tables.make_from(con, table, sql.read(f"people/{table}"))
    tables.make_from(con, "full_name_count", sql.read("people/full_name_count"), {"rare_name_places": _RARE_NAME_PLACES})
    tables.make_from(con, "crowd", sql.read("people/crowd"), _CROWD)
    first, dated = con.execute("from people_record select count_if(birth_number % 10000 = 101), count(birth_number)").fetchall()[0]
    blocking.load_nicknames(con)
    has_sources = model.link_type == "link_and_dedupe" and con.execute("from people_unit select count(distinct source)").fetchall()[0][0] > 1
    parameters = {"has_sources": has_sources, "record_count": record_count, "is_dated": dated > 0}
    parameters["are_first_of_january_placeholders"] = (first or 0) > dated * _PLACEHOLDER_SHARE
    columns = "".join(f",\n    record.{name}" for name in further)
    unit_count = tables.make_from(con, "link_record", tables.composed("people/link_record", further_columns=columns), parameters)
    tables.make(con, "link_kin", "../people/link_kin", {"company_limit": _COMPANY_LIMIT})
    blocking.finish_records(con)
    source_count = int(con.execute("from people_unit select count(distinct source)").fetchall()[0][0])
    return _described(con, model, (record_count, unit_count, source_count), further, unused)


def _described(con: Connection, model: LinkageModel, counts_of: tuple[int, int, int], further: list[str], unused: frozenset[str]) -> Table:
    looked = [name for name in (*_SAID, *further, "address_key", "area", "building", "holder", "kin_names") if name not in ("region", "former_surname")]
    counts = con.execute("from link_record select " + ", ".join(f"count({name})" for name in looked)).fetchall()[0]
    full = frozenset(name for name, count in zip(looked, counts, strict=True) if count)
    held = {"birth_date": "birth_number"}
    # Of the others it cannot be seen here which column a value is from.
    seen = [name for name in (*model.columns.plain(), *further) if name not in _OF_SEVERAL and not name.startswith("line_")]
    empty = unused | {name for name in seen if held.get(name, name) not in full}
    return Table(*counts_of, full, _called(model, [name for name in (*model.columns.plain(), *further) if name in empty]))


def _called(model: LinkageModel, names: list[str]) -> tuple[str, ...]:
    """The columns as the model file calls them; the lines of an address by their own names unless all are meant."""
    columns = model.columns.plain()
    lines = [name for name in names if name.startswith("line_")]
    are_all = len(lines) == sum(name.startswith("line_") for name in columns)
    called = [
        f"address ('{shown(columns[name])}')" if name in lines and not are_all else "address" if name in lines else name.removeprefix("x_") for name in names
    ]
    return tuple(dict.fromkeys(called))
