"""SCORE: which criteria each household meets, does not meet, or cannot be assessed on, with the source rows behind every one that is met."""

from typing import Any

from pipelines import assessment, criteria
from pipelines.provenance import Run
from pipelines.warehouse import Connection


def score(run: Run) -> dict[str, Any]:
    """Make cohort.household_criterion and cohort.evidence for every assessed household and framework in force; returns counts.

    The worked cases were run when the run started. Raises BadConfiguration for mistakes in the authority's criteria, or a framework not in force.
    """
    frameworks = criteria.in_force(criteria.load(run.authority), run.as_of, run.manifest.framework_id)
    with run.open() as con:
        acceptance = run.authority.publication.verification.acceptance_probability
        assessment.choose_households(con, run.authority, frameworks, run.as_of, acceptance)
        present = [extract.source for extract in run.manifest.extracts]
        assessed = assessment.note_silence(con, run.manifest.extracts)
        assessment.assess(con, frameworks, run.as_of, acceptance, present)
        return {"assessed_household_count": assessed, "evidence_count": _evidence_count(con), "assessments": _assessments(con)}


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
