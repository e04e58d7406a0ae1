"""What a pair weighs: missing values are neutral, rare names count, and the parts add up."""

import re

import pytest

from matching import blocking, scoring
from matching.model import Model
from matching.specification import PEOPLE
from matching.weights import pattern_weights
from pipelines.link import read_model
from tests.support.records import Record, a_record, population, staged

HOME = {"postcode": "ZC1 2AB", "paon": "12"}
ANN = {"forename": "ANN", "surname": "FISHER", "birth_date": "1990-02-13"}


@pytest.fixture(scope="module")
def model() -> Model:
    return read_model("people")


def scored(model: Model, records: list[Record], threads: int = 1) -> dict[tuple[str, str], dict]:
    """Every scored pair by its record ids."""
    with staged(records, threads=threads) as con:
        count = blocking.prepare_records(con)
        blocking.candidate_pairs(con, PEOPLE.rules)
        scoring.compare(con, PEOPLE)
        scoring.score(con, model, PEOPLE, count)
        query = """
            select l.record_id, r.record_id, pair.*, weight.weights
            from link_scored_pair as pair
            inner join pattern_weight as weight on weight.pattern = pair.pattern
            inner join link_record as l on l.n = n_l inner join link_record as r on r.n = n_r order by 1, 2
        """
        result = con.execute(query)
        names = [column[0] for column in result.description]
        return {(row[0], row[1]): dict(zip(names, row, strict=True)) for row in result.fetchall()}


def with_others(*records: Record) -> list[Record]:
    """The records among a few hundred others, so that shares of names mean something."""
    return [*records, *population(400, seed=8).records]


def test_a_missing_value_is_neutral(model: Model):
    without = pattern_weights([8 + (5 << 4)], model, PEOPLE.fields, 10_000)[0]
    nothing = pattern_weights([0], model, PEOPLE.fields, 10_000)[0]
    forename, surname = model.fields["forename"], model.fields["surname"]
    assert 2 ** (without.log_match - nothing.log_match) == pytest.approx(forename.m[7] * surname.m[4])
    assert without.levels == "forename=exact; surname=exact"
    assert nothing.levels == ""


def test_a_rare_name_weighs_more_than_a_common_one(model: Model):
    crowd = [a_record(f"c{i}", forename="EVE", surname="SMITH", postcode=f"ZC{i} 9XX", paon="1") for i in range(20)]
    rare = [a_record(f"r{i}", forename="ANN", surname="ZEBEDEE", postcode=f"ZC{i} 1AA", paon="1") for i in (1, 2)]
    common = [a_record(f"s{i}", forename="EVE", surname="SMITH", postcode=f"ZC{i} 1AA", paon="1") for i in (1, 2)]
    found = scored(model, with_others(*crowd, *rare, *common))
    assert found["r1", "r2"]["match_weight"] > found["s1", "s2"]["match_weight"] + 3


def test_the_parts_of_a_weight_add_up(model: Model):
    pair = scored(model, with_others(a_record("x1", **ANN, **HOME), a_record("x2", **ANN, **HOME)))["x1", "x2"]
    parts = [float(number) for number in re.findall(r"=([+-][\d.]+)", pair["weights"])]
    assert sum(parts) + pair["name_rarity"] + pair["household_weight"] == pytest.approx(pair["match_weight"], abs=0.5)


def test_one_person_twice_is_a_match_and_twins_are_housemates(model: Model):
    twins = [a_record(f"t{i}", **ANN | {"forename": name}, **HOME, sex="F") for i, name in enumerate(("ANN", "EVE"))]
    found = scored(model, with_others(a_record("x", **ANN, **HOME, sex="F"), *twins))
    assert found["t0", "x"]["match_probability"] > 0.99
    assert found["t0", "t1"]["match_probability"] < 0.5
    assert found["t0", "t1"]["household_probability"] > 0.5


def test_a_father_and_his_son_of_one_name_are_two(model: Model):
    born = {"f": "1979-08-19", "s": "2011-02-03"}
    pair = [a_record(key, forename="OLIVER", surname="FISHER", birth_date=day, sex="M", **HOME) for key, day in born.items()]
    assert scored(model, with_others(*pair))["f", "s"]["is_vetoed"]


def test_a_swapped_day_and_month_still_links(model: Model):
    pair = [a_record(key, **ANN | {"birth_date": day}, **HOME) for key, day in (("x", "1990-02-11"), ("y", "1990-11-02"))]
    assert scored(model, with_others(*pair))["x", "y"]["match_probability"] > 0.95


def test_probabilities_are_shares_of_one(model: Model):
    for pair in scored(model, population(600, seed=8).records).values():
        assert 0 <= pair["match_probability"] <= 1
        assert 0 <= pair["household_probability"] <= 1
        assert pair["match_probability"] + pair["household_probability"] <= 1 + 1e-9


def test_scores_do_not_depend_on_threads(model: Model):
    records = population(1500, seed=8).records
    assert scored(model, records, threads=1) == scored(model, records[::-1], threads=2)
