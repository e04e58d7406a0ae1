"""The list in order of need and who has a place on it, as published; pipelines/ranking.py gives the places out."""

import duckdb

from pipelines import casework, cohort, leaving
from pipelines.published_rows import Rows, current, fetched
from pipelines.settings import Settings


def places(settings: Settings, *, framework: str | None = None, tier: str | None = None, top: int | None = None) -> leaving.Told:
    """The list in order of need, by tier, with the places of those that have one; the first `top` of each tier where given.

    `decided_since` is what was decided on a family after the list was made: one suppressed since is marked so. Families known through rows that may not
    reach a list are kept back and counted. Raises WrongUsage for a tier or framework that the list does not have.
    """
    with current(settings) as con:
        cohort.refuse_unknown(con, "framework_id", framework, "framework")
        cohort.refuse_unknown(con, "tier", tier, "tier")
        found = fetched(con, "cohort/ranking", {"framework": framework, "tier": tier, "top": top})
        told = cohort.limits(con, "list", settings).of_sources(found, "identifying_sources")
    shown = [{name: value for name, value in row.items() if name != "identifying_sources"} for row in told]
    return leaving.Told(casework.noted(shown, settings), told.kept_back_count)


def places_that_wait(settings: Settings, framework: str | None = None) -> Rows:
    """The places that wait for families which have just left the list: how many by tier and service, and since when.

    One of a family known through rows that may not reach a list, or of whom the list no longer tells how it was known where any are barred, is not counted.
    """
    with current(settings) as con:
        try:
            barred = sorted(cohort.limits(con, "list", settings).sources)
            return fetched(con, "cohort/kept_place", {"framework": framework, "barred": barred})
        except duckdb.CatalogException:
            return []  # published before places waited
