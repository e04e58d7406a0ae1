"""Windows: which days a criterion looks at."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.windows import Span, complete_terms, school_year_eve, span
from schemas.criterion import Window

DATES = st.dates(min_value=date(2010, 1, 1), max_value=date(2040, 12, 31))


def test_days_are_counted_back_from_the_date_with_both_ends_included():
    assert span(Window(kind="days", count=365), date(2026, 11, 23)) == Span(date(2025, 11, 23), date(2026, 11, 23))


def test_a_point_in_time_is_the_date_alone():
    assert span(Window(kind="point_in_time"), date(2026, 11, 23)) == Span(date(2026, 11, 23), date(2026, 11, 23))


def test_three_complete_terms_before_advent_are_the_last_school_year():
    assert complete_terms(date(2026, 11, 23), 3) == [
        Span(date(2025, 8, 1), date(2025, 12, 31)),
        Span(date(2026, 1, 1), date(2026, 4, 5)),
        Span(date(2026, 4, 6), date(2026, 7, 31)),
    ]


@pytest.mark.parametrize(("easter", "year"), [(date(2024, 3, 31), 2024), (date(2025, 4, 20), 2025), (date(2026, 4, 5), 2026), (date(2038, 4, 25), 2038)])
def test_spring_is_complete_the_day_after_easter_sunday(easter, year):
    assert complete_terms(easter, 1)[0] == Span(date(year - 1, 8, 1), date(year - 1, 12, 31))
    assert complete_terms(easter + timedelta(days=1), 1)[0] == Span(date(year, 1, 1), easter)


def test_the_current_term_may_be_looked_at_as_well():
    assert span(Window(kind="terms", count=3, include_current=True), date(2026, 11, 23)) == Span(date(2025, 8, 1), date(2026, 11, 23))


@given(DATES, st.integers(min_value=1, max_value=9))
def test_terms_follow_one_another_without_a_gap_and_end_before_the_date(as_of, count):
    terms = complete_terms(as_of, count)
    assert len(terms) == count
    assert terms[-1].last < as_of
    assert (as_of - terms[-1].last).days <= 154
    for earlier, later in pairwise(terms):
        assert later.first - earlier.last == timedelta(days=1)


@given(DATES)
def test_the_school_year_starts_in_september(as_of):
    eve = school_year_eve(as_of)
    assert eve < as_of <= date(eve.year + 1, 8, 31)


@pytest.mark.parametrize(
    ("count", "as_of", "first"),
    [
        (12, date(2026, 11, 23), date(2025, 11, 23)),
        (6, date(2026, 8, 31), date(2026, 2, 28)),
        (12, date(2028, 2, 29), date(2027, 2, 28)),
    ],
)
def test_months_go_back_to_the_same_day_or_the_last_of_a_shorter_month(count, as_of, first):
    assert span(Window(kind="months", count=count), as_of) == Span(first, as_of)
