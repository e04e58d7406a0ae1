"""`families link` on people tables: the results' shape, training and applying, link types, and quality against a known truth."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.errors import BadConfiguration
from tests.support.people_tables import FEW, MODEL, NAMES_ONLY, Row, a_row, found, groups, linked, read_json, rows_of, write_csv
from tests.support.records import population

MADE = population(700, seed=8)
TABLE = rows_of(MADE)


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which a population was linked with training and judged."""
    folder = tmp_path_factory.mktemp("people")
    linked(folder, TABLE, MODEL, truth="person")
    return folder


def test_every_record_is_in_the_clusters_once(done: Path):
    assert sorted(row["record_id"] for row in found(done)) == sorted(row["id"] for row in TABLE)
    assert set(found(done)[0]) == {"record_id", "source", "person_id", "strict_person_id"}


def test_strict_people_lie_within_people(done: Path):
    persons = {}
    for row in found(done):
        assert persons.setdefault(row["strict_person_id"], row["person_id"]) == row["person_id"]


def test_pairs_hold_levels_weights_and_probabilities_that_add_up(done: Path):
    pairs = found(done, "pairs")
    fields = [name.removeprefix("level_") for name in pairs[0] if name.startswith("level_")]
    assert {"forename", "surname", "birth_date", "address", "nino"} <= set(fields)
    for pair in pairs:
        weights = sum(value for name, value in pair.items() if name.startswith("weight_"))
        assert weights == pytest.approx(pair["match_weight"], abs=0.01)
        assert pair["match_probability"] + pair["household_probability"] + pair["unrelated_probability"] == pytest.approx(1)
        assert all((pair[f"level_{field}"] is None) == (pair[f"weight_{field}"] == 0) or pair[f"level_{field}"] for field in fields)
        assert pair["match_probability"] >= 0.2 or pair["household_probability"] >= 0.5


def test_what_cannot_be_one_person_has_no_probability_of_it(done: Path):
    vetoed = [pair for pair in found(done, "pairs") if pair["is_vetoed"]]
    assert vetoed
    assert {pair["match_probability"] for pair in vetoed} == {0}


def test_a_family_that_moved_is_each_others_company(tmp_path: Path):
    homes = ({"house": "14", "street": "MILL LANE", "pcode": "ZC1 1AA"}, {"house": "3", "street": "HIGH STREET", "pcode": "ZC9 4XY"})
    couple = ({"first": "ANN", "dob": "1980-02-03"}, {"first": "OMAR", "dob": "1979-05-06"})
    rows = [a_row(f"{who['first']}{place}", **who, **home) for place, home in enumerate(homes) for who in couple]
    linked(tmp_path, rows, MODEL.replace("source: agency\n", ""), columns=[*TABLE[0]])
    level = {(pair["record_id_l"], pair["record_id_r"]): pair["level_kin"] for pair in found(tmp_path, "pairs")}
    assert level["ANN0", "ANN1"] == level["OMAR0", "OMAR1"] == "same_birth"
    assert level.get(("ANN0", "OMAR0")) is None


def test_a_record_that_may_be_the_father_or_the_son_is_neither(tmp_path: Path):
    home = {"first": "FRANK", "house": "14", "street": "MILL LANE", "pcode": "ZC1 1AA"}
    rows = [a_row("father", dob="1950-02-03", **home), a_row("son", dob="1985-06-07", **home), a_row("either", **home)]
    linked(tmp_path, rows, MODEL.replace("source: agency\n", ""), columns=[*TABLE[0]])
    pairs = {pair["record_id_l"] + pair["record_id_r"]: pair for pair in found(tmp_path, "pairs")}
    for pair in (pairs["eitherfather"], pairs["eitherson"]):
        assert pair["match_probability"] == pytest.approx(0.5, abs=0.05)
        assert pair["weight_third_record"] < -3
    assert len(groups(tmp_path)) == 3


def test_a_flat_before_the_house_is_the_flat(tmp_path: Path):
    apart = {"flat": "Flat 2", "house": "14", "street": "MILL LANE", "pcode": "ZC1 1AA"}
    rows = [a_row("x", **apart), a_row("y", **apart | {"flat": "", "house": "Apartment 2, 14"})]
    linked(tmp_path, rows, MODEL.replace("source: agency\n", ""), columns=[*TABLE[0]])
    assert {pair["level_address"] for pair in found(tmp_path, "pairs")} <= {"dwelling"}
    assert len(found(tmp_path)) == 2


def test_people_are_found_with_few_mistakes(done: Path):
    quality = read_json(done, "quality")
    assert quality["default"]["precision"] > 0.97
    assert quality["default"]["recall"] > 0.9
    assert quality["best"]["f1"] >= quality["default"]["f1"]
    assert quality["blocking_recall"] > 0.97
    assert quality["clusters"]["b_cubed"]["f1"] > 0.97
    assert quality["calibration"]["expected_calibration_error"] < 0.05


def test_the_run_tells_rules_steps_and_that_a_model_was_trained(done: Path):
    run = read_json(done, "run")
    assert run["record_count"] == len(TABLE)
    assert sum(rule["new_pair_count"] for rule in run["blocking_rules"]) == run["candidate_pair_count"]
    assert {"read", "train", "block", "compare", "score", "cluster", "write"} <= set(run["seconds"])
    assert any("No trained model" in message for message in run["messages"])


def test_the_model_tells_where_it_comes_from(done: Path):
    model = read_json(done, "model")
    assert model["trained_record_count"] > 1000
    assert (model["seed"], len(model["definition_sha256"]), len(model["trained_date"])) == (1, 64, 10)
    assert {"levels", "m", "h", "u", "kind"} == set(model["fields"]["forename"])


def test_a_model_found_beside_the_model_file_is_applied_without_training(done: Path, tmp_path: Path):
    (tmp_path / "model.json").write_text((done / "out" / "model.json").read_text())
    run = linked(tmp_path, TABLE, MODEL)
    assert "train" not in run["seconds"]
    assert run["model"] == "applied model.json"
    assert groups(tmp_path) == groups(done)


def test_a_trained_model_that_does_not_fit_is_refused(done: Path, tmp_path: Path):
    (tmp_path / "model.json").write_text((done / "out" / "model.json").read_text())
    with pytest.raises(BadConfiguration, match=r"model\.json does not fit.*phone.*--train"):
        linked(tmp_path, TABLE, FEW + "  codes: {phone: ni}\n" if False else FEW.replace("postcode: pcode", "postcode: pcode, codes: {phone: ni}"))


def test_rows_in_another_order_give_the_same_people_and_pairs(done: Path, tmp_path: Path):
    linked(tmp_path, TABLE[::-1], MODEL, threads=1)
    assert groups(tmp_path) == groups(done)
    assert found(tmp_path, "pairs") == found(done, "pairs")


def test_records_that_say_the_same_are_one_person_and_all_told(tmp_path: Path):
    twice = [row | {"id": f"{row['id']}:again"} for row in TABLE[:50]]
    run = linked(tmp_path, TABLE + twice, MODEL)
    assert run["unit_count"] < run["record_count"]
    people = {row["record_id"]: row["person_id"] for row in found(tmp_path)}
    assert all(people[row["id"]] == people[f"{row['id']}:again"] for row in TABLE[:50])
    pairs = {(row["record_id_l"], row["record_id_r"]) for row in found(tmp_path, "pairs")}
    assert sum((row["id"], f"{row['id']}:again") in pairs or (f"{row['id']}:again", row["id"]) in pairs for row in TABLE[:50]) == 50


def test_link_only_never_pairs_records_of_one_source(tmp_path: Path):
    linked(tmp_path, TABLE, MODEL.replace("columns:", "link_type: link_only\ncolumns:"))
    assert all(pair["source_l"] != pair["source_r"] for pair in found(tmp_path, "pairs"))
    assert len(found(tmp_path, "pairs")) > 100


def test_dedupe_only_never_joins_two_sources(tmp_path: Path):
    twice = [row | {"id": f"{row['id']}:again", "first": f"{row['first']}E"} for row in TABLE[:100]]
    linked(tmp_path, TABLE + twice, MODEL.replace("columns:", "link_type: dedupe_only\ncolumns:"))
    sources: dict[str, set[str]] = {}
    for row in found(tmp_path):
        sources.setdefault(row["person_id"], set()).add(row["source"])
    assert {len(names) for names in sources.values()} == {1}
    assert len(sources) < len(TABLE)


def test_each_file_is_a_source_when_no_column_names_it(tmp_path: Path):
    halves = {name: [row | {"id": str(i)} for i, row in enumerate(TABLE[start::2])] for name, start in (("clinic", 0), ("library", 1))}
    linked(tmp_path, halves, MODEL.replace("source: agency\n", ""))
    assert {row["source"] for row in found(tmp_path)} == {"clinic", "library"}
    assert len(found(tmp_path)) == len(TABLE)


def test_two_files_of_one_name_are_two_sources(tmp_path: Path):
    rows = [a_row("1", dob="1980-02-03", pcode="ZC1 1AA"), a_row("2", first="OMAR", dob="1979-05-06", pcode="ZC1 1AB")]
    for name in ("2023", "2024"):
        (tmp_path / name).mkdir()
    linked(tmp_path, {"2023/pupils": rows, "2024/pupils": rows, "pupils.2022": rows})
    assert {row["source"] for row in found(tmp_path)} == {"2023/pupils.csv", "2024/pupils.csv", "pupils.2022.csv"}
    assert groups_by_source(tmp_path) == {"1": 1, "2": 1}


def groups_by_source(folder: Path) -> dict[str, int]:
    """How many people each record id is."""
    persons: dict[str, set[str]] = {}
    for row in found(folder):
        persons.setdefault(row["record_id"], set()).add(row["person_id"])
    return {record: len(ids) for record, ids in persons.items()}


def test_ids_are_taken_whole_and_never_run_into_the_source(tmp_path: Path):
    long = "A" * 400
    rows = [
        a_row(long + "1", agency="x", first="SITA", dob="1970-01-02"),
        a_row(long + "2", agency="x", first="OMAR", dob="1985-06-07"),
        a_row("c", agency="a|b", first="PIA", dob="1990-10-11"),
        a_row("b|c", agency="a", first="LEO", dob="1960-12-13"),
    ]
    linked(tmp_path, rows, NAMES_ONLY.replace("surname: last", "surname: last, birth_date: dob") + "source: agency\n")
    assert len(groups(tmp_path)) == 4


def test_the_same_files_give_the_same_bytes_on_one_core_and_on_two(done: Path, tmp_path: Path):
    for name, threads in (("one", 1), ("two", 2)):
        (tmp_path / name).mkdir()
        linked(tmp_path / name, TABLE, MODEL, threads=threads, trained_path=done / "out" / "model.json")
    for result in ("pairs.parquet", "clusters.parquet"):
        one, two = ((tmp_path / name / "out" / result).read_bytes() for name in ("one", "two"))
        assert one == two


def test_many_sources_that_each_hold_a_part_are_linked_with_few_mistakes(tmp_path: Path):
    """Twelve sources, of which any one holds few of the people, and a role that only half of them tell."""
    rows = [
        row | {"agency": f"{row['agency']}-{place % 3}", "role": "child" if place % 2 and row["dob"] and row["dob"].year > 2007 else None}
        for place, row in enumerate(TABLE)
    ]
    linked(tmp_path, rows, MODEL.replace("source: agency", "source: agency\nrole: role"), truth="person", train=True)
    assert len({row["source"] for row in found(tmp_path)}) == 12
    quality = read_json(tmp_path, "quality")["default"]
    assert quality["precision"] >= 0.99
    assert quality["recall"] >= 0.9


def varied(change) -> list[Row]:
    """The table with each row changed."""
    return [change(dict(row)) for row in TABLE]


VARIATIONS = {
    "full name in one column": (
        lambda row: row | {"name": f"{row['last']}, {row['first']}"},
        "record_id: id\nsource: agency\ncolumns: {full_name: name, birth_date: dob, sex: gender, address: [house, street], postcode: pcode}\n",
        0.85,
    ),
    "no address": (lambda row: row, "record_id: id\ncolumns: {forename: first, surname: last, birth_date: dob, sex: gender}\n", 0.8),
    "only the year of birth": (
        lambda row: row | {"year": str(row["dob"])[:4] if row["dob"] else ""},
        "record_id: id\ncolumns: {forename: first, surname: last, birth_year: year, paon: house, street: street, postcode: pcode}\n",
        0.8,
    ),
    "dates as the British write them": (
        lambda row: row | {"dob": row["dob"].strftime("%d/%m/%Y") if row["dob"] else ""},
        "record_id: id\ncolumns: {forename: first, surname: last, birth_date: dob, paon: house, street: street, postcode: pcode}\n",
        0.85,
    ),
    "dates as the Americans write them": (
        lambda row: row | {"dob": row["dob"].strftime("%m/%d/%Y") if row["dob"] else ""},
        "record_id: id\ncolumns: {forename: first, surname: last, birth_date: dob, paon: house, street: street, postcode: pcode}\n",
        0.85,
    ),
    "another country's postcodes": (
        lambda row: row | {"pcode": str(10000 + sum(map(ord, row["pcode"])) % 5000), "town": row["pcode"][:3]},
        "record_id: id\ncolumns: {forename: first, surname: last, birth_date: dob, sex: gender, paon: house, street: street, postcode: pcode, city: town}\n",
        0.85,
    ),
}


@pytest.mark.parametrize("name", VARIATIONS)
def test_defaults_hold_for_a_table_with(name: str, tmp_path: Path):
    change, model, least = VARIATIONS[name]
    linked(tmp_path, varied(change), model, truth="person")
    quality = read_json(tmp_path, "quality")
    assert quality["best"]["f1"] > least
    assert quality["default"]["precision"] > 0.9


def test_the_command_line_runs_without_naming_run_and_prints_json(tmp_path: Path):
    write_csv(tmp_path / "a.csv", TABLE)
    (tmp_path / "m.yml").write_text(MODEL)
    result = CliRunner().invoke(app, ["link", str(tmp_path / "a.csv"), "--model", str(tmp_path / "m.yml"), "--out", str(tmp_path / "o"), "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["record_count"] == len(TABLE)
    assert (tmp_path / "o" / "clusters.parquet").stat().st_mode & 0o077 == 0


def test_train_is_still_a_command_of_its_own():
    assert "standardised records" in CliRunner().invoke(app, ["link", "train", "--help"]).output
