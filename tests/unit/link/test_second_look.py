"""The collective second look: whom the people at home show to be one person."""

import pytest

from matching import blocking, clusters, scoring
from matching.specification import PEOPLE
from pipelines.link import read_model
from tests.support.records import Record, a_record, population, staged

HOME = {"postcode": "ZC1 2AB", "paon": "12"}
ELSEWHERE = {"postcode": "ZD4 7XY", "paon": "3"}
RAHIMA = {"forename": "RAHIMA", "surname": "HARCASTLE", "sex": "F"}
CLAIMANT = a_record("c", **RAHIMA, birth_date="1975-11-10", **HOME)
PARENT = a_record("p", **RAHIMA, birth_date_latest="1999-02-18", **HOME)
# One date of birth and name, another home: the claimant may be this person, who is no likelier a stranger than the parent is.
NAMESAKE = a_record("n", **RAHIMA, birth_date="1975-11-10", **ELSEWHERE)
# The namesake's own company.
OTHER = a_record("o", forename="JOSEPH", surname="WAKELY", sex="M", birth_date="1974-01-05", **ELSEWHERE)
CHILD = a_record("k", forename="TARIQ", surname="HARCASTLE", sex="M", birth_date="2014-05-06", **HOME)
CONTESTED = [CLAIMANT, PARENT, NAMESAKE, OTHER]
CROWD = population(400, seed=8).records


def people(records: list[Record], decisions: list[tuple[str, str, str]] = (), *, again: bool = True) -> tuple[set[str], int]:
    """The people found among the records, as words of record ids, and how many the second look joined."""
    with staged([*records, *CROWD]) as con:
        count = blocking.prepare_records(con)
        blocking.candidate_pairs(con, PEOPLE.rules)
        scoring.compare(con, PEOPLE)
        scoring.score(con, read_model("people"), PEOPLE, count)
        counts = clusters.clusters(con, list(decisions), 0.6, 40)
        if again:
            counts = clusters.look_again(con, counts, 0.2, 40)
        query = "select list(record_id order by record_id), count(distinct cluster) over () from link_cluster inner join link_record using (n) group by cluster"
        found = [row[0] for row in con.execute(query).fetchall()]
    assert counts.cluster_count == len(found)
    given = {record["record_id"] for record in records}
    return {"".join(group) for group in found if set(group) & given}, counts.second_look_count


def test_whom_a_namesake_elsewhere_contests_is_the_one_who_lives_beside_the_same_child():
    assert people([*CONTESTED, CHILD], again=False) == ({"c", "p", "n", "o", "k"}, 0)
    assert people([*CONTESTED, CHILD]) == ({"cp", "n", "o", "k"}, 1)


SON = a_record("s", **RAHIMA, birth_date="1981-04-01", **HOME)


@pytest.mark.parametrize(
    ("records", "decisions"),
    [
        (CONTESTED, []),
        ([*CONTESTED, CHILD, SON], []),
        ([*CONTESTED, CHILD], [("c", "p", "different")]),
        ([*CONTESTED, CHILD], [("c", "p", "unsure")]),
        ([CLAIMANT, a_record("p", **RAHIMA | {"forename": "RANIA"}, **HOME), NAMESAKE, OTHER, CHILD], []),
        ([CLAIMANT, a_record("p", **RAHIMA, birth_date_latest="1970-01-01", **HOME), NAMESAKE, OTHER, CHILD], []),
    ],
    ids=["nobody else at home", "two of one name at home", "decided apart", "somebody was unsure", "another forename", "too young for the parent"],
)
def test_the_second_look_joins_nobody_where(records, decisions):
    assert people(records, decisions) == (people(records, decisions, again=False)[0], 0)
