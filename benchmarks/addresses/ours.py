"""The product's own matching on made-up addresses: the same rules and statements as in a run, on a database in memory."""

from collections.abc import Sequence

import duckdb

from benchmarks.addresses.gazetteer import Place
from benchmarks.addresses.mess import Written
from pipelines import gazetteer
from pipelines.values import addresses, mapping

_COLUMNS = dict.fromkeys(addresses.Address._fields, "varchar")


def matched(town: Sequence[Place], written: Sequence[Written]) -> dict[int, tuple[str | None, str]]:
    """By address_id the UPRN found (None: a building of several homes) and the round; an address in doubt is not there."""
    with duckdb.connect() as con:
        con.execute("create schema carried")
        con.execute("create temp table gazetteer_row (uprn varchar, parent_uprn varchar, is_approved boolean, class_code varchar, address_text varchar)")
        con.execute("create temp table given (address_id integer, text varchar)")
        _fill(con, "gazetteer_row", [[p.uprn, p.parent_uprn, True, p.class_code, _text(p.address, "", "", p.postcode)] for p in town])
        _fill(con, "given", [[w.address_id, _text(w.line_1, w.line_2, w.line_3, w.postcode)] for w in written])
        texts = "select distinct text from given union select address_text from gazetteer_row"
        mapping.make(con, "standard_address", texts, lambda text: addresses.address(*mapping.parts(text)), _COLUMNS)
        con.execute("create table carried.standard_address as from standard_address")
        con.execute("create temp table standard_appearance as select * from given join standard_address using (text)")
        gazetteer.match(con)
        found = """
            select a.address_id, m.uprn, m.match_round from standard_appearance as a inner join matched_address as m
            on m.building = a.building and m.unit = coalesce(a.unit, '')
            and m.postcode is not distinct from a.postcode and m.street is not distinct from a.street and a.kind in ('dwelling', 'communal')
        """
        return {number: (uprn, match_round) for number, uprn, match_round in con.execute(found).fetchall()}


def _text(*parts: str) -> str:
    return mapping.SEPARATOR.join(parts)


def _fill(con: duckdb.DuckDBPyConnection, table: str, rows: list[list[object]]) -> None:
    import polars as pl

    frame = pl.DataFrame(rows, schema=[row[0] for row in con.execute(f"describe {table}").fetchall()], orient="row", infer_schema_length=None)
    con.register("rows", frame)
    con.execute(f"insert into {table} from rows")
    con.unregister("rows")
