"""The borough through ingest: exactly the rows that the truth says must be refused are refused, and an evaluation knows a perfect run."""

from pathlib import Path

import pytest

from pipelines import authority, ingest, manifest, provenance, standardise, warehouse
from pipelines.provenance import Run
from pipelines.settings import Settings, prepare_home
from pipelines.synthetic import generation
from pipelines.synthetic.evaluation import evaluate
from schemas import linked
from schemas.cohort import EVIDENCE, FAMILY, HOUSEHOLD_CRITERION
from schemas.staging import SOURCES
from tests.support.borough import AS_OF, BoroughOnDisk, a_borough


@pytest.fixture(scope="module")
def borough(tmp_path_factory: pytest.TempPathFactory) -> BoroughOnDisk:
    return a_borough(tmp_path_factory.mktemp("delivered"), people=1500, seed=5)


@pytest.fixture(scope="module")
def run(borough: BoroughOnDisk) -> Run:
    """A run that has ingested and standardised the borough."""
    settings = Settings(home=borough.folder / "var", landing=borough.landing)
    prepare_home(settings)
    council = authority.find(generation.AUTHORITY, settings)
    for source in SOURCES:
        (delivery,) = ingest.ingest(council, source, AS_OF, settings)
        assert delivery.outcome == "ingested", delivery.message
    run = provenance.start(manifest.manifest(generation.AUTHORITY, None, AS_OF, settings), settings)
    standardise.standardise(run)
    return run


@pytest.mark.parametrize("source", SOURCES)
def test_the_rows_that_must_be_refused_are_refused_and_no_others(source: str, run: Run, borough: BoroughOnDisk):
    path = run.extract_path(source)
    assert path is not None
    with warehouse.connection(run.settings) as con:
        warehouse.attach(con, run.settings, path, "delivered")
        refused = {row for (row,) in con.execute("select distinct source_row from delivered.extract.rejected").fetchall()}
        (kept,) = con.table(f"delivered.extract.{source}").count("*").fetchone() or (0,)
    wanted = {r["source_row"] for r in borough.truth("appearance") if r["source"] == source and (r["is_fatal"] or r["is_duplicate"])}
    assert refused == wanted
    assert kept == borough.counts["rows"][source] - len(wanted)


def test_a_run_that_knows_the_truth_scores_one(run: Run, borough: BoroughOnDisk, tmp_path: Path):
    lay_the_truth(run, borough)
    quality = evaluate(run.path, borough.truth_folder, run.settings)
    assert quality["person"]["f1"] > 0.995
    assert quality["household"]["b_cubed"]["f1"] > 0.995
    for framework, found in quality["cohort"].items():
        assert found["verified_true_share"] == 1, framework
        assert found["found_share"] > 0.95
        assert found["qualifying_with_records_count"] > 0
    assert sum(group["record_count"] for group in quality["origin"].values()) == quality["record_count"]


def lay_the_truth(run: Run, borough: BoroughOnDisk) -> None:
    """Link every record to the person whose name it bears in its row, put everyone at home, and list whoever truly qualifies."""
    with run.open() as con:
        for name in ("appearance", "person", "household_framework"):
            con.execute(f"create or replace temp table t_{name} as from read_parquet($path)", {"path": str(borough.truth_folder / f"{name}.parquet")})
        for table in (linked.PERSON_RECORD, linked.HOUSEHOLD_MEMBER, FAMILY, HOUSEHOLD_CRITERION, EVIDENCE):
            warehouse.create(con, table)
        con.execute(
            """
            insert into linked.person_record
            select record_id, person_id, 1, false from (
                select s.record_id, t.person_id
                from staging.record_source s join staging.person_record r using (record_id)
                join t_appearance t on (t.source, t.source_row, t.role) = (s.source, s.source_row, s.role)
                qualify row_number() over (
                    partition by s.record_id
                    order by jaro_winkler_similarity(upper(t.name_delivered), upper(coalesce(r.forename, '') || ' ' || r.surname)) desc, t.person_id
                ) = 1
            )
            """
        )
        con.execute(
            "insert into linked.household_member select distinct household_id, person_id, 'unknown', true, 1, 'single_person', false"
            " from t_person join linked.person_record using (person_id) where household_id is not null"
        )
        con.execute(
            "insert into cohort.family by name select household_id, framework_id, 'verified' as status, date '2026-11-23' as as_of_date, '' as criteria_met,"
            " '' as criteria_not_assessed, '' as headlines_met, 2 as headline_count, 1 as adult_count, 1 as child_count, '' as identifying_sources,"
            " 'no_table' as basis_of_ward, 1 as link_confidence, '' as reason, '' as run_id, '' as criteria_sha256 from t_household_framework where qualifies"
        )
