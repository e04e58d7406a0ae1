"""`make bench-weeks`: a borough delivered week after week for two years, with births, moves, separations, deaths, new names and errors that come and go.

For each week: B-cubed F1 and pairwise precision of households, ids that changed without a real change and what became of them, and ids whose fate no row
of lineage tells; then the same by quarter. Great Expectations and the report are spared, which say nothing of households; the rest is the whole refresh.
"""

import argparse
import math
import re
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path
from time import monotonic
from typing import Any
from unittest import mock

from benchmarks import sections
from benchmarks.weekly import Found, Partners, Week
from pipelines.settings import Settings

FIRST = date(2025, 11, 24)
LONGEST = 104
COMMAND = "make bench-weeks"
INTRODUCTION = """A fictional borough, seed {seed}, delivered and refreshed every week. Of each quarter the lowest F1 and precision of a week are shown,
the best of the two baselines (grouping by the address, or by address and surname, that most of a person's records hold, with all of a person's
records known as theirs), and sums of the rest. `pair precision` takes a child of separated parents as living in either home, `first homes` in its
first only. `unchanged` counts homes of the same people at the same address as a week before, `new ids` those of them without an id of that week,
`untold` ids that came or went without a row of lineage, `merged` and `split` the rows of lineage."""


def weeks(home: Path, people: int, seed: int, count: int, bare: Path | None = None) -> Iterator[Week]:
    """Deliver and refresh week after week; yields what each came to. `bare` is a home in which nothing is ever taken over from the run before."""
    partners = Partners(home, people, seed, FIRST, 7 * LONGEST + 32)
    before: Found | None = None
    with _lean():
        for day in (FIRST + timedelta(days=7 * number) for number in range(count)):
            partners.deliver(day)
            settings, run_id = refreshed(home, day)
            now = Found.of(run_id, settings)
            week = now.beside(before, day)
            yield replace(week, differs=differs(home, bare, day, run_id)) if bare else week
            before = now
            for path in sorted((home / "runs").glob("*.duckdb"))[:-2]:
                path.unlink()


def refreshed(home: Path, day: date) -> tuple[Settings, str]:
    """Refresh that home on that day; returns its settings and the run's id."""
    from pipelines import flow

    settings = Settings(home=home, authorities=_authorities(home), clock=datetime.combine(day, time(12), UTC))
    return settings, flow.refresh("calderbrook", None, day, settings, lambda *_: None)


def _authorities(home: Path) -> Path:
    """The borough's own files, whose sharing agreements are renewed in time; as shipped they end within the two years, and with them the deliveries."""
    folder = home / "authorities"
    if not folder.exists():
        shutil.copytree(str(files("schemas").joinpath("authorities")), folder)
        extracts = folder / "calderbrook" / "extracts.yml"
        extracts.write_text(re.sub(r"expires: \d{4}", "expires: 2099", extracts.read_text(encoding="utf-8")), encoding="utf-8")
    return folder


def differs(home: Path, bare: Path, day: date, run_id: str) -> bool:
    """Whether the published tables differ, in any row, from those of a home that works out everything anew."""
    from pipelines import publications, publish

    shutil.rmtree(bare / "landing", ignore_errors=True)
    shutil.copytree(home / "landing", bare / "landing")
    for path in (bare / "runs").glob("*.duckdb"):
        path.unlink()
    settings, other = refreshed(bare, day)
    kept = Settings(home=home, authorities=_authorities(home))
    return publish.digest(publications.path_of(run_id, kept), kept) != publish.digest(publications.path_of(other, settings), settings)


@contextmanager
def _lean() -> Iterator[None]:
    """Without what costs time and says nothing of households: the files of the authority are checked once, expectations and report are spared."""
    from expectations import checkpoints
    from pipelines import configuration, flow

    check, checked = configuration.check, []

    def once(*arguments: Any, **options: Any) -> None:
        if not checked:
            check(*arguments, **options)
            checked.append(True)

    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(checkpoints, "_validate", lambda name, checks, frame: {check.meta["position"]: True for check in checks}))
        stack.enter_context(mock.patch.object(configuration, "check", once))
        stack.enter_context(mock.patch.dict(flow.STAGES, report=lambda run: {}))
        yield


_QUALITY = ["B3 F1", "by address", "address + surname", "pair precision", "first homes"]
_IDS = ["unchanged", "new ids", "of 1,000", "untold", "merged", "split"]
HEAD = ["as of", "households", *_QUALITY, *_IDS]


def row(label: str, found: list[Week]) -> list[str]:
    """Some weeks in one row: the last count, the worst of shares (the best of the baselines), and the sum of what happened."""
    changed, unchanged = sum(week.changed_ids for week in found), sum(week.unchanged for week in found)
    return [
        label,
        f"{found[-1].households:,}",
        f"{min(week.f1 for week in found):.4f}",
        f"{max(week.by_address for week in found):.4f}",
        f"{max(week.by_address_and_surname for week in found):.4f}",
        f"{min(week.precision for week in found):.4f}",
        f"{min(week.first_home_precision for week in found):.4f}",
        f"{unchanged:,}",
        f"{changed:,}",
        f"{1000 * changed / max(unchanged, 1):.2f}",
        *(f"{sum(getattr(week, name) for week in found):,}" for name in ("untold_ids", "merged", "split")),
    ]


def quarters(found: list[Week]) -> list[list[str]]:
    """Thirteen weeks a row, and all of them."""
    parts = [found[start : start + 13] for start in range(0, len(found), 13)]
    return [row(f"{part[0].day} to {part[-1].day}", part) for part in parts] + [row(f"all {len(found)} weeks", found)]


def causes(found: list[Week]) -> str:
    """What became of the ids that changed without a real change."""
    counted = Counter(cause for week in found for cause in week.causes)
    return ", ".join(f"{cause} {count}" for cause, count in sorted(counted.items())) or "none"


def judged(found: list[Week], *, beside_full: bool = False) -> list[str]:
    """What is asked, and whether it held."""
    changed, unchanged = sum(week.changed_ids for week in found), sum(week.unchanged for week in found)
    asked = [
        ("B-cubed F1 at least 0.97 at each date", min(week.f1 for week in found) >= 0.97),
        ("pairwise precision at least 0.99 at each date", min(week.precision for week in found) >= 0.99),
        ("fewer than 2 in 1,000 ids change a week without a real change", 1000 * changed < 2 * max(unchanged, 1)),
        ("every id that comes or goes has its row of lineage", not any(week.untold_ids for week in found)),
    ]
    if beside_full:
        asked.append(("the tables published are those of a run that takes nothing over, each week", not any(week.differs for week in found)))
    return [f"{'held' if held else 'BROKEN'}: {sentence}" for sentence, held in asked]


def main() -> None:
    """Print week by week and quarter by quarter, judge, and write the section of docs/benchmarks.md when asked."""
    options = _options()
    print("  ".join(HEAD), flush=True)
    found: list[Week] = []
    until = monotonic() + 60 * options.minutes
    with tempfile.TemporaryDirectory(prefix="bench-weeks-") as folder:
        bare = Path(folder) / "bare" if options.beside_full else None
        for week in weeks(Path(folder) / "home", options.people, options.seed, options.weeks, bare):
            found.append(week)
            print("  ".join(row(str(week.day), [week])), flush=True)
            if monotonic() > until:
                break
    told = [
        sections.table(HEAD, quarters(found)),
        f"Ids that changed without a real change, by what became of the former id: {causes(found)}.",
        *judged(found, beside_full=options.beside_full),
    ]
    print("\n".join(told))
    if options.page:
        title = f"## Households week after week, {options.people:,} people (`{COMMAND}`)"
        sections.write(f"weeks-{options.people}", "\n\n".join([title, INTRODUCTION.format(seed=options.seed), *told]), COMMAND)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench-weeks", description=__doc__)
    parser.add_argument("--people", type=int, default=1_000)
    parser.add_argument("--weeks", type=int, default=LONGEST, choices=range(2, LONGEST + 1), metavar=f"2..{LONGEST}")
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--minutes", type=float, default=math.inf, help="stop with the week in which they are over")
    parser.add_argument("--beside-full", action="store_true", help="refresh a second home that takes nothing over, and compare what is published")
    parser.add_argument("--page", action="store_true", help="write the figures into docs/benchmarks.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
