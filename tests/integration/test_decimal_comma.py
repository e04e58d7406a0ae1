"""A supplier with a decimal comma: texts are read by it, and what the file itself keeps as a number is a number already."""

from datetime import date
from decimal import Decimal

import pytest
from ruamel.yaml import YAML

from pipelines import authority
from tests.support.deliveries import NOW, accepted, csv_text, deliver, put, put_parquet, put_workbook, rows
from tests.support.spreadsheets import ods, xls
from tests.support.suppliers import an_authority

SOURCE = "housing_arrears"
AMOUNTS = ("weekly_rent_gbp", "arrears_gbp", "technical_arrears_gbp")


@pytest.fixture
def settings(tmp_path):
    shipped = YAML(typ="safe").load((authority.LAYOUTS.parent / "authorities/calderbrook/extracts.yml").read_text())[SOURCE]
    return an_authority(tmp_path, {SOURCE: shipped | {"decimal_mark": ","}}, clock=NOW)


def table(**changes):
    return rows(SOURCE, 3, **{"Weekly Rent": 110.5, "CurrentBalance": -12.345, "BenefitDue": 442.0} | changes)


def grid(of):
    return [list(of[0]), *(list(row.values()) for row in of)]


def read(settings):
    return {tuple(row[column] for column in AMOUNTS) for row in accepted(settings, deliver(settings, SOURCE))}


READ = {(Decimal("110.50"), Decimal("12.35"), Decimal("442.00"))}


def test_numbers_of_a_workbook_are_the_numbers_they_are(settings):
    put_workbook(settings, SOURCE, grid(table()), "rent_arrears_2026-11-20.xlsx")
    assert read(settings) == READ


@pytest.mark.parametrize(("ending", "written"), [("xls", xls), ("ods", ods)])
def test_so_are_those_of_the_other_kinds_of_workbook(settings, ending, written):
    put(settings, SOURCE, written(grid(table())), f"rent_arrears_2026-11-20.{ending}")
    assert read(settings) == READ


@pytest.mark.parametrize("exact", [False, True])
def test_so_are_those_of_parquet(settings, exact):
    columns = {name: [row[name] for row in table()] for name in table()[0]}
    if exact:
        columns["CurrentBalance"] = [Decimal("-12.345")] * 3
    put_parquet(settings, SOURCE, columns, "rent_arrears_2026-11-20.parquet")
    assert read(settings) == READ


def test_a_number_kept_as_text_in_a_workbook_is_read_by_the_comma(settings):
    put_workbook(settings, SOURCE, grid(table(CurrentBalance="-1.204,75")), "rent_arrears_2026-11-20.xlsx")
    assert read(settings) == {(Decimal("110.50"), Decimal("1204.75"), Decimal("442.00"))}


def test_a_day_number_with_a_time_of_day_is_its_day(settings):
    put_workbook(settings, SOURCE, grid(table(BalanceDate=46345.5)), "rent_arrears_2026-11-20.xlsx")
    assert {row["balance_date"] for row in accepted(settings, deliver(settings, SOURCE))} == {date(2026, 11, 19)}


def test_texts_are_read_by_the_comma_as_before(settings):
    put(settings, SOURCE, csv_text(table(**{"Weekly Rent": "110,50", "CurrentBalance": "-12,35", "BenefitDue": "442"})))
    assert read(settings) == READ
