"""A year of weekly deliveries: what a run takes over from the run before is, week for week, what it would have worked out.

Each week's run stands on the publication of the week before. It is then run again from an empty file and without the file of the run before, so that
nothing can be taken over, and every row of its tables must come out as it was. So each week rests on what a run that took nothing over would have come to.
"""

import csv
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from expectations import checkpoints
from pipelines import flow, provenance, publications, publish, verdicts
from pipelines.provenance import Run
from pipelines.settings import Settings
from pipelines.synthetic import events, generation
from pipelines.synthetic.people import Span
from tests.support import published
from tests.support.link_runs import rows

FIRST, WEEKS, PEOPLE = date(2026, 2, 2), 52, 80
AUTHORITY, SCHOOLS, LATE, MISSING = "calderbrook", "school_attendance", "police_asb", "housing_arrears"
# In these weeks the whole flow is run again, gates and publication among it; in the others the stages that take something over.
WHOLE = (0, 12, 25, 38, 51)
AGAIN = ("standardise", "link")


@dataclass
class Week:
    """What a week's run said, and what of it came out otherwise when nothing was taken over."""

    stages: dict[str, dict[str, Any]]
    again: dict[str, dict[str, Any]]
    otherwise: list[str]
    leaving: set[str]
    people: dict[str, dict[str, Any]] = field(repr=False)


@pytest.fixture(scope="module", autouse=True)
def _eventful() -> Iterator[None]:
    """As much befalls these few people as would befall many; Great Expectations, report and gates of most weeks are spared (`test_carried` looks at gates)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkpoints, "_validate", lambda name, checks, frame: {check.meta["position"]: True for check in checks})
        patch.setitem(flow.STAGES, "report", lambda run: {})
        for name, chance in {"_SEPARATION": 0.3, "_NEW_NAME": 0.3, "_DEATH": 0.06, "_BIRTH": 0.4}.items():
            patch.setattr(events, name, chance)
        yield


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> list[Week]:
    """A tiny borough's year."""
    home, memory = tmp_path_factory.mktemp("year") / "home", events.Memory(span=Span(FIRST - timedelta(days=1), 400))
    return [_week(home, number, memory) for number in range(WEEKS)]


def _week(home: Path, number: int, memory: events.Memory) -> Week:
    day = FIRST + timedelta(weeks=number)
    settings = Settings(home=home, clock=datetime.combine(day, time(12), UTC))
    _deliver(home, number, day, memory)
    with pytest.MonkeyPatch.context() as patch:
        if number not in WHOLE:
            patch.setitem(flow.STAGES, "check_landing", lambda run: published.pass_gates(run) or {})
            for stage in ("check_staging", "check_cohort"):
                patch.setitem(flow.STAGES, stage, lambda run: {})
        run = provenance.load(flow.refresh(AUTHORITY, None, day, settings, lambda *_: None), settings)
    stages, found = provenance.finished_stages(run), content(run)
    again, otherwise = _again(run, number, found)
    _decide(run, number)
    told = pl.read_parquet(home / "truth" / "person.parquet").join(pl.read_parquet(home / "truth" / "household.parquet"), on="household_id", how="left")
    people = {row["person_id"]: row for row in told.select("person_id", "surname", "household_id", "address").to_dicts()}
    return Week(stages, again, otherwise, {stage for (stage,) in rows(run, "select stage from carried.mark")}, people)


def _deliver(home: Path, number: int, day: date, memory: events.Memory) -> None:
    """The week's files. The police are late every fifth week; nothing is told of rents for eight weeks, so that they grow stale; schools mistype names."""
    landing, late = home / "landing", home.with_name("late")
    shutil.rmtree(landing, ignore_errors=True)
    generation.generate(home, PEOPLE, 8, day, memory=memory)
    _mistype(next((landing / SCHOOLS).iterdir()), number)
    if late.exists():
        shutil.copytree(late, landing / LATE, dirs_exist_ok=True)
        shutil.rmtree(late)
    if number % 5 == 3:
        (landing / LATE).rename(late)
    if 20 <= number < 28:
        shutil.rmtree(landing / MISSING)


def _mistype(path: Path, number: int) -> None:
    """A tenth of the pupils, others each week, have a forename with a slip that is mended the week after."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    for row in table:
        if int(row["Pupil ID"][1:]) % 10 == number % 10:
            row["Legal Forename"] += "e"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, table[0])
        writer.writeheader()
        writer.writerows(table)


def _decide(run: Run, number: int) -> None:
    """In two weeks somebody says of two records of one person that they are not, which the next week's run takes into account."""
    if number in (10, 30):
        pair = rows(run, "select record_id_l, record_id_r from linked.scored_pair where outcome = 'link' order by all limit 1")[0]
        verdicts.decide_pair(*pair, "different", "Told by the test.", "analyst", run.settings)


def _again(run: Run, number: int, found: dict[str, str]) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """What stages report that begin with an empty file and nothing to take over, and which tables they make otherwise; the run's file is left to the next."""
    publication, kept = publications.path_of(run.run_id, run.settings), run.path.with_suffix(".kept")
    (run.settings.runs_dir / f"{run.manifest.previous_run_id}.duckdb").unlink(missing_ok=True)
    digest = publish.digest(publication, run.settings)
    run.path.rename(kept)
    if number in WHOLE:
        flow.remake(run.manifest, run.settings, lambda *_: None, with_publication=True)
    else:
        provenance.start(run.manifest, run.settings)
        for stage in AGAIN:
            flow.run_stage(stage, run.run_id, run.settings)
    counts, other = provenance.finished_stages(run), content(run)
    kept.replace(run.path)
    whole_only = set() if number in WHOLE else {"register.lineage"}  # later stages add to it
    otherwise = [name for name in other.keys() - whole_only if other[name] != found[name]]
    return counts, otherwise + ["publication"] * (publish.digest(publication, run.settings) != digest)


def content(run: Run) -> dict[str, str]:
    """A digest of each of the run's tables but those that say what was taken over and how often."""
    names = "select schema_name, table_name from duckdb_tables() where database_name = 'db' and schema_name <> 'carried' and table_name <> 'stage'"
    digest = "select md5(string_agg(row_md5, '' order by row_md5)) from (select md5(to_json(t)::varchar) as row_md5 from {} as t)"
    with run.open(read_only=True) as con:
        places = {f"{schema}.{table}": f"{schema}.{table}" for schema, table in con.execute(names).fetchall()}
        places["lineage of persons"] = "(from register.lineage where identity_kind = 'person')"
        return {name: con.execute(digest.format(place)).fetchall()[0][0] for name, place in places.items()}


def test_every_row_is_the_same_in_every_week_with_what_was_taken_over_and_without(year):
    assert {number: week.otherwise for number, week in enumerate(year) if week.otherwise} == {}


def test_what_takes_something_over_is_run_again_every_week_or_is_a_gate(year):
    leaving = {name for week in year for name in week.leaving if name in flow.STAGES}
    assert leaving == {*AGAIN, *published.CHECKS}


def test_every_candidate_pair_is_known_or_compared_in_every_week(year):
    for week in year:
        kept, again = week.stages["link"], week.again["link"]
        assert kept["compared_pair_count"] + kept["known_pair_count"] == kept["candidate_pair_count"]
        assert (again["compared_pair_count"], again["known_pair_count"]) == (kept["candidate_pair_count"], 0)


def test_over_the_year_most_is_taken_over_and_never_all_of_it(year):
    """Otherwise the weeks would prove nothing."""
    later = [week.stages for week in year[1:]]
    assert year[0].stages["link"]["known_pair_count"] == 0
    assert sum(stages["link"]["known_pair_count"] for stages in later) > sum(stages["link"]["candidate_pair_count"] for stages in later) / 2
    assert sum(stages["link"]["compared_pair_count"] > 0 for stages in later) > WEEKS / 2
    values = [(week.stages["standardise"]["standardised_value"], week.again["standardise"]["standardised_value"]) for week in year[1:]]
    assert sum(kept for kept, _ in values) < sum(again for _, again in values) / 2


def test_in_that_year_people_are_born_move_part_and_take_names(year):
    first, last = year[0].people, year[-1].people
    both = first.keys() & last.keys()
    assert last.keys() - first.keys(), "births"
    assert any(first[one]["surname"] != last[one]["surname"] for one in both), "new names"
    assert any(first[one]["household_id"] != last[one]["household_id"] for one in both), "partings"
    stayed = [one for one in both if first[one]["household_id"] == last[one]["household_id"]]
    assert any(first[one]["address"] != last[one]["address"] for one in stayed), "moves"
