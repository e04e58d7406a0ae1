"""The ward of each household: by the most precise place that wards.csv has, and none where it has none."""

import csv
import json

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from pipelines import authority, cli, cohort, places, provenance, publications, warehouse, what_if
from pipelines.errors import WrongUsage
from pipelines.settings import Settings
from pipelines.synthetic import generation, names, wards
from tests.support import flow_runs
from tests.support.families import SHIPPED, a_borough, a_family, a_troubled_family
from tests.support.verified import rows, verified

TABLE = "place,ward,district\nZC1 1,Town,Calder North\nZC1 1QG,Fen,Calder North\n10001,Quay,Calder South\n"
PLACES = "select household_id, district, ward, basis_of_ward from cohort.family where framework_id = 'tf-2012' order by household_id"


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
    asked = "select uprn, postcode, ward, district, basis_of_ward from cohort.family inner join linked.household using (household_id) where uprn is not null"
    # A postcode that a partner has wrong is no place of the truth.
    known = {row[:2]: row[2:] for row in rows(run, asked) if row[:2] in truth}
    assert len(known) > 100
    assert {basis for _, _, basis in known.values()} >= {"postcode", "sector"}
    assert {home: place[:2] for home, place in known.items()} == {home: truth[home] for home in known}


def test_the_wards_of_a_district_with_its_unplaced_families_add_up_to_it(borough):
    run = verified(
        borough,
        a_troubled_family("town"),
        a_troubled_family("fen", postcode="ZC1 1QG"),
        a_troubled_family("quay", uprn="10001"),
        a_troubled_family("north without ward", postcode="ZC1 2QF"),
        a_troubled_family("nowhere", postcode=None),
    )
    listed = "select district, ward, family_count from cohort.ward_reconciliation where framework_id = 'tf-2012' and stage = 'verified' order by all"
    assert rows(run, listed) == [
        ("Calder East", "unplaced", 0),
        ("Calder North", "Fen", 1),
        ("Calder North", "Town", 1),
        ("Calder North", "unplaced", 1),
        ("Calder South", "Quay", 1),
        ("Calder South", "unplaced", 0),
        ("unplaced", "unplaced", 1),
    ]
    by_ward = "select framework_id, district, stage, sum(family_count) from cohort.ward_reconciliation group by all order by all"
    by_district = "select framework_id, district, stage, family_count from cohort.reconciliation where stage <> 'indicative' order by all"
    assert rows(run, by_ward) == rows(run, by_district)


def test_without_a_table_there_is_no_reckoning_by_ward(borough):
    (borough.home / "authorities" / "calderbrook" / "wards.csv").unlink()
    assert rows(verified(borough, a_troubled_family("home")), "from cohort.ward_reconciliation") == []


def of_published(*arguments):
    """What a command prints of the shared borough, which it does not change."""
    told = CliRunner().invoke(cli.app, ["cohort", *arguments, "--home", str(flow_runs.published().home)], env={"COLUMNS": "250"})
    assert told.exit_code == 0, told.output
    return told.stdout


def test_the_list_can_be_asked_for_a_ward_and_tells_it(tmp_path):
    settings = flow_runs.published()
    every = cohort.list_families(settings, status="all")
    ward = every[0]["ward"]
    found = cohort.list_families(settings, status="all", ward=ward)
    assert 0 < len(found) == sum(row["ward"] == ward for row in every) < len(every)
    listed = json.loads(of_published("list", "--status", "all", "--ward", ward, "--json"))
    assert listed == [row | {"decided_since": None} for row in json.loads(json.dumps(found, default=str))]
    of_published("export", "--status", "all", "--ward", ward, "--out", str(tmp_path / "ward.csv"))
    with (tmp_path / "ward.csv").open(encoding="utf-8-sig") as file:
        assert {row["ward"] for row in csv.DictReader(file)} == {ward}
    assert f", {ward}, " in of_published("explain", found[0]["household_id"])
    with pytest.raises(WrongUsage, match=f"Unknown ward 'Nowhere'. Known: .*{ward}"):
        cohort.list_families(settings, ward="Nowhere")
    other = next(row["district"] for row in every if row["district"] not in (None, found[0]["district"]))
    with pytest.raises(WrongUsage, match=f"Unknown ward '{ward}'"):
        cohort.list_families(settings, ward=ward, district=other)


def test_the_reckoning_by_ward_is_told_whole_or_held_back():
    whole = json.loads(of_published("reconcile", "--wards", "--json"))
    held = json.loads(of_published("reconcile", "--wards", "--held-back", "--json"))
    assert [(row["district"], row["ward"]) for row in held] == [(row["district"], row["ward"]) for row in whole]
    assert sum(row["near_miss"] for row in whole if row["framework_id"] == "tf-2012") == len(cohort.list_families(flow_runs.published(), status="near_miss"))
    assert not any(isinstance(count, int) and 0 < count < 5 for row in held for count in row.values())
    assert "held back" in of_published("reconcile", "--wards", "--held-back")


def test_a_what_if_tells_wards_that_add_up_to_their_districts():
    found = what_if.what_if(flow_runs.published(), ["education.unauthorised_absence.threshold=5"])
    for count in ("listed_before_count", "would_join_count", "would_leave_count", "listed_after_count"):
        wards_of = {row["district"]: sum(ward[count] for ward in found["by_ward"] if ward["district"] == row["district"]) for row in found["by_district"]}
        assert wards_of == {row["district"]: row[count] for row in found["by_district"]}
    assert found["would_join_count"] > 0
    assert {row["ward"] for row in found["changes"]} <= {row["ward"] for row in found["by_ward"]}


def test_a_list_of_an_earlier_version_is_still_read(tmp_path):
    settings = flow_runs.refreshed(tmp_path)
    with warehouse.database(settings, publications.current_path(settings), read_only=False) as con:
        con.execute("drop table cohort.ward_reconciliation")
        for table in ("family", "verified_families"):
            con.execute(f"alter table cohort.{table} drop ward")
            con.execute(f"alter table cohort.{table} drop basis_of_ward")
    assert len(cohort.list_families(settings)) > 0
    assert cohort.reconcile_wards(settings) == []
    assert len(places.places(settings)) > 0
    with pytest.raises(WrongUsage, match="The list tells no ward there"):
        cohort.list_families(settings, ward="Town")
