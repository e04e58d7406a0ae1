"""The figures as tables: printed, and written into docs/benchmarks.md between two marks."""

from pathlib import Path
from typing import Any

from benchmarks import sections
from pipelines.cli.link import MEMORY

COLUMNS = (
    ("tool", "title"),
    ("wall s", "wall"),
    ("CPU s", "cpu"),
    ("training s", "training"),
    ("rest s", "rest"),
    ("peak MB", "peak_mb"),
    ("pairs", "pairs"),
    ("blocking recall", "blocking_recall"),
    ("P", "precision"),
    ("R", "recall"),
    ("F1", "f1"),
    ("best F1", "best_f1"),
    ("clusters' P", "cluster_precision"),
    ("clusters' R", "cluster_recall"),
    ("B-cubed", "b_cubed"),
    ("ECE", "calibration_error"),
)
INTRODUCTION = """## Linkage against Splink and recordlinkage (`make bench-linkage`)

Each tool links the same records in a process of its own, one at a time, on 2 cores; wall and CPU seconds and peak memory are that process's,
its start and the writing of pairs and clusters included. CPU seconds add up both cores, and suffer less from other work on the machine.
`training` is what estimates the model, `rest` everything else. `pairs` were compared, `blocking recall` is the share of true pairs among them.
P, R and F1 judge scored pairs at the tool's default threshold (ours {ours}, Splink 0.95 as its documentation clusters, recordlinkage 0.5), with
true pairs that were never compared counted as missed; best F1 is at the best threshold in hindsight. Clusters are made at the default threshold:
P and R of all pairs inside them, and B-cubed F1 over records. ECE: expected calibration error of the probabilities from 0.2 up.

Splink and recordlinkage get honest models: the comparisons of Splink's own examples with term frequencies, and twelve or more blocking rules
(`benchmarks/linkage/peers/`). "As documented" is just that; "tuned" caps its training at a million pairs, keeps no column that scoring does not need,
and has three ideas of ours that its users could configure too: whether one source holds both records, whole names that are rare as a blocking rule
(recordlinkage has it too), and on the borough the pairs left out of which a record names the other as its parent, partner or kin. Comparing UPRNs beside
addresses was tried for it and left out: it made all its figures worse. DuckDB has a memory limit of {limit} in ours, the command's default, and its own
default, a share of the machine's, in Splink. Splink and ours run on
DuckDB {duckdb}, except where the newest it accepts is named. Ours uses the model files in `benchmarks/linkage/models/`. All of it trains without labels.
"""


def tables(results: list[dict[str, Any]]) -> str:
    """One Markdown table a data set."""
    found = []
    for data in dict.fromkeys(result["data"] for result in results):
        rows = [result for result in results if result["data"] == data]
        head = [f"### {rows[0]['data_title']}", "", f"{rows[0]['records']:,} records, {rows[0]['true_pairs']:,} true pairs."]
        lines = ["| " + " | ".join(name for name, _ in COLUMNS) + " |", "|---" * len(COLUMNS) + "|"]
        lines += ["| " + " | ".join(_cell(key, row.get(key)) for _, key in COLUMNS) + " |" for row in rows]
        found.append("\n".join([*head, "", *lines]))
    return "\n\n".join(found)


def growth(results: list[dict[str, Any]]) -> str:
    """How time grows from the smallest to the largest population, tool by tool."""
    lines = []
    for tool in dict.fromkeys(result["tool"] for result in results):
        runs = sorted(
            (result for result in results if result["tool"] == tool and result["data"].startswith("population-")), key=lambda result: result["records"]
        )
        if len(runs) > 1:
            first, last = runs[0], runs[-1]
            times = last["wall"] / first["wall"]
            lines.append(f"- {last['title']}: {times:.1f} times the time for {last['records'] / first['records']:.1f} times the records")
    return "\n".join(["### Growth with the number of records", "", *lines]) if lines else ""


def section(results: list[dict[str, Any]], commands: str, note: str = "") -> str:
    """The whole section of docs/benchmarks.md."""
    ours = next((result["link_probability"] for result in results if result["tool"] == "ours"), "0.80")
    duckdb = next((result["duckdb"] for result in results if result["tool"] == "splink_tuned"), "1.5.5")
    parts = [INTRODUCTION.format(ours=ours, duckdb=duckdb, limit=MEMORY), note, tables(results), growth(results), commands]
    return "\n\n".join(part.strip() for part in parts if part)


def write(path: Path, text: str) -> None:
    """Put the section between its marks; what stands outside them stays."""
    sections.write("linkage", text, "make bench-linkage", path)


def _cell(key: str, value: Any) -> str:
    if value is None:
        return "-"
    if key == "title":
        return str(value)
    if key in {"wall", "cpu", "training", "rest"}:
        return f"{value:.1f}"
    return f"{value:,.0f}" if key in {"peak_mb", "pairs"} else f"{value:.4f}"
