"""Links a data set with Splink in a process of its own: `python -m ... DATA RECORDS OUT docs|tuned`, or `count-docs|count-tuned` for the pairs of its rules.

docs: training as Splink's documentation does it: u from ten million random pairs (its Febrl examples: one million), EM over all pairs of a session.
tuned: training capped at a million pairs each (`max_pairs`), no column kept that scoring does not need, and our ideas that its users could configure too.
"""

import json
import sys
import time
from pathlib import Path

import duckdb
from splink import DuckDBAPI, Linker
from splink.blocking_analysis import count_comparisons_from_blocking_rules

from benchmarks.linkage.peers import splink_models as models
from benchmarks.linkage.peers.blocking import as_sql

THRESHOLD = 0.95  # at which its documentation clusters


def tables(api: DuckDBAPI, con: duckdb.DuckDBPyConnection, data: str, records: str):  # noqa: ANN201 - Splink's own types
    """The records registered: one table, or one a source where only links between sources are wanted."""
    # Truth stays out. `source` is a word of Splink's own, so it has another name.
    derived = "*" if data.startswith("febrl") else models.DERIVED
    con.execute(f"create table everything as select {derived} from read_parquet($path)", {"path": records})  # noqa: S608 - our own columns
    if data != "febrl4":
        con.execute("create table records as select * exclude (person_id, source), source as holder from everything")
        return [api.register("records", dataset_display_name="people")]
    found = []
    for (source,) in con.execute("select distinct source from everything order by 1").fetchall():
        query = f"create table of_{source} as select * exclude (person_id, source) from everything where source = $source"  # noqa: S608 - febrl4a or b
        con.execute(query, {"source": source})
        found.append(api.register(f"of_{source}", dataset_display_name=source))
    return found


def train(linker: Linker, data: str, *, capped: bool) -> None:
    """Prior, then u, then m by EM."""
    rules, recall = models.certain(data)
    linker.training.estimate_probability_two_random_records_match(rules, recall=recall)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6 if capped or data.startswith("febrl") else 1e7, seed=1)
    for rule in models.sessions(data):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, estimate_without_term_frequencies=True, max_pairs=1e6 if capped else None)


def link(data: str, records: str, out: Path, mode: str) -> None:
    """Train, predict, cluster and write; seconds by step go to run.json."""
    clock, seconds = time.perf_counter(), {}

    def done(step: str) -> None:
        nonlocal clock
        seconds[step], clock = round(time.perf_counter() - clock, 3), time.perf_counter()

    con = duckdb.connect()
    api = DuckDBAPI(connection=con)
    linker = Linker(tables(api, con, data, records), models.settings(data, is_tuned=mode == "tuned"), log_level="ERROR")
    done("read")
    train(linker, data, capped=mode == "tuned")
    done("training")
    predicted = linker.inference.predict(threshold_match_weight=-10)
    if mode == "tuned":
        leave_out_declared(con, records, predicted.physical_name)
    done("prediction")
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, THRESHOLD)
    done("clustering")
    predicted.as_duckdbpyrelation().project("record_id_l, record_id_r, match_weight, match_probability").write_parquet(str(out / "pairs.parquet"))
    clusters.as_duckdbpyrelation().project("record_id, cluster_id as person_id").write_parquet(str(out / "clusters.parquet"))
    done("write")
    (out / "run.json").write_text(json.dumps({"seconds": seconds, "link_probability": THRESHOLD, "duckdb": duckdb.__version__}))


def leave_out_declared(con: duckdb.DuckDBPyConnection, records: str, predicted: str) -> None:
    """Leave out pairs of which one names the other as parent, partner or kin, where the records do: as ours, a user of Splink can."""
    columns = [name for (name, *_) in con.execute("describe from read_parquet($path)", {"path": records}).fetchall() if name in ("parents", "partners", "kin")]
    if not columns:
        return
    named = f"string_split(concat_ws(';', {', '.join(columns)}), ';')"
    declared = f"select record_id, unnest({named}) as other from read_parquet($path)"  # noqa: S608 - names from the list above
    both = f"select record_id, other from ({declared}) union select other, record_id from ({declared})"  # noqa: S608 - ours
    query = f"delete from {predicted} where (record_id_l, record_id_r) in ({both})"  # noqa: S608 - Splink's own table
    con.execute(query, {"path": records})


def count(data: str, records: str, out: Path, mode: str) -> None:
    """Pairs that the rules of docs or tuned propose, and true pairs among them: apart from the run, so that counting costs it nothing."""
    con = duckdb.connect()
    api = DuckDBAPI(connection=con)
    settings = models.settings(data, is_tuned=mode == "tuned")
    found = count_comparisons_from_blocking_rules(
        tables(api, con, data, records),
        blocking_rules=settings.blocking_rules_to_generate_predictions,
        link_type=settings.link_type,
        unique_id_column_name="record_id",
        record_sample_proportion=1.0,
    )
    rules = [" and ".join(f"{_of('l', key)} = {_of('r', key)}" for key in as_sql(rule)) for rule in models.rules_of(data, is_tuned=mode == "tuned")]
    across = "and l.source <> r.source" if data == "febrl4" else ""
    is_proposed = " or ".join(f"({rule})" for rule in [*rules, models.SWAPPED])
    same = f"l.person_id = r.person_id and l.record_id < r.record_id {across}"
    query = f"select count(*) filter (where {is_proposed}), count(*) from everything l join everything r on {same}"  # noqa: S608 - our own rules
    proposed, true = con.execute(query).fetchone()
    pairs = int(found[-1]["cumulative_comparison_count"])
    (out / "pairs.json").write_text(json.dumps({"pairs": pairs, "blocking_recall": proposed / true}))


def _of(side: str, key: str) -> str:
    """A key's expression on one side of a pair."""
    return key.replace("substr(", f"substr({side}.") if key.startswith("substr(") else f"{side}.{key}"


if __name__ == "__main__":
    wanted, path, folder, how = sys.argv[1:5]
    count(wanted, path, Path(folder), how.removeprefix("count-")) if how.startswith("count-") else link(wanted, path, Path(folder), how)
