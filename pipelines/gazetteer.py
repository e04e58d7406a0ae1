"""The council's gazetteer in a run: what stands at each address, and which of its homes the addresses are that partners write."""

import sql
from pipelines import extract_files
from pipelines.provenance import Run
from pipelines.warehouse import Connection
from schemas.extracts import CLASS_USES, GAZETTEER

# In letters: a street's name may be two slips off at the same house of the same postcode, one where it is shorter.
LONG_STREET = {"long_street_length": 8}
# A name that ends the addresses of so many streets is a town's or a quarter's.
TOWN = {"streets_of_a_town_minimum": 5}


def read(con: Connection, run: Run) -> None:
    """Make gazetteer_row of the run's extract; without one, a gazetteer that knows nothing."""
    path = run.extract_path(GAZETTEER.source)
    if path is None:
        con.execute(sql.read("standardise/no_gazetteer_row"))
        return
    extract_files.attach(con, run.settings, path, GAZETTEER.source)
    con.execute(sql.read("standardise/gazetteer_row").format(extract=f"{GAZETTEER.source}.{GAZETTEER.table.qualified}"))


def match(con: Connection) -> None:
    """Make matched_address, of gazetteer_row, carried.standard_address and standard_appearance; beside it gazetteer_use and gazetteer_address."""
    con.execute("create or replace temp table class_use (prefix varchar, place_use varchar)")
    con.executemany("insert into class_use values (?, ?)", list(CLASS_USES.items()))
    made = {"gazetteer_use": {}, "gazetteer_place": {}, "gazetteer_address": {}, "gazetteer_town": TOWN, "matched_address": LONG_STREET}
    for table, parameters in made.items():
        con.execute(f"create or replace temp table {table} as {sql.read(f'standardise/{table}')}", parameters)
