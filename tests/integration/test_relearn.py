"""`families link train --from-decisions`: a new model beside the one in use, with figures, and never in its place."""

import json

import pytest
from typer.testing import CliRunner

from pipelines import cli, link, provenance, relearn, review, verdicts
from pipelines.errors import BadInput
from pipelines.synthetic.answers import true_answers
from tests.support import flow_runs


@pytest.fixture(scope="module")
def home():
    return flow_runs.published()


@pytest.fixture
def settings(home, tmp_path):
    """The shared home, with a decision store of the test's own."""
    return home.model_copy(update={"decisions_url": f"sqlite:///{tmp_path / 'decisions.sqlite'}"})


def answered(settings):
    """The run, once the truth has answered every open pair, and as many that nobody doubts."""
    run = provenance.load(provenance.newest_run_id(settings), settings)
    asked = review.questions(run.run_id, settings, kind="pair")
    with run.open(read_only=True) as con:
        linked = con.execute("select record_id_l, record_id_r from linked.scored_pair where outcome = 'link' order by all limit 20").fetchall()
    asked += [{"kind": "pair", "record_id_l": left, "record_id_r": right} for left, right in linked]
    verdicts.decide(true_answers(asked, run, settings.home / "truth"), settings)
    return run


def test_few_decisions_teach_nothing(settings):
    run = provenance.load(provenance.newest_run_id(settings), settings)
    with pytest.raises(BadInput, match="0 decisions on pairs that linkage proposes are too few"):
        relearn.relearn(run, "taught")


def test_decisions_make_a_new_model_file_with_figures_and_leave_the_one_in_use(settings, tmp_path, monkeypatch):
    run = answered(settings)
    in_use = link.model_path(run.authority.linkage.model)
    before = in_use.read_bytes()
    monkeypatch.setenv("FAMILIES_DECISIONS_URL", settings.decisions)
    out = tmp_path / "taught.json"
    command = ["link", "train", "--from-decisions", "--home", str(settings.home), "--json", "--out"]
    done = CliRunner().invoke(cli.app, [*command, str(out)])
    assert done.exit_code == 0, done.output
    told = json.loads(done.output)
    assert (told["model"], told["from_model"]) == ("taught", in_use.stem)
    assert told["same_count"] > 0 and told["different_count"] > 0
    assert told["after"]["loss_bits"] <= told["before"]["loss_bits"]
    assert told["held_out"]["label_count"] == told["before"]["label_count"] == told["same_count"] + told["different_count"]
    assert json.loads(out.read_text(encoding="utf-8"))["name"] == "taught"
    refused = CliRunner().invoke(cli.app, [*command, str(in_use)])
    assert "model in use" in str(refused.exception)
    assert in_use.read_bytes() == before
