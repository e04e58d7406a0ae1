"""Pairs of which it is known how alike they are need no comparison, and come out as if they had been compared."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import duckdb
import pytest

from matching import blocking, known, scoring, tables
from matching.comparison import compared
from matching.specification import PEOPLE
from tests.support.records import Record, a_record, population, staged

ANN = {"forename": "ANN", "surname": "FISHER", "birth_date": "1990-02-13", "postcode": "ZC1 2AB", "paon": "12", "source_person_id": "N1"}


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with the candidate pairs of a small population."""
    with staged(population(100, seed=8).records) as con:
        blocking.prepare_records(con)
        blocking.candidate_pairs(con, PEOPLE.rules)
        yield con


def found(con: duckdb.DuckDBPyConnection) -> tuple[list[Any], list[Any]]:
    """The compared pairs, and how often each pattern occurs."""
    return con.execute("from compared_pair order by all").fetchall(), con.execute("from pattern order by all").fetchall()


def nothing_kept(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(f"create or replace temp table kept ({', '.join(f'{name} {kind}' for name, kind in known.PAIR.items())})")


@pytest.mark.parametrize("known_share", [0, 1, 2])
def test_known_pairs_come_out_as_if_they_were_compared(con, known_share: int):
    scoring.compare(con, PEOPLE)
    expected = found(con)
    assert any(PEOPLE.by_name["kin"].level(row[2]) > 0 for row in expected[0])
    nothing_kept(con)
    assert known.compare(con, PEOPLE, "kept") == known.Compared(len(expected[0]), 0)
    assert found(con) == expected
    con.execute("delete from kept where (n_l + n_r) % 2 >= ?", [known_share])
    kept = con.execute("from kept select count(*)").fetchall()[0][0]
    assert known.compare(con, PEOPLE, "kept") == known.Compared(len(expected[0]) - kept, kept)
    assert found(con) == expected
    assert con.execute("from kept select count(*), count(distinct (n_l, n_r))").fetchall() == [(len(expected[0]), len(expected[0]))]


def fingerprints(*records: Record) -> dict[str, int]:
    """What stands for each record, by its id."""
    with staged(list(records)) as con:
        blocking.prepare_records(con)
        tables.make(con, "record_fingerprint")
        return dict(con.execute("select record_id, fingerprint from link_record inner join record_fingerprint using (n)").fetchall())


def test_a_fingerprint_stays_when_other_records_come_and_go():
    alone, namesake = a_record("b", **ANN), a_record("c", **ANN | {"source_person_id": "N2"})
    company = a_record("a", **ANN | {"forename": "BEN", "source": "dwp_benefit"})
    assert fingerprints(alone)["b"] == fingerprints(company, alone, namesake)["b"]


@pytest.mark.parametrize(
    "change",
    [
        {"forename": "ANNE"},
        {"surname": "FISCHER"},
        {"former_surname": "HOLMES"},
        {"middle_names": "JANE"},
        {"birth_date": "1990-02-14"},
        {"birth_date_quality": "placeholder"},
        {"birth_date_latest": "2000-01-01"},
        {"sex": "F"},
        {"nino": "AB123456C"},
        {"upn": "A123456789012"},
        {"saon": "FLAT 1"},
        {"street": "MILL ROAD"},
        {"address_kind": "hmo"},
        {"source_person_id": "N2"},
        {"source": "dwp_benefit"},
    ],
)
def test_whatever_comparing_reads_of_a_record_changes_its_fingerprint(change: Record):
    assert fingerprints(a_record("a", **ANN)) != fingerprints(a_record("a", **ANN | change))


def test_a_veto_over_what_other_records_decide_is_refused(con):
    nothing_kept(con)
    with pytest.raises(ValueError, match="a veto of people names kin"):
        known.compare(con, replace(PEOPLE, vetoes=("level_kin = 1",)), "kept")


def test_a_specification_without_address_or_company_is_known_too(con):
    plain = replace(PEOPLE, fields=compared([("forename", "forename", "forename"), ("birth_date", "birth_date", "birth_number")]), vetoes=())
    nothing_kept(con)
    known.compare(con, plain, "kept")
    expected = found(con)
    con.execute("delete from kept where n_l % 2 = 0")
    known.compare(con, plain, "kept")
    assert found(con) == expected
