"""`families link` on hostile and odd input: nothing crashes, memory stays bounded, and the message says what to do without a value."""

from pathlib import Path

import pytest

from matching import tables
from pipelines.errors import BadConfiguration, BadInput
from pipelines.values import identifiers
from tests.support.people_tables import FEW, MODEL, NAMES_ONLY, a_row, found, groups, linked, rows_of
from tests.support.records import population

CROWD = [{key: row[key] for key in ("id", "first", "last", "dob", "pcode")} for row in rows_of(population(150, seed=8))]


def refusal(folder: Path, rows, model: str = FEW, **options) -> str:
    with pytest.raises((BadInput, BadConfiguration)) as error:
        linked(folder, rows, model, **options)
    return str(error.value)


def test_no_records_at_all_give_empty_results(tmp_path: Path):
    run = linked(tmp_path, [], columns=["id", "first", "last", "dob", "pcode"])
    assert run["record_count"] == run["person_count"] == 0
    assert found(tmp_path) == found(tmp_path, "pairs") == []


def test_one_record_is_one_person(tmp_path: Path):
    linked(tmp_path, [a_row("1", dob="1990-01-02", pcode="ZC1 1AA")])
    assert groups(tmp_path) == {frozenset({"1"})}


def test_columns_without_a_value_are_told_and_left_out(tmp_path: Path):
    run = linked(tmp_path, [row | {"dob": "", "pcode": " "} for row in CROWD])
    assert {"No value could be used of the column given as birth_date.", "No value could be used of the column given as postcode."} <= set(run["messages"])


def test_a_table_without_any_value_still_gives_every_record_its_own_person(tmp_path: Path):
    run = linked(tmp_path, [{"id": str(i), "first": "", "last": "", "dob": "", "pcode": ""} for i in range(5)])
    assert run["person_count"] == 5
    assert any("nothing to block by" in message for message in run["messages"])


def test_records_that_are_all_identical_are_one_person_when_they_say_enough(tmp_path: Path):
    linked(tmp_path, [*CROWD, *(a_row(f"same{i}", dob="1990-02-03", pcode="ZC1 1AA") for i in range(300))])
    assert any(len([key for key in group if key.startswith("same")]) == 300 for group in groups(tmp_path))


def test_a_hundred_thousand_records_named_test_are_nobody(tmp_path: Path):
    rows = [{"id": str(i), "first": "test", "last": "test"} for i in range(100_000)]
    run = linked(tmp_path, rows, NAMES_ONLY)
    assert run["person_count"] == 100_000
    assert found(tmp_path, "pairs") == []


def test_a_crowded_block_is_refused_with_a_message(tmp_path: Path):
    rows = [{"id": str(i), "first": "ANN", "last": "FISHER", "middle": f"{chr(65 + i % 26)}{chr(65 + i // 26 % 26)}X"} for i in range(400)]
    model = "record_id: id\ncolumns: {forename: first, surname: last, middle_names: middle}\nblocking: [[forename, surname]]\n"
    run = linked(tmp_path, rows, model)
    assert any("Blocking rule forename_surname left out 400 records" in message and "higher `limit`" in message for message in run["messages"])


ODD = {
    "quotes": "O\"Brien 'the' \"Kid",
    "an emoji": "Zoë 🎉",
    "right-to-left text": "محمد عبد الله",
    "Chinese": "李小龙",
    "ten kilobytes": "X" * 10_240,
    "SQL": "'); drop table people_given; --",
    "a line break": "Ann\nFisher",
    "a unit separator": "Ann\x1fFisher",
    "braces": "{columns} {{x}}",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_text_links_with_itself(name: str, tmp_path: Path):
    rows = [a_row(key, first=ODD[name], last=ODD[name], dob="1990-02-03", pcode="ZC1 1AA") for key in ("x", "y")]
    linked(tmp_path, [*CROWD, rows[0], rows[1] | {"pcode": "ZC1 1AB"}])
    assert len(found(tmp_path)) == len(CROWD) + 2
    if name not in ("SQL", "braces"):
        assert frozenset({"x", "y"}) in groups(tmp_path)


def test_repeated_ids_are_refused_counted_and_told_by_place(tmp_path: Path):
    message = refusal(tmp_path, [a_row("QQ123456C"), a_row("QQ123456C"), a_row("other"), a_row("QQ123456C")], NAMES_ONLY)
    assert message.startswith("2 records repeat the record id of another in the same source (column 'id'); for one, records.csv row 2 and records.csv row 5.")
    assert "QQ123456C" not in message


def test_one_id_in_two_sources_is_two_records(tmp_path: Path):
    linked(tmp_path, {"a": [a_row("1")], "b": [a_row("1")]}, NAMES_ONLY)
    assert len(found(tmp_path)) == 2


def test_missing_ids_are_refused_and_told_by_place(tmp_path: Path):
    assert "1 record has no record id (column 'id'), the first in records.csv row 3" in refusal(tmp_path, [a_row("1"), a_row("")], NAMES_ONLY)


def test_columns_missing_from_a_file_are_named_with_a_guess(tmp_path: Path):
    message = refusal(tmp_path, [{"id": "1", "frist": "ANN", "last": "FISHER"}], NAMES_ONLY.replace("first", "first"))
    assert "records.csv lacks 1 of the columns that the model file names:\n  forename: first (is it 'frist'?)" in message


def test_a_column_in_another_case_is_guessed(tmp_path: Path):
    assert "surname: last (is it 'LAST'?)" in refusal(tmp_path, [{"id": "1", "first": "ANN", "LAST": "FISHER"}], NAMES_ONLY)


def test_a_truth_that_is_not_there_is_refused(tmp_path: Path):
    assert "no column 'person' to judge by" in refusal(tmp_path, CROWD, truth="person")


@pytest.mark.parametrize(
    ("model", "told"),
    [
        (MODEL + "colour: red\n", r"model.yml, line 15: colour: is not a known key"),
        (NAMES_ONLY.replace("surname", "surnam"), r"columns.surnam: is not a known key"),
        ("columns: {forename: first}\n", r"record_id: is missing"),
        ("record_id: id\ncolumns: {sex: gender}\n", r"name at least one of forename"),
        (NAMES_ONLY + "thresholds: {link: 0.1}\n", r"review must not be above link"),
        (NAMES_ONLY + "blocking: [[shoe_size]]\n", r"'shoe_size' is no part to block by; known: .*surname_sound"),
        (NAMES_ONLY + "blocking: [[postcode, surname]]\n", r"the records hold nothing for 'postcode' to block by"),
        (NAMES_ONLY + "link_type: both\n", r"link_type"),
        (NAMES_ONLY + "\tx: [", r"not valid YAML"),
    ],
)
def test_a_mistake_in_the_model_file_is_told(model: str, told: str, tmp_path: Path):
    import re

    assert re.search(told, refusal(tmp_path, CROWD, model))


def test_a_file_that_is_not_there_or_no_table_is_refused(tmp_path: Path):
    from pipelines import people
    from pipelines.settings import Settings

    (tmp_path / "model.yml").write_text(NAMES_ONLY)
    (tmp_path / "broken.parquet").write_bytes(b"PAR1 no")
    (tmp_path / "notes.docx").write_bytes(b"x")
    for name, told in (("gone.csv", "no such file"), ("broken.parquet", "cannot be read"), ("notes.docx", "is .csv")):
        request = people.Request([tmp_path / name], tmp_path / "model.yml", tmp_path / "out")
        with pytest.raises(BadInput, match=told):
            people.link(request, Settings(home=tmp_path / "out"))


def test_a_file_in_latin_1_is_refused_with_the_remedy(tmp_path: Path):
    from pipelines import people
    from pipelines.settings import Settings

    (tmp_path / "model.yml").write_text(NAMES_ONLY)
    (tmp_path / "a.csv").write_bytes("id,first,last\n1,Zoë,Fisher\n".encode("latin-1"))
    with pytest.raises(BadInput, match="UTF-8"):
        people.link(people.Request([tmp_path / "a.csv"], tmp_path / "model.yml", tmp_path / "out"), Settings(home=tmp_path / "out"))


def test_many_people_at_one_address_are_trained_on_in_bounds(tmp_path: Path):
    # All of a few surnames at one address: not one of these is rare, and no sample grows with their square.
    rows = [
        {
            "id": str(i),
            "first": f"ANN{chr(65 + i % 26)}{chr(65 + i // 26 % 26)}",
            "last": ["FISHER", "KHAN", "REID", "WOOD"][i % 4],
            "dob": f"{1950 + i % 60}-0{i % 9 + 1}-1{i % 7}",
            "pcode": "ZC1 2AB",
        }
        for i in range(6000)
    ]
    drawn: dict[str, int] = {}
    made = tables.make

    def counted(con, table, statement=None, parameters=None):
        count = made(con, table, statement, parameters)
        drawn[statement or table] = max(count, drawn.get(statement or table, 0))
        return count

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "make", counted)
        linked(tmp_path, rows, FEW, train=True)
    assert drawn["rare_surname_pair"] == 0


def test_two_valid_upns_and_two_dates_of_birth_are_two_pupils(tmp_path: Path):
    home = {"agency": "school_attendance", "first": "Ray", "last": "Jackson", "gender": "M", "house": "3", "street": "MILL LANE", "pcode": "ZC1 2AB"}
    first, second = (identifiers.upn_check_letter(body) + body for body in ("123456789012", "987650004321"))
    pupils = [{"id": "a", "dob": "2012-12-23", "upn": first, **home}, {"id": "b", "dob": "2012-11-23", "upn": second, **home}]
    linked(tmp_path, [*rows_of(population(600, seed=8)), *pupils], MODEL)
    (pair,) = [pair for pair in found(tmp_path, "pairs") if {pair["record_id_l"], pair["record_id_r"]} == {"a", "b"}]
    assert pair["level_upn"] == "different"
    assert pair["is_vetoed"]
