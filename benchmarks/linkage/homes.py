"""`make bench-homes`: households of people tables against the truth, beside grouping by address alone, and by address and surname.

Each table is linked by `families link --households` in the same run, from its model file alone. Other sizes and seeds: `--records`, `--seed`.
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import sections
from benchmarks.linkage import borough, population
from benchmarks.linkage.datasets import MODELS
from benchmarks.linkage.tools import OURS


def main() -> None:
    """Make the tables, link them, and print what the truth says."""
    parser = argparse.ArgumentParser(prog="bench-homes", description=__doc__)
    parser.add_argument("--data", nargs="+", choices=("dense", "population", "borough"), default=["dense", "population", "borough"])
    parser.add_argument("--records", type=int, default=20_000, help="about so many records of a population; people of the borough are half as many")
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--page", action="store_true", help="write the figures into docs/benchmarks.md")
    options = parser.parse_args()
    print(f"{'':<12}{'records':>9}{'people':>9}{'households':>12}{'s':>7}   {'found by':<22}{'B3 F1':>8}{'pair P':>8}{'pair R':>8}")
    rows: list[list[str]] = []
    for name in options.data:
        with tempfile.TemporaryDirectory(prefix="bench-homes-") as folder:
            run = measured(name, options.records, options.seed, Path(folder))
        _show(name, run)
        rows += _rows(name, run)
    if options.page:
        head = ["table", "records", "people", "households", "seconds", "found by", "B-cubed F1", "pairs: precision", "recall"]
        title = f"## Households of any people table (`make bench-homes`)\n\nSeed {options.seed}, linked and grouped without labels in the same run."
        sections.write("homes", f"{title}\n\n{sections.table(head, rows)}", "make bench-homes")


def measured(name: str, count: int, seed: int, folder: Path) -> dict[str, Any]:
    """What run.json says of the named table."""
    records = folder / "records.parquet"
    if name == "borough":
        borough.write(records, count // 2, seed)
    else:
        population.write(records, name, count, seed)
    model, out = MODELS / f"{name}.yml", folder / "out"
    line = [*OURS, str(records), "--model", str(model), "--out", str(out), "--train", "--households", "--household-truth", "household_id"]
    subprocess.run(line, check=True, capture_output=True)
    told: dict[str, Any] = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return told


def _rows(name: str, run: dict[str, Any]) -> list[list[str]]:
    """A row for each way of finding households."""
    counts = [name, f"{run['record_count']:,}", f"{run['person_count']:,}", f"{run['households']['household_count']:,}"]
    start = [*counts, f"{run['seconds']['households']:.1f}"]
    quality = run["household_quality"].items()
    return [
        [*(start if place == 0 else [""] * len(start)), way.replace("_", " "), *(f"{figure:.4f}" for figure in (s["b_cubed"]["f1"], *_pairs(s)))]
        for place, (way, s) in enumerate(quality)
    ]


def _pairs(scores: dict[str, Any]) -> tuple[float, float]:
    return scores["pairs"]["precision"], scores["pairs"]["recall"]


def _show(name: str, run: dict[str, Any]) -> None:
    counts = f"{run['record_count']:>9,}{run['person_count']:>9,}{run['households']['household_count']:>12,}{run['seconds']['households']:>7.1f}"
    for place, (way, scores) in enumerate(run["household_quality"].items()):
        start = f"{name:<12}{counts}" if place == 0 else f"{'':<49}"
        pairs = scores["pairs"]
        print(f"{start}   {way.replace('_', ' '):<22}{scores['b_cubed']['f1']:>8.4f}{pairs['precision']:>8.4f}{pairs['recall']:>8.4f}")


if __name__ == "__main__":
    main()
