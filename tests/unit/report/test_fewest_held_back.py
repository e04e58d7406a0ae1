"""The profile holds back as few cells as it can: what is small stays hidden, by exact linear algebra, and the rest of the table is told."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.report import disclosure, profile
from tests.support.ranges import ranges
from tests.support.sums import settled

SETS = [",".join(chosen) for size in (1, 2, 3) for chosen in combinations(("asb", "crime", "school", "work"), size)]


def told(families):
    """The profile's two tables from the families by exact set of problems."""
    overlaps = [{"headlines": name, "family_count": count} for name, count in families.items()]
    problems = profile._problems(overlaps)
    profile._hold_back(problems, overlaps, sum(families.values()))
    return overlaps, problems


def hidden(rows):
    return sum(row["family_count"] is None for row in rows)


@pytest.mark.parametrize(
    "families",
    [
        {"crime,school,work": 200, "crime,local,school,work": 3, "crime,local,school": 100, "crime,local,work": 120, "local,school,work": 90},
        {"crime,school,work": 200, "crime,local,school,work": 30, "crime,local,school": 100, "crime,local,work": 120, "local,school,work": 3},
    ],
)
def test_one_small_set_of_five_takes_two_cells_with_it_and_not_the_table(families):
    overlaps, problems = told(families)
    assert next(row["family_count"] for row in overlaps if families[row["headlines"]] == 3) is None
    assert (hidden(overlaps), hidden(problems)) == (2, 1)


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.sampled_from(SETS), st.sampled_from([1, 1, 2, 4, 6, 30, 90]), min_size=1, max_size=9))
def test_no_small_count_of_the_profile_is_told_or_follows_and_no_cell_more_could_be_told(families):
    overlaps, problems = told(families)
    rows = [*overlaps, *problems]
    total = sum(families.values())
    counts = [*families.values(), *(sum(n for name, n in families.items() if row["headline"] in name.split(",")) for row in problems)]
    lines = [dict.fromkeys(range(len(overlaps)), 1)]
    for place, row in enumerate(problems, start=len(overlaps)):
        lines.append({n: 1 for n, one in enumerate(overlaps) if row["headline"] in one["headlines"].split(",")} | {place: -1})
    few = {place for place in range(len(overlaps), len(rows)) if 0 < total - counts[place] < disclosure.SMALL}
    protected = few | {place for place, count in enumerate(counts) if count < disclosure.SMALL}
    held = [place for place, row in enumerate(rows) if row["family_count"] is None]
    unavoidable = settled(range(len(rows)), lines)

    def one_value(hidden):
        known = [line | {"total": -1} if n == 0 else line for n, line in enumerate(lines)]
        told = {place: None if place in hidden else count for place, count in enumerate(counts)} | {"total": total}
        # Two whole numbers must be possible, as in pipelines.report.feasible.
        return {place for place, (low, high) in ranges(told, known).items() if high - low < 1 - 1e-6}

    assert one_value(held) & protected <= one_value(range(len(rows)))
    assert protected <= set(held)
    assert set(settled(held, lines)) & protected <= set(unavoidable)
    alone = [line for line in lines if held and {line[n] for n in line if n in held} == {1} and all(counts[n] == 1 for n in line if n in held)]
    assert all(all(counts[n] == 1 for n in range(len(overlaps)) if n in line) or not line.keys() & set(held) - set(unavoidable) for line in alone)
    for place in set(held) - protected:
        without = [n for n in held if n != place]
        follows = set(settled(without, lines)) & protected > set(settled(held, lines)) & protected
        ones = any({line[n] for n in line if n in without} == {1} and all(counts[n] == 1 for n in line if n in without) for line in lines)
        assert follows or ones or one_value(without) & protected > one_value(held) & protected, "a cell is held back that nothing asks for"
