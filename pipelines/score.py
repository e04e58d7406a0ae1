"""SCORE: which criteria each household meets, does not meet, or cannot be assessed on, with the source rows behind every one that is met."""

from typing import Any

from pipelines import assessment, criteria
from pipelines.errors import BadConfiguration
from pipelines.provenance import Run, UsedExtract
from pipelines.warehouse import Connection
from schemas.criterion import Criteria, Framework


def score(run: Run) -> dict[str, Any]:
    """Make cohort.household_criterion and cohort.evidence for every assessed household and framework in force; returns counts.

    Raises BadConfiguration for mistakes in the authority's criteria or cases, a case that does not come out, or a framework not in force.
    """
    frameworks = frameworks_in_force(run, criteria.load_checked(run.authority))
    with run.open() as con:
        assessed = assessment.choose_households(con)
        _silence(con, run)
        assessment.assess(con, frameworks, run.as_of, run.authority.publication.verification.acceptance_probability)
        return {"assessed_household_count": assessed, "evidence_count": _evidence_count(con), "assessments": _assessments(con)}


def frameworks_in_force(run: Run, known: Criteria) -> tuple[Framework, ...]:
    """The frameworks in force at the run's date. Raises BadConfiguration when the run's own is unknown or not among them."""
    chosen, wanted = known.at(run.as_of), run.manifest.framework_id
    if wanted not in (f.id for f in known.frameworks):
        raise BadConfiguration(f"criteria.yml has no framework '{wanted}'; {criteria.nearest(wanted, (f.id for f in known.frameworks))}")
    if wanted not in (f.id for f in chosen):
        raise BadConfiguration(f"Framework '{wanted}' is not in force at {run.as_of}: see effective_from and effective_to in criteria.yml.")
    return chosen


def _silence(con: Connection, run: Run) -> None:
    """Note the sources that are missing or too old to say anything about any household."""
    for extract in run.manifest.extracts:
        if extract.is_stale or extract.extract_id is None:
            values = {"source": extract.source, "why": _why(extract)}
            con.execute("insert into silent_source select household_id, $source, $why from assessed_household", values)


def _why(extract: UsedExtract) -> str:
    if extract.extract_id is None or extract.delivered_date is None:
        return f"there is no extract of {extract.source}"
    return f"the extract of {extract.source} delivered on {extract.delivered_date} is too old"


def _evidence_count(con: Connection) -> int:
    row = con.execute("select count(*) from cohort.evidence").fetchone()
    return int(row[0]) if row else 0


def _assessments(con: Connection) -> dict[str, dict[str, int]]:
    """Households by framework and assessment, over all criteria."""
    rows = con.execute("select framework_id, assessment, count(*) from cohort.household_criterion group by all order by all").fetchall()
    counts: dict[str, dict[str, int]] = {}
    for framework_id, assessment_name, number in rows:
        counts.setdefault(framework_id, {})[assessment_name] = number
    return counts
