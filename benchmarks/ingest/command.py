"""`make bench-ingest`: session marks from CSV to extract, beside the floor and a rival; then every source of a borough. Printed, judged and written down."""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.ingest import deliveries

ROOT = Path(__file__).parents[2]
BEGIN, END = "<!-- ingest: written by `make bench-ingest` -->", "<!-- end of ingest -->"
STOPWATCH = ROOT / "benchmarks" / "linkage" / "stopwatch.py"
SOURCES = ("school_attendance", "police_asb", "dwp_benefit", "housing_arrears")
FAMILIES = (sys.executable, "-c", "from pipelines.cli import main; main()")
TITLES = {
    "ours": "from delivery to extract, with expectations",
    "floor": "DuckDB alone, CSV to Parquet (the floor)",
    "frame": "Great Expectations on a pandas frame",
}
INTRODUCTION = """## Ingest of session marks (`make bench-ingest`)

A mark a pupil and session, seed {seed}, about one row in forty to be rejected or repaired; each tool in a process of its own, its start included,
on two threads.
Ours reads the CSV, keeps every row's fate, writes the encrypted extract, sums the marks up by pupil and term and judges the suite of the marks. The floor
copies text from CSV to Parquet and asks nothing. Great Expectations judges the same suite on a pandas frame of {frame:,} marks, read from the same CSV, and
keeps no row's fate."""


def main() -> None:
    """Measure, print and judge; exit 1 when a bound is broken."""
    options = _options()
    folder = Path(tempfile.mkdtemp(prefix="bench-ingest-", dir=options.folder))
    try:
        found = _marks(folder, options)
        sources = _sources(folder, options.people) if options.people else []
    finally:
        shutil.rmtree(folder)
    text = "\n".join(
        [
            INTRODUCTION.format(seed=options.seed, frame=options.frame_marks or options.marks),
            "",
            *_table(found),
            *(["", *_source_table(sources)] if sources else []),
        ]
    )
    print(text)
    if options.page:
        _write(options.page, text + (f"\n\n{options.note}" if options.note else ""))
    ours = found[0]
    held = [
        _told(f"{ours['marks']:,} marks in under 60 s", ours["wall"] < 60),
        _told("and under 2 GB", ours["peak_mb"] < 2048),
        _told("every row accepted or rejected", ours["received"] == ours["accepted"] + ours["rejected"]),
    ]
    sys.exit(0 if all(held) else 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench-ingest", description=__doc__)
    parser.add_argument("--marks", type=int, default=10_000_000)
    parser.add_argument("--frame-marks", type=int, help="marks given to the frame; all of them unless given")
    parser.add_argument("--people", type=int, default=200_000, help="people of the borough whose four sources are read; 0 for none")
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--folder", type=Path, default=None, help="where the deliveries are made for a while; the system's own unless given")
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "benchmarks.md")
    parser.add_argument("--note", default="", help="a sentence on how these figures came about, put below them on the page")
    parser.add_argument("--no-page", dest="page", action="store_const", const=None, help="print only")
    return parser.parse_args()


def _marks(folder: Path, options: argparse.Namespace) -> list[dict[str, Any]]:
    found = []
    for tool, marks in (("ours", options.marks), ("floor", options.marks), ("frame", options.frame_marks or options.marks)):
        if tool == "ours" or marks != found[-1]["marks"]:
            deliveries.prepare(folder / "marks", marks, options.seed)
        command = [sys.executable, "-m", "benchmarks.ingest.tools", tool, str(folder / "marks")]
        found.append({"tool": tool, "marks": marks} | measured(command, folder))
    return found


def _sources(folder: Path, people: int) -> list[dict[str, Any]]:
    home = folder / "borough"
    subprocess.run([*FAMILIES, "demo", "generate", "--people", str(people), "--seed", "8", "--home", str(home), "--json"], check=True, capture_output=True)
    found = []
    for source in SOURCES:
        (path,) = (home / "landing" / source).iterdir()
        one = measured([*FAMILIES, "ingest", source, "--as-of", "2026-11-23", "--home", str(home), "--json"], folder)
        found.append(one | {"source": source, "kind": path.suffix[1:], "file_mb": path.stat().st_size / 1e6})
    return found


def measured(command: list[str], folder: Path) -> dict[str, Any]:
    """Run the command in a process of its own: its wall and processor time, peak memory, and what it printed last as JSON."""
    out, log = folder / "time.json", folder / "log.txt"
    subprocess.run([sys.executable, str(STOPWATCH), str(out), str(log), *command], check=True, cwd=ROOT)
    told: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    words = log.read_text(encoding="utf-8")
    if told["exit_code"]:
        raise SystemExit(f"{' '.join(command)} failed:\n{words}")
    answer = json.loads(words[words.index("[") :] if "[" in words[:2] else words.strip().splitlines()[-1])
    first = answer[0] if isinstance(answer, list) else answer
    return told | {name.removesuffix("_count"): value for name, value in first.items()}


def _table(found: list[dict[str, Any]]) -> list[str]:
    head = ["", "marks", "wall s", "CPU s", "peak MB", "marks a second", "accepted", "rejected", "repaired", "expectations", "MB written"]
    lines = [_line(head), "|---" * len(head) + "|"]
    for one in found:
        counts = [f"{one[name]:,}" if name in one and one["tool"] == "ours" else "-" for name in ("accepted", "rejected", "repaired")]
        written = f"{one['bytes'] / 1e6:,.0f}" if "bytes" in one else "-"
        speed = f"{one['marks'] / one['wall']:,.0f}"
        cost = [f"{one['wall']:.1f}", f"{one['cpu']:.1f}", f"{one['peak_mb']:,.0f}"]
        lines.append(_line([TITLES[one["tool"]], f"{one['marks']:,}", *cost, speed, *counts, str(one.get("expectations", "-")), written]))
    return lines


def _source_table(found: list[dict[str, Any]]) -> list[str]:
    head = ["source", "format", "rows", "file MB", "wall s", "CPU s", "peak MB", "rows a second"]
    lines = ["Each source of a borough, start of the process included:", "", _line(head), "|---" * len(head) + "|"]
    for one in found:
        cost = [f"{one['wall']:.1f}", f"{one['cpu']:.1f}", f"{one['peak_mb']:,.0f}", f"{one['received'] / one['wall']:,.0f}"]
        lines.append(_line([one["source"], one["kind"], f"{one['received']:,}", f"{one['file_mb']:,.1f}", *cost]))
    return lines


def _line(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _write(page: Path, text: str) -> None:
    """Put the text between its marks on the page, or at its end when it has none yet."""
    old = page.read_text(encoding="utf-8")
    section = f"{BEGIN}\n{text}\n{END}"
    start, end = old.find(BEGIN), old.find(END)
    page.write_text(f"{old.rstrip()}\n\n{section}\n" if start < 0 else old[:start] + section + old[end + len(END) :], encoding="utf-8")


def _told(sentence: str, held: bool) -> bool:
    print(f"{'held  ' if held else 'BROKEN'}  {sentence}")
    return held
