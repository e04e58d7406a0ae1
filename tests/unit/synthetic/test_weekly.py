"""A borough delivered week after week for two years: people are born, move, part and die, and what did not happen changes nothing."""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import polars as pl

from pipelines.synthetic import events, generation
from pipelines.synthetic.people import Span

FIRST = date(2025, 11, 24)
WEEKS = (0, 1, 40, 41, 100, 101)


@dataclass(frozen=True)
class Delivered:
    """One week: the truth, and the rows of the police's file as text."""

    truth: dict[str, list[dict[str, Any]]]
    police: list[tuple[str, ...]]


@cache
def borough() -> dict[int, Delivered]:
    """The same 500 people in some weeks of two years."""
    memory, folder, found = events.Memory(span=Span(FIRST - timedelta(days=1), 760)), Path(mkdtemp(prefix="weekly-")), {}
    for week in WEEKS:
        home = folder / str(week)
        generation.generate(home, 500, 8, FIRST + timedelta(weeks=week), memory=memory)
        truth = {path.stem: pl.read_parquet(path).to_dicts() for path in (home / "truth").glob("*.parquet")}
        (police,) = (home / "landing" / "police_asb").iterdir()
        found[week] = Delivered(truth, _rows(police))
    return found


def _rows(path: Path) -> list[tuple[str, ...]]:
    with path.open(encoding="cp1252", newline="") as file:
        return [tuple(row) for row in csv.reader(file)][1:]


def people(week: int) -> dict[str, dict[str, Any]]:
    return {row["person_id"]: row for row in borough()[week].truth["person"]}


def test_the_people_of_the_second_year_are_those_of_the_first_and_children_born_since():
    first, last = people(0), people(101)
    new = last.keys() - first.keys()
    assert first.keys() <= last.keys()
    assert new
    assert {last[one]["role"] for one in new} == {"child"}
    assert all(FIRST - timedelta(days=1) < last[one]["birth_date"] <= FIRST + timedelta(weeks=101) for one in new)
    assert all(last[one]["birth_date"] == first[one]["birth_date"] and last[one]["forename"] == first[one]["forename"] for one in first)


def test_some_people_move_and_some_part_and_some_take_names():
    first, last = people(0), people(101)
    homes = [{row["household_id"]: row["address"] for row in borough()[week].truth["household"]} for week in (0, 101)]
    assert sum(homes[0][home] != homes[1][home] for home in homes[0]) > 5
    assert any(last[one]["household_id"] != first[one]["household_id"] for one in first)
    assert any(last[one]["surname"] != first[one]["surname"] for one in first)


def test_no_two_families_live_in_one_home():
    for week in WEEKS:
        inhabited = {row["household_id"] for row in borough()[week].truth["person"]}
        homes = [row for row in borough()[week].truth["household"] if row["kind"] == "private" and row["structure"] != "lodger"]
        count = Counter((row["address"], row["postcode"]) for row in homes if row["household_id"] in inhabited)
        assert max(count.values()) == 1


def test_nearly_all_a_partner_wrote_last_week_it_writes_again():
    for before, after in ((0, 1), (40, 41), (100, 101)):
        earlier, now = set(borough()[before].police), set(borough()[after].police)
        assert len(earlier & now) > 0.95 * len(earlier), before


def test_a_school_tells_of_four_terms_whatever_the_week():
    for week in WEEKS:
        appearances = [row for row in borough()[week].truth["appearance"] if row["source"] == "school_attendance" and row["role"] == "pupil"]
        most = max(Counter(row["person_id"] for row in appearances if not row["is_duplicate"]).values())
        assert most in (3, 4, 6, 8)  # twice as many for a pupil of two schools
