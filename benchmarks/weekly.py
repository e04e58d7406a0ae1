"""What `make bench-weeks` delivers each week, and how it holds one week's households against the truth and the week before."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

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
_TOLD = "select identity_id, act from register.lineage where identity_kind = 'household' and run_id = $run_id order by identity_id, act"


class Partners:
    """Four partners who deliver each week what they know then, and take last week's files away."""

    def __init__(self, home: Path, people: int, seed: int, first: date, days: int) -> None:
        from pipelines.synthetic import events
        from pipelines.synthetic.people import Span

        self._home, self._people, self._seed = home, people, seed
        self._memory = events.Memory(span=Span(first - timedelta(days=1), days))

    def deliver(self, day: date) -> None:
        """The files of that week, and the truth."""
        from pipelines.synthetic import generation

        for path in self._home.glob("landing/*/*"):
            path.unlink()
        generation.generate(self._home, self._people, self._seed, day, memory=self._memory)


@dataclass(frozen=True)
class Week:
    """What one week's households are worth, beside the week before."""

    day: date
    households: int
    f1: float
    by_address: float
    """B-cubed F1 of grouping by address alone, with all records of a person known as theirs."""
    by_address_and_surname: float
    precision: float
    """Of pairs of people in one household found, those who live together: a child of separated parents in either home."""
    first_home_precision: float
    """The same with the child in its first home only."""
    unchanged: int
    """Private households of the same people at the same address as a week ago."""
    changed_ids: int
    """Those of them that have no id of a week ago."""
    untold_ids: int
    """Ids that came or went without a row of lineage."""
    merged: int
    split: int
    differs: bool = False
    """Whether a run that takes nothing over publishes something else."""
    causes: tuple[str, ...] = ()
    """What became of the former id of each that changed: merged, retired, or kept by others."""


@dataclass(frozen=True)
class Found:
    """One week's households, with the true ones."""

    homes: dict[str, tuple[tuple[str, ...], str, frozenset[str]]]
    present: set[str]
    told: dict[str, list[str]]
    scores: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, run_id: str, settings: Any) -> "Found":
        """What the run of that id found."""
        import sql
        from pipelines import provenance, warehouse
        from pipelines.synthetic.evaluation import bring_truth

        run = provenance.load(run_id, settings)
        told: dict[str, list[str]] = {}
        with warehouse.database(run.settings, run.path) as con:
            bring_truth(con, run.settings.home / "truth")
            con.execute(f"create temp table record_person as {sql.read('evaluation/record_person')}")
            homes = {name: (tuple(people), address, frozenset(ids)) for name, people, address, ids in con.execute(_HOMES).fetchall()}
            present = {row[0] for row in con.execute(_PRESENT).fetchall()}
            for identity, act in con.execute(_TOLD, {"run_id": run_id}).fetchall():
                told.setdefault(identity, []).append(act)
            return cls(homes, present, told, _scores(con))

    def beside(self, before: "Found | None", day: date) -> Week:
        """This week beside the last."""
        earlier = before.homes if before else {}
        same = [name for name, (people, address, _) in self.homes.items() if earlier.get(name, ((), "", frozenset()))[:2] == (people, address)]
        changed = [name for name in same if not self.homes[name][2] & earlier[name][2]]
        acts = [act for found in self.told.values() for act in found]
        return Week(
            day=day,
            households=len(self.present),
            **self.scores,
            unchanged=len(same),
            changed_ids=len(changed),
            untold_ids=len((self.present ^ (before.present if before else set())) - self.told.keys()),
            merged=acts.count("merged"),
            split=acts.count("split"),
            causes=tuple(self._fate(sorted(earlier[name][2])[0]) for name in changed),
        )

    def _fate(self, identity: str) -> str:
        return next((act for act in self.told.get(identity, []) if act in ("merged", "retired")), "kept by others")


def _scores(con: Any) -> dict[str, float]:
    import sql
    from matching import evaluation

    con.execute(f"create temp table person_home as {sql.read('evaluation/person_household')}")
    labels = con.execute("from person_home order by true_person_id").fetchnumpy()
    found, true = np.asarray(labels["found_household_id"]), np.asarray(labels["true_household_id"])
    base = {name: np.asarray(values) for name, values in con.execute(sql.read("evaluation/baseline_home")).fetchnumpy().items()}
    scores = {name: evaluation.b_cubed(base[name], base["true_household_id"]).f1 for name in ("by_address", "by_address_and_surname")}
    pairs, first, either = con.execute(sql.read("evaluation/pair_precision")).fetchone()
    return scores | {"f1": evaluation.b_cubed(found, true).f1, "precision": either / max(pairs, 1), "first_home_precision": first / max(pairs, 1)}
