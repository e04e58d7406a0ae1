"""Rates by group: intervals that hold for small groups, differences shown where they are more than chance, nothing small told."""

import pytest

from pipelines.report import disclosure, fairness


def row(value, people, hits, dimension="sex"):
    return {"dimension": dimension, "value": value, "people": people, "hits": hits}


@pytest.mark.parametrize(
    ("hits", "people", "low", "high"),
    # As R's prop.test(correct = FALSE) gives them.
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (30, 1000, 0.0211, 0.0425), (0, 0, 0.0, 1.0)],
)
def test_the_interval_is_wilsons(hits, people, low, high):
    assert fairness.interval(hits / people if people else 0, people) == pytest.approx((low, high), abs=1e-4)


def test_a_group_far_off_the_rate_of_all_stands_apart_and_one_within_chance_does_not():
    found = fairness._told([row("female", 500, 100), row("male", 500, 50)])
    assert [one["is_apart"] for one in found] == [True, True]
    assert [one["rate"] for one in found] == [0.2, 0.1]
    assert {one["whole"] for one in found} == {0.15}
    assert not any(one["is_apart"] for one in fairness._told([row("female", 500, 80), row("male", 500, 70)]))


def test_a_group_of_few_never_stands_apart():
    found = fairness._told([row("a", 20, 15), row("b", 1000, 200)])
    assert [one["is_apart"] for one in found] == [False, False]


def test_each_dimension_is_held_against_its_own_whole():
    found = fairness._told([row("north", 100, 50, "district"), row("south", 100, 10, "district"), row("female", 200, 60)])
    assert [one["whole"] for one in found] == [0.3, 0.3, 0.3]
    assert found[2]["is_apart"] is False


@pytest.mark.parametrize("small", [row("few people", 3, 0), row("few meant", 300, 2), row("few others", 300, 298)])
def test_a_small_count_on_either_side_is_held_back_and_another_with_it(small):
    found = fairness._told([small, row("b", 400, 100), row("c", 500, 100)])
    held = [one["value"] for one in found if one["rate"] is None]
    assert small["value"] in held
    assert len(held) >= 2
    assert all(one["people"] is None and one["hits"] is None for one in found if one["rate"] is None)
    assert not any(0 < one[name] < disclosure.SMALL for one in found for name in ("people", "hits") if one[name] is not None)


def test_an_authority_without_a_table_of_names_has_no_origins(tmp_path):
    assert fairness.origins(tmp_path / fairness.NAME_ORIGINS) == []
    (tmp_path / "name_origins.csv").write_text("origin,surnames\nnorthern,Alder; Birch;\n", encoding="utf-8")
    assert fairness.origins(tmp_path / "name_origins.csv") == [{"origin": "northern", "surname": "Alder"}, {"origin": "northern", "surname": "Birch"}]


def of_families(value, families):
    """A group's row as the statement gives it, from each family's people and those meant."""
    sums = {"square": sum(n * n for n, _ in families), "both": sum(n * k for n, k in families), "hit_square": sum(k * k for _, k in families)}
    return row(value, sum(n for n, _ in families), sum(k for _, k in families)) | sums


def alone(families):
    return fairness.independent_people(**{name: number for name, number in of_families("a", families).items() if name not in ("dimension", "value")})


@pytest.mark.parametrize(
    ("families", "people"),
    [
        ([(1, 1)] * 20 + [(1, 0)] * 80, 100),
        ([(4, 4)] * 20 + [(4, 0)] * 80, 100),
        ([(4, 0)] * 100, 100),
        ([(4, 4)] * 100, 100),
        ([(1, 0)] * 10 + [(9, 0)], 361 / 91),
        # Within every family half are meant, which leaves no variance to reckon with: families count, and no credit is taken for the evenness.
        ([(2, 1)] * 50, 50),
    ],
)
def test_people_of_one_family_with_one_outcome_count_as_one(families, people):
    assert alone(families) == pytest.approx(people)


def test_the_reckoned_number_of_independent_people_gives_the_spread_that_drawing_families_shows():
    import numpy as np

    draw = np.random.default_rng(11)
    size = draw.integers(1, 7, 300)
    meant = np.where(draw.random(300) < 0.3, size, 0)
    drawn = draw.integers(0, 300, (4000, 300))
    rates = meant[drawn].sum(axis=1) / size[drawn].sum(axis=1)
    share = meant.sum() / size.sum()
    families = [(int(n), int(k)) for n, k in zip(size, meant, strict=True)]
    assert alone(families) == pytest.approx(share * (1 - share) / rates.var(), rel=0.08)


def test_a_difference_that_chance_among_families_explains_does_not_stand_apart_though_it_would_among_single_people():
    fours = [of_families("a", [(4, 4)] * 30 + [(4, 0)] * 70), of_families("b", [(4, 4)] * 21 + [(4, 0)] * 79)]
    ones = [of_families("a", [(1, 1)] * 120 + [(1, 0)] * 280), of_families("b", [(1, 1)] * 84 + [(1, 0)] * 316)]
    # 30 and 21 in a hundred: off the 25.5 of all by less than a fifth, so the second condition is made to hold by a third group.
    for group, is_apart in ((fours, False), (ones, True)):
        third = [of_families("c", [(4, 0)] * 18 + [(4, 4)] * 2)]
        found = fairness._told([*group, *third])
        assert found[0]["is_apart"] is is_apart
        assert not any(name in one for one in found for name in ("square", "both", "hit_square"))
