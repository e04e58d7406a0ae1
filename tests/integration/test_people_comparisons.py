"""`comparisons` of a model file: every field with every kind is compared, or refused with the kinds that it can have."""

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from matching import estimate, people, scoring
from matching.specification import Specification
from pipelines import authority, people_input, people_specification, warehouse
from pipelines.errors import BadConfiguration
from pipelines.people_input import Table
from pipelines.settings import Settings
from schemas.linkage_model import LinkageModel
from tests.support.people_tables import found, linked, rows_of, write_csv
from tests.support.records import population

KINDS = sorted(get_args(get_args(LinkageModel.model_fields["comparisons"].annotation)[1]))
FIELDS = (
    *("forename", "surname", "middle_names", "birth_date", "birth_year", "age", "sex", "source", "address", "city", "kin"),
    *("upn", "phone", "team", "work", "visits"),
)
MODEL = """
record_id: id
source: agency
columns:
  forename: first
  middle_names: middle
  surname: last
  birth_date: dob
  birth_year: year
  age: age
  sex: gender
  paon: house
  street: street
  postcode: pcode
  numbers: {upn: upn}
  codes: {phone: phone}
  categories: {team: team}
  texts: {work: work}
  quantities: {visits: visits}
"""
ROWS = [
    row | {"year": str(row["dob"] or "")[:4], "age": n % 90, "phone": f"01422{row['person'] % 60:06d}", "team": "red", "work": "baker", "visits": n % 7}
    for n, row in enumerate(rows_of(population(120, seed=8)))
]

Read = tuple[warehouse.Connection, Table, LinkageModel, Path]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Read]:
    """The table once, with a few of its pairs to compare."""
    folder = tmp_path_factory.mktemp("comparisons")
    (folder / "model.yml").write_text(MODEL)
    asked = authority.load(folder / "model.yml", LinkageModel)
    with warehouse.connection(Settings(home=folder, threads=2)) as con:
        table = people_input.read(con, [write_csv(folder / "a.csv", ROWS)], asked, 2026)
        con.execute("create temp table some_pair as select l.n as n_l, r.n as n_r from link_record as l, link_record as r where l.n < r.n and r.n <= 12")
        yield con, table, asked, folder / "model.yml"


def columns_for(name: str, table: Table) -> frozenset[str]:
    """The table's columns; for the city those of one that knows nothing more of an address."""
    return table.columns - {"address_key", "building", "postcode", "street", "paon", "saon", "uprn"} if name == "city" else table.columns


def compared(con: warehouse.Connection, specification: Specification) -> int:
    """How many of the few pairs are compared and scored, at a glance first as a run does."""
    model = estimate.untrained(specification, 100, 1, Settings().today())
    con.execute("create or replace temp table candidate_pair as from some_pair")
    con.execute("create or replace temp table hopeless_pair (n_l integer, n_r integer, pattern ubigint, match_weight double, is_vetoed boolean)")
    scoring.compare_hopeful(con, model, specification, 100, 1e-9)
    con.execute("create or replace temp table candidate_pair as from some_pair")
    scoring.compare(con, specification)
    return scoring.score(con, model, specification, 100)


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_compared_as_this_kind_or_refused_with_the_kinds_it_can_have(kind: str, read: Read):
    con, table, asked, path = read
    for name in FIELDS:
        try:
            specification = people_specification.of_table(asked.model_copy(update={"comparisons": {name: kind}}), columns_for(name, table), path)
        except BadConfiguration as error:
            assert f"{name} cannot be compared as {kind}; what it can be: " in str(error)
            assert str(error).endswith("ignore.")
            continue
        assert (name in specification.by_name) == (kind != "ignore")
        assert compared(con, specification) == 66


def test_every_field_that_the_product_knows_can_be_left_out(read: Read):
    con, table, asked, path = read
    left_out = dict.fromkeys(FIELDS, "ignore")
    assert compared(con, people_specification.of_table(asked.model_copy(update={"comparisons": left_out}), table.columns, path)) == 66


def test_a_mistaken_kind_is_told_with_its_line_and_without_words_of_the_machine(tmp_path: Path):
    for text, told in (
        ("{birth_date: text}", "comparisons: birth_date cannot be compared as text; what it can be: category, ignore."),
        ("{address: text}", "comparisons: address cannot be compared as text; what it can be: ignore."),
        ("{phone: quantity}", "comparisons: phone cannot be compared as quantity; what it can be: category, checked_number, code, number, text, ignore."),
        ("{sex: fuzzy}", "comparisons.sex: "),
    ):
        with pytest.raises(BadConfiguration) as error:
            linked(tmp_path, ROWS[:3], MODEL + f"comparisons: {text}\n")
        assert f"model.yml, line {len(MODEL.splitlines()) + 1}: {told}" in str(error.value)
        assert "literal" not in str(error.value)


@pytest.mark.parametrize("text", ["{sex: ignore}", "{forename: ignore}", "{birth_date: ignore}", "{forename: category, sex: category, birth_date: category}"])
def test_a_table_is_learnt_from_whatever_is_left_out_or_compared_otherwise(text: str, tmp_path: Path):
    assert linked(tmp_path, ROWS, MODEL + f"comparisons: {text}\n", train=True)["model"] == "trained on these records"


def test_a_forename_compared_as_equal_or_not_vetoes_nobody(read: Read):
    _, table, asked, path = read
    plain, equal = (
        people_specification.of_table(asked.model_copy(update={"comparisons": chosen}), table.columns, path) for chosen in ({}, {"forename": "category"})
    )
    assert "level_sex = 1 and level_forename = 1" in plain.vetoes
    assert not any("level_forename" in veto for veto in equal.vetoes)


def test_the_kinds_that_a_field_can_have_are_those_of_the_model_file(read: Read):
    _, table, asked, _ = read
    further = {name: kind for name, (kind, _) in asked.columns.further().items()}
    with pytest.raises(people.ModelFileError, match="sex cannot be compared as nonsense"):
        people.specification(table.columns, further, kinds={"sex": "nonsense"})


def test_quantities_of_one_digit_and_of_equal_digits_and_with_decimals_are_numbers(tmp_path: Path):
    rows = [{"id": str(n), "first": f"ANN{n}", "last": "FISHER", "visits": visits} for n, visits in enumerate(("7", "8", "11", "12.0", "1,200", "1201"))]
    model = (
        "record_id: id\ncolumns: {forename: first, surname: last, quantities: {visits: visits}}\nblocking: [[surname]]\nthresholds: {review: 0.0000000001}\n"
    )
    linked(tmp_path, rows, model)
    near = {(pair["record_id_l"], pair["record_id_r"]) for pair in found(tmp_path, "pairs") if pair["level_visits"] == "near"}
    assert near == {("0", "1"), ("2", "3"), ("4", "5")}
