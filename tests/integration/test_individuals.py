"""A list of people one by one: workless parents, from the publication, with the limits of purpose kept."""

import csv
import json
import stat
from datetime import date

import openpyxl
import pytest
from typer.testing import CliRunner

from pipelines import cli, individuals, publications, warehouse
from pipelines.errors import WrongUsage
from schemas import cohort
from tests.support.families import a_borough, a_family, a_member, asb, out_of_work
from tests.support.verified import decide, publish, rows, verified

PARENTS = "islington-parents"
COUPLE = [a_member("mother", 34), a_member("father", 36), a_member("lodger", 25), a_member("son", 3)]
BIRTH_DATE = date(1992, 10, 24)


def published(borough, *families, **given):
    """The families published, with a name for everybody."""
    run = publish(verified(borough, *families, **given))
    found = rows(run, "select household_id, person_id, member_role, is_primary, membership_probability from linked.household_member")
    constant = {"forename": "Zebedee", "surname": "=Quill", "birth_date": BIRTH_DATE, "address": "1 Gloamhaven Rise", "postcode": "ZC1 1QF"}
    constant |= {"basis": "declared_relationship", "is_sure": True, "link_confidence": 1}
    names = ("household_id", "person_id", "member_role", "is_primary", "membership_probability")
    with warehouse.database(borough.settings, publications.current_path(borough.settings), read_only=False) as con:
        warehouse.create(con, cohort.MEMBER)
        warehouse.insert_rows(con, cohort.MEMBER, [constant | dict(zip(names, row, strict=True)) for row in found])
    return run


@pytest.fixture
def borough(tmp_path):
    borough = a_borough(tmp_path)
    borough.edit("criteria.yml", "  - framework: tf-2015\n", f"  - framework: tf-2015\n  - framework: {PARENTS}\n")
    return borough


@pytest.fixture
def families(borough):
    published(
        borough,
        a_family("both", out_of_work("mother"), out_of_work("father"), members=COUPLE),
        a_family("one", out_of_work("mother"), asb("son")),
        a_family("none", asb("son")),
        a_family("weak", out_of_work("mother", link=0.6)),
    )
    return borough


def people(borough, **asked):
    return [row["person_id"] for row in individuals.individuals(borough.settings, PARENTS, **asked).rows]


def call(borough, *words):
    return CliRunner().invoke(cli.app, ["cohort", "individuals", "--framework", PARENTS, "--home", str(borough.home), *words])


def test_each_workless_parent_is_a_row_and_nobody_else_of_the_family_is(families):
    assert people(families) == ["both father", "both mother", "one mother"]
    assert people(families, status="review") == ["weak mother"]


def test_a_row_says_who_it_is_where_and_by_what(families):
    row = individuals.individuals(families.settings, PARENTS).rows[-1]
    told = ("household_id", "forename", "birth_date", "address", "criteria_met", "sources", "confidence", "status")
    assert tuple(row) == individuals.COLUMNS
    assert [row[name] for name in told] == ["one", "Zebedee", BIRTH_DATE, "1 Gloamhaven Rise", "work.out_of_work_benefit", "dwp_benefit", 1.0, "verified"]


def test_nobody_known_through_benefits_is_on_a_list_for_another_agency(families):
    found = individuals.individuals(families.settings, PARENTS, output="partner")
    assert (found.rows, found.kept_back_count) == ([], 3)


def test_rows_that_may_not_reach_the_list_are_kept_back_and_counted(families):
    assert individuals.individuals(families.settings, PARENTS).kept_back_count == 0
    families.edit("extracts.yml", "outputs: [list, evidence, review]", "outputs: [evidence]")
    assert individuals.individuals(families.settings, PARENTS) == ([], 3)


def test_whom_somebody_suppressed_since_is_left_out_at_once(families):
    decide(families, "both", "suppress", days_ago=-1)
    assert people(families) == ["one mother"]


def test_a_parent_whose_own_link_is_doubtful_is_for_review_though_the_family_is_verified(families):
    with warehouse.database(families.settings, publications.current_path(families.settings), read_only=False) as con:
        con.execute("update cohort.evidence set link_probability = 0.7 where person_id = 'both father'")
    assert people(families) == ["both mother", "one mother"]
    assert people(families, status="review") == ["both father", "weak mother"]
    with warehouse.database(families.settings, publications.current_path(families.settings), read_only=False) as con:
        con.execute("update cohort.evidence set is_confirmed = true where person_id = 'both father'")
    assert people(families) == ["both father", "both mother", "one mother"]


@pytest.mark.parametrize(
    ("framework", "status", "told"),
    [
        ("tf-2012", "verified", "Framework 'tf-2012' lists households, not individuals. Known: islington-parents."),
        ("tf-2021", "verified", "The list has no framework 'tf-2021'. Known: islington-parents."),
        (PARENTS, "near_miss", "Unknown status 'near_miss'. Known: verified, review."),
    ],
)
def test_what_is_no_list_of_individuals_is_refused_with_those_there_are(families, framework, status, told):
    with pytest.raises(WrongUsage) as refused:
        individuals.individuals(families.settings, framework, status=status)
    assert str(refused.value) == told


def test_a_past_list_is_told_as_it_stood_without_whom_a_suppression_hides_since(borough):
    week = date(2026, 11, 16)
    before = published(borough, a_family("one", out_of_work("mother")), a_family("two"), as_of=week)
    published(borough, a_family("one"), a_family("two", out_of_work("mother")), after=before)
    assert people(borough, as_at=week) == ["one mother"]
    decide(borough, "one", "suppress", days_ago=-1)
    assert people(borough) == ["two mother"]
    assert people(borough, as_at=week) == []
    with pytest.raises(WrongUsage, match="There was no list as at 2026-11-15"):
        people(borough, as_at=date(2026, 11, 15))


def test_the_command_shows_writes_and_prints_the_same_people(families, tmp_path, monkeypatch):
    settings = families.settings
    monkeypatch.setenv("FAMILIES_KEY", settings.key)
    monkeypatch.setenv("FAMILIES_AUTHORITIES", str(settings.authorities))
    told = call(families, "--json")
    assert told.exit_code == 0, told.output
    assert [row["person_id"] for row in json.loads(told.stdout)] == people(families)
    for ending in ("csv", "xlsx"):
        out = tmp_path / f"list.{ending}"
        written = call(families, "--out", str(out))
        assert "3 people written" in written.stdout
        assert stat.S_IMODE(out.stat().st_mode) == 0o600
    with (tmp_path / "list.csv").open(encoding="utf-8-sig") as file:
        read = list(csv.DictReader(file))
    assert [row["person_id"] for row in read] == people(families)
    assert read[0]["surname"] == "'=Quill"
    sheet = list(openpyxl.load_workbook(tmp_path / "list.xlsx").active.iter_rows(values_only=True))
    assert [row[sheet[0].index("person_id")] for row in sheet[1:]] == people(families)
    assert "3 more are kept back from housing" in call(families, "--for", "housing").output
