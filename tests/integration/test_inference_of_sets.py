"""A folder of files nobody has described, which are the files of one set: one block is proposed, and once it is filled in the set goes through ingest."""

import json
import re

import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from pipelines import authority, ingest
from pipelines.cli import app
from tests.support import attendance_sets as sets
from tests.support.borough import a_borough
from tests.support.deliveries import AS_OF, NOW
from tests.support.suppliers import an_authority

DAY = "2026-11-20"
SOURCE = "school_attendance"


def renamed(rows: list[sets.Row], **headers: str) -> list[sets.Row]:
    names = {old.replace("_", " "): new for old, new in headers.items()}
    return [{names.get(name, name): value for name, value in row.items()} for row in rows]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Pupils, marks and exclusions as one system writes them, and notes that are no delivery."""
    home = tmp_path_factory.mktemp("set")
    borough = a_borough(home / "borough", people=1000, seed=7)
    readable = [row for row in borough.delivered(SOURCE) if all(row[name].isdigit() for name in sets.SUMMED_UP[:3])][:150]
    summary = [{name: value for name, value in row.items() if name != "#"} for row in readable]
    path = home / "new supplier"
    path.mkdir()
    pupil = {"Pupil_ID": "Student Ref", "School_URN": "Establishment URN"}
    (path / f"students_{DAY}.csv").write_text(sets.text(renamed(sets.pupils(summary), Legal_Surname="Family Name", DOB="Birth Date", **pupil)), newline="")
    (path / f"roll_call_{DAY}.csv").write_text(sets.text(renamed(sets.marks(summary), Date="Mark Date", Session="AM/PM", Mark="Code", **pupil)), newline="")
    (path / f"sanctions_{DAY}.csv").write_text(sets.text(renamed(sets.exclusions(summary), Start="Start Date", Category="Exclusion Type", **pupil)), newline="")
    (path / "notes.txt").write_text("Sent by the supplier on Friday.\n")
    return path


def test_the_files_of_a_set_are_proposed_as_one_profile_that_reads_them(folder, tmp_path):
    shown = CliRunner().invoke(app, ["authority", "infer", str(folder)])
    assert shown.exit_code == 0, shown.output
    assert "# Left out: notes.txt: none of its first" in shown.stdout
    proposed = YAML().load(shown.stdout)[SOURCE]
    assert set(proposed["parts"]) == {"session_mark", "exclusion"}
    assert proposed["parts"]["session_mark"]["columns"]["mark"] == ["Code"]
    text = shown.stdout.replace("1900-01-01", "2030-01-01").replace("FILL IN", "Riverside")
    settings = an_authority(tmp_path, {}, clock=NOW)
    path = settings.authorities / "calderbrook" / "extracts.yml"
    path.write_text(re.sub(rf"^{SOURCE}:\n(?:[ #].*\n|\n)*", lambda _: text, path.read_text(), flags=re.MULTILINE))
    for file in folder.glob("*.csv"):
        (settings.landing_dir / SOURCE / file.name).write_bytes(file.read_bytes())
    (delivery,) = ingest.ingest(authority.find("calderbrook", settings), SOURCE, AS_OF, settings)
    assert delivery.outcome == "ingested", delivery.message
    assert delivery.accepted_count > 0.9 * delivery.received_count


def test_machines_are_told_of_every_file_of_the_set(folder):
    found = json.loads(CliRunner().invoke(app, ["authority", "infer", str(folder), "--json"]).stdout)
    (block,) = found["blocks"]
    assert (block["source"], block["part"]) == (SOURCE, "pupil")
    assert {part["part"] for part in block["parts"]} == {"session_mark", "exclusion"}
    assert len(found["left"]) == 1


def test_a_further_file_of_a_set_alone_is_proposed_as_a_part(folder):
    shown = CliRunner().invoke(app, ["authority", "infer", str(folder / f"roll_call_{DAY}.csv")]).stdout
    assert "put it under parts of the profile that describes the set's main file" in shown
    assert set(YAML().load(shown)[SOURCE]["parts"]) == {"session_mark"}


def test_a_folder_without_files_is_told(tmp_path):
    result = CliRunner().invoke(app, ["authority", "infer", str(tmp_path)])
    assert result.exit_code != 0
    assert "There is no file in the folder" in str(result.exception)
