"""Which pairs blocking proposes, by rule, and which it refuses."""

import pytest

from matching import blocking
from matching.specification import PEOPLE
from tests.support.records import a_record, population, staged

HOME = {"postcode": "ZC1 2AB", "paon": "12"}
AWAY = {"postcode": "ZC3 4XY", "paon": "7"}
ANN = {"forename": "ANN", "surname": "FISHER", "birth_date": "1990-02-13"}


def rules_that_propose(left: dict, right: dict) -> set[str]:
    with staged([a_record("a", **left), a_record("b", **right)]) as con:
        blocking.prepare_records(con)
        return {rule.rule for rule in blocking.candidate_pairs(con, PEOPLE.rules) if rule.pair_count}


@pytest.mark.parametrize(
    ("left", "right", "rule"),
    [
        ({"nino": "AB123456"}, {"nino": "AB123456"}, "nino"),
        ({"upn": "A123"}, {"upn": "A123"}, "upn"),
        ({**ANN, "surname": "KHAN"}, ANN, "forename_birth_date"),
        ({**ANN, "forename": "EVE"}, ANN, "surname_birth_date"),
        ({**ANN, "forename": "KATE"}, {**ANN, "forename": "CATHERINE", "surname": "OTHER"}, "forename_birth_date"),
        ({**ANN, "surname": "FISHER HOLMES"}, {**ANN, "forename": "EVE", "surname": "HOLMES"}, "surname_part_birth_date"),
        ({"birth_date": "1990-02-13", **HOME}, {"birth_date": "1990-02-13", **HOME}, "birth_date_address"),
        ({"forename": "ANN", "surname": "FISHER", **HOME}, {"forename": "ANN", "surname": "KHAN", **HOME}, "forename_address"),
        ({"forename": "ANN", "surname": "FISHER", **HOME}, {"forename": "ANN", "surname": "FISHER", **AWAY}, "names_either_way"),
        ({"forename": "THUY", "surname": "NGUYEN", **HOME}, {"forename": "NGUYEN", "surname": "THUY", **AWAY}, "names_either_way"),
        # Both have several values, of which the second of one meets the first of another.
        ({"forename": "WILLIAM", "surname": "FISHER HOLMES", **HOME}, {"forename": "WILLIAM", "surname": "HOLMES", **AWAY}, "forename_surname_part"),
        ({**ANN, "birth_date": "1990-05-03"}, {**ANN, "birth_date": "1990-03-05"}, "sounds_day_and_month"),
        ({**ANN, "birth_date": "1990-05-03"}, {**ANN, "birth_date": "1990-08-22"}, "sounds_year"),
    ],
)
def test_a_rule_proposes_its_pair(left: dict, right: dict, rule: str):
    assert rule in rules_that_propose(left, right)


def test_strangers_and_empty_values_are_never_proposed():
    assert not rules_that_propose({**ANN, **HOME}, {"forename": "OMAR", "surname": "KHAN", "birth_date": "1971-11-30", **AWAY})
    assert not rules_that_propose({"surname": "FISHER"}, {"surname": "FISHER"})
    assert not rules_that_propose({}, {})


def test_a_pair_is_proposed_once_by_the_first_rule_that_has_it():
    with staged([a_record("a", **ANN, **HOME, nino="AB123456"), a_record("b", **ANN, **HOME, nino="AB123456")]) as con:
        blocking.prepare_records(con)
        found = {rule.rule: rule.new_pair_count for rule in blocking.candidate_pairs(con, PEOPLE.rules)}
        assert con.execute("select n_l, n_r from candidate_pair").fetchall() == [(1, 2)]
    assert {rule for rule, count in found.items() if count} == {"nino"}


def test_a_crowded_block_is_refused_and_counted():
    limit = next(rule.size_limit for rule in PEOPLE.rules if rule.name == "names_either_way")
    with staged([a_record(f"{i:03d}", forename="ANN", surname="FISHER") for i in range(limit + 1)]) as con:
        blocking.prepare_records(con)
        summary = {rule.rule: rule for rule in blocking.candidate_pairs(con, PEOPLE.rules)}
        assert con.execute("select count(*) from candidate_pair").fetchall() == [(0,)]
    assert summary["names_either_way"].refused_block_count == 1
    assert summary["names_either_way"].largest_block == limit + 1


def test_most_true_pairs_are_proposed_and_few_others():
    made = population(2000, seed=8)
    with staged(made.records) as con:
        blocking.prepare_records(con)
        blocking.candidate_pairs(con, PEOPLE.rules)
        query = "select l.record_id, r.record_id from candidate_pair inner join link_record l on l.n = n_l inner join link_record r on r.n = n_r"
        pairs = con.execute(query).fetchall()
    found = sum(made.person_of[a] == made.person_of[b] for a, b in pairs)
    assert found / made.true_pair_count() > 0.97
    assert len(pairs) < 4 * made.true_pair_count()


def test_every_rule_of_the_list_has_its_keys():
    with staged(population(300, seed=8).records) as con:
        blocking.prepare_records(con)
        for rule in PEOPLE.rules:
            assert con.execute(f"select count(*) from ({blocking.keyed(rule.parts)})").fetchall() != [(0,)], rule.name  # noqa: S608 - the rule's own statement


def test_broad_rules_of_any_people_table_keep_their_bound():
    from matching.people import specification

    columns = frozenset({"forename", "surname", "birth_number", "paon", "street", "postcode", "area", "building", "address_key"})
    bounds = {rule.name: rule.pairs_per_record for rule in specification(columns, {}).rules}
    assert bounds["surname_area"] == bounds["house_street"] == 6
    assert bounds["forename_building"] is None


NAMESAKES = blocking.Rule("names", ("names_either_way",), 40, split_by=("birth_year",), whole_limit=3, undated_limit=10)


def proposed_of(dates: list[str | None], link_type: str = "link_and_dedupe") -> tuple[set[tuple[str, str]], blocking.RuleSummary]:
    """Pairs of Ann Fishers born on these days, by place in the list, and what the rule brought; even places are of one source, odd of another."""
    records = [
        a_record(str(i), source=("housing_arrears", "school_attendance")[i % 2], forename="ANN", surname="FISHER", birth_date=day)
        for i, day in enumerate(dates)
    ]
    with staged(records) as con:
        blocking.prepare_records(con)
        (told,) = blocking.candidate_pairs(con, (NAMESAKES,), link_type)
        query = "select l.record_id, r.record_id from candidate_pair inner join link_record l on l.n = n_l inner join link_record r on r.n = n_r"
        return {(min(pair), max(pair)) for pair in con.execute(query).fetchall()}, told


def test_few_namesakes_all_meet_whenever_they_were_born():
    assert len(proposed_of(["1950-01-01", "1971-02-03", "1992-05-06"])[0]) == 3


def test_of_many_namesakes_those_of_one_year_meet_and_those_without_a_date_meet_everybody():
    pairs, told = proposed_of(["1950-01-01", "1971-02-03", "1971-05-06", None, "1988-08-08", None])
    assert pairs == {("1", "2"), *((min(str(i), n), max(str(i), n)) for n in "35" for i in range(6) if str(i) != n)}
    assert told.pair_count == len(pairs) == told.new_pair_count


def test_of_two_sources_that_are_linked_only_namesakes_without_a_date_meet_across():
    pairs, _ = proposed_of(["1950-01-01", "1971-02-03", "1962-05-06", None, "1988-08-08", None], "link_only")
    assert pairs == {("0", "3"), ("2", "3"), ("3", "4"), ("0", "5"), ("2", "5"), ("4", "5")}


def test_beyond_the_limit_of_the_undated_only_years_count():
    assert proposed_of([*(f"19{year}-01-01" for year in range(50, 60)), None])[0] == set()


def test_tables_without_dates_of_birth_take_blocks_of_one_name_whole():
    from matching.people import specification

    names = {"forename", "surname", "kin_names", "address_key"}
    dated, undated = ({rule.name: rule for rule in specification(frozenset(names | more), {}).rules} for more in ({"birth_number"}, {"birth_year"}))
    assert dated["names_either_way"].whole_limit == 6
    assert undated["names_either_way"].whole_limit is None
    # Nor is a block above the limit, in which all are undated, taken whole all the same.
    assert not undated["names_either_way"].undated_limit
    assert dated["forename_kin"].parts == ("any_forename", "kin_born")
    assert undated["forename_kin"].parts == ("any_forename", "kin")


def test_a_broad_rule_is_for_small_tables_and_not_even_tried_in_large_ones():
    broad = blocking.Rule("surname", ("surname",), 60, pairs_per_record=6, most_records=10)
    for count, is_used in ((8, True), (60, False)):
        with staged([a_record(f"{i:03d}", forename="ANN", surname=f"FISHER{chr(65 + i // 4)}") for i in range(count)]) as con:
            blocking.prepare_records(con)
            (told,) = blocking.candidate_pairs(con, (broad,))
            assert (told.pair_count > 0, told.largest_block > 0) == (is_used, is_used)
