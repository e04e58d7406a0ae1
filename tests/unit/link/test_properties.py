"""What must hold whatever the records are: both sides of a pair are equals, rows have no order, and strangers change nothing."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import blocking, clusters, scoring
from matching.specification import PEOPLE
from pipelines.link import read_model
from tests.support.records import Record, a_record, population, staged

name = st.sampled_from(["ANN", "ANNE", "A", "HANNAH", "ELIZABETH", "LIZ", "BETH", "SAM", "SAMANTHA", "JO ANN", "THUY", "NGUYEN", "AN", "NA", None])
surname = st.sampled_from(["FISHER", "FISCHER", "FISHER HOLMES", "HOLMES", "NGUYEN", "THUY", "KHAN", "ANN", "LI", None])
born = st.sampled_from([date(1990, 2, 13), date(1990, 12, 3), date(1990, 3, 12), date(1991, 2, 13), date(1990, 1, 1), date(1960, 5, 30), None])
described = st.fixed_dictionaries(
    {
        "forename": name,
        "middle_names": st.sampled_from(["MAY", "M", "ANN", "ANN MAY", None]),
        "surname": surname,
        "former_surname": st.sampled_from([None, None, "KHAN", "HOLMES"]),
        "birth_date": born,
        "sex": st.sampled_from(["F", "M", None]),
        "nino": st.sampled_from([None, "AB123456", "AB123465", "CE999999"]),
        "upn": st.sampled_from([None, "A123456789012", "B999999999999"]),
        "postcode": st.sampled_from(["ZC1 2AB", "ZC1 2AD", "ZC3 4XY", None]),
        "paon": st.sampled_from(["12", "14", None]),
        "saon": st.sampled_from(["FLAT 1", "FLAT 2", None]),
        "street": st.sampled_from(["MILL LANE", "MILL LANES", "HIGH STREET", None]),
        "address_kind": st.sampled_from(["dwelling", "dwelling", "hmo"]),
        "source": st.sampled_from(["police_asb", "dwp_benefit"]),
        "source_person_id": st.sampled_from(["1", "2", None]),
    }
)


@settings(max_examples=25, deadline=None)
@given(st.lists(described, min_size=2, max_size=25))
def test_both_sides_of_a_pair_are_equals(values: list[Record]):
    with staged([a_record(f"{place:02d}", **value) for place, value in enumerate(values)]) as con:
        blocking.prepare_records(con)
        con.execute("create temp table candidate_pair as select l.n as n_l, r.n as n_r from link_record l, link_record r where l.n <> r.n")
        scoring.compare(con, PEOPLE)
        unequal = """
            from compared_pair as one inner join compared_pair as other on other.n_l = one.n_r and other.n_r = one.n_l
            select count(*) where one.pattern <> other.pattern or one.is_vetoed <> other.is_vetoed
        """
        assert con.execute(unequal).fetchall() == [(0,)]


def people(records: list[Record], threads: int = 1) -> set[frozenset[str]]:
    """The people found, as sets of record ids."""
    with staged(records, threads=threads) as con:
        count = blocking.prepare_records(con)
        blocking.candidate_pairs(con, PEOPLE.rules)
        scoring.compare(con, PEOPLE)
        scoring.score(con, read_model("people"), PEOPLE, count)
        clusters.clusters(con, [], 0.6, 40)
        found = con.execute("select list(record_id order by record_id) from link_cluster inner join link_record using (n) group by cluster")
        return {frozenset(row[0]) for row in found.fetchall()}


CROWD = population(500, seed=8).records


@pytest.mark.parametrize("seed", [1, 2])
def test_the_order_of_rows_changes_nothing(seed: int):
    shuffled = sorted(CROWD, key=lambda record: hash((seed, len(record["record_id"]), record["record_id"][::-1])))
    assert people(shuffled, threads=2) == people(CROWD)


@pytest.mark.parametrize("key", ["000", "mmm", "zzz"])
def test_a_stranger_changes_no_other_link(key: str):
    stranger = a_record(key, forename="XANTHIPPE", surname="QUACKENBUSH", birth_date="1931-07-09", postcode="ZC3 9XX", paon="99")
    assert people([*CROWD, stranger]) == people(CROWD) | {frozenset({key})}


def test_a_table_twice_as_large_links_the_same_people():
    """The priors know the number of records: what is said of half a borough holds in the whole. The halves are large enough to have names equally rare."""
    half = population(1500, seed=8).records
    others = [record | {"record_id": f"other:{record['record_id']}"} for record in population(1500, seed=9).records]
    own = {record["record_id"] for record in half}
    alone, together = people(half), {group for group in people([*half, *others]) if group <= own}
    assert len(alone & together) > 0.98 * len(alone)
