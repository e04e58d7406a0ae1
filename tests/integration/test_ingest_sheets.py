"""Workbooks of several sheets: one of them is read, and rows of the same table on another are never left out in silence."""

import io

import pytest

from tests.support.deliveries import deliver, home, nothing_is_kept, put, put_workbook, refused, rows
from tests.support.spreadsheets import ods

SOURCE, NAME = "school_attendance", "attendance_2026-11-20.xlsx"


@pytest.fixture
def settings(tmp_path):
    return home(tmp_path)


def grid(count):
    table = rows(SOURCE, count)
    return [list(table[0]), *(list(row.values()) for row in table)]


def test_a_workbook_with_rows_of_the_table_on_two_sheets_is_refused_with_both_named(settings):
    put_workbook(settings, SOURCE, grid(40), NAME, {"Autumn": grid(6)})
    refused(deliver(settings, SOURCE), "'Autumn', 'Report'", "sheet in extracts.yml")
    nothing_is_kept(settings, SOURCE)


def test_rows_that_go_on_without_a_header_on_a_second_sheet_are_not_lost(settings):
    put_workbook(settings, SOURCE, grid(6)[1:], NAME, {"Autumn": grid(6)})
    refused(deliver(settings, SOURCE), "'Autumn', 'Report'")


def test_an_opendocument_workbook_with_two_such_sheets_is_refused(settings):
    names = '</table:table><table:table table:name="Two">'
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    more = "".join(f"<table:table-row>{''.join(cell.format(value) for value in row)}</table:table-row>" for row in grid(2))
    put(settings, SOURCE, ods(grid(5), rows_xml=names + more), "attendance_2026-11-20.ods")
    refused(deliver(settings, SOURCE), "'Report', 'Two'")


def test_notes_a_pivot_and_an_empty_copy_of_the_table_are_told_and_left(settings):
    pivot = [["School URN", "Term", "Academic Year", "Pupils"], ["100001", "Summer", "2025/26", 40]]
    put_workbook(settings, SOURCE, grid(4), NAME, {"Notes": [["Sent on", "Friday"]], "Pivot": pivot, "Next term": grid(1)[:1]})
    delivery = deliver(settings, SOURCE)
    assert (delivery.outcome, delivery.accepted_count) == ("ingested", 4), delivery.message
    assert "Of its 4 sheets, 'Report' was read." in delivery.message


def hide(settings, *titles):
    import openpyxl

    path = settings.landing_dir / SOURCE / NAME
    book = openpyxl.load_workbook(path)
    for title in titles:
        book[title].sheet_state = "hidden"
    book.active = len(book.sheetnames) - 1
    content = io.BytesIO()
    book.save(content)
    path.write_bytes(content.getvalue())


def test_a_hidden_first_sheet_does_not_win_over_one_that_can_be_seen(settings):
    put_workbook(settings, SOURCE, grid(3), NAME, {"Last year": grid(9)})
    hide(settings, "Last year")
    delivery = deliver(settings, SOURCE)
    assert (delivery.outcome, delivery.received_count) == ("ingested", 3), delivery.message
    assert "'Report' was read" in delivery.message


def test_the_table_of_a_hidden_sheet_is_read_where_no_other_has_one(settings):
    put_workbook(settings, SOURCE, [["Press the button"]], NAME, {"Export": grid(3)})
    hide(settings, "Export")
    delivery = deliver(settings, SOURCE)
    assert (delivery.outcome, delivery.received_count) == ("ingested", 3), delivery.message
