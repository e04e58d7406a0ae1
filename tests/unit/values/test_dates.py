from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.values.dates import term_dates


@pytest.mark.parametrize(
    ("year", "term", "first", "last"),
    [
        (2025, "autumn", date(2025, 8, 1), date(2025, 12, 31)),
        (2025, "spring", date(2026, 1, 1), date(2026, 4, 5)),
        (2025, "summer", date(2026, 4, 6), date(2026, 7, 31)),
        (2023, "spring", date(2024, 1, 1), date(2024, 3, 31)),
    ],
)
def test_terms_turn_at_new_year_easter_and_july(year, term, first, last):
    assert term_dates(year, term) == (first, last)


@given(st.integers(2000, 2100))
def test_terms_follow_one_another_without_a_gap(year):
    autumn, spring, summer = (term_dates(year, term) for term in ("autumn", "spring", "summer"))
    day = timedelta(days=1)
    assert autumn[1] + day == spring[0]
    assert spring[1] + day == summer[0]
    assert summer[1] + day == term_dates(year + 1, "autumn")[0]
