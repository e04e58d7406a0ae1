"""A changed byte, wherever it is, of the files that say what a run was: the file is named with what to do, and what is whole goes on working."""

import contextlib
import json
from datetime import date

import pytest
from typer.testing import CliRunner

from pipelines import cli, decision_store, decisions, provenance, seals
from pipelines.decision_store import Draft
from pipelines.errors import BadInput, FamiliesError, NotAllowed
from pipelines.provenance import Manifest, UsedExtract
from pipelines.settings import Settings

DAY = date(2026, 11, 23)


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path / "home", key="0" * 64)


def a_run(settings, day=DAY):
    extracts = (UsedExtract("police_asb", "2026-11-20-abc", date(2026, 11, 20), is_stale=False), UsedExtract("dwp_benefit", None, None, is_stale=False))
    store = decision_store.sha256(settings, decision_store.last_id(settings))
    manifest = Manifest(day, "calderbrook", "tf-2015", extracts, None, decision_store.last_id(settings), store, "c" * 64, "d" * 64, "e" * 64)
    settings.runs_dir.mkdir(parents=True, exist_ok=True)
    return provenance.start(manifest, settings)


def damages(content, step):
    """The content with one bit of one byte changed, at every so many positions, the last one included."""
    for place in sorted({*range(0, len(content), step), len(content) - 1}):
        for bit in (0x01, 0x80):
            yield content[:place] + bytes([content[place] ^ bit]) + content[place + 1 :]


def test_a_changed_byte_anywhere_in_a_manifest_names_the_manifest(settings):
    run = a_run(settings)
    path = settings.runs_dir / f"{run.run_id}.json"
    whole = path.read_bytes()
    for damaged in damages(whole, 3):
        path.write_bytes(damaged)
        with pytest.raises(BadInput, match=rf"runs/{run.run_id}\.json has changed .* Put it back from a backup"):
            provenance.load(run.run_id, settings)
    path.write_bytes(whole)
    assert provenance.load(run.run_id, settings).manifest == run.manifest


@pytest.mark.parametrize(
    ("field", "value"),
    [("framework_id", ["x"]), ("authority", {"a": 1}), ("previous_run_id", []), ("decisions_through", [1]), ("decisions_through", 0.0), ("is_stale", {})],
)
def test_a_value_of_another_kind_in_a_manifest_names_the_manifest(settings, field, value):
    run = a_run(settings)
    path = settings.runs_dir / f"{run.run_id}.json"
    tree = json.loads(path.read_bytes())
    (tree["extracts"][0] if field in tree["extracts"][0] else tree)[field] = value
    path.write_text(json.dumps(tree, indent=1), encoding="utf-8")
    with pytest.raises(BadInput, match=rf"runs/{run.run_id}\.json has changed .* Put it back from a backup"):
        provenance.load(run.run_id, settings)
    assert list(provenance.whole_and_damaged(settings)[1]) == [run.run_id]


def test_a_damaged_manifest_is_named_and_the_other_runs_are_listed_and_asked(settings):
    kept, lost = a_run(settings), a_run(settings, date(2026, 11, 16))
    (settings.runs_dir / f"{lost.run_id}.json").write_bytes(b"{")
    env = {"FAMILIES_HOME": str(settings.home), "FAMILIES_KEY": "0" * 64, "COLUMNS": "200"}
    for command in (["runs"], ["decisions", "verify"]):
        told = CliRunner().invoke(cli.app, command, env=env)
        assert isinstance(told.exception, BadInput)
        assert f"runs/{lost.run_id}.json has changed" in str(told.exception)
        assert kept.run_id in told.output if command == ["runs"] else "as 1 runs knew them" in told.output


def test_a_changed_byte_anywhere_in_the_seals_names_the_seals_and_no_file_that_is_whole(settings):
    run = a_run(settings)
    path = settings.runs_dir / f"{run.run_id}.seals"
    sealed = settings.home / "extracts" / "police_asb" / "2026-11-20-abc.duckdb"
    sealed.parent.mkdir(parents=True)
    sealed.write_bytes(b"as it was read")
    seals._write(run, {"extracts/police_asb/2026-11-20-abc.duckdb": seals._sha256(sealed)})
    whole = path.read_bytes()
    assert seals.broken_inputs(run) == []
    for damaged in damages(whole, 3):
        path.write_bytes(damaged)
        assert [broken.path for broken in seals.broken_inputs(run)] == [f"runs/{run.run_id}.seals"]
        assert seals.broken_publication(run).path == f"runs/{run.run_id}.seals"


def test_seals_of_an_earlier_version_have_no_hash_of_their_own_and_are_read(settings):
    run = a_run(settings)
    (settings.runs_dir / f"{run.run_id}.seals").write_text('{\n "extracts/police_asb/2026-11-20-abc.duckdb": "00"\n}', encoding="utf-8")
    assert [broken.path for broken in seals.broken_inputs(run)] == ["extracts/police_asb/2026-11-20-abc.duckdb"]


def test_a_changed_byte_of_the_decision_store_is_never_a_bug_and_never_another_decision(settings):
    drafts = [Draft("household", f"H{n:07}", "", "reject", f"Told by the test, number {n}.", "coordinator") for n in range(40)]
    decision_store.append(drafts, "2026-11-23T12:00:00", "", settings)
    a_run(settings)  # which knew forty: a store cut off at its end hangs together by itself
    path = settings.home / "decisions.sqlite"
    whole, before = path.read_bytes(), decision_store.entries(settings, 40)
    named = 0
    for damaged in damages(whole, 67):
        path.write_bytes(damaged)
        for left in path.parent.glob("decisions.sqlite-*"):
            left.unlink()
        try:
            decisions.check(settings)
        except (BadInput, NotAllowed) as error:
            named += 1
            assert "decisions.sqlite" in str(error) or "decision store" in str(error).lower()
            assert any(remedy in str(error) for remedy in ("Put it back", "Put the store back", "Put back the newest"))
            with contextlib.suppress(FamiliesError):  # nor is reading it a bug
                decision_store.entries(settings, 40)
        else:
            assert decision_store.entries(settings, 40) == before, "what is taken for whole says what it said"
    assert named > 50
