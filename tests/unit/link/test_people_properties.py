"""What must hold of any people table as of the product's own: both sides of a pair are equals, rows have no order, and strangers change nothing.

One table for all, with fields of every list of a model file; only blocking, comparing, weighing and clustering run, under the starting values.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from matching import estimate, scoring, tables
from pipelines import authority, people, people_input, people_specification, warehouse
from pipelines.settings import Settings
from schemas.linkage_model import LinkageModel
from tests.support.people_tables import rows_of, write_csv
from tests.support.records import population

MODEL = """
record_id: id
source: agency
columns:
  forename: first
  middle_names: middle
  surname: last
  birth_date: dob
  sex: gender
  paon: house
  saon: flat
  street: street
  postcode: pcode
  numbers: {nino: ni}
  codes: {phone: phone}
  categories: {team: team}
  texts: {work: work}
  quantities: {visits: visits}
thresholds: {link: 0.9467}
"""
# In bits; no pair of these records lies near it.
THRESHOLD = 4.15
# One more record among two hundred moves the priors and the sources' overlap, which know how many there are: by so many bits at most.
MOVED = 0.1
FURTHER = {"team": ("red", "blue", ""), "work": ("baker", "bakers", "", "driver"), "visits": ("7", "8", "", "12")}
CROWD = [
    row | {"phone": f"01422 {row['person'] % 50:06d}"} | {name: values[(n + row["person"]) % len(values)] for name, values in FURTHER.items()}
    for n, row in enumerate(rows_of(population(120, seed=8)))
]


@contextmanager
def read(folder: Path, rows: list[dict[str, Any]], threads: int = 2) -> Iterator[tuple[warehouse.Connection, Any, Any, LinkageModel]]:
    """The table read, with its specification."""
    (folder / "model.yml").write_text(MODEL)
    asked = authority.load(folder / "model.yml", LinkageModel)
    with warehouse.connection(Settings(home=folder, threads=threads)) as con:
        table = people_input.read(con, [write_csv(folder / "a.csv", rows)], asked, 2026)
        yield con, table, people_specification.of_table(asked, table.columns, folder / "model.yml"), asked


@dataclass(frozen=True)
class Found:
    """The people as sets of record ids, and the match weight of each pair compared closely."""

    people: set[frozenset[str]]
    weights: dict[frozenset[str], float]


def found(folder: Path, rows: list[dict[str, Any]], threads: int = 2) -> Found:
    """What the engine finds in the rows."""
    with read(folder, rows, threads) as (con, table, specification, asked):
        diary = people.Diary(lambda _: None)
        people._block(con, specification, asked, diary)
        tables.make(con, "link_declared", "link_declared_none")
        model = estimate.untrained(specification, table.unit_count, 1, Settings().today())
        people._score(con, specification, model, table, asked, diary)
        people._cluster(con, asked, diary)
        groups = con.execute("from people_cluster select list(record_id) group by person_id").fetchall()
        pairs = "from link_scored_pair inner join link_record as l on l.n = n_l inner join link_record as r on r.n = n_r"
        weights = con.execute(f"{pairs} select l.record_id, r.record_id, match_weight where match_probability >= 0.2").fetchall()
        return Found({frozenset(ids) for (ids,) in groups}, {frozenset(ids): weight for *ids, weight in weights})


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Found:
    return found(tmp_path_factory.mktemp("known"), CROWD)


def test_both_sides_of_a_pair_of_any_table_are_equals(tmp_path: Path):
    with read(tmp_path, CROWD) as (con, _, specification, _):
        con.execute("create temp table candidate_pair as select l.n as n_l, r.n as n_r from link_record l, link_record r where l.n <> r.n")
        scoring.compare(con, specification)
        unequal = """
            from compared_pair as one inner join compared_pair as other on other.n_l = one.n_r and other.n_r = one.n_l
            select count(*) where one.pattern <> other.pattern or one.is_vetoed <> other.is_vetoed
        """
        assert con.execute(unequal).fetchall() == [(0,)]
        assert len(con.execute("from pattern").fetchall()) > 100


def test_the_order_of_rows_of_any_table_changes_nothing(known: Found, tmp_path: Path):
    shuffled = sorted(CROWD, key=lambda row: (row["person"] * 7919 % 101, row["id"][::-1]))
    assert shuffled != CROWD
    other = found(tmp_path, shuffled, threads=1)
    assert other.people == known.people
    assert other.weights == pytest.approx(known.weights, abs=1e-9)
    assert any(len(ids) > 1 for ids in known.people)


@pytest.mark.parametrize("key", ["000", "zzz"])
def test_a_stranger_changes_no_other_link_of_any_table(key: str, known: Found, tmp_path: Path):
    stranger = dict.fromkeys(CROWD[0], "") | {"id": key, "agency": "police_asb", "first": "Xanthippe", "last": "Quackenbush", "dob": "1931-07-09"}
    other = found(tmp_path, [*CROWD, stranger])
    assert not any(abs(weight - THRESHOLD) <= MOVED for weight in known.weights.values())
    assert other.people == known.people | {frozenset({key})}
    assert other.weights == pytest.approx(known.weights, abs=MOVED)
