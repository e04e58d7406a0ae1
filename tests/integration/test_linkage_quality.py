"""Linkage against the fictional borough's truth, on a seed that neither the model nor the thresholds have seen."""

from datetime import date
from pathlib import Path

import pytest

import sql
from matching import evaluation
from pipelines import authority, ingest, link, manifest, provenance, standardise, warehouse
from pipelines.provenance import Run
from pipelines.settings import Settings, prepare_home
from pipelines.synthetic import generation
from schemas.staging import SOURCES

PEOPLE, SEED, AS_OF = 5_000, 7, date(2026, 11, 23)


@pytest.fixture(scope="module")
def borough(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Path]:
    """A linked run, and the folder of its truth."""
    home = tmp_path_factory.mktemp("borough")
    generation.generate(home, PEOPLE, SEED, as_of=AS_OF)
    settings = Settings(home=home)
    prepare_home(settings)
    for source in SOURCES:
        ingest.ingest(authority.find("calderbrook", settings), source, AS_OF, settings)
    run = provenance.start(manifest.manifest("calderbrook", None, AS_OF, settings), settings)
    standardise.standardise(run)
    link.link(run)
    return run, home / "truth"


@pytest.fixture(scope="module")
def labelled(borough: tuple[Run, Path]) -> dict[str, object]:
    """Found and true person of each record, with its name's origin."""
    run, truth = borough
    with warehouse.database(run.settings, run.path) as con:
        for view in ("appearance", "person"):
            con.execute(f"create temp table true_{view} as from read_parquet($path)", {"path": str(truth / f"{view}.parquet")})
        return con.execute(sql.read("evaluation/record_person")).fetchnumpy()


def test_person_pairs_are_precise_and_complete(labelled: dict[str, object]):
    scores = evaluation.pair_scores(labelled["found_person_id"], labelled["true_person_id"])
    assert scores.precision >= 0.995
    assert scores.recall >= 0.95


def test_people_are_found_whole(labelled: dict[str, object]):
    assert evaluation.b_cubed(labelled["found_person_id"], labelled["true_person_id"]).f1 >= 0.985


def test_no_origin_of_names_is_served_much_worse(labelled: dict[str, object]):
    recall = evaluation.item_recall(labelled["found_person_id"], labelled["true_person_id"])
    origins = labelled["name_origin"]
    shares = {origin: recall[origins == origin].mean() for origin in set(origins.tolist()) if (origins == origin).sum() >= 100}
    assert len(shares) > 3
    assert min(shares.values()) >= recall.mean() - 0.03


def test_match_probabilities_mean_what_they_say(borough: tuple[Run, Path], labelled: dict[str, object]):
    run, _ = borough
    true = dict(zip(labelled["record_id"], labelled["true_person_id"], strict=True))
    with run.open(read_only=True) as con:
        pairs = con.execute("select record_id_l, record_id_r, match_probability from linked.scored_pair where not is_vetoed").fetchall()
    judged = [(p, true[a] == true[b]) for a, b, p in pairs if a in true and b in true and p >= 0.2]
    expected, found = sum(p for p, _ in judged), sum(same for _, same in judged)
    assert found == pytest.approx(expected, rel=0.03)
