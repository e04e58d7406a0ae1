"""Bare day numbers of a workbook: read from the day that the workbook itself counts from."""

from datetime import date

import pytest
import xlsxwriter

from tests.support.deliveries import accepted, deliver, home, put, rows
from tests.support.spreadsheets import ods, xls

SOURCE = "housing_arrears"
BALANCE, BIRTH = date(2026, 11, 19), date(1986, 2, 14)


@pytest.fixture
def settings(tmp_path):
    return home(tmp_path)


def grid(day_zero):
    """Rows with both dates as day numbers."""
    table = rows(SOURCE, 3, **{"BalanceDate": (BALANCE - day_zero).days, "Date of Birth": (BIRTH - day_zero).days})
    return [list(table[0]), *(list(row.values()) for row in table)]


def days(settings):
    return {(row["balance_date"], row["birth_date"]) for row in accepted(settings, deliver(settings, SOURCE))}


@pytest.mark.parametrize(("is_macs", "day_zero"), [(True, date(1904, 1, 1)), (False, date(1899, 12, 30))])
def test_day_numbers_of_a_workbook_count_from_the_day_it_says(settings, is_macs, day_zero):
    path = settings.landing_dir / SOURCE / "rent_arrears_2026-11-20.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": is_macs}) as book:
        sheet = book.add_worksheet("Report")
        for number, row in enumerate(grid(day_zero)):
            sheet.write_row(number, 0, row)
    assert days(settings) == {(BALANCE, BIRTH)}


def test_cells_that_are_dates_keep_their_day_in_such_a_workbook(settings):
    path = settings.landing_dir / SOURCE / "rent_arrears_2026-11-20.xlsx"
    with xlsxwriter.Workbook(str(path), {"date_1904": True, "default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Report")
        table = rows(SOURCE, 3, **{"BalanceDate": BALANCE, "Date of Birth": BIRTH})
        for number, row in enumerate([list(table[0]), *(list(row.values()) for row in table)]):
            sheet.write_row(number, 0, row)
    assert days(settings) == {(BALANCE, BIRTH)}


@pytest.mark.parametrize(("is_macs", "day_zero"), [(True, date(1904, 1, 1)), (False, date(1899, 12, 30))])
def test_those_of_an_old_workbook_do_too(settings, is_macs, day_zero):
    put(settings, SOURCE, xls(grid(day_zero), counts_from_1904=is_macs), "rent_arrears_2026-11-20.xls")
    assert days(settings) == {(BALANCE, BIRTH)}


@pytest.mark.parametrize(("said", "day_zero"), [("1904-01-01", date(1904, 1, 1)), ("1900-01-01", date(1900, 1, 1)), ("", date(1899, 12, 30))])
def test_those_of_an_opendocument_workbook_do_too(settings, said, day_zero):
    put(settings, SOURCE, ods(grid(day_zero), day_zero=said), "rent_arrears_2026-11-20.ods")
    assert days(settings) == {(BALANCE, BIRTH)}
