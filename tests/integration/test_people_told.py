"""What `families link` tells of its files, its trained model and its rules: where a mistake is, and what a run rests on."""

import gzip
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines import people
from pipelines.cli import app
from pipelines.errors import BadConfiguration, BadInput
from pipelines.settings import Settings
from tests.support.people_tables import FEW, NAMES_ONLY, a_row, found, groups, linked, read_json, rows_of, write_csv
from tests.support.records import population

CROWD = [{key: row[key] for key in ("id", "agency", "first", "last", "dob", "pcode", "person")} for row in rows_of(population(150, seed=8))]
LINES = ["id,first,last,home", *(f"{n},ANN{n},FISHER,{n} Mill Lane" for n in range(1000))]
HOME = "record_id: id\ncolumns: {forename: first, surname: last, address: home}\n"


def of_text(folder: Path, name: str, content: bytes, model: str = HOME) -> str:
    (folder / name).write_bytes(content)
    (folder / "model.yml").write_text(model)
    with pytest.raises(BadInput) as error:
        people.link(people.Request([folder / name], folder / "model.yml", folder / "out"), Settings(home=folder / "out"))
    return str(error.value)


@pytest.mark.parametrize(
    ("line", "row", "told"),
    [
        (500, "498,ANN,FISHER,4, Mill Lane", "the row of line 500 has 5 cells, the header 4. A value with a comma"),
        (700, "698", "the row of line 700 has 1 cell, the header 4. A value with a comma"),
        (900, '898,"ANN,FISHER,4 Mill Lane', "the row of line 900 has 2 cells, the header 4."),
    ],
)
def test_the_row_that_has_another_number_of_cells_than_the_header_is_told_by_its_line(line: int, row: str, told: str, tmp_path: Path):
    quoted = '0,"ANN, BETH",FISHER,"0, Mill Lane"'
    text = "\n".join([LINES[0], quoted, *LINES[2 : line - 1], row, *LINES[line:]]).encode()
    assert told in of_text(tmp_path, "a.csv", text)
    assert told in of_text(tmp_path, "a.csv.gz", gzip.compress(text))


def test_a_column_of_the_address_that_the_file_lacks_is_told_as_the_model_file_calls_it(tmp_path: Path):
    told = of_text(tmp_path, "a.csv", "\n".join(LINES).replace("home", "adress").encode())
    assert "lacks 1 of the columns that the model file names:\n  address: home" in told


def test_a_header_that_has_a_named_column_twice_is_refused_and_one_that_nobody_names_is_not(tmp_path: Path):
    assert "the header has the column 'first' 2 times" in of_text(tmp_path, "a.csv", b"id,first,last,First\n1,ANN,FISHER,BETH\n", NAMES_ONLY)
    (tmp_path / "a.csv").write_bytes(b"id,first,last,note,note\n1,ANN,FISHER,a,b\n")
    run = people.link(people.Request([tmp_path / "a.csv"], tmp_path / "model.yml", tmp_path / "out"), Settings(home=tmp_path / "out"))
    assert run["record_count"] == 1


def test_a_folder_without_an_ending_is_told_as_a_folder(tmp_path: Path):
    (tmp_path / "records").mkdir()
    (tmp_path / "model.yml").write_text(NAMES_ONLY)
    with pytest.raises(BadInput, match="is a folder"):
        people.link(people.Request([tmp_path / "records"], tmp_path / "model.yml", tmp_path / "out"), Settings(home=tmp_path / "out"))


@pytest.mark.parametrize("option", ["truth", "household_truth"])
def test_a_truth_that_is_empty_everywhere_is_refused_and_named(option: str, tmp_path: Path):
    with pytest.raises(BadInput, match="'person' is empty in every file"):
        linked(tmp_path, {"a": [row | {"person": ""} for row in CROWD[:9]], "b": [row | {"person": " "} for row in CROWD[:9]]}, **{option: "person"})


def test_columns_in_which_nothing_can_be_used_are_told_addresses_and_whole_names_too(tmp_path: Path):
    rows = [{"id": str(n), "whole": "?", "ni": f"AB{n:06d}C", "home": "" if n else " ", "second": "", "third": "Elland"} for n in range(3)]
    model = "record_id: id\ncolumns: {{full_name: whole, numbers: {{nino: ni}}, address: {address}}}\n"
    told = linked(tmp_path, rows, model.format(address="home"))["messages"]
    assert "No value could be used of the column given as full_name." in told
    assert "No value could be used of the column given as address." in told
    told = linked(tmp_path, rows, model.format(address="[third, second]"))["messages"]
    assert "No value could be used of the column given as address ('second')." in told
    assert "No value could be used of the column given as address." not in told


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained")
    linked(folder, CROWD, train=True)
    return folder / "out" / "model.json"


def test_a_trained_model_of_this_definition_is_applied_without_a_word(trained: Path, tmp_path: Path):
    run = linked(tmp_path, CROWD, trained_path=trained)
    assert run["model"] == "applied model.json"
    assert not any("another definition" in message for message in run["messages"])


def test_a_trained_model_of_another_definition_is_applied_with_what_differs_where_it_can_be_told(trained: Path, tmp_path: Path):
    for model, told in (
        (FEW.replace(", postcode: pcode", ""), "it knows address besides"),
        (FEW + "blocking: [[surname, birth_year]]\n", "fields and levels are the same, but not the blocking rules"),
    ):
        messages = linked(tmp_path, CROWD, model, trained_path=trained)["messages"]
        assert any(message.startswith("model.json was trained under another definition") and told in message for message in messages)


def test_a_trained_model_that_knows_a_field_as_another_kind_is_refused(trained: Path, tmp_path: Path):
    tree = json.loads(trained.read_text())
    tree["fields"]["surname"]["kind"] = "text"
    (tmp_path / "other.json").write_text(json.dumps(tree))
    with pytest.raises(BadConfiguration, match="knows surname as a text, and it is compared as a surname"):
        linked(tmp_path, CROWD, trained_path=tmp_path / "other.json")


def test_a_run_says_where_its_model_lies_and_how_the_next_run_finds_it(tmp_path: Path):
    messages = linked(tmp_path, CROWD[:1])["messages"]
    assert any(f"written to {tmp_path / 'out'}/model.json. To judge the next records" in message and "--model-json" in message for message in messages)
    assert "1 different record is too few to learn from; the starting values are used as they are." in messages


def test_run_json_tells_what_each_rule_is_so_that_it_can_be_written_in_a_model_file(tmp_path: Path):
    linked(tmp_path, CROWD[:30], FEW.replace("postcode: pcode", "postcode: pcode, codes: {agency: agency}"))
    rules = {rule["rule"]: rule for rule in read_json(tmp_path, "run")["blocking_rules"]}
    assert rules["forename_birth_date"]["parts"] == ["forename_alike", "birth_date"]
    assert rules["forename_birth_date"]["split_by"] == ["surname", "area"]
    assert rules["birth_date_area"]["size_limit"] == 30
    assert rules["agency"]["parts"] == ["agency"]
    assert {"whole_limit", "undated_limit", "pairs_per_record", "most_records"} <= rules["birth_date"].keys()


def test_people_are_judged_over_the_pairs_that_the_link_type_lets_meet(tmp_path: Path):
    perfect = {"link_only": [("a", "1"), ("b", "1")], "dedupe_only": [("a", "1"), ("a", "2")]}
    rows = [a_row("1", dob="1980-04-05", pcode="ZC1 1AA"), a_row("2", first="ANNE", dob="1980-04-05", pcode="ZC1 1AA")]
    for link_type in perfect:
        tables = {name: [row | {"person": "p", "id": row["id"] + name} for row in rows] for name in ("a", "b")}
        linked(tmp_path, tables, FEW + f"link_type: {link_type}\n", truth="person")
        quality = read_json(tmp_path, "quality")
        assert quality["clusters"]["pairs"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
        assert quality["clusters"]["b_cubed"]["recall"] == 1.0
        assert quality["default"]["recall"] == 1.0


def test_records_without_a_name_or_number_are_for_review_at_most_where_nothing_was_learnt(tmp_path: Path):
    rows = CROWD[:60]
    nameless = [{"id": key, "first": "", "last": "", "dob": "2014-05-06", "pcode": "ZC1 1AA", "sex": "F", "person": key} for key in ("x", "y")]
    model = FEW.replace("}", ", sex: sex}")
    linked(tmp_path, [*rows, *nameless], model, truth="person")
    assert {frozenset("x"), frozenset("y")} <= groups(tmp_path)
    pair = next(pair for pair in found(tmp_path, "pairs") if {pair["record_id_l"], pair["record_id_r"]} == {"x", "y"})
    assert 0.2 <= pair["match_probability"] < 0.9
    told = sum(value for name, value in pair.items() if name.startswith("weight_"))
    assert told == pytest.approx(pair["match_weight"], abs=0.01)


def test_one_record_is_one_person_in_the_words_of_the_command(tmp_path: Path):
    write_csv(tmp_path / "a.csv", [a_row("1")])
    (tmp_path / "m.yml").write_text(NAMES_ONLY)
    result = CliRunner().invoke(app, ["link", str(tmp_path / "a.csv"), "--model", str(tmp_path / "m.yml"), "--out", str(tmp_path / "o")])
    assert "1 record is 1 person, from 0 pairs compared" in result.output
