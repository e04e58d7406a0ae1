import pytest

from pipelines.cli import tables

FAMILY = {"household_id": "H0123456789abcdef", "status": "verified", "district": "Calder North", "criteria_met": "crime_asb.asb, " * 5, "decision": None}
SHED = ["criteria_met", "decision", "district", "status"]


@pytest.fixture
def terminal(monkeypatch):
    def of(columns):
        monkeypatch.setenv("COLUMNS", str(columns))

    return of


@pytest.mark.parametrize(
    ("columns", "left_out"),
    [(120, []), (70, ["criteria met"]), (50, ["criteria met"]), (38, ["district", "criteria met"])],
)
def test_a_narrow_terminal_goes_without_the_columns_that_matter_least_and_is_told_so(terminal, capsys, columns, left_out):
    terminal(columns)
    tables.show([FAMILY], shed=SHED)
    shown = capsys.readouterr()
    assert max(map(len, shown.out.splitlines())) <= columns
    assert FAMILY["household_id"] in shown.out
    assert shown.err == (f"Left out for want of room: {', '.join(left_out)}. --wide shows all, --json too.\n" if left_out else "")


def test_wide_shows_every_column_on_one_line_a_row(terminal, capsys):
    terminal(40)
    tables.show([FAMILY], shed=SHED, wide=True)
    shown = capsys.readouterr()
    assert any(all(str(value).strip() in line for value in FAMILY.values() if value) for line in shown.out.splitlines())
    assert shown.err == ""


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        *((0.9997, "0.9997"), (0.99996, "0.99996"), (1.0, "1"), (0.0, "0"), (0.00004, "0.00004"), (0.12345, "0.123"), (23.4375, "23.438"), (100.0, "100")),
        *((True, "yes"), (None, ""), (7, "7"), ("a\x1b[2Jb", r"a\x1b[2Jb")),
    ],
)
def test_a_figure_never_reads_as_certain_when_it_is_not(value, shown):
    assert tables.cell(value) == shown


RUN = {
    "run_id": "2026-11-23-d4599fb3d1a6",
    "status_before": "review",
    "reason": "Joined, since the links behind it are sure enough now. " * 3,
    "family_count": 2606,
}


@pytest.mark.parametrize("columns", [160, 80, 40, 24])
def test_an_id_is_never_cut_and_a_count_has_commas_however_narrow_the_terminal_is(terminal, capsys, columns):
    terminal(columns)
    tables.show([RUN])
    shown = capsys.readouterr().out
    assert RUN["run_id"] in shown and "2,606" in shown


def test_a_long_text_stands_below_its_row_where_the_table_has_no_room_for_it(terminal, capsys):
    terminal(60)
    tables.show([RUN])
    shown = capsys.readouterr().out
    assert f"{RUN['run_id']}: Joined, since" in shown
    assert max(map(len, shown.splitlines())) <= 60
    assert " ".join(RUN["reason"].split()) in " ".join(shown.split())


def test_columns_without_a_value_go_first_and_are_not_said_to_be_missing(terminal, capsys):
    terminal(60)
    tables.show([{"household_id": "H0123456789abcdef", "decided_by": None, "decided_at": None, "restored_by": None, "district": "Calder North"}])
    shown = capsys.readouterr()
    assert "Calder North" in shown.out and "decided" not in shown.out and shown.err == ""
