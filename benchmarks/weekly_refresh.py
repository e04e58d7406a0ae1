"""A weekly refresh in which a twentieth of what partners write of people is new, beside one of the same week that takes nothing over. Part of `make bench`.

All four partners deliver whole files in that week. ADR 0053 says how many of their rows differ from the week before, which is more than a twentieth.
"""

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.refresh import Measured, by_step, families

FIRST = date(2026, 11, 23)  # both weeks are of the borough drawn on this day
CHANGED = 0.05
_ASKED = 1 / 3


@dataclass(frozen=True)
class Both:
    """The same week, refreshed after last week's run and without it."""

    weekly: Measured
    full: Measured
    is_equal: bool
    """Whether both published the same rows."""

    @property
    def share(self) -> float:
        """Time of the weekly refresh as a share of the full one."""
        return self.weekly.seconds / self.full.seconds


def measure(people: int, seed: int) -> Both:
    """Two weeks of a new borough; the second is refreshed in a home that has the run of the first, and in one that has its publication only."""
    from pipelines.synthetic import events, generation

    second = FIRST + timedelta(days=7)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        kept, bare = Path(folder) / "kept", Path(folder) / "bare"
        memory = events.Memory(written_anew=CHANGED)
        generation.generate(kept, people, seed, FIRST, memory=memory)
        _refresh(kept, FIRST, people)
        shutil.rmtree(kept / "landing")
        generation.generate(kept, people, seed, second, memory=memory)
        shutil.copytree(kept, bare, symlinks=True)
        for path in (bare / "runs").glob("*.duckdb"):
            path.unlink()
        full, weekly = (_refresh(home, second, people) for home in (bare, kept))
        return Both(weekly, full, _digest(kept) == _digest(bare))


def told(both: Both) -> bool:
    """Print both beside one another; returns whether what is asked was reached."""
    people = both.full.people
    print(f"{f'{people:,} people, {CHANGED:.0%} written anew':<40}{'full':>12}{'weekly':>12}")
    print(f"{'refresh, s (start of process included)':<40}{both.full.seconds:>12.1f}{both.weekly.seconds:>12.1f}")
    for step, seconds in both.full.steps.items():
        print(f"  {step:<38}{seconds:>12.1f}{both.weekly.steps.get(step, 0):>12.1f}")
    is_fast = both.share <= _ASKED
    print(f"{'held  ' if both.is_equal else 'BROKEN'}  both publish the same rows")
    print(f"{'held  ' if is_fast else 'BROKEN'}  the weekly refresh takes {both.share:.2f} of the full one, at most {_ASKED:.2f}")
    return both.is_equal and is_fast


def main() -> None:
    """Measure a size given on the command line (200,000 unless given), print, and exit 1 when what is asked is not reached."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    sys.exit(0 if told(measure(people, seed=8)) else 1)


def _refresh(home: Path, day: date, people: int) -> Measured:
    os.environ["FAMILIES_CLOCK"] = f"{day}T12:00:00+00:00"
    answer, seconds, peak_mb = families(home, "refresh", "--as-of", str(day))
    return Measured(people, seconds, peak_mb, by_step(answer["steps"]), {})


def _digest(home: Path) -> str:
    from pipelines import publish
    from pipelines.settings import Settings

    return publish.digest((home / "published" / "cohort.duckdb").resolve(), Settings(home=home))


if __name__ == "__main__":
    main()
