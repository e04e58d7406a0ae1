"""A pattern proposed for a file reads the day in that file's very name, and no other day."""

from datetime import date

import pytest

from pipelines.inference.block import file_pattern
from pipelines.reading.find import day_in_name

DAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    "name",
    [
        "CivicHomes_tenants_27112026.csv",
        "tenants_2026-11-27.csv",
        "tenants_20261127.xlsx",
        "tenants 27-11-2026 final.csv",
        "27.11.2026_tenants.csv",
        "tenants_27_11_2026.csv.gz",
        "tenants 2026.11.27.ods",
        "tenants_27-Nov-2026.csv",
        "tenants_27 November 2026.csv",
        "tenants_27Nov2026.csv",
        "99999999_tenants_27112026.csv",
    ],
)
def test_the_proposed_pattern_reads_the_very_file(name):
    pattern = file_pattern(name)
    assert day_in_name(name, pattern) == DAY
    assert day_in_name(name.replace("27", "42"), pattern) is None


@pytest.mark.parametrize("name", ["tenants.csv", "tenants_99999999.csv", "tenants_31-02-2026.csv"])
def test_where_the_name_tells_no_day_one_is_asked_for(name):
    assert file_pattern(name).endswith(r"_(?P<date>\d{8})\.csv")


@pytest.mark.parametrize(("digits", "day"), [("20101112", date(2010, 11, 12)), ("20112012", date(2012, 11, 20))])
def test_digits_that_may_be_either_are_a_year_first(digits, day):
    assert day_in_name(f"t_{digits}.csv", file_pattern(f"t_{digits}.csv")) == day
