"""How many of the true pairs our blocking rules propose: counted apart from the timed run, with the engine's own steps."""

import tempfile
from pathlib import Path


def blocking_recall(model: Path, records: Path, *, across_sources: bool) -> float:
    """The share of true pairs that some rule proposes, or that say exactly the same and so need no rule."""
    from matching import blocking
    from pipelines import authority, people_input, people_specification, warehouse
    from pipelines.settings import Settings
    from schemas.linkage_model import LinkageModel

    asked = authority.load(model, LinkageModel)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        settings = Settings(home=Path(folder))
        with warehouse.connection(settings) as con:
            table = people_input.read(con, [records], asked, settings.today().year)
            specification = people_specification.of_table(asked, table.columns, model)
            blocking.candidate_pairs(con, specification.rules, specification.link_type)
            query = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")
            proposed, total = con.execute(query, {"records": str(records), "across_sources": across_sources}).fetchall()[0]
    return proposed / total if total else 1.0
