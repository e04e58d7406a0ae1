"""`families link` where the analyst, or who typed the records, made a mistake: each is told with what to do, and a date that cannot be holds nobody apart."""

import gzip
from pathlib import Path

import duckdb
import pytest

from pipelines import authority, people, people_files
from pipelines.errors import BadConfiguration, BadInput, FamiliesError, WrongUsage
from pipelines.settings import Settings
from schemas.linkage_model import LinkageModel
from tests.support.people_tables import FEW, MODEL, NAMES_ONLY, a_row, found, linked, read_json, rows_of, write_csv
from tests.support.records import population

CROWD = [{key: row[key] for key in ("id", "first", "last", "dob", "pcode", "person")} for row in rows_of(population(150, seed=8))]


def refusal(folder: Path, file: Path, model: str = NAMES_ONLY) -> FamiliesError:
    (folder / "model.yml").write_text(model)
    with pytest.raises((BadInput, BadConfiguration)) as error:
        people.link(people.Request([file], folder / "model.yml", folder / "out"), Settings(home=folder / "out"))
    return error.value


def test_a_model_file_that_is_a_folder_or_not_there_is_told_as_such(tmp_path: Path):
    records = write_csv(tmp_path / "a.csv", [a_row("1")])
    for path in (tmp_path, tmp_path / "gone.yml"):
        with pytest.raises(BadConfiguration, match=r"there is no such model file\. docs/linkage.md"):
            people.link(people.Request([records], path, tmp_path / "out"), Settings(home=tmp_path / "out"))


def test_a_folder_given_as_records_is_told_as_a_folder(tmp_path: Path):
    (tmp_path / "all.csv").mkdir()
    assert "is a folder" in str(refusal(tmp_path, tmp_path / "all.csv"))


def test_a_file_cut_short_or_empty_is_told_as_damaged_and_not_as_a_wrong_model_file(tmp_path: Path):
    whole = gzip.compress("\n".join(["id,first,last", *(f"{i},ANN{i},FISHER{i * 7919}" for i in range(2000))]).encode())
    for name, content in (("cut.csv.gz", whole[: len(whole) // 2]), ("empty.csv", b"")):
        (tmp_path / name).write_bytes(content)
        told = str(refusal(tmp_path, tmp_path / name))
        assert told.startswith(name)
        assert "damaged" in told
        assert "Mend the model file" not in told


def test_a_date_format_that_is_none_is_refused_and_named(tmp_path: Path):
    error = refusal(tmp_path, write_csv(tmp_path / "a.csv", CROWD), FEW + "date_formats: ['%d.%m.%Y', '%Q']\n")
    assert isinstance(error, BadConfiguration)
    assert "date_formats: '%Q' is no strptime format" in str(error)


def test_a_comparison_of_no_field_is_refused_and_named(tmp_path: Path):
    told = str(refusal(tmp_path, write_csv(tmp_path / "a.csv", CROWD), NAMES_ONLY + "comparisons: {fornames: ignore}\n"))
    assert "comparisons: 'fornames' is no field; known: address, age," in told


def test_link_only_with_one_source_is_told(tmp_path: Path):
    run = linked(tmp_path, CROWD, FEW + "link_type: link_only\n")
    assert run["candidate_pair_count"] == 0
    assert any("link_only, but there is one source" in message for message in run["messages"])


def test_a_year_that_cannot_be_is_no_generation_between_two_people(tmp_path: Path):
    rows = [
        a_row("x", dob="1991-04-16", pcode="ZC1 1AA"),
        a_row("wrong", dob="4991-01-16", pcode="ZC1 1AA"),
        a_row("father", dob="1961-09-03", pcode="ZC1 1AA"),
    ]
    linked(tmp_path, [*CROWD, *rows], FEW + "thresholds: {review: 0.0000000001}\n")
    told = {frozenset((pair["record_id_l"], pair["record_id_r"])): pair["is_vetoed"] for pair in found(tmp_path, "pairs")}
    assert told.get(frozenset(("x", "father")), True)
    assert not told[frozenset(("x", "wrong"))]


def test_quality_is_json_also_where_no_pair_reaches_the_threshold(tmp_path: Path):
    linked(tmp_path, [row | {"pcode": "", "dob": ""} for row in CROWD], FEW + "thresholds: {link: 0.999999999, strict: 0.9999999999}\n", truth="person")
    assert "Infinity" not in (tmp_path / "out" / "quality.json").read_text()
    assert read_json(tmp_path, "quality")["default"]["match_weight"] is None


def test_a_table_that_cannot_teach_says_so_and_a_town_that_agrees_speaks_for_the_pair(tmp_path: Path):
    towns = ("Halifax", "Elland", "Ovenden", "Warley")
    rows = [row | {"town": towns[row["person"] % 4]} for row in CROWD]
    run = linked(tmp_path, rows, "record_id: id\ncolumns: {forename: first, surname: last, city: town}\n")
    assert any(message.startswith("No pairs were found to learn from") for message in run["messages"])
    city = read_json(tmp_path, "model")["fields"]["city"]
    assert city["m"][-1] > city["u"][-1]


def test_a_table_that_teaches_says_nothing_of_it(tmp_path: Path):
    run = linked(tmp_path, rows_of(population(300, seed=8)), MODEL)
    assert not any(message.startswith("No pairs were found to learn from") for message in run["messages"])


def test_a_folder_that_cannot_be_made_is_told_as_wrong_usage(tmp_path: Path):
    records = write_csv(tmp_path / "a.csv", [a_row("1")])
    (tmp_path / "model.yml").write_text(NAMES_ONLY)
    with pytest.raises(WrongUsage, match="Name another folder"):
        people.link(people.Request([records], tmp_path / "model.yml", records), Settings(home=tmp_path / "out"))


def test_a_model_file_that_is_empty_a_list_or_a_text_is_told_as_such(tmp_path: Path):
    records = write_csv(tmp_path / "a.csv", CROWD)
    for content, told in (
        ("", "it is empty"),
        ("# nothing\n", "it is empty"),
        ("- record_id: id\n", "it holds a list"),
        ("record_id\n", "it holds a single text"),
    ):
        message = str(refusal(tmp_path, records, content))
        assert f"model.yml: {told}; a file of keys with their values" in message


def test_one_file_named_twice_in_two_spellings_or_by_a_link_is_refused(tmp_path: Path):
    records = write_csv(tmp_path / "a.csv", CROWD)
    (tmp_path / "other").mkdir()
    (tmp_path / "link.csv").symlink_to(records)
    (tmp_path / "hard.csv").hardlink_to(records)
    (tmp_path / "model.yml").write_text(NAMES_ONLY)
    for again in (records, tmp_path / "other" / ".." / "a.csv", tmp_path / "link.csv", tmp_path / "hard.csv"):
        with pytest.raises(BadInput, match="are one and the same file"):
            people.link(people.Request([records, again], tmp_path / "model.yml", tmp_path / "out"), Settings(home=tmp_path / "out"))


def test_a_copy_of_a_file_is_another_source(tmp_path: Path):
    run = linked(tmp_path, {"first": CROWD[:20], "second": CROWD[:20]})
    assert run["source_count"] == 2


@pytest.mark.parametrize("written", ["[first, last]", "{'given': first}", "map([last], [first])", "[{'given': first}]"])
def test_a_column_of_lists_or_structures_is_refused_wherever_the_model_file_names_it(written: str, tmp_path: Path):
    path = tmp_path / "a.parquet"
    with duckdb.connect() as con:
        con.execute(f"copy (select '1' as id, 'ANN' as first, 'FISHER' as last, {written} as nested) to '{path}' (format parquet)")
    for model in (NAMES_ONLY.replace("first", "nested"), NAMES_ONLY + "groups: {origin: nested}\n"):
        assert "a.parquet: column 'nested' holds lists or structures, not single values" in str(refusal(tmp_path, path, model))
    linked_run = people.link(people.Request([path], _model(tmp_path, NAMES_ONLY), tmp_path / "out"), Settings(home=tmp_path / "out"))
    assert linked_run["record_count"] == 1


def test_bytes_of_an_old_parquet_file_are_read_as_the_text_they_are(tmp_path: Path):
    path = tmp_path / "a.parquet"
    with duckdb.connect() as con:
        con.execute(f"copy (select '1' as id, encode('ZOË') as first, encode('FISHER') as last) to '{path}' (format parquet)")
    model = _model(tmp_path, NAMES_ONLY + "groups: {name: first}\n")
    with duckdb.connect() as con:
        people_files.read_column(con, [path], authority.load(model, LinkageModel), "first", "read", "to try")
        assert con.execute("from read select value").fetchall() == [("ZOË",)]


def test_a_mistake_in_the_blocking_or_the_comparisons_is_told_with_its_line(tmp_path: Path):
    records = write_csv(tmp_path / "a.csv", CROWD)
    for further, line in (
        ("blocking:\n- [forename, surname]\n- [forename, nothing]\n", 5),
        ("blocking:\n- parts:\n  - forename\n  - nothing\n", 4),
        ("blocking:\n- - forename\n  - nothing\n", 5),
        ("blocking: [[postcode, surname]]\n", 3),
        ("thresholds: {link: 0.8}\ncomparisons:\n  surname: ignore\n  nothing: ignore\n", 6),
    ):
        assert str(refusal(tmp_path, records, NAMES_ONLY + further)).startswith(f"model.yml, line {line}: ")


def _model(folder: Path, text: str) -> Path:
    (folder / "model.yml").write_text(text)
    return folder / "model.yml"


def test_a_model_file_with_control_characters_is_told_with_its_line(tmp_path: Path):
    told = str(refusal(tmp_path, write_csv(tmp_path / "a.csv", [a_row("1")]), NAMES_ONLY + "# \x01\n"))
    assert told.startswith("model.yml, line 3: it holds a sign that no text has")
