"""What a run takes over from the run before changes no row, and is left where it lies when it cannot be trusted."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from expectations import checkpoints
from pipelines import carried, cases, flow, provenance, publications, publish, warehouse
from pipelines.errors import BadConfiguration
from pipelines.link import link
from pipelines.provenance import Run
from pipelines.settings import Settings
from pipelines.standardise import standardise
from pipelines.synthetic import events, generation
from pipelines.synthetic.people import Span
from tests.support.extract_rows import a_row, a_run, staged, standardised
from tests.support.link_runs import a_run as a_linked_run
from tests.support.link_runs import publish as publish_registers
from tests.support.link_runs import rows
from tests.support.records import AS_OF, population

FIRST, WEEKS = date(2026, 2, 2), (0, 1, 13, 14, 52)


@pytest.fixture(scope="module", autouse=True)
def _spared() -> Iterator[None]:
    """Gates judge, but Great Expectations is spared."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkpoints, "_validate", lambda name, checks, frame: {check.meta["position"]: True for check in checks})
        patch.setitem(flow.STAGES, "report", lambda run: {})
        yield


def refreshed(home: Path, day: date) -> tuple[str, dict[str, Any]]:
    """Digest of the cohort of that day, what each stage reports, what the gates found and how often worked cases were run."""
    settings, ran = settings_at(home, day), []
    with pytest.MonkeyPatch.context() as patch:
        run_cases = cases.failures
        patch.setattr(cases, "failures", lambda *given: ran.append(1) or run_cases(*given))
        run_id = flow.refresh("calderbrook", None, day, settings, lambda *_: None)
    run = provenance.load(run_id, settings)
    found = rows(run, "select * exclude (run_id) from audit.expectation order by all")
    stages = provenance.finished_stages(run)
    return publish.digest(publications.path_of(run_id, settings), settings), stages | {"expectations": found, "case_runs": len(ran)}


def settings_at(home: Path, day: date) -> Settings:
    return Settings(home=home, clock=datetime.combine(day, time(12), UTC))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the runs of `weeks` are kept."""
    return tmp_path_factory.mktemp("carried") / "kept"


@pytest.fixture(scope="module")
def weeks(home: Path) -> list[tuple[Any, Any]]:
    """A small borough in some weeks of a year: what a home that keeps its runs comes to, and one that loses each before the next."""
    kept, bare = home, home.with_name("bare")
    memory, found = events.Memory(written_anew=0.05, span=Span(FIRST - timedelta(days=1), 400)), []
    for day in (FIRST + timedelta(weeks=number) for number in WEEKS):
        generation.generate(kept, 200, 8, day, memory=memory)
        shutil.copytree(kept / "landing", bare / "landing", dirs_exist_ok=True)
        for run in (bare / "runs").glob("*.duckdb"):
            run.unlink()
        found.append((refreshed(kept, day), refreshed(bare, day)))
    return found


def test_a_cohort_is_the_same_with_what_was_taken_over_and_without(weeks):
    assert [kept for (kept, _), _ in weeks] == [bare for _, (bare, _) in weeks]


def test_few_values_are_standardised_again(weeks):
    count = [(kept["standardise"]["standardised_value"], bare["standardise"]["standardised_value"]) for (_, kept), (_, bare) in weeks]
    assert count[0][0] == count[0][1]
    assert all(kept < bare / 2 for kept, bare in count[1:]), count


def test_every_candidate_pair_is_known_or_compared_and_next_week_few_are_compared(weeks):
    stages = [(kept["link"], bare["link"]) for (_, kept), (_, bare) in weeks]
    for kept, bare in stages:
        assert kept["compared_pair_count"] + kept["known_pair_count"] == kept["candidate_pair_count"]
        assert bare["compared_pair_count"] == bare["candidate_pair_count"] == kept["candidate_pair_count"]
    first, second = stages[0][0], stages[1][0]
    assert first["known_pair_count"] == 0
    assert second["compared_pair_count"] < second["candidate_pair_count"] / 2


def test_gates_find_the_same_and_ask_about_new_figures_only(weeks):
    assert [kept["expectations"] for (_, kept), _ in weeks] == [bare["expectations"] for _, (_, bare) in weeks]
    for stage in ("check_landing", "check_staging", "check_cohort"):
        known = [(kept[stage]["known_judgement_count"], bare[stage]["known_judgement_count"]) for (_, kept), (_, bare) in weeks]
        assert known[0][0] == 0 == sum(of_bare for _, of_bare in known)
        assert all(weeks[0][0][1][stage]["expectation_count"] / 2 < of_kept for of_kept, _ in known[1:]), known


def test_worked_cases_are_run_again_only_where_nobody_knows_that_they_hold(weeks):
    assert [kept["case_runs"] for (_, kept), _ in weeks] == [1, 0, 0, 0, 0]
    assert [bare["case_runs"] for _, (_, bare) in weeks] == [1, 1, 1, 1, 1]


def test_a_finished_run_that_is_asked_for_again_keeps_its_file_to_the_byte(weeks, home):
    day = FIRST + timedelta(weeks=WEEKS[-1])
    settings = settings_at(home, day)
    path = settings.runs_dir / f"{provenance.newest_run_id(settings)}.duckdb"
    before = path.read_bytes()
    assert flow.open_run("calderbrook", None, day, settings) == path.stem
    assert path.read_bytes() == before


def test_a_case_that_was_changed_is_run_and_refused(weeks, home, tmp_path):
    day = FIRST + timedelta(weeks=WEEKS[-1])
    settings = settings_at(home, day).model_copy(update={"authorities": tmp_path})
    folder = shutil.copytree(flow.authorities.find("calderbrook", settings_at(home, day)).folder, tmp_path / "calderbrook")
    flow.open_run("calderbrook", None, day, settings)
    path = folder / "cases.yml"
    text = path.read_text(encoding="utf-8")
    changed = text.replace(": met", ": not_met", 1)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(BadConfiguration, match="expected not_met"):
        flow.open_run("calderbrook", None, day, settings)


def a_family(count: int = 8) -> dict[str, list[Any]]:
    """Rows of one source, each naming a person and a home of its own."""
    return {"dwp_benefit": [a_row("dwp_benefit", forename="Jane", surname=f"Smith{chr(65 + n)}", address_line_1=f"{n + 1} Mill Road") for n in range(count)]}


def _gone(path: Path, settings: Settings) -> None:
    path.unlink()


def _cut_short(path: Path, settings: Settings) -> None:
    path.write_bytes(path.read_bytes()[:10_000])


def _spoilt(path: Path, settings: Settings) -> None:
    whole = bytearray(path.read_bytes())
    for place in range(20_000, len(whole), 1024):
        whole[place] ^= 255
    path.write_bytes(whole)


def _of_another_key(path: Path, settings: Settings) -> None:
    path.unlink()
    with warehouse.database(settings.model_copy(update={"key": "another"}), path, read_only=False) as con:
        con.execute("create schema carried")


def _of_another_version(path: Path, settings: Settings) -> None:
    with warehouse.database(settings, path, read_only=False) as con:
        con.execute("update carried.mark set version_sha256 = 'another'")
        _wrong(con)


def _broken_off(path: Path, settings: Settings) -> None:
    with warehouse.database(settings, path, read_only=False) as con:
        con.execute("delete from carried.mark")
        _wrong(con)


def _wrong(con: warehouse.Connection) -> None:
    """Answers that would show if they were taken over."""
    for table, change in (("standard_name", "forename = 'NOBODY'"), ("compared_pair", "pattern = 0")):
        if con.execute("from duckdb_tables() where schema_name = 'carried' and table_name = ?", [table]).fetchall():
            con.execute(f"update carried.{table} set {change}")  # noqa: S608


HARMS = pytest.mark.parametrize("harm", [_gone, _cut_short, _spoilt, _of_another_key, _of_another_version, _broken_off])


@HARMS
def test_what_cannot_be_trusted_is_worked_out_again(harm: Callable[[Path, Settings], None], tmp_path: Path):
    first = standardised(tmp_path, a_family())
    again = a_run(tmp_path, a_family(), previous_run_id=first.run_id)
    assert standardise(again)["standardised_value"] == 0
    query = "from staging.person_record order by record_id"
    expected = staged(again, query)
    harm(first.path, first.settings)
    assert standardise(again)["standardised_value"] > 0
    assert staged(again, query) == expected


CROWD = population(60, seed=8).records


def linked(run: Run) -> list[tuple[object, ...]]:
    """What the stage says of pairs and people."""
    return rows(run, "from linked.scored_pair order by all") + rows(run, "select record_id, person_id from linked.person_record order by all")


def pairs_of(run: Run, record_id: str) -> int:
    """Candidate pairs with that record, of those the run leaves to the next."""
    number = 1 + sorted(record["record_id"] for record in CROWD).index(record_id)
    return len(rows(run, "from carried.compared_pair where $number in (n_l, n_r)", number=number))


def test_only_pairs_of_a_changed_record_are_compared_again(tmp_path: Path):
    first = a_linked_run(tmp_path, CROWD)
    before = link(first)
    changed = [CROWD[0] | {"middle_names": "ANEW"}, *CROWD[1:]]
    second = a_linked_run(tmp_path, changed, AS_OF + timedelta(weeks=1), publish_registers(first))
    after = link(second)
    assert before["known_pair_count"] == 0
    assert after["compared_pair_count"] == pairs_of(second, CROWD[0]["record_id"]) > 0
    assert after["known_pair_count"] == after["candidate_pair_count"] - after["compared_pair_count"]


@HARMS
def test_pairs_are_compared_again_when_the_run_before_cannot_be_trusted(harm: Callable[[Path, Settings], None], tmp_path: Path):
    first = a_linked_run(tmp_path, CROWD)
    link(first)
    second = a_linked_run(tmp_path, CROWD, AS_OF + timedelta(weeks=1), publish_registers(first))
    assert link(second)["compared_pair_count"] == 0
    expected = linked(second)
    harm(first.path, first.settings)
    assert link(second)["known_pair_count"] == 0
    assert linked(second) == expected


@HARMS
def test_a_word_that_cannot_be_trusted_proves_nothing(harm: Callable[[Path, Settings], None], tmp_path: Path):
    run = a_run(tmp_path, a_family())
    with run.open() as con:
        carried.prove(con, "worked cases of this")
    assert carried.proves(run.run_id, "worked cases of this", run.settings)
    assert not carried.proves(run.run_id, "worked cases of that", run.settings)
    harm(run.path, run.settings)
    assert not carried.proves(run.run_id, "worked cases of this", run.settings)


def test_the_mark_names_program_and_libraries(monkeypatch):
    own = carried.version_sha256.__wrapped__()
    monkeypatch.setattr(carried, "version", lambda name: "0")
    assert carried.version_sha256.__wrapped__() != own
