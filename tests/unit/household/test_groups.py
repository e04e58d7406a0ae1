"""What holds for groups of people of any shape, and for the ladder."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.household_evidence import LADDER
from matching.households import groups
from schemas.linked import MEMBERSHIP_BASES

PEOPLE = 8
TIES = st.lists(
    st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1), st.sampled_from([0.81, 0.9, 0.96, 0.99])).filter(lambda tie: tie[0] < tie[1]),
    max_size=12,
    unique_by=lambda tie: tie[:2],
)


def grouped(ties: list[tuple[int, int, float]]) -> tuple[list[int], list[float]]:
    left, right, strength = (np.array([tie[k] for tie in ties], kind) for k, kind in ((0, np.int32), (1, np.int32), (2, np.float64)))
    founder, reach = groups(PEOPLE, left, right, strength)
    return founder.tolist(), reach.tolist()


@given(TIES)
def test_a_tie_joins_its_two_people_and_nothing_else_does(ties: list[tuple[int, int, float]]):
    founder, _ = grouped(ties)
    reached = {n: {n} for n in range(PEOPLE)}
    for _round in range(PEOPLE):
        for left, right, _strength in ties:
            reached[left] = reached[right] = reached[left] | reached[right]
            for other in reached[left]:
                reached[other] = reached[other] | reached[left]
    assert all((founder[a] == founder[b]) == (b in reached[a]) for a in range(PEOPLE) for b in range(PEOPLE))


@given(TIES)
def test_nobody_is_surer_than_the_best_of_the_ties_that_hold_them(ties: list[tuple[int, int, float]]):
    founder, reach = grouped(ties)
    for n in range(PEOPLE):
        own = [strength for left, right, strength in ties if n in (left, right)]
        assert reach[n] == 1.0 if not own else reach[n] <= max(own)
        assert founder[founder[n]] == founder[n]


@given(TIES, st.permutations(range(12)))
def test_the_order_of_ties_does_not_matter(ties: list[tuple[int, int, float]], order: list[int]):
    assert grouped([ties[k] for k in order if k < len(ties)]) == grouped(ties)


def test_a_chain_is_no_surer_than_its_weakest_tie():
    founder, reach = grouped([(0, 1, 0.99), (1, 2, 0.81), (0, 3, 0.96)])
    assert len({founder[n] for n in range(4)}) == 1
    assert reach[2] == 0.81
    assert min(reach[0], reach[1]) >= 0.96


def test_every_rung_gives_a_known_basis_or_none():
    assert {piece.basis for piece in LADDER.values() if piece.basis} <= set(MEMBERSHIP_BASES)


def test_one_address_joins_nobody_in_any_kind_of_dwelling():
    supports = sum(max(piece.private, 0) for piece in LADDER.values() if piece.basis is None)
    assert LADDER["same_dwelling"].private + supports < 2, "0.80 is two bits"
    assert LADDER["same_dwelling"].communal <= LADDER["same_dwelling"].shared <= LADDER["same_dwelling"].private


def test_no_surname_joins_two_people_in_a_hostel_but_every_declaration_does():
    for piece in LADDER.values():
        if piece.basis:
            bits = LADDER["same_dwelling"].communal + piece.communal
            assert (bits >= 2) is piece.is_declared
