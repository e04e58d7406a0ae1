"""Runs scored and verified, publications they follow on, and what a test asks of them."""

from datetime import UTC, datetime, timedelta

from pipelines import decisions, score, verify, warehouse
from schemas import cohort
from tests.support.families import AS_OF, a_member

WEAK = {"members": [a_member("mother", 34), a_member("son", 13, membership=0.85)]}


def verified(borough, *families, **given):
    """A run of these families, scored and verified."""
    run = borough.a_run(*families, **given)
    score.score(run)
    verify.verify(run)
    return run


def publish(run):
    """Lay the run's tables where the next run looks for its previous publication."""
    path = run.settings.published_dir / f"cohort-{run.run_id}.duckdb"
    with warehouse.database(run.settings, path, read_only=False) as con:
        warehouse.attach(con, run.settings, run.path, "run")
        warehouse.create(con, cohort.FAMILY)
        warehouse.append(con, cohort.FAMILY, "from run.cohort.family")
    return run


def decide(borough, household_id, decision, days_ago=1):
    """Record a coordinator's decision; returns its number."""
    at = datetime.combine(AS_OF, datetime.min.time(), UTC) - timedelta(days=days_ago)
    return decisions.decide_household(household_id, decision, "Told by the test.", "coordinator", borough.settings.model_copy(update={"clock": at}))


def rows(run, query, **values):
    """Rows of a query on the run's file."""
    with run.open(read_only=True) as con:
        return con.execute(query, values or None).fetchall()


def statuses(run, framework="tf-2012"):
    """Status by household."""
    return dict(rows(run, "select household_id, status from cohort.family where framework_id = $framework", framework=framework))


def listed(run):
    """Households on the list."""
    return [row[0] for row in rows(run, "select household_id from cohort.verified_families order by all")]


def changes(run):
    """Changes by household: change, status before, status after, reason."""
    return {row[0]: row[1:] for row in rows(run, "select household_id, change, status_before, status_after, reason from cohort.change")}
