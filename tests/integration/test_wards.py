"""The ward of each household: by the most precise place that wards.csv has, and none where it has none."""

import pyarrow.parquet as pq
import pytest

from pipelines import authority, provenance, publications
from pipelines.settings import Settings
from pipelines.synthetic import generation, names, wards
from tests.support import flow_runs
from tests.support.families import SHIPPED, a_borough, a_family, a_troubled_family
from tests.support.verified import rows, verified

TABLE = "place,ward,district\nZC1 1,Town,Calder North\nZC1 1QG,Fen,Calder North\n10001,Quay,Calder South\n"
PLACES = "select household_id, district, ward, ward_basis from cohort.family where framework_id = 'tf-2012' order by household_id"


@pytest.fixture
def borough(tmp_path):
    made = a_borough(tmp_path)
    _write(made, TABLE)
    return made


def _write(borough, text):
    (borough.home / "authorities" / "calderbrook" / "wards.csv").write_text(text, encoding="utf-8")


def test_the_most_precise_place_tells_the_ward_and_its_district(borough):
    run = verified(
        borough,
        a_family("a sector", postcode="ZC1 1QF"),
        a_family("b postcode", postcode="ZC1 1QG"),
        a_family("c uprn", postcode="ZC1 1QG", uprn="10001"),
        a_family("d uprn alone", postcode=None, uprn="10001"),
        a_family("e other uprn", postcode="ZC1 1QG", uprn="10002"),
    )
    assert rows(run, PLACES) == [
        ("a sector", "Calder North", "Town", "sector"),
        ("b postcode", "Calder North", "Fen", "postcode"),
        ("c uprn", "Calder South", "Quay", "uprn"),
        ("d uprn alone", "Calder South", "Quay", "uprn"),
        ("e other uprn", "Calder North", "Fen", "postcode"),
    ]


def test_a_household_whose_place_is_not_known_has_no_ward_and_says_why(borough):
    run = verified(borough, a_family("elsewhere", postcode="ZC2 1QF"), a_family("nowhere", postcode=None), a_family("out", postcode="ZC9 9ZZ", uprn="7"))
    assert rows(run, PLACES) == [
        ("elsewhere", "Calder South", None, "not_in_table"),
        ("nowhere", None, None, "no_address"),
        ("out", None, None, "not_in_table"),
    ]


def test_without_a_table_no_ward_is_guessed_and_districts_are_as_ever(borough):
    (borough.home / "authorities" / "calderbrook" / "wards.csv").unlink()
    run = verified(borough, a_family("home"), a_family("nowhere", postcode=None))
    assert rows(run, PLACES) == [("home", "Calder North", None, "no_table"), ("nowhere", None, None, "no_table")]


def test_a_rule_of_a_district_follows_the_district_that_the_ward_lies_in(borough):
    borough.edit("criteria.yml", "  - framework: tf-2015\n", _SOUTHERN)
    run = verified(borough, a_troubled_family("across", uprn="10001"), a_troubled_family("here"))
    asked = "select distinct household_id from cohort.household_criterion where criterion_id = 'crime_asb.asb_south' order by 1"
    assert rows(run, asked) == [("across",)]


_SOUTHERN = """    add:
      - id: crime_asb.asb_south
        label: Anti-social behaviour in the south
        policy: Told by the test.
        citation: Told by the test.
        owner: Told by the test.
        measure: asb
        subject: member
        threshold: 1
        window: {kind: days, count: 365}
        districts: [Calder South]
  - framework: tf-2015
"""


def test_the_shipped_table_is_the_one_that_the_borough_is_drawn_with():
    assert (SHIPPED / generation.AUTHORITY / "wards.csv").read_text(encoding="utf-8") == wards.text(), "write it anew from pipelines/synthetic/wards.py"
    surnames = {name.casefold() for row in names.rows("surnames.csv") for name in row["names"].split(";")}
    assert not surnames & {place.ward.casefold() for place in authority.find(generation.AUTHORITY, Settings()).wards}


def test_households_of_the_borough_are_in_the_ward_where_the_truth_has_their_home():
    settings = flow_runs.published()
    homes = pq.read_table(settings.home / "truth" / "household.parquet").to_pylist()
    truth = {(row["uprn"], row["postcode"]): (row["ward"], row["district"]) for row in homes if row["uprn"]}
    run = provenance.load(publications.current_run_id(settings), settings)
    asked = "select uprn, postcode, ward, district, ward_basis from cohort.family inner join linked.household using (household_id) where uprn is not null"
    # A postcode that a partner has wrong is no place of the truth.
    known = {row[:2]: row[2:] for row in rows(run, asked) if row[:2] in truth}
    assert len(known) > 100
    assert {basis for _, _, basis in known.values()} >= {"postcode", "sector"}
    assert {home: place[:2] for home, place in known.items()} == {home: truth[home] for home in known}
