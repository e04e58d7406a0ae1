"""Why the people of a household are one household, and the records of each one person."""

import json
from contextlib import nullcontext

import duckdb
import pytest
from typer.testing import CliRunner

from pipelines import belonging, cli, cohort, person_ids, verdicts
from pipelines.errors import WrongUsage
from pipelines.settings import Settings
from tests.support import flow_runs


@pytest.fixture(scope="module")
def home():
    return flow_runs.published()


@pytest.fixture(scope="module")
def family(home):
    """A listed family of some size."""
    return max(cohort.list_families(home, status="all"), key=lambda row: (row["adult_count"] + row["child_count"], row["household_id"]))["household_id"]


def test_every_member_and_every_record_has_its_reason(home, family):
    found = belonging.belonging(family, home)
    members = {row["person_id"] for row in cohort.explain(family, home)["members"]}
    assert {member["person_id"] for member in found["members"]} == members
    for member in found["members"]:
        assert member["sentences"][0].startswith(member["name"])
        assert len(member["sentences"]) > len(member["records"]) >= 1
    assert found["sentences"][0] == f"{len(members)} people are one household."


def test_the_steps_of_a_tie_add_up_to_its_probability(home, family):
    records = [record for member in belonging.belonging(family, home)["members"] for record in member["records"] if record["steps"]]
    assert records
    for record in records:
        weight = sum(float(step["weight"]) for step in record["steps"])
        # Each step is told to a tenth of a bit.
        assert 1 / (1 + 2 ** -(weight + 0.7)) >= record["match_probability"] - 1e-6
        assert 1 / (1 + 2 ** -(weight - 0.7)) <= record["match_probability"] + 1e-6


def test_what_reviewers_decided_is_told_and_no_address_is(home, family, tmp_path):
    settings = home.model_copy(update={"decisions_url": f"sqlite:///{tmp_path / 'decisions.sqlite'}"})
    person = belonging.belonging(family, home)["members"][0]["person_id"]
    verdicts.decide([verdicts.Answer("member", family, person, "belongs", "seen there", "One")], settings)
    found = belonging.belonging(family, settings)
    assert "Decided by reviewers: belongs. It holds until revoked." in found["members"][0]["sentences"]
    assert not any("address" in record for member in found["members"] for record in member["records"])


def test_the_command_tells_it_in_sentences_and_as_json(home, family):
    command = ["cohort", "explain", family, "--why-together", "--home", str(home.home)]
    spoken = CliRunner().invoke(cli.app, command)
    assert "people are one household." in spoken.output
    told = json.loads(CliRunner().invoke(cli.app, [*command, "--json"]).output)
    assert told["why_together"]["members"][0]["records"]


def test_a_persons_id_leads_to_their_household_and_tells_what_became_of_it(home, family):
    person = cohort.explain(family, home)["members"][0]["person_id"]
    told = json.loads(CliRunner().invoke(cli.app, ["cohort", "explain", person, "--home", str(home.home), "--json"]).output)
    assert family in {row["household_id"] for row in told["households"] if row["is_present"]}
    assert told["person_id"] == person
    assert [act["act"] for act in told["what_became_of_the_id"]] == ["created"]
    spoken = CliRunner().invoke(cli.app, ["cohort", "explain", person, "--home", str(home.home)])
    assert (spoken.exit_code, family in spoken.output) == (0, True)
    with pytest.raises(WrongUsage, match="No publication knows a person 'P0'"):
        person_ids.explain("P0", home)


def test_a_merged_person_leads_to_who_stands_now_and_a_retired_one_says_so(tmp_path, monkeypatch):
    with duckdb.connect() as con:
        con.execute("create schema register; create schema cohort; create schema audit; create table audit.run as select 'f' as framework_id")
        con.execute("create table cohort.family as select 'H1' as household_id, 'f' as framework_id, 'verified' as status")
        con.execute("create table register.household as select 'H1' as household_id, 'P2' as person_id, true as is_present, 'r2' as last_seen_run_id")
        con.execute("create table register.lineage (identity_kind varchar, identity_id varchar, act varchar, other_id varchar, reason varchar, run_id varchar)")
        con.execute("insert into register.lineage values ('person', 'P1', 'merged', 'P2', 'why', 'r2'), ('person', 'P3', 'retired', '', 'gone', 'r2')")
        monkeypatch.setattr(person_ids, "current", lambda _: nullcontext(con))
        merged, retired = (person_ids.explain(person, Settings(home=tmp_path)) for person in ("P1", "P3"))
    assert (merged["person_id"], [row["household_id"] for row in merged["households"]]) == ("P2", ["H1"])
    assert merged["what_became_of_the_id"] == [{"person_id": "P1", "act": "merged", "other_id": "P2", "reason": "why", "run_id": "r2"}]
    assert (retired["households"], retired["what_became_of_the_id"][0]["act"]) == ([], "retired")


def test_without_a_list_it_says_so(tmp_path):
    with pytest.raises(WrongUsage, match="Nothing is published"):
        belonging.belonging("H1", Settings(home=tmp_path))
