"""A file of a few rows is proposed by its headers and by the codes that are known, and the proposal says that rows are few."""

import pytest

from pipelines.inference import block
from pipelines.inference.propose import propose
from pipelines.inference.written import remarks, written

HEADERS = ("Ref", "Person", "Name", "Born", "Sex", "Address", "PC", "Involvement", "Kind", "When", "Outcome")
ROWS = (
    ("INC1001", "N501", "Sam Carter", "12/03/2009", "M", "4 Mill Road", "ZC1 4AB", "Suspect", "ASB", "20/11/2026", "NFA"),
    ("INC1002", "N502", "Jo Green", "01/07/1985", "F", "9 High Street", "ZC1 5CD", "Victim", "Crime", "21/11/2026", ""),
    ("INC1003", "N503", "Max Hill", "23/09/2010", "M", "7 Park Lane", "ZC2 4EF", "Suspect", "Crime", "22/11/2026", "Zzebra"),
)
MEANT = ("occurrence_id", "source_person_id", "full_name", "birth_date", "sex", "address_line_1", "postcode")
MEANT = (*MEANT, "person_role", "record_type", "incident_date", "disposal")


def proposal(folder, times=1, source=None):
    path = folder / "incidents_20261127.csv"
    lines = [",".join(row) for row in (HEADERS, *(ROWS * times))]
    path.write_text("\n".join(lines) + "\n")
    return propose(path, source)


@pytest.mark.parametrize("source", [None, "police_asb"])
def test_the_columns_of_three_rows_are_told_by_headers_and_known_codes(source, tmp_path):
    found = proposal(tmp_path, source=source)
    assert (found.source, found.part) == ("police_asb", None)
    assert {m.header: m.column for m in found.meanings} | {"Outcome": "disposal"} == dict(zip(HEADERS, MEANT, strict=True))
    assert all(found.of(column).is_sure for column in MEANT if column != "disposal")


def test_of_few_rows_the_codes_that_are_known_are_written_and_no_other_value_is(tmp_path):
    found = proposal(tmp_path)
    codes = block.profile(found)["codes"]
    assert codes["sex"] == {"M": "M", "F": "F"}
    assert codes["person_role"] == {"SUSPECT": "suspect", "VICTIM": "victim"}
    text = written(found).upper()
    assert not any(value.upper() in text for value in ("Carter", "Mill Road", "N501", "Zzebra"))


def test_that_rows_are_few_is_said_and_of_many_it_is_not(tmp_path):
    assert any("It holds 3 rows, too few to tell columns by their values" in remark for remark in remarks(proposal(tmp_path)))
    assert not any("too few" in remark for remark in remarks(proposal(tmp_path, times=7)))
