import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.report import disclosure


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ([10, 20, 30], [10, 20, 30]),
        ([0, 20, 30], [0, 20, 30]),
        ([3, 20, 30], [None, None, 30]),
        ([3, 2, 30], [None, None, 30]),
        ([3, 0, 0], [None, 0, 0]),
        ([4, 5, 5], [None, None, 5]),
        ([], []),
    ],
)
def test_small_counts_are_held_back_and_one_alone_takes_the_next_smallest_with_it(counts, told):
    assert disclosure.suppressed(counts) == told


@given(st.lists(st.integers(0, 40)))
def test_no_small_count_is_ever_told_and_none_can_be_reckoned_from_the_total(counts):
    told = disclosure.suppressed(counts)
    assert not any(count is not None and 0 < count < disclosure.SMALL for count in told)
    held = [count for count, shown in zip(counts, told, strict=True) if shown is None]
    assert len(held) != 1 or sum(count > 0 for count in counts) == 1
