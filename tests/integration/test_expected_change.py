"""A list that jumps is held until a person has looked; what jumped is told in counts."""

import shutil
from datetime import timedelta

import pytest

from pipelines import gates, publications, warehouse
from pipelines.errors import GateRefused
from schemas import audit, cohort
from tests.support import published
from tests.support.families import SHIPPED

FAMILIES = 40


@pytest.fixture(scope="module")
def second(tmp_path_factory):
    """A run that follows on a list of forty families, and makes the same list."""
    folder = tmp_path_factory.mktemp("change")
    shutil.copytree(SHIPPED, folder / "home" / "authorities")
    settings = published.a_home(folder, authorities=folder / "home" / "authorities")
    first = published.a_run(settings, families=FAMILIES)
    with warehouse.database(settings, publications.path_of(first.run_id, settings), read_only=False) as con:
        warehouse.attach(con, settings, first.path, "run")
        warehouse.create(con, audit.EXTRACT)
        warehouse.create(con, cohort.FAMILY)
        warehouse.append(con, cohort.FAMILY, "from run.cohort.family")
    run = published.a_run(settings, as_of=published.AS_OF + timedelta(days=1), families=FAMILIES, previous_run_id=first.run_id)
    with run.open() as con:
        con.execute("delete from cohort.change")
    gates.check_landing(run)
    return run


@pytest.fixture
def run(second, tmp_path):
    made = published.copied(second, tmp_path)
    settings = made.settings.model_copy(update={"authorities": made.settings.home / "authorities"})
    return type(made)(made.manifest, type(made.authority)(made.authority.name, settings.authorities / made.authority.name), settings)


def leave(run, count):
    """So many families leave the list."""
    with run.open() as con:
        ids = [row[0] for row in con.execute("select household_id from cohort.verified_families order by 1 limit $n", {"n": count}).fetchall()]
        for household_id in ids:
            con.execute("delete from cohort.verified_families where household_id = ?", [household_id])
            con.execute("update cohort.family set status = 'near_miss' where household_id = ?", [household_id])
            con.execute(
                "insert into cohort.change by name select ? as household_id, 'left' as change, '' as reason, '' as silent_sources, ? as run_id",
                [household_id, run.run_id],
            )


def edit(run, old, new):
    path = run.authority.folder / "publication.yml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def outcome(run):
    """Of the gate: offenders and whether it is critical."""
    with run.open(read_only=True) as con:
        return con.execute("select offender_count, severity from audit.gate where gate = 'unexpected_change'").fetchone()


def test_a_list_that_stays_as_it_was_passes(run):
    gates.check_cohort(run)
    assert outcome(run) == (0, "critical")


def test_a_change_within_what_is_expected_passes(run):
    leave(run, 12)
    gates.check_cohort(run)
    assert outcome(run) == (0, "critical")


def test_a_list_that_shrinks_too_much_is_held_and_says_by_how_much(run):
    leave(run, 17)
    with pytest.raises(
        GateRefused, match=r"(?s)the list went from 40 families to 23 \(a move of 42%; at most 30% is expected\).*17 families left a list of 40"
    ):
        gates.check_cohort(run)
    assert outcome(run) == (2, "critical")


def test_a_list_whose_composition_jumps_is_held_though_its_length_is_the_same(run):
    with run.open() as con:
        con.execute("update cohort.verified_families set district = 'Calder South' where household_id < 'household-3'")
        con.execute("update cohort.family set district = 'Calder South' where household_id < 'household-3'")
    with pytest.raises(GateRefused, match="district Calder South: its share of the list went from 0% to"):
        gates.check_cohort(run)


def test_a_date_that_somebody_accepted_is_let_through_with_a_warning(run):
    leave(run, 17)
    edit(run, "accepted: {}", f'accepted: {{{run.as_of}: "Told by the test; A. Analyst"}}')
    assert gates.check_cohort(run)["warning_count"] > 0
    assert outcome(run) == (2, "warning")


def test_another_date_accepted_does_not_let_it_through(run):
    leave(run, 17)
    edit(run, "accepted: {}", 'accepted: {2020-01-01: "Told by the test."}')
    with pytest.raises(GateRefused):
        gates.check_cohort(run)


def test_an_authority_may_choose_its_bounds_or_to_be_warned_only(run):
    leave(run, 17)
    edit(run, "when_exceeded: stop", "when_exceeded: warn")
    gates.check_cohort(run)
    assert outcome(run) == (2, "warning")
    edit(run, "size_share: 0.3", "size_share: 0.5")
    edit(run, "left_share: 0.4", "left_share: 0.5")
    again = type(run)(run.manifest, type(run.authority)(run.authority.name, run.authority.folder), run.settings)
    gates.check_cohort(again)
    assert outcome(run) == (0, "warning")


def test_a_short_list_is_not_judged(run):
    leave(run, 17)
    edit(run, "smallest_list: 30", "smallest_list: 41")
    gates.check_cohort(run)
    assert outcome(run) == (0, "critical")
