"""The stage that forms households, from week to week: ids, lineage, confirmations and repeatability."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipelines import decisions, warehouse
from pipelines.household import household
from tests.support.households import Address
from tests.support.weeks import ELSEWHERE, HOME, Weeks, a_family, homes, lineage, rows


@pytest.fixture
def weeks(tmp_path: Path) -> Weeks:
    return Weeks(tmp_path / "var")


def test_the_tables_are_as_declared_and_repeat_row_for_row(weeks: Weeks):
    town = a_family("BEN SMITH", "CARA SMITH")
    first = weeks.run(town)
    before = {t: rows(first, f"from {t} order by all") for t in ("linked.household", "linked.household_member", "register.household", "register.lineage")}
    household(first)
    assert before == {t: rows(first, f"from {t} order by all") for t in before}
    kind, key, postcode, address, adults, children, confidence = rows(
        first, "select household_kind, address_key, postcode, address, adult_count, child_count, household_confidence from linked.household"
    )[0]
    assert (kind, key, postcode, address) == ("private", HOME.key, "ZC1 1AA", "12 MILL LANE, ZC1 1AA")
    assert (adults, children) == (1, 2)
    assert confidence > 0.95


def test_a_household_keeps_its_id_and_its_first_run(weeks: Weeks):
    first = weeks.publish(a_family("BEN SMITH"))
    second = weeks.publish(a_family("BEN SMITH", "CARA SMITH"))
    assert homes(second)["BEN SMITH"] == homes(second)["CARA SMITH"] == homes(first)["BEN SMITH"]
    assert set(rows(second, "select first_seen_run_id from register.household")) == {(first.run_id,)}
    assert lineage(second) == set()
    assert rows(second, "select act from register.lineage") == [("created",)]


def test_a_household_keeps_its_id_when_it_moves(weeks: Weeks):
    first = weeks.publish(a_family("BEN SMITH"))
    second = weeks.publish(a_family("BEN SMITH", at=ELSEWHERE))
    assert homes(first) == homes(second)


def test_a_split_leaves_the_id_with_the_greater_part(weeks: Weeks):
    first = weeks.publish(a_family("BEN SMITH", "CARA SMITH", "DORA SMITH"))
    town = a_family("BEN SMITH", "CARA SMITH")
    town.a_person("IRIS OKORO", age=60)
    town.a_person("DORA SMITH", age=10)
    town.pupil("DORA SMITH", ELSEWHERE, parents=("IRIS OKORO",))
    second = weeks.publish(town)
    old, new = homes(second)["BEN SMITH"], homes(second)["DORA SMITH"]
    assert old == homes(first)["BEN SMITH"] != new
    assert lineage(second) == {(new, "split", old)}


def test_an_id_tells_to_which_household_that_stood_before_somebody_moved(weeks: Weeks):
    town = a_family("EVA JONES", parent="DAVE JONES", at=ELSEWHERE, town=a_family("BEN SMITH", "CARA SMITH", "DORA SMITH"))
    first = weeks.publish(town)
    town = a_family("EVA JONES", "DORA SMITH", parent="DAVE JONES", at=ELSEWHERE, town=a_family("BEN SMITH", "CARA SMITH"))
    second = weeks.publish(town)
    left, reached = homes(first)["DORA SMITH"], homes(first)["EVA JONES"]
    assert homes(second)["DORA SMITH"] == reached != left
    assert lineage(second) == {(left, "moved", reached)}
    assert ("1 of its 4 people have their main home in that household now.",) in rows(second, "select reason from register.lineage where act = 'moved'")


def test_a_merge_keeps_the_older_id(weeks: Weeks):
    weeks.publish(a_family("BEN SMITH"))
    first = weeks.publish(a_family("EVA JONES", "FAY JONES", parent="DAVE JONES", at=ELSEWHERE, town=a_family("BEN SMITH")))
    older, younger = homes(first)["BEN SMITH"], homes(first)["EVA JONES"]
    town = a_family("EVA JONES", "FAY JONES", parent="DAVE JONES", town=a_family("BEN SMITH"))
    town.partner_of("ANNA SMITH", "DAVE JONES", HOME)
    second = weeks.publish(town)
    assert set(homes(second).values()) == {older}
    assert lineage(second) == {(younger, "merged", older)}


def test_a_household_that_was_identified_keeps_its_id_in_any_merge(weeks: Weeks):
    weeks.publish(a_family("BEN SMITH"))
    first = weeks.publish(a_family("EVA JONES", parent="DAVE JONES", at=ELSEWHERE, town=a_family("BEN SMITH")))
    identified = homes(first)["EVA JONES"]
    path = weeks.settings.published_dir / f"cohort-{first.run_id}.duckdb"
    with warehouse.database(weeks.settings, path, read_only=False) as con:
        con.execute("update register.household set first_identified_date = date '2026-11-01' where household_id = ?", [identified])
    town = a_family("EVA JONES", parent="DAVE JONES", town=a_family("BEN SMITH"))
    town.partner_of("ANNA SMITH", "DAVE JONES", HOME)
    second = weeks.publish(town)
    assert set(homes(second).values()) == {identified}
    assert rows(second, "select distinct first_identified_date from register.household") == [(date(2026, 11, 1),)]


def test_a_household_nobody_mentions_any_more_is_retired(weeks: Weeks):
    first = weeks.publish(a_family("EVA JONES", parent="DAVE JONES", at=ELSEWHERE, town=a_family("BEN SMITH")))
    second = weeks.publish(a_family("BEN SMITH"))
    assert lineage(second) == {(homes(first)["EVA JONES"], "retired", "")}


def test_a_person_whose_id_went_into_another_still_counts_for_the_household(weeks: Weeks):
    first = weeks.publish(a_family(parent="ANNA SMITH"))
    second = weeks.publish(a_family(parent="HANNAH SMITH"), merged={"ANNA SMITH": "HANNAH SMITH"})
    assert homes(second)["HANNAH SMITH"] == homes(first)["ANNA SMITH"]


def test_reasons_hold_no_names(weeks: Weeks):
    town = a_family("EVA JONES", parent="DAVE JONES", at=ELSEWHERE, town=a_family("BEN SMITH"))
    weeks.publish(town)
    run = weeks.publish(a_family("BEN SMITH"))
    assert not [reason for (reason,) in rows(run, "select reason from register.lineage") if any(word.isupper() and len(word) > 1 for word in reason.split())]


def test_a_confirmation_covers_the_people_published_then_and_nobody_who_came_since(weeks: Weeks):
    first = weeks.publish(a_family("BEN SMITH"))
    decisions.decide_household(homes(first)["BEN SMITH"], "confirm", "Known to the team.", "coordinator", weeks.settings)
    second = weeks.publish(a_family("BEN SMITH", "CARA SMITH"))
    third = weeks.publish(a_family("BEN SMITH", "CARA SMITH"))
    confirmed = "select person_id from linked.household_member where is_confirmed order by person_id"
    assert rows(second, confirmed) == rows(third, confirmed) == [("ANNA SMITH",), ("BEN SMITH",)]


def test_counts_tell_how_many_without_naming_anybody(weeks: Weeks):
    town = a_family("BEN SMITH")
    town.a_person("FRED OKORO", age=40)
    town.lives_at("FRED OKORO", None, role="nominal")
    run = weeks.run(town)
    counts = household(run)
    assert (counts["households"], counts["unplaced_households"], counts["people"]) == (2, 1, 3)
    assert counts["basis"] == {"parental_contact": 2, "single_person": 1}


def test_a_family_in_a_refuge_is_private_and_a_resident_alone_is_communal(weeks: Weeks):
    refuge = Address("ROSE HOUSE", kind="communal")
    town = a_family("BEN SMITH", at=refuge)
    town.a_person("IRIS OKORO", age=60)
    town.lives_at("IRIS OKORO", refuge, role="claimant")
    run = weeks.run(town)
    kinds = dict(rows(run, "select m.person_id, h.household_kind from linked.household as h inner join linked.household_member as m using (household_id)"))
    assert kinds == {"ANNA SMITH": "private", "BEN SMITH": "private", "IRIS OKORO": "communal"}


def test_the_number_of_threads_does_not_matter(weeks: Weeks):
    one = weeks.run(a_family("BEN SMITH"))
    other = replace(one, settings=one.settings.model_copy(update={"threads": 2}))
    before = homes(one)
    household(other)
    assert homes(other) == before
