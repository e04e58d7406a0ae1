"""Runs scored and verified, publications they follow on, and what a test asks of them."""

from datetime import UTC, datetime, timedelta

from pipelines import audit_trail, decisions, publications, score, standing, verify, warehouse
from schemas import audit, cohort
from tests.support.families import AS_OF, a_member

WEAK = {"members": [a_member("mother", 34), a_member("son", 13, membership=0.85)]}

# As the household stage fills it.
_CONFIRM_MEMBERS = """
    update linked.household_member as member set is_confirmed = true
    from confirmed_household as home inner join register.confirmed_link as covered using (decision_id)
    where home.household_id = member.household_id and covered.person_id = member.person_id
"""


def verified(borough, *families, **given):
    """A run of these families, scored and verified."""
    return settled(borough.a_run(*families, **given))


def settled(run):
    """The run with its decisions carried on, scored and verified."""
    with run.open() as con:
        standing.decide(con, run)
        con.execute(_CONFIRM_MEMBERS)
        standing.hold(con, run)
    score.score(run)
    verify.verify(run)
    return run


def publish(run):
    """Lay the run's tables where the next run, and whoever decides, looks for the current publication."""
    path = publications.path_of(run.run_id, run.settings)
    with run.open() as con:
        audit_trail.write_run(con, run, "command_line")
    with warehouse.database(run.settings, path, read_only=False) as con:
        warehouse.attach(con, run.settings, run.path, "run")
        for table in (
            cohort.FAMILY,
            cohort.CHANGE,
            cohort.VERIFIED_FAMILIES,
            cohort.EVIDENCE,
            cohort.RANKING,
            cohort.KEPT_PLACE,
            *cohort.REGISTER_TABLES,
            audit.RUN,
        ):
            warehouse.create(con, table)
            warehouse.append(con, table, f"select {', '.join(table.column_names)} from run.{table.qualified}")  # noqa: S608 - declared names
    link = path.with_name(publications.CURRENT)
    link.unlink(missing_ok=True)
    link.symlink_to(path.name)
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
