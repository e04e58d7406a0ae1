"""The tools, each started in a process of its own: wall and processor time and peak memory are the process's, start and writing of results included."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.linkage import environments
from benchmarks.linkage.datasets import DataSet

OURS = [sys.executable, "-c", "from pipelines.cli import main; main()", "link", "run"]
# Steps of ours (run.json) that estimate the model.
TRAINING = ("train", "estimat", "learn")


@dataclass(frozen=True)
class Tool:
    """A tool and one way to run it; `environment` is the peers' environment it needs (none: the product's own)."""

    name: str
    title: str
    environment: str | None = None
    mode: str = ""


TOOLS = {
    tool.name: tool
    for tool in (
        Tool("ours", "ours, trained in the run"),
        Tool("splink", "Splink 5, as documented", "peers", "docs"),
        Tool("splink_tuned", "Splink 5, tuned", "peers", "tuned"),
        Tool("splink_newest", "Splink 5, tuned, newest DuckDB", "newest", "tuned"),
        Tool("recordlinkage", "recordlinkage 0.16", "peers"),
    )
}


@dataclass(frozen=True)
class Run:
    """What a process took, and what it says of itself."""

    wall: float
    cpu: float
    peak_mb: float
    said: dict[str, Any]


def command(tool: Tool, data: DataSet, records: Path, out: Path) -> list[str]:
    """The command line that links the records and leaves pairs.parquet, clusters.parquet and run.json in `out`."""
    if tool.environment is None:
        return [*OURS, str(records), "--model", str(data.model), "--out", str(out), "--train"]
    script = "recordlinkage" if tool.name == "recordlinkage" else "splink"
    return [
        str(environments.python_of(tool.environment)),
        "-m",
        f"benchmarks.linkage.peers.with_{script}",
        data.kind,
        str(records),
        str(out),
        *([tool.mode] if tool.mode else []),
    ]


def run(tool: Tool, data: DataSet, records: Path, out: Path) -> Run:
    """Start the tool, wait for it, and count; raises SystemExit with its last words when it fails."""
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.*"):
        old.unlink()
    watch, log = out / "stopwatch.json", out / "log.txt"
    line = [sys.executable, "-S", str(Path(__file__).with_name("stopwatch.py")), str(watch), str(log), *command(tool, data, records, out)]
    subprocess.run(line, check=True, cwd=environments.ROOT)
    took = json.loads(watch.read_text(encoding="utf-8"))
    if took["exit_code"]:
        raise SystemExit(f"{tool.name} on {data.name} failed with {took['exit_code']}:\n{log.read_text(errors='replace')[-2000:]}")
    return Run(took["wall"], took["cpu"], took["peak_mb"], json.loads((out / "run.json").read_text(encoding="utf-8")))


def proposed(tool: Tool, data: DataSet, records: Path, out: Path) -> dict[str, float]:
    """Splink's pairs and blocking recall, counted apart from the timed run; nothing for the others, whose files tell."""
    if not tool.name.startswith("splink"):
        return {}
    line = [*command(tool, data, records, out)[:-1], f"count-{tool.mode}"]
    subprocess.run(line, check=True, cwd=environments.ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    found: dict[str, float] = json.loads((out / "pairs.json").read_text(encoding="utf-8"))
    return found


def training_seconds(said: dict[str, Any]) -> float:
    """Seconds of the steps that estimate the model."""
    return sum(float(seconds) for step, seconds in said.get("seconds", {}).items() if any(step.startswith(word) for word in TRAINING))
