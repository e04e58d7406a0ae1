"""Homes without a child in which somebody expects one: assessed where the framework admits them and health surely tells so, and never otherwise."""

import pytest

import sql
from pipelines import warehouse
from schemas import cohort
from tests.support.families import a_borough, a_family, a_member, an_event, asb, in_arrears, out_of_work
from tests.support.verified import rows, verified

ADMITS, ASKS_FOR_A_CHILD = "supporting-families-2022", "tf-2012"
COUPLE = (a_member("mother", 28), a_member("father", 30))


@pytest.fixture
def borough(tmp_path):
    made = a_borough(tmp_path)
    made.edit("criteria.yml", "  - framework: tf-2015", f"  - framework: {ADMITS}")
    return made


def expecting(name, *, link=1.0, members=COUPLE, days_ago=100):
    """A couple with three needs, one of whom expects a child."""
    pregnancy = an_event("mother", "need", days_ago=days_ago, code="pregnancy", source="health", link=link)
    return a_family(name, pregnancy, asb("father"), out_of_work("father"), in_arrears("mother"), members=members)


def found(run):
    query = (
        "select household_id, status, identifying_sources, reason like '%Somebody in it expects a child.%' from cohort.family where framework_id = $framework"
    )
    return rows(run, query, framework=ADMITS)


def test_a_couple_that_expects_a_child_is_assessed_where_the_framework_admits_it_and_the_list_says_why(borough):
    run = verified(borough, expecting("home"))
    assert found(run) == [("home", "verified", "dwp_benefit,health,housing_arrears,police_asb", True)]
    assert rows(run, "select count(*) from cohort.family where framework_id = $framework", framework=ASKS_FOR_A_CHILD) == [(0,)]


@pytest.mark.parametrize(
    "family",
    [
        expecting("home", link=0.9),
        expecting("home", members=(a_member("mother", 28, membership=0.9), a_member("father", 30))),
        expecting("home", days_ago=295),
    ],
    ids=["a record that may be somebody else's", "somebody who may live elsewhere", "more than 42 weeks ago"],
)
def test_what_is_not_sure_has_no_home_assessed(borough, family):
    assert found(verified(borough, family)) == []


def test_a_child_at_home_is_enough_whatever_health_tells(borough):
    family = a_family("home", asb("son"), out_of_work("mother"), in_arrears("mother"))
    assert found(verified(borough, family)) == [("home", "verified", "dwp_benefit,housing_arrears,police_asb", False)]


def test_a_list_may_hold_a_home_that_expects_a_child_and_no_other_without_one(borough):
    run = verified(borough, expecting("home"))
    with run.open() as con:
        warehouse.fill(con, cohort.VERIFIED_FAMILIES, "verify/verified_families", {"framework_id": ADMITS})
    offenders = "gate/listed_without_child"
    assert told(run, offenders) == []
    with run.open() as con:
        con.execute("update staging.event set code = 'mental_health_referral' where code = 'pregnancy'")
    assert told(run, offenders) == [("home",)]


def told(run, statement):
    with run.open(read_only=True) as con:
        return con.execute(sql.read(statement)).fetchall()
