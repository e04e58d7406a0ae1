"""`make bench-weeks`: one borough delivered week after week, with moves, separations, new names, deaths and errors that come and go.

For each week: B-cubed F1 and pairwise precision of households, ids that changed without a real change, and ids whose fate no lineage row tells.
The borough is drawn as on 23 November, so at most 52 weeks belong to one population.
"""

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import numpy as np

FIRST = date(2025, 11, 24)
LONGEST = 52

# Who truly lives together and where, and the households found for them.
_HOMES = """
    select
        t.true_household_id, list(t.true_person_id order by t.true_person_id) as people, any_value(h.address) as address, list(distinct m.household_id) as found
    from (select distinct true_person_id, true_household_id, found_person_id from record_person) as t
    inner join true_household as h on h.household_id = t.true_household_id and h.kind = 'private'
    inner join linked.household_member as m on m.person_id = t.found_person_id and m.is_primary
    group by t.true_household_id
    order by t.true_household_id
"""
_PRESENT = "select distinct household_id from register.household where is_present"
_TOLD = "select distinct identity_id from register.lineage where identity_kind = 'household' and run_id = $run_id"


@dataclass(frozen=True)
class Week:
    """What one week's households are worth, beside the week before."""

    day: date
    households: int
    f1: float
    precision: float
    unchanged: int
    """Private households of the same people at the same address as a week ago."""
    changed_ids: int
    """Those of them that have no id of a week ago."""
    untold_ids: int
    """Ids that came or went without a row of lineage."""


def weeks(home: Path, people: int, seed: int, count: int) -> Iterator[Week]:
    """Deliver and refresh week after week; yields what each came to."""
    from pipelines import flow
    from pipelines.settings import Settings
    from pipelines.synthetic import events, generation

    memory = events.Memory()
    before: _Found | None = None
    for day in (FIRST + timedelta(days=7 * number) for number in range(count)):
        settings = Settings(home=home, clock=datetime.combine(day, time(12), UTC))
        generation.generate(home, people, seed, day, memory=memory)
        run_id = flow.refresh("calderbrook", None, day, settings, lambda *_: None)
        now = _Found.of(run_id, settings)
        yield now.beside(before, day)
        before = now


@dataclass(frozen=True)
class _Found:
    """One week's households, with the true ones."""

    homes: dict[str, tuple[tuple[str, ...], str, frozenset[str]]]
    present: set[str]
    told: set[str]
    f1: float
    precision: float

    @classmethod
    def of(cls, run_id: str, settings: object) -> "_Found":
        """What the run of that id found."""
        import sql
        from matching import evaluation
        from pipelines import provenance, warehouse
        from pipelines.synthetic.evaluation import bring_truth

        run = provenance.load(run_id, settings)  # type: ignore[arg-type]
        with warehouse.database(run.settings, run.path) as con:
            bring_truth(con, run.settings.home / "truth")
            con.execute(f"create temp table record_person as {sql.read('evaluation/record_person')}")
            labels = con.execute(sql.read("evaluation/person_household")).fetchnumpy()
            found, true = np.asarray(labels["found_household_id"]), np.asarray(labels["true_household_id"])
            homes = {name: (tuple(people), address, frozenset(ids)) for name, people, address, ids in con.execute(_HOMES).fetchall()}
            present = {row[0] for row in con.execute(_PRESENT).fetchall()}
            told = {row[0] for row in con.execute(_TOLD, {"run_id": run_id}).fetchall()}
        return cls(homes, present, told, evaluation.b_cubed(found, true).f1, evaluation.pair_scores(found, true).precision)

    def beside(self, before: "_Found | None", day: date) -> Week:
        """This week beside the last."""
        if before is None:
            return Week(day, len(self.present), self.f1, self.precision, 0, 0, len(self.present - self.told))
        same = [name for name, (people, address, _) in self.homes.items() if before.homes.get(name, ((), "", frozenset()))[:2] == (people, address)]
        changed = sum(not self.homes[name][2] & before.homes[name][2] for name in same)
        return Week(day, len(self.present), self.f1, self.precision, len(same), changed, len((self.present ^ before.present) - self.told))


def main() -> None:
    """Print week by week, and judge the year."""
    parser = argparse.ArgumentParser(prog="bench-weeks", description=__doc__)
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--weeks", type=int, default=LONGEST, choices=range(2, LONGEST + 1), metavar=f"2..{LONGEST}")
    parser.add_argument("--seed", type=int, default=8)
    options = parser.parse_args()
    print(f"{'as of':<12}{'households':>12}{'B3 F1':>9}{'pair P':>9}{'unchanged':>11}{'new ids':>9}{'untold':>8}", flush=True)
    seen = []
    with tempfile.TemporaryDirectory(prefix="bench-weeks-") as folder:
        for week in weeks(Path(folder) / "home", options.people, options.seed, options.weeks):
            seen.append(week)
            shown = f"{week.f1:>9.4f}{week.precision:>9.4f}{week.unchanged:>11,}{week.changed_ids:>9,}{week.untold_ids:>8,}"
            print(f"{week.day:%Y-%m-%d}  {week.households:>12,}{shown}", flush=True)
    changed, of = sum(week.changed_ids for week in seen), sum(week.unchanged for week in seen)
    print(f"lowest B3 F1 {min(week.f1 for week in seen):.4f}, lowest pairwise precision {min(week.precision for week in seen):.4f};")
    print(f"{1000 * changed / max(of, 1):.2f} of 1,000 ids changed a week without a real change; {sum(week.untold_ids for week in seen)} without lineage.")


if __name__ == "__main__":
    main()
