"""`make bench-addresses`: addresses matched to a gazetteer against the truth; beside uk_address_matcher where `--peer` names a Python that has it."""

import argparse
import csv
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.addresses.gazetteer import Place, gazetteer
from benchmarks.addresses.mess import Written, mess
from benchmarks.addresses.ours import matched
from benchmarks.addresses.quality import Quality, quality

_PEER = Path(__file__).with_name("peer.py")
# Its weight and its lead over the second best that a match must reach: as it comes, and as strict as its documentation goes.
_BOUNDS = {"uk_address_matcher": (-20.0, 0.0), "uk_address_matcher, weight 10, lead 5": (10.0, 5.0), "uk_address_matcher, weight 20, lead 5": (20.0, 5.0)}


def main() -> None:
    """Make a town and its mess for each seed, match, and print what the truth says."""
    parser = argparse.ArgumentParser(prog="bench-addresses", description=__doc__)
    parser.add_argument("--homes", type=int, default=20_000, help="half as many as addresses")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--peer", type=Path, help="a Python with uk_address_matcher installed")
    options = parser.parse_args()
    print(f"{'':<44}{'seed':>5}{'s':>8}{'precision':>11}{'recall':>9}{'wrong':>7}")
    for seed in options.seeds:
        town = gazetteer(options.homes, seed)
        written = mess(town, 2 * options.homes, seed)
        start = time.perf_counter()
        found = matched(town, written)
        _show("ours", seed, time.perf_counter() - start, quality({number: uprn for number, (uprn, _) in found.items()}, written))
        if options.peer:
            _peer(options.peer, seed, town, written)


def _peer(python: Path, seed: int, town: Sequence[Place], written: Sequence[Written]) -> None:
    """The peer's figures. A building that it finds for an address is no home, so none was given."""
    homes = {place.uprn for place in town if place.class_code not in ("PP", "RH01")}
    with tempfile.TemporaryDirectory(prefix="bench-addresses-") as folder:
        paths = [Path(folder) / name for name in ("town.csv", "written.csv", "found.csv")]
        _write(paths[0], [(place.uprn, place.address, place.postcode) for place in town])
        _write(paths[1], [(str(address.address_id), address.address, address.postcode) for address in written])
        said = subprocess.run([str(python), str(_PEER), *map(str, paths)], check=True, capture_output=True, text=True)
        with paths[2].open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    for name, (weight, lead) in _BOUNDS.items():
        kept = [row for row in rows if _at_least(row["match_weight"], weight) and _at_least(row["distinguishability"], lead)]
        given = {int(row["unique_id"]): row["resolved_canonical_id"] for row in kept if row["resolved_canonical_id"] in homes}
        _show(name, seed, float(said.stdout.split()[-1]), quality(given, written))


def _at_least(text: str, bound: float) -> bool:
    """Exact matches have no weight, and one without a rival no lead."""
    return not text or float(text) >= bound


def _write(path: Path, rows: Sequence[tuple[str, str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("unique_id", "address_concat", "postcode"), *rows])


def _show(name: str, seed: int, seconds: float, judged: Quality) -> None:
    print(f"{name:<44}{seed:>5}{seconds:>8.1f}{judged.precision:>11.4f}{judged.recall:>9.4f}{judged.wrong:>7,}", flush=True)


if __name__ == "__main__":
    main()
