"""`python -m benchmarks.linkage`: run tools on data sets side by side, print the figures, and write them into docs/benchmarks.md."""

import argparse
import json
from pathlib import Path
from typing import Any

import polars as pl

from benchmarks.linkage import pages
from benchmarks.linkage.datasets import DataSet, data_sets
from benchmarks.linkage.environments import ROOT
from benchmarks.linkage.proposed import blocking_recall
from benchmarks.linkage.quality import quality
from benchmarks.linkage.tools import TOOLS, Run, Tool, proposed, run, training_seconds

DATA = ("febrl3", "febrl4", "borough", "dense", "population")
SIZES = (100_000, 300_000, 1_000_000)
COMMANDS = """### To repeat it

```
make bench-linkage                                                      # everything, a good while
make bench-linkage BENCH="--data febrl3 febrl4 --tool ours splink"      # a part
make bench-linkage BENCH="--data population --sizes 100000 1000000"     # some sizes
make bench-linkage BENCH="--data borough dense --tool ours --seed 77"   # people of another seed; printed only
```

The peers' environments (`.venv.peers`, `.venv.peers-newest`) are made from `benchmarks/requirements-peers*.lock`. Records, results, and each
tool's pairs and clusters stay in `var/bench-linkage/`. The populations are made by `benchmarks/linkage/population.py` (seed 1), the borough by
the product on seed 8. No model was trained on any of them before its run, but ours was developed by reading its wrong pairs on the borough and the populations
of these seeds, and the constants of ADR 0043 were chosen with the truth of the borough, the dense and the 100,000 set."""


def main() -> None:
    """Run what is asked for; earlier figures of other parts stay on the page."""
    options = _options()
    for data in [] if options.only_page else data_sets(options.data, options.sizes, options.seed):
        records = data.records(options.folder)
        for name in options.tool:
            result = measure(TOOLS[name], data, records, options.folder, options.repeats)
            if options.seed is None:
                _keep(options.folder, result)
            print(_line(result), flush=True)
    if options.seed is not None:
        return
    results = kept(options.folder)
    print(f"\n{pages.tables(results)}\n\n{pages.growth(results)}")
    if options.page:
        pages.write(options.page, pages.section(results, COMMANDS, options.note))
        print(f"\nwritten to {options.page}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench-linkage", description=__doc__)
    parser.add_argument("--data", nargs="+", choices=DATA, default=list(DATA))
    parser.add_argument("--tool", nargs="+", choices=list(TOOLS), default=list(TOOLS))
    parser.add_argument("--sizes", nargs="+", type=int, default=list(SIZES), help="records of the four-source population")
    parser.add_argument("--seed", type=int, help="other people than those of the page: their figures are printed and not kept")
    parser.add_argument("--repeats", type=int, default=1, help="runs of each tool, of which the fastest counts")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench-linkage", help="where records and results are kept")
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "benchmarks.md", help="the page to write the figures into")
    parser.add_argument("--note", default="", help="a sentence on how these figures came about, put above them on the page")
    parser.add_argument("--only-page", action="store_true", help="run nothing; write the page from the figures kept")
    parser.add_argument("--no-page", dest="page", action="store_const", const=None, help="print only")
    return parser.parse_args()


def measure(tool: Tool, data: DataSet, records: Path, folder: Path, repeats: int = 1) -> dict[str, Any]:
    """Run a tool on a data set and judge what it found: one flat row of figures."""
    out = folder / data.name / tool.name
    best = min((run(tool, data, records, out) for _ in range(max(repeats, 1))), key=lambda one: one.wall)
    threshold = _threshold(tool, best)
    judged = quality(out, records, threshold, across_sources=data.across_sources)
    training = training_seconds(best.said)
    row: dict[str, Any] = {
        "data": data.name,
        "data_title": data.title,
        "tool": tool.name,
        "title": tool.title,
        "records": pl.scan_parquet(records).select(pl.len()).collect().item(),
        "true_pairs": judged.true_pairs,
        "wall": round(best.wall, 2),
        "cpu": round(best.cpu, 2),
        "training": round(training, 2),
        "rest": round(best.wall - training, 2),
        "peak_mb": round(best.peak_mb),
        "pairs": judged.scored_pairs,
        "blocking_recall": round(judged.scored_true_pairs / judged.true_pairs, 5) if judged.true_pairs else None,
        "precision": judged.at_default.precision,
        "recall": judged.at_default.recall,
        "f1": judged.at_default.f1,
        "best_f1": judged.best.f1,
        "best_threshold": judged.best_threshold,
        "cluster_precision": judged.by_cluster.precision,
        "cluster_recall": judged.by_cluster.recall,
        "b_cubed": judged.b_cubed.f1,
        "calibration_error": judged.calibration_error,
        "link_probability": threshold,
        "duckdb": best.said.get("duckdb"),
        "seconds": best.said.get("seconds", {}),
    }
    return row | _blocking(tool, data, records, out, best)


def _threshold(tool: Tool, done: Run) -> float:
    """The tool's default threshold, as its run tells it."""
    return float(done.said.get("link_probability") or done.said["thresholds"]["link"])


def _blocking(tool: Tool, data: DataSet, records: Path, out: Path, done: Run) -> dict[str, Any]:
    """Pairs compared and blocking recall, where the pairs that were written are not all that were compared."""
    if tool.name == "ours":
        return {
            "pairs": done.said["candidate_pair_count"],
            "blocking_recall": round(blocking_recall(data.model, records, across_sources=data.across_sources), 5),
        }
    return dict(proposed(tool, data, records, out))


def _keep(folder: Path, result: dict[str, Any]) -> None:
    path = folder / "results" / f"{result['data']}-{result['tool']}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, indent=1), encoding="utf-8")


def kept(folder: Path) -> list[dict[str, Any]]:
    """All figures there are, in the order of the page."""
    found = [json.loads(path.read_text(encoding="utf-8")) for path in sorted((folder / "results").glob("*.json"))]
    tools = list(TOOLS)
    return sorted(found, key=lambda row: (DATA.index(row["data"].split("-")[0]), row["records"], tools.index(row["tool"])))


def _line(row: dict[str, Any]) -> str:
    return (
        f"{row['data']:<28}{row['tool']:<15}{row['wall']:>8.1f} s{row['peak_mb']:>8,} MB{row['pairs']:>12,} pairs  blocking {row['blocking_recall'] or 0:.4f}  "
        f"P {row['precision']:.4f}  R {row['recall']:.4f}  F1 {row['f1']:.4f}  best {row['best_f1']:.4f}  B3 {row['b_cubed']:.4f}"
    )
