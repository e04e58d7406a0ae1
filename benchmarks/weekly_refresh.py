"""A weekly refresh in which a twentieth of what partners write of people is new, beside one of the same week that takes nothing over. Part of `make bench`.

Once with whole files from all four partners, and once with what changed only: then the full refresh reads all that stands in the landing folders again, the
whole files of the week before among it. ADR 0053 says how many rows differ from the week before, which is more than a twentieth.
"""

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks import weekly_changes
from benchmarks.refresh import Measured, by_step, families

FIRST = date(2026, 11, 23)  # both weeks are of the borough drawn on this day
SECOND = FIRST + timedelta(days=7)
CHANGED = 0.05
_ASKED = 1 / 3
_SHIPPED = Path(__file__).parents[1] / "schemas" / "authorities"


@dataclass(frozen=True)
class Both:
    """The same week, refreshed after last week's run and without it."""

    deliveries: str
    weekly: Measured
    full: Measured
    is_equal: bool
    """Whether both published the same rows."""

    @property
    def share(self) -> float:
        """Time of the weekly refresh as a share of the full one."""
        return self.weekly.seconds / self.full.seconds


def measure(people: int, seed: int) -> list[Both]:
    """Two weeks of a new borough; the second is refreshed in a home that has the run of the first, and in one that has its publication only."""
    from pipelines.synthetic import events, generation

    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        home, later = Path(folder) / "home", Path(folder) / "later"
        weekly_changes.authorities(Path(folder) / "authorities", _SHIPPED)
        os.environ["FAMILIES_AUTHORITIES"] = str(Path(folder) / "authorities")
        memory = events.Memory(written_anew=CHANGED)
        generation.generate(home, people, seed, FIRST, memory=memory)
        _refresh(home, FIRST, people)
        generation.generate(later, people, seed, SECOND, memory=memory)
        return [_whole_files(home, later, Path(folder) / "whole", people), _changes_only(home, later, Path(folder) / "changes", people)]


def _whole_files(home: Path, later: Path, folder: Path, people: int) -> Both:
    kept, bare = folder / "kept", folder / "bare"
    shutil.copytree(home, kept, symlinks=True)
    shutil.rmtree(kept / "landing")
    shutil.copytree(later / "landing", kept / "landing")
    shutil.copytree(kept, bare, symlinks=True)
    return _both("whole files", kept, bare, people)


def _changes_only(home: Path, later: Path, folder: Path, people: int) -> Both:
    kept, bare = folder / "kept", folder / "bare"
    shutil.copytree(home, kept, symlinks=True)
    for source, changed, rows in weekly_changes.deliver(home / "landing", later / "landing", kept / "landing", SECOND - timedelta(days=3)):
        print(f"{source}: {changed:,} rows of changes to {rows:,}")
    shutil.copytree(kept, bare, symlinks=True)
    shutil.rmtree(bare / "extracts")
    return _both("files of changes", kept, bare, people)


def _both(deliveries: str, kept: Path, bare: Path, people: int) -> Both:
    for path in (bare / "runs").glob("*.duckdb"):
        path.unlink()
    full, weekly = (_refresh(home, SECOND, people) for home in (bare, kept))
    return Both(deliveries, weekly, full, _digest(kept) == _digest(bare))


def told(both: Both) -> bool:
    """Print both beside one another; returns whether what is asked was reached."""
    print(f"{f'{both.full.people:,} people, {CHANGED:.0%} written anew, {both.deliveries}':<52}{'full':>12}{'weekly':>12}")
    print(f"{'refresh, s (start of process included)':<52}{both.full.seconds:>12.1f}{both.weekly.seconds:>12.1f}")
    for step, seconds in both.full.steps.items():
        print(f"  {step:<50}{seconds:>12.1f}{both.weekly.steps.get(step, 0):>12.1f}")
    is_fast = both.share <= _ASKED
    print(f"{'held  ' if both.is_equal else 'BROKEN'}  both publish the same rows")
    print(f"{'held  ' if is_fast else 'BROKEN'}  the weekly refresh from {both.deliveries} takes {both.share:.2f} of the full one, at most {_ASKED:.2f}")
    return both.is_equal and is_fast


def main() -> None:
    """Measure a size given on the command line (200,000 unless given), print, and exit 1 when what is asked is not reached."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    held = [told(both) for both in measure(people, seed=8)]
    sys.exit(0 if all(held) else 1)


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
