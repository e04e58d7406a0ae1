"""Files of suppliers nobody has described: their columns are proposed, and once the analyst has filled in the agreement they go through ingest."""

import json
import re

import pytest
from ruamel.yaml import YAML
from typer.testing import CliRunner

from pipelines import authority, ingest
from pipelines.cli import app
from pipelines.inference import block
from pipelines.inference.propose import propose
from pipelines.inference.written import remarks, written
from tests.support.borough import a_borough
from tests.support.deliveries import AS_OF, NOW, accepted, home
from tests.support.suppliers import an_authority
from tests.support.unseen import every_unseen_file

SOURCES = ("housing_arrears", "school_attendance", "police_asb", "dwp_benefit")


@pytest.fixture(scope="module")
def borough(tmp_path_factory):
    return a_borough(tmp_path_factory.mktemp("borough"), people=1000, seed=7)


@pytest.fixture(scope="module")
def unseen(borough, tmp_path_factory):
    folder = tmp_path_factory.mktemp("unseen")
    return {file.source: file for file in every_unseen_file(folder, borough)}


@pytest.fixture(scope="module")
def proposals(unseen):
    return {source: propose(unseen[source].path) for source in SOURCES}


@pytest.mark.parametrize("source", SOURCES)
def test_the_source_is_recognised_and_nine_columns_in_ten_are_proposed_rightly(source, unseen, proposals):
    proposal, truth = proposals[source], unseen[source].truth
    assert proposal.source == source
    sure = {meaning.header: meaning.column if meaning.is_sure else None for meaning in proposal.meanings}
    assert set(sure) == set(truth)
    right = [header for header, column in truth.items() if sure[header] == column]
    assert len(right) >= 0.9 * len(truth), {header: sure[header] for header in truth if header not in right}


@pytest.mark.parametrize("source", SOURCES)
def test_the_usual_profile_does_not_know_the_file(source, unseen, tmp_path):
    settings = home(tmp_path)
    profile = authority.find("calderbrook", settings).profiles.of(source)
    known = {name.casefold() for names in profile.columns.values() for name in names}
    assert len([header for header in unseen[source].truth if header.casefold() in known]) <= 2


def pasted(folder, source, text):
    """Settings of an authority in whose extracts.yml the block stands in place of the source's own."""
    settings = an_authority(folder, {}, clock=NOW)
    path = settings.authorities / "calderbrook" / "extracts.yml"
    path.write_text(re.sub(rf"^{source}:\n(?:[ #].*\n|\n)*", lambda _: text, path.read_text(), flags=re.MULTILINE))
    return settings


@pytest.mark.parametrize("source", SOURCES)
def test_the_file_goes_through_once_the_analyst_has_confirmed_the_block(source, unseen, proposals, borough, tmp_path):
    text = written(proposals[source]).replace("1900-01-01", "2030-01-01").replace("FILL IN", "Riverside")
    settings = pasted(tmp_path, source, text)
    (settings.landing_dir / source / unseen[source].path.name).write_bytes(unseen[source].path.read_bytes())
    (delivery,) = ingest.ingest(authority.find("calderbrook", settings), source, AS_OF, settings)
    rows = accepted(settings, delivery)
    wanted = {r["source_row"] for r in borough.truth("appearance") if r["source"] == source and not (r["is_fatal"] or r["is_duplicate"])}
    assert len(rows) == pytest.approx(len(wanted), rel=0.02)
    filled = {column for column in unseen[source].truth.values() if column and any(row[column] is not None for row in rows)}
    assert len(filled) >= 0.9 * len([column for column in unseen[source].truth.values() if column])


def test_before_it_is_confirmed_every_delivery_is_refused(unseen, proposals, tmp_path):
    settings = pasted(tmp_path, "police_asb", written(proposals["police_asb"]))
    (settings.landing_dir / "police_asb" / unseen["police_asb"].path.name).write_bytes(unseen["police_asb"].path.read_bytes())
    (delivery,) = ingest.ingest(authority.find("calderbrook", settings), "police_asb", AS_OF, settings)
    assert delivery.outcome == "refused"
    assert "FILL IN expired" in delivery.message


def test_a_term_with_its_year_is_split_and_the_year_shown_by_an_example(proposals):
    found = block.profile(proposals["school_attendance"])
    assert found["columns"]["term"] == found["columns"]["academic_year"] == ["Reporting Term"]
    assert re.fullmatch(r"\d{4}/\d{2}", found["academic_year_format"])


def test_balances_above_nought_are_asked_about(proposals):
    assert any("above nought being owed" in remark for remark in remarks(proposals["housing_arrears"]))
    assert "negate" not in block.profile(proposals["housing_arrears"])


@pytest.mark.parametrize("source", SOURCES)
def test_no_name_and_no_number_of_anybody_stands_in_the_proposal(source, proposals, borough):
    text = written(proposals[source]).upper()
    values = {str(person[key]).upper() for person in borough.truth("person") for key in ("surname", "former_surname") if person[key] and len(person[key]) > 4}
    assert not [value for value in values if re.search(rf"\b{re.escape(value)}\b", text)]
    assert not re.search(r"[A-Z]{2}\d{6}[A-D]\b|\b[A-Z]\d{12}\b", text)


def test_the_command_prints_the_block_and_tells_machines_the_same(unseen):
    path = str(unseen["police_asb"].path)
    shown = CliRunner().invoke(app, ["authority", "infer", path])
    assert shown.exit_code == 0, shown.output
    assert YAML().load(shown.stdout)["police_asb"]["columns"]["person_role"] == ["Involvement Type"]
    found = json.loads(CliRunner().invoke(app, ["authority", "infer", path, "--json"]).stdout)
    assert found["source"] == "police_asb"
    assert {column["header"]: column["column"] for column in found["columns"]}["Beat"] is None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"Staff No,Grade,Salary\n1,A,2\n", "names 3 columns that any contract knows"),
        (b"", "names 3 columns"),
        (b"%PDF-1.7", "is a PDF"),
        (b"just a line of text\nand another\n", "names 3 columns"),
    ],
)
def test_a_file_that_is_no_delivery_is_refused_with_what_to_do(tmp_path, content, says):
    path = tmp_path / "report.csv"
    path.write_bytes(content)
    result = CliRunner().invoke(app, ["authority", "infer", str(path)])
    assert result.exit_code != 0
    assert says in str(result.exception)
    assert "report.csv" in str(result.exception)
