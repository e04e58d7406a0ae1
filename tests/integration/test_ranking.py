"""Who comes first on the list, who has a place, and what keeps tiers and places from changing hands for every small change."""

from datetime import timedelta

import pytest

from pipelines import cohort
from pipelines import places as placed
from tests.support import flow_runs
from tests.support.families import AS_OF, Lineage, a_borough, a_family, an_event, asb, in_arrears, out_of_work, suspended
from tests.support.verified import decide, publish, rows, verified

TIERS = """    tiers:
      - {name: intensive, headlines_at_least: 4, arms: [{name: north, places: 1}, {name: south, places: 1}]}
      - {name: moderate, headlines_at_least: 3}
"""


# Known in every week that the tests look at.
INCIDENT = an_event("son", "asb_incident", days_ago=60)


@pytest.fixture
def borough(tmp_path):
    return a_borough(tmp_path)


@pytest.fixture
def tiered(borough):
    borough.edit("criteria.yml", "  - framework: tf-2015\n", TIERS + "  - framework: tf-2015\n")
    return borough


def of_four(name, **given):
    """A family with four headline problems."""
    return a_family(name, INCIDENT, suspended("son"), out_of_work("mother"), in_arrears("mother"), **given)


def of_three(name, **given):
    return a_family(name, INCIDENT, suspended("son"), out_of_work("mother"), **given)


def places(run, framework="tf-2012"):
    """Tier, rank and arm by household."""
    query = "select household_id, tier, rank, arm from cohort.ranking where framework_id = $framework order by household_id"
    return {row[0]: row[1:] for row in rows(run, query, framework=framework)}


def test_most_problems_come_first_then_most_criteria_then_the_longest_known_then_the_id(borough):
    week = AS_OF - timedelta(days=7)
    run = verified(
        borough,
        of_three("b-new"),
        of_three("a-new"),
        of_three("known", first_identified=week),
        of_four("four"),
        a_family("more", asb("son"), suspended("son", 6), out_of_work("mother"), first_identified=AS_OF),
    )
    ranks = {home: rank for home, (_, rank, _) in places(run).items()}
    assert sorted(ranks, key=ranks.get)[0] == "four"
    assert ranks["known"] < ranks["a-new"] < ranks["b-new"]
    assert sorted(ranks.values()) == [1, 2, 3, 4, 5]


def test_only_listed_families_are_ranked(borough):
    decide(borough, "rejected", "reject")
    run = verified(borough, of_three("listed"), of_three("rejected"), a_family("quiet"), decisions_through=1)
    assert set(places(run)) == {"listed"}


def test_without_places_nobody_has_one_and_with_them_the_first_have(borough):
    families = [of_three("a"), of_three("b"), of_four("c")]
    assert {arm for _, _, arm in places(verified(borough, *families)).values()} == {None}
    borough.edit("publication.yml", "  places: 0 ", "  places: 2 ")
    assert places(verified(borough, *families)) == {"a": (None, 2, "list"), "b": (None, 3, None), "c": (None, 1, "list")}


def test_arms_are_filled_in_their_order_and_no_further(tiered):
    run = verified(tiered, of_four("a"), of_four("b"), of_four("c"), of_three("d"))
    assert places(run) == {"a": ("intensive", 1, "north"), "b": ("intensive", 2, "south"), "c": ("intensive", 3, None), "d": ("moderate", 1, None)}


def test_a_place_is_kept_against_a_newcomer_who_is_little_worse_off(borough):
    borough.edit("publication.yml", "  places: 0 ", "  places: 1 ")
    first = publish(verified(borough, of_three("holder"), as_of=AS_OF - timedelta(days=7)))
    run = verified(borough, of_three("holder"), of_four("newcomer"), after=first)
    assert places(run) == {"holder": (None, 1, "list"), "newcomer": (None, 2, None)}


def test_without_a_margin_the_place_goes_to_who_needs_it_more(borough):
    borough.edit("publication.yml", "  places: 0 ", "  places: 1 ")
    borough.edit("publication.yml", "keep_place_margin: 1", "keep_place_margin: 0")
    first = publish(verified(borough, of_three("holder"), as_of=AS_OF - timedelta(days=7)))
    run = verified(borough, of_three("holder"), of_four("newcomer"), after=first)
    assert places(run) == {"holder": (None, 2, None), "newcomer": (None, 1, "list")}


def test_a_place_that_is_left_goes_to_the_next_and_the_others_keep_their_arms(tiered):
    tiered.edit("publication.yml", "keep_place_days: 7", "keep_place_days: 0")
    first = publish(verified(tiered, of_four("a"), of_four("b"), of_four("c"), as_of=AS_OF - timedelta(days=7)))
    run = verified(tiered, of_four("b"), of_four("c"), after=first)
    assert places(run) == {"b": ("intensive", 1, "south"), "c": ("intensive", 2, "north")}


def test_a_place_follows_a_household_into_the_one_it_merges_with(borough):
    borough.edit("publication.yml", "  places: 0 ", "  places: 1 ")
    first = publish(verified(borough, of_three("gone"), as_of=AS_OF - timedelta(days=7)))
    run = verified(borough, of_three("kept"), of_three("another"), lineage=[Lineage("gone", "merged", "kept")], after=first)
    assert places(run)["kept"] == (None, 1, "list")


def test_a_family_rises_at_once_and_falls_only_when_the_lower_tier_has_fitted_long_enough(tiered):
    days = [AS_OF - timedelta(days=n) for n in (42, 35, 28, 7)]
    first = publish(verified(tiered, of_three("home"), as_of=days[0]))
    risen = publish(verified(tiered, of_four("home"), as_of=days[1], after=first))
    fewer = publish(verified(tiered, of_three("home"), as_of=days[2], after=risen))
    still = publish(verified(tiered, of_three("home"), as_of=days[3], after=fewer))
    fallen = verified(tiered, of_three("home"), after=still)
    assert [places(run)["home"][0] for run in (first, risen, fewer, still, fallen)] == ["moderate", "intensive", "intensive", "intensive", "moderate"]


def test_who_fits_again_in_time_starts_anew(tiered):
    days = [AS_OF - timedelta(days=n) for n in (35, 28, 14)]
    high = publish(verified(tiered, of_four("home"), as_of=days[0]))
    fewer = publish(verified(tiered, of_three("home"), as_of=days[1], after=high))
    again = publish(verified(tiered, of_four("home"), as_of=days[2], after=fewer))
    run = verified(tiered, of_three("home"), after=again)
    assert rows(run, "select tier, tier_by_rule, fits_lower_since_date from cohort.ranking where framework_id = 'tf-2012'") == [
        ("intensive", "moderate", AS_OF)
    ]


def test_the_list_in_order_can_be_read_cut_and_is_the_published_one():
    settings = flow_runs.published()
    listed = {row["household_id"] for row in cohort.list_families(settings)}
    found = placed.places(settings)
    assert {row["household_id"] for row in found} == listed
    assert [row["rank"] for row in found] == list(range(1, len(listed) + 1))
    assert placed.places(settings, top=3) == found[:3]
