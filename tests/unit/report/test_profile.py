import pytest

from pipelines import cohort
from pipelines.report import disclosure, profile, reckoning
from tests.support.ranges import pinned


def sets(**counts):
    return [{"headlines": name.replace("_and_", ","), "family_count": count} for name, count in counts.items()]


@pytest.fixture
def given(monkeypatch):
    """Lets a test give the families by set of problems and by shape."""

    def give(overlaps, shapes=()):
        monkeypatch.setattr(cohort, "profile", lambda *_, **__: ([dict(row) for row in overlaps], [dict(row) for row in shapes]))

    return give


def counts(rows, name):
    return {row[name]: row["family_count"] for row in rows}


def test_nothing_small_is_nothing_held_back(given):
    given(sets(a=10, b=20, a_and_b=30))
    found = profile.profile(None)
    assert counts(found["overlaps"], "headlines") == {"a": 10, "b": 20, "a,b": 30}
    assert [(row["headline"], row["family_count"], row["share"]) for row in found["problems"]] == [("b", 50, 0.833), ("a", 40, 0.667)]


def test_a_small_set_cannot_be_reckoned_from_the_counts_by_problem_or_from_the_total(given):
    given(sets(a=3, b=20, c=9, a_and_b=30))
    found = profile.profile(None)
    told = counts(found["overlaps"], "headlines")
    assert told["a"] is None
    # From the total alone, and from how many have problem a, 3 would follow.
    assert sum(count is None for count in [*told.values(), *counts(found["problems"], "headline").values()]) >= 3


def test_few_families_without_a_problem_are_held_back_like_few_with_it(given):
    given(sets(a=40, b=2, a_and_b=30))
    found = profile.profile(None)
    assert counts(found["problems"], "headline")["a"] is None


def test_a_small_shape_takes_another_with_it_since_the_total_is_known(given):
    given(sets(a=40), [{"adults": "1", "children": str(n), "family_count": count} for n, count in enumerate((3, 20, 17), start=1)])
    assert counts(profile.profile(None)["shapes"], "children") == {"1": None, "2": 20, "3": None}


def test_exact_counts_hold_nothing_back(given):
    given(sets(a=3, b=1), [{"adults": "1", "children": "1", "family_count": 4}])
    found = profile.profile(None, exact=True)
    assert counts(found["overlaps"], "headlines") == {"a": 3, "b": 1}
    assert counts(found["shapes"], "children") == {"1": 4}


@pytest.mark.parametrize("seed", range(20))
def test_no_count_held_back_follows_from_those_told(seed):
    import random

    draw = random.Random(seed)  # noqa: S311 - a test's own numbers
    cells = [draw.choice((0, 1, 2, 4, 5, 7, 12, 30)) for _ in range(8)]
    equations = [dict.fromkeys(range(8), 1), *(dict.fromkeys(draw.sample(range(8), 4), 1) for _ in range(3))]
    held = disclosure.held_back(cells, equations)
    assert {place for place, count in enumerate(cells) if 0 < count < disclosure.SMALL} <= held
    sums = [equation | {f"sum {n}": -1} for n, equation in enumerate(equations)]
    known = {f"sum {n}": sum(cells[place] for place in equation) for n, equation in enumerate(equations)}
    counts = dict(enumerate(cells)) | known
    told = {place: None if place in held else count for place, count in counts.items()}
    assert pinned(counts, told, sums) <= pinned(counts, dict.fromkeys(range(8)) | known, sums), "told only what no holding back can hide"


def test_the_command_tells_the_published_list_without_a_small_count():
    from typer.testing import CliRunner

    from pipelines import cli
    from tests.support import flow_runs

    home = str(flow_runs.published().home)
    told = CliRunner().invoke(cli.app, ["cohort", "profile", "--home", home])
    assert told.exit_code == 0
    assert "held back" in told.stdout


def test_the_reconciliation_for_managers_holds_small_counts_back(monkeypatch):
    row = {"framework_id": "tf-2012", "indicative": 60, "near_miss": 40, "confirmed": 0, "not_assessed": 0}
    rows = [row | {"district": "north", "identified": 33, "in_review": 3, "verified": 20, "rejected": 10}]
    rows += [row | {"district": "south", "identified": 60, "in_review": 20, "verified": 30, "rejected": 10}]
    monkeypatch.setattr(cohort, "reconcile", lambda _: rows)
    monkeypatch.setattr(cohort, "reconcile_wards", lambda _: [])
    north, south = reckoning.by_district(None)
    assert (north["indicative"], north["in_review"], north["district"]) == (60, None, "north")
    assert sum(count is None for count in north.values()) >= 2
    assert south["in_review"] is None
