"""Links a data set with recordlinkage in a process of its own: `python -m ... DATA RECORDS OUT`.

Multi-pass blocking, binary comparisons and the ECM classifier.
"""

import json
import sys
import time
import warnings
from pathlib import Path

warnings.filterwarnings("ignore")

import numpy as np  # noqa: E402 - after the filter: recordlinkage warns while it is imported
import pandas as pd  # noqa: E402
import recordlinkage as rl  # noqa: E402
from scipy.sparse import coo_matrix  # noqa: E402
from scipy.sparse.csgraph import connected_components  # noqa: E402

from benchmarks.linkage.peers.blocking import RARE, RULES, keys  # noqa: E402

THRESHOLD = 0.5  # at which its classifier calls a pair a match
_NAMES = (("forename", "jarowinkler", 0.85), ("surname", "jarowinkler", 0.85), ("birth_date", "levenshtein", 0.85))
_FEBRL = (
    *_NAMES,
    ("soc_sec_id", "levenshtein", 0.7),
    ("street_number", None, None),
    ("street", "jarowinkler", 0.85),
    ("postcode", "levenshtein", 0.7),
    ("state", None, None),
)
# A missing value counts as a disagreement here, so fields that are often empty, and several parts of one address, make its results worse: tried and left out.
_PEOPLE = (*_NAMES, ("postcode", None, None), ("middle_names", None, None))
FIELDS = {"febrl3": _FEBRL, "febrl4": _FEBRL, "population": _PEOPLE, "dense": _PEOPLE, "borough": _PEOPLE}


def candidate_pairs(data: str, frames: list[pd.DataFrame]) -> pd.MultiIndex:
    """The union of all rules' pairs."""
    index = rl.Index()
    for rule in [*RULES[data]]:
        index.block([f"{name}:{length}" if length else name for name, length in keys(rule)])
    return index.index(*frames)


def with_keys(frame: pd.DataFrame, data: str) -> pd.DataFrame:
    """The frame with a column for each prefix, and for rare whole names, that a rule blocks on."""
    if "rare_name" in RULES[data]:
        whole = frame["forename"] + " " + frame["surname"]
        frame["rare_name"] = whole.where(whole.map(whole.value_counts()) <= RARE)
    for name, length in sorted({key for rule in RULES[data] for key in keys(rule) if key[1]}):
        frame[f"{name}:{length}"] = frame[name].str[:length]
    return frame


def features(data: str, pairs: pd.MultiIndex, frames: list[pd.DataFrame]) -> pd.DataFrame:
    """A column a field, 1 where it agrees."""
    compare = rl.Compare()
    for field, method, threshold in FIELDS[data]:
        if method:
            compare.string(field, field, method=method, threshold=threshold, label=field)
        else:
            compare.exact(field, field, label=field)
    return compare.compute(pairs, *frames).astype(np.int8)


def clusters(pairs: pd.MultiIndex, is_match: np.ndarray, record_ids: pd.Index) -> pd.DataFrame:
    """Connected components of the matches."""
    left, right = (record_ids.get_indexer(pairs.get_level_values(side)[is_match]) for side in (0, 1))
    graph = coo_matrix((np.ones(len(left), dtype=np.int8), (left, right)), shape=(len(record_ids), len(record_ids)))
    return pd.DataFrame({"record_id": record_ids, "person_id": connected_components(graph, directed=False)[1].astype(str)})


def main() -> None:
    """Block, compare, classify, cluster and write; seconds by step go to run.json."""
    data, records, out = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    clock, seconds = time.perf_counter(), {}

    def done(step: str) -> None:
        nonlocal clock
        seconds[step], clock = round(time.perf_counter() - clock, 3), time.perf_counter()

    everything = with_keys(pd.read_parquet(records).drop(columns="person_id").set_index("record_id"), data)
    frames = [part.drop(columns="source") for _, part in everything.groupby("source")] if data == "febrl4" else [everything.drop(columns="source")]
    done("read")
    pairs = candidate_pairs(data, frames)
    done("blocking")
    compared = features(data, pairs, frames)
    done("comparison")
    classifier = rl.ECMClassifier()
    classifier.fit(compared)
    done("training")
    probability = classifier.prob(compared).to_numpy()
    done("prediction")
    found = clusters(pairs, probability >= THRESHOLD, everything.index)
    done("clustering")
    ids = {f"record_id_{side}": pairs.get_level_values(level) for level, side in enumerate("lr")}
    pd.DataFrame({**ids, "match_probability": probability}).to_parquet(out / "pairs.parquet", index=False)
    found.to_parquet(out / "clusters.parquet", index=False)
    done("write")
    (out / "run.json").write_text(json.dumps({"seconds": seconds, "link_probability": THRESHOLD, "pairs": len(pairs)}))


main()
