"""How many of the true pairs the blocking rules propose, as the benchmark counts them with the engine's own steps."""

import polars as pl

from benchmarks.linkage.proposed import blocking_recall

MODEL = """\
record_id: record_id
source: source
columns: {forename: forename, surname: surname, birth_date: birth_date}
"""

# The first three say enough alike to be compared, of which the first two the same; nothing of the fourth is like anything of its person's others.
RECORDS = {
    "record_id": ["a", "b", "c", "d"],
    "source": ["one", "two", "two", "one"],
    "forename": ["Jane", "Jane", "Jayne", "Bob"],
    "surname": ["Garforth", "Garforth", "Garforth", "Quill"],
    "birth_date": ["1980-02-01", "1980-02-01", "1980-02-01", "2011-12-13"],
    "person_id": ["p", "p", "p", "p"],
}


def recall(tmp_path, **given):
    model, records = tmp_path / "model.yml", tmp_path / "records.parquet"
    model.write_text(MODEL, encoding="utf-8")
    pl.DataFrame(RECORDS).write_parquet(records)
    return blocking_recall(model, records, **given)


def test_pairs_that_a_rule_proposes_and_pairs_that_say_the_same_are_found_and_others_are_not(tmp_path):
    assert recall(tmp_path, across_sources=False) == 3 / 6


def test_across_sources_only_pairs_of_two_sources_count(tmp_path):
    assert recall(tmp_path, across_sources=True) == 2 / 4
