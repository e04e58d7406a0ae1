"""From scored pairs to people in SQL."""

import pytest

from matching import blocking, clusters, scoring, tables
from matching.specification import PEOPLE
from pipelines.link import read_model
from tests.support.records import Record, a_record, declare, population, staged

HOME = {"postcode": "ZC1 2AB", "paon": "12"}
ANN = {"forename": "ANN", "surname": "FISHER", "birth_date": "1990-02-13", **HOME}
FATHER = {"forename": "OLIVER", "surname": "FISHER", "sex": "M", "birth_date": "1979-08-19", **HOME}
SON = FATHER | {"birth_date": "2011-02-03"}

CROWD = population(400, seed=8).records


def people(records: list[Record], decisions: list[tuple[str, str, str]] = (), declared: list[tuple[str, str]] = (), size_limit: int = 40) -> set:
    """The people found among the records (and a crowd, so that shares of names mean something), as sets of record ids."""
    with staged([*records, *CROWD]) as con:
        for pair in declared:
            declare(con, *pair)
        count = blocking.prepare_records(con)
        blocking.candidate_pairs(con, PEOPLE.rules)
        scoring.compare(con, PEOPLE)
        scoring.score(con, read_model("people"), PEOPLE, count)
        clusters.clusters(con, list(decisions), 0.8, size_limit)
        query = "select list(record_id order by record_id) from link_cluster inner join link_record using (n) group by cluster"
        found = [frozenset(row[0]) for row in con.execute(query).fetchall()]
    given = {record["record_id"] for record in records}
    return {group for group in found if group & given}


def groups(*names: str) -> set[frozenset[str]]:
    """Sets of one-letter record ids, written as words."""
    return {frozenset(name) for name in names}


def test_records_of_one_person_become_one():
    assert people([a_record("a", **ANN), a_record("b", **ANN), a_record("c", **ANN)]) == groups("abc")


def test_a_persons_different_parts_what_evidence_joins():
    assert people([a_record("a", **ANN), a_record("b", **ANN)], [("a", "b", "different")]) == groups("a", "b")


def test_a_persons_same_joins_what_evidence_parts():
    records = [a_record("a", forename="ANN", surname="FISHER"), a_record("b", forename="ROSE", surname="KHAN")]
    assert people(records) == groups("a", "b")
    assert people(records, [("a", "b", "same")]) == groups("ab")


def test_a_persons_same_lifts_a_veto():
    records = [a_record("a", **ANN, upn="A1"), a_record("b", **ANN | {"birth_date": "1990-02-14"}, upn="B2")]
    assert people(records) == groups("a", "b")
    assert people(records, [("a", "b", "same")]) == groups("ab")


def test_where_a_person_was_unsure_the_weight_does_not_decide():
    assert people([a_record("a", **ANN), a_record("b", **ANN)], [("a", "b", "unsure")]) == groups("a", "b")


def test_decisions_on_records_that_are_gone_are_passed_over():
    assert people([a_record("a", **ANN)], [("a", "gone", "same"), ("old", "older", "different")]) == groups("a")


def test_father_and_son_stay_two_and_the_undated_namesake_goes_to_neither():
    records = [a_record("f", **FATHER), a_record("s", **SON), a_record("x", **FATHER | {"birth_date": None})]
    assert people(records) == groups("f", "s", "x")


def test_a_declared_parent_is_never_its_child_though_all_else_agrees():
    assert people([a_record("a", **ANN), a_record("b", **ANN)], declared=[("a", "b")]) == groups("a", "b")


def test_the_pupils_namesake_father_finds_his_own_records():
    parent = FATHER | {"birth_date": None, "birth_date_latest": "1999-02-03", "sex": None}
    records = [a_record("f", **FATHER), a_record("s", **SON), a_record("p", **parent)]
    assert people(records, declared=[("p", "s")]) == groups("fp", "s")


@pytest.mark.parametrize("size_limit", [2, 3])
def test_no_person_outgrows_the_limit(size_limit: int):
    found = people([a_record(name, **ANN) for name in "abcdef"], size_limit=size_limit)
    assert max(map(len, found)) == size_limit


def test_clusters_do_not_depend_on_threads_or_on_the_order_of_records():
    def numbered(records: list[Record], threads: int) -> list[tuple]:
        with staged(records, threads=threads) as con:
            count = blocking.prepare_records(con)
            blocking.candidate_pairs(con, PEOPLE.rules)
            scoring.compare(con, PEOPLE)
            scoring.score(con, read_model("people"), PEOPLE, count)
            clusters.clusters(con, [], 0.8, 40)
            return con.execute("select record_id, cluster from link_cluster inner join link_record using (n) order by 1").fetchall()

    records = population(1500, seed=7).records
    assert numbered(records, 1) == numbered(records[::-1], 2)


def test_a_long_chain_of_neighbours_is_one_component():
    with staged([a_record(f"{n:03d}") for n in range(1, 101)]) as con:
        blocking.prepare_records(con)
        con.execute("create temp table link_edge as select n as n_l, n + 1 as n_r, 9.0 as weight from link_record where n < 100")
        clusters._connect(con)
        assert con.execute("select distinct label from link_label").fetchall() == [(1,)]


def test_a_working_table_may_be_empty():
    with staged([]) as con:
        tables.fill(con, "nothing", {"n": "integer"}, [])
        assert con.execute("from nothing").fetchall() == []
