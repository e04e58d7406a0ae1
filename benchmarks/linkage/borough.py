"""The fictional borough's records as the product standardises them, with the true person of each: generate, ingest, standardise, export."""

import tempfile
from datetime import date
from pathlib import Path

AS_OF = date(2026, 11, 23)
# The product's own account of which record is whose joins the persons that linkage found; here each record stands for itself.
_UNLINKED = "create schema if not exists linked; create table linked.person_record as select record_id, record_id as person_id from staging.person_record"


def write(path: Path, people: int = 20_000, seed: int = 8) -> None:
    """Write the records of a borough on a seed that the shipped model was not trained on."""
    import sql
    from pipelines import authority, ingest, manifest, provenance, standardise
    from pipelines.settings import Settings, prepare_home
    from pipelines.synthetic import generation
    from schemas.staging import SOURCES

    with tempfile.TemporaryDirectory(prefix="bench-borough-") as folder:
        home = Path(folder)
        generation.generate(home, people, seed, as_of=AS_OF)
        settings = Settings(home=home)
        prepare_home(settings)
        for source in SOURCES:
            ingest.ingest(authority.find("calderbrook", settings), source, AS_OF, settings)
        run = provenance.start(manifest.manifest("calderbrook", None, AS_OF, settings), settings)
        standardise.standardise(run)
        with run.open() as con:
            con.execute(_UNLINKED)
            for view in ("appearance", "person", "household"):
                con.execute(f"create temp table true_{view} as from read_parquet($path)", {"path": str(home / "truth" / f"{view}.parquet")})
            con.execute(f"create temp table true_record as {sql.read('evaluation/record_person')}")
            con.sql(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")).pl().write_parquet(path)
