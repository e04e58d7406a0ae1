"""What was decided on a family holds when partners leave it out for a time and deliver it again."""

import pytest
from typer.testing import CliRunner

from pipelines import cohort, decisions
from pipelines.cli import app
from tests.support.absences import absences, rows

LISTED = "select household_id from cohort.verified_families order by all"
STATUS = "select status from cohort.family where household_id = $home order by framework_id"
ACTS = "select act from register.lineage where identity_id = $id and run_id = $run_id"
PEOPLE = "select record_id, person_id from linked.person_record order by all"
HOMES = "select person_id, household_id, is_primary from linked.household_member order by all"


@pytest.fixture(scope="module")
def borough(tmp_path_factory):
    """A borough in which the first listed family was suppressed, left out once and then three times, and delivered again each time."""
    made = absences(tmp_path_factory.mktemp("absences") / "home")
    made.home = rows(made.first, LISTED)[0][0]
    decisions.decide_household(made.home, "suppress", "Told by the test.", "coordinator", made.settings)
    made.people = made.people_of(made.home)
    made.unchanged = made.week()
    made.away = made.week(without=made.people)
    made.told_while_away = cohort.explain(made.home, made.settings)
    made.told_by_the_command = CliRunner().invoke(app, ["cohort", "explain", made.home, "--home", str(made.settings.home)])
    made.history = cohort.history(made.settings)
    made.back = made.week()
    made.away_thrice = [made.week(without=made.people) for _ in range(3)]
    made.back_again = made.week()
    made.one_away = made.week(without=made.people[:1])
    made.one_back = made.week()
    return made


def acts(run, identity):
    """What the run's lineage tells of an id."""
    return [act for (act,) in rows(run, ACTS, id=identity, run_id=run.run_id)]


def test_the_family_was_on_the_list_and_is_suppressed(borough):
    assert len(borough.people) > 1
    assert {status for (status,) in rows(borough.unchanged, STATUS, home=borough.home)} == {"suppressed"}
    assert (borough.home,) not in rows(borough.unchanged, LISTED)


def test_weeks_without_absences_keep_every_id(borough):
    assert rows(borough.first, PEOPLE) == rows(borough.unchanged, PEOPLE)
    assert rows(borough.first, HOMES) == rows(borough.unchanged, HOMES)


@pytest.mark.parametrize("week", ["back", "back_again"])
def test_a_suppressed_family_that_returns_is_suppressed_under_its_own_ids(borough, week):
    run = getattr(borough, week)
    assert rows(run, HOMES) == rows(borough.unchanged, HOMES)
    assert rows(run, PEOPLE) == rows(borough.unchanged, PEOPLE)
    assert {status for (status,) in rows(run, STATUS, home=borough.home)} == {"suppressed"}
    assert rows(run, LISTED) == rows(borough.unchanged, LISTED)
    assert acts(run, borough.home) == ["returned"]
    assert all(acts(run, person) == ["returned"] for person in borough.people)


def test_it_is_retired_once_however_long_it_is_away(borough):
    assert acts(borough.away, borough.home) == acts(borough.away_thrice[0], borough.home) == ["retired"]
    assert all(acts(run, identity) == [] for run in borough.away_thrice[1:] for identity in (borough.home, *borough.people))


def test_who_is_away_is_nowhere_but_in_the_register(borough):
    gone = [
        ("linked.household_member", "household_id"),
        ("linked.household", "household_id"),
        ("cohort.family", "household_id"),
        ("cohort.member", "household_id"),
        ("cohort.evidence", "household_id"),
    ]
    for table, column in gone:
        assert rows(borough.away, f"select count(*) from {table} where {column} = $home", home=borough.home) == [(0,)], table  # noqa: S608 - tables of ours
    assert rows(borough.away, "select distinct is_present, last_seen_run_id from register.household where household_id = $home", home=borough.home) == [
        (False, borough.unchanged.run_id)
    ]


def test_the_publications_history_counts_those_present(borough):
    counted = rows(borough.away, "select (select count(*) from linked.person), (select count(*) from linked.household)")
    assert [(borough.history[0]["person_count"], borough.history[0]["household_count"])] == counted


def test_an_absent_family_is_told_as_absent_with_the_run_that_saw_it_last(borough):
    told = f"not in the present data: last seen in run {borough.unchanged.run_id}"
    assert borough.told_while_away["standing"].startswith(told)
    assert borough.told_by_the_command.exit_code == 0
    assert told in borough.told_by_the_command.output


def test_a_family_keeps_its_id_and_its_member_while_one_is_away(borough):
    others = dict(rows(borough.one_away, "select person_id, household_id from linked.household_member where is_primary"))
    assert {others[person] for person in borough.people[1:]} == {borough.home}
    assert rows(borough.one_back, HOMES) == rows(borough.unchanged, HOMES)
    assert acts(borough.one_back, borough.home) == []
    assert acts(borough.one_back, borough.people[0]) == ["returned"]
