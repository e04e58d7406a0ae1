"""Where all rules of a framework are limited to places, households elsewhere are told so, and none disappears."""

from datetime import timedelta

import pytest

from pipelines import what_if
from tests.integration.test_recast import a_list
from tests.support.families import AS_OF, a_borough, a_family, a_troubled_family, asb, suspended
from tests.support.verified import changes, publish, rows, statuses

EAST = "".join(f"      qualification.{rule}.districts: [Calder East]\n" for rule in ("all_national", "two_national_and_local"))
NONE = "No rule is in force for it: they are limited to districts or wards, and it is not known to live in one of those."
FAMILIES = (
    a_troubled_family("east", postcode="ZC3 1QF"),
    a_troubled_family("north", postcode="ZC1 1QF"),
    a_troubled_family("nowhere", postcode=None),
    a_family("near", asb("son"), suspended("son"), postcode="ZC1 1QF"),
)


@pytest.fixture(scope="module")
def borough(tmp_path_factory):
    return a_borough(tmp_path_factory.mktemp("places"))


@pytest.fixture(scope="module")
def before(borough):
    return publish(a_list(borough, *FAMILIES, as_of=AS_OF - timedelta(days=7)))


@pytest.fixture(scope="module")
def asked(borough, before):
    """What what-if says of the limit, before it is made."""
    values = [line.strip().replace(": ", "=") for line in EAST.splitlines()]
    return what_if.what_if(borough.settings, values)


@pytest.fixture(scope="module")
def now(borough, before, asked):
    borough.edit("criteria.yml", "    set:\n", f"    set:\n{EAST}")
    return a_list(borough, *FAMILIES, after=before)


def test_households_elsewhere_do_not_qualify_and_are_told_why(before, now):
    assert statuses(before) == {"east": "verified", "north": "verified", "nowhere": "verified", "near": "near_miss"}
    assert statuses(now) == {"east": "verified", "north": "not_qualifying", "nowhere": "not_qualifying", "near": "not_qualifying"}
    told = dict(rows(now, "select household_id, reason from cohort.family where framework_id = 'tf-2012' and household_id <> 'east'"))
    assert {household: reason.startswith(NONE) for household, reason in told.items()} == {"north": True, "nowhere": True, "near": True}


def test_whom_the_limit_took_off_the_list_is_told_the_rules_and_their_places(now):
    assert set(changes(now)) == {"north", "nowhere"}
    for change, _, _, reason in changes(now).values():
        assert change == "left"
        assert reason.startswith(NONE)
        assert "qualification.all_national.districts was not given and is Calder East" in reason


def test_where_no_rule_is_in_force_nothing_waits_to_be_assessed(now):
    count = "select district, stage, family_count from cohort.reconciliation where framework_id = 'tf-2012' and family_count > 0 and stage <> 'indicative'"
    assert set(rows(now, count)) == {("Calder East", "identified", 1), ("Calder East", "verified", 1)}


def test_what_if_tells_the_same_beforehand_and_its_districts_add_up(asked):
    assert (asked["listed_before_count"], asked["would_leave_count"], asked["listed_after_count"]) == (3, 2, 1)
    assert {row["district"]: row["listed_after_count"] for row in asked["by_district"]} == {"Calder East": 1, "Calder North": 0, "unplaced": 0}
    assert {row["status"]: row["after_count"] for row in asked["by_status"] if row["after_count"]} == {"verified": 1, "not_qualifying": 3}
