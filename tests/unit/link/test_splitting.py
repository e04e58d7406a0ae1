"""How a component in which something contradicts becomes people."""

from hypothesis import given
from hypothesis import strategies as st

from matching.splitting import APART_WEIGHT, DECIDED_WEIGHT, split

Pair = tuple[int, int, float, bool]


def test_a_chain_of_sure_pairs_is_one_person():
    assert split([(1, 2, 9.0, True), (2, 3, 8.0, True)], size_limit=40) == [[1, 2, 3]]


def test_two_records_held_apart_are_two_people_and_the_weaker_tie_is_cut():
    assert split([(1, 2, 20.0, True), (2, 3, 9.0, True), (1, 3, APART_WEIGHT, False)], size_limit=40) == [[1, 2], [3]]


def test_a_long_path_between_records_held_apart_is_cut_at_its_weakest_edge():
    path = [(1, 2, 30.0, True), (2, 3, 22.0, True), (3, 4, 9.0, True), (4, 5, 25.0, True)]
    assert split([*path, (1, 5, APART_WEIGHT, False)], size_limit=40) == [[1, 2, 3], [4, 5]]


def test_a_namesake_that_fits_father_and_son_alike_belongs_to_neither():
    father_and_son = [(1, 2, 20.0, True), (3, 4, 20.0, True), (1, 3, -9.0, False)]
    assert split([*father_and_son, (1, 5, 7.0, True), (3, 5, 7.0, True)], size_limit=40) == [[1, 2], [3, 4], [5]]


def test_a_record_much_likelier_of_one_of_two_goes_to_that_one():
    assert split([(1, 3, -9.0, False), (1, 5, 16.0, True), (3, 5, 7.0, True)], size_limit=40) == [[1, 5], [3]]


def test_weak_evidence_against_does_not_undo_strong_evidence_for():
    assert split([(1, 2, 15.0, True), (2, 3, 9.0, True), (1, 3, -2.5, False)], size_limit=40) == [[1, 2, 3]]


def test_a_single_weak_bridge_between_two_groups_is_cut():
    groups = [(1, 2, 20.0, True), (2, 3, 20.0, True), (4, 5, 20.0, True), (5, 6, 20.0, True)]
    assert split([*groups, (3, 4, 4.5, True)], size_limit=40) == [[1, 2, 3], [4, 5, 6]]
    assert split([*groups, (3, 4, 12.0, True)], size_limit=40) == [[1, 2, 3, 4, 5, 6]]


def test_no_person_outgrows_the_size_limit():
    chain = [(n, n + 1, 10.0 - n / 100, True) for n in range(1, 10)]
    assert max(map(len, split(chain, size_limit=4))) == 4


def test_a_persons_word_outweighs_the_size_limit_and_all_evidence_against():
    assert split([(1, 2, DECIDED_WEIGHT, True), (2, 3, 9.0, True), (1, 3, -30.0, False)], size_limit=1) == [[1, 2], [3]]


def test_a_persons_different_is_kept_though_others_said_same():
    pairs = [(1, 2, DECIDED_WEIGHT, True), (2, 3, DECIDED_WEIGHT, True), (1, 3, APART_WEIGHT, False)]
    assert split(pairs, size_limit=40) == [[1, 2], [3]]


records = st.integers(min_value=1, max_value=9)
pairs_of_records = st.dictionaries(
    st.tuples(records, records).filter(lambda pair: pair[0] < pair[1]),
    st.one_of(st.just((APART_WEIGHT, False)), st.tuples(st.floats(4.3, 40), st.just(True)), st.tuples(st.floats(-40, 4), st.just(False))),
    min_size=1,
)


@given(pairs_of_records, st.randoms())
def test_whatever_the_pairs_no_two_records_held_apart_meet_and_the_order_does_not_matter(known, shuffler):
    pairs: list[Pair] = [(*pair, *value) for pair, value in known.items()]
    groups = split(pairs, size_limit=5)
    place = {n: i for i, group in enumerate(groups) for n in group}
    assert sorted(place) == sorted({n for pair in known for n in pair})
    assert all(place[a] != place[b] for (a, b), (weight, _) in known.items() if weight == APART_WEIGHT)
    assert all(len(group) <= 5 for group in groups)
    shuffler.shuffle(pairs)
    assert split(pairs, size_limit=5) == groups


def test_one_badly_written_pair_of_many_does_not_part_a_person_with_many_records():
    # Ten records in two groups of five, sure within; across them four pairs of 25 are unlike.
    within = [(a, b, 20.0, True) for first in (1, 6) for a in range(first, first + 5) for b in range(a + 1, first + 5)]
    across = [(a, b, -9.0 if a + b == 12 else 12.0, a + b != 12) for a in range(1, 6) for b in range(6, 11)]
    assert split([*within, *across], 60) == [list(range(1, 11))]
    worse = [(a, b, -9.0 if a + b in (11, 12) else 12.0, a + b not in (11, 12)) for a in range(1, 6) for b in range(6, 11)]
    assert len(split([*within, *worse], 60)) > 1
