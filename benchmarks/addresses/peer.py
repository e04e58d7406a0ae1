"""uk_address_matcher on the same files, in an environment of its own: `python peer.py gazetteer.csv written.csv found.csv`.

Run by that environment's Python, so nothing of ours is imported here. Writes what it found, with its weight and how far the second best is behind.
"""

import sys
import time

import duckdb
from uk_address_matcher import AddressMatcher  # type: ignore[import-not-found]


def main(town: str, written: str, found: str) -> None:
    """Match as its documentation does; prints the seconds."""
    with duckdb.connect(config={"threads": 2}) as con:
        canonical, messy = (con.sql(f"from read_csv('{path}', all_varchar = true)") for path in (town, written))
        start = time.perf_counter()
        matched = AddressMatcher(canonical_addresses=canonical, addresses_to_match=messy, con=con, show_progress=False).match().matches()
        matched.select("unique_id, resolved_canonical_id, match_weight, distinguishability").write_csv(found)
        sys.stdout.write(f"{time.perf_counter() - start:.1f}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
