"""What the list would be under other values of a framework: worked out from the last publication's run, in memory; nothing is published or changed.

Only the criteria that differ are assessed anew, by the very statements that score and verify; the rest is taken as the run found it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb

import sql
from pipelines import assessment, criteria, leaving, provenance, publications, seals, standing, warehouse
from pipelines.errors import WrongUsage
from pipelines.provenance import Run
from pipelines.settings import Settings
from pipelines.warehouse import Connection
from pipelines.what_if_values import OF_A_RUN, Sweep, changes, sweep, with_changes
from schemas import cohort
from schemas.criterion import Criteria, Framework

Rows = list[dict[str, Any]]

_READ = {
    "linked": ("household", "household_member", "household_doubt", "person", "person_record", "scored_pair"),
    "staging": ("event",),
    "register": ("decision", "confirmed_link", "held_person"),
}
_PARTS = ("changes", "by_district", "by_ward", "by_criterion", "by_status")


@dataclass(frozen=True, slots=True)
class Base:
    """What a what-if starts from: the run behind the list, the framework as criteria.yml has it now, and which criteria differ from the run's."""

    run: Run
    framework: Framework
    edited: frozenset[str]
    is_edited: bool


def what_if(settings: Settings, given: Sequence[str], framework_id: str | None = None) -> dict[str, Any]:
    """Who would join the list and who would leave it with these values (`key=value`), by district, ward, criterion and status.

    Without values, what criteria.yml as it stands now would make of the list. By ward there is nothing where the list was made without wards.csv.
    Households known through rows that may not reach a list are counted with the others, and not told. Raises WrongUsage for an unknown name or a value
    that cannot be.
    """
    base = _base(settings, framework_id)
    changed = changes(given, base.framework)
    if not changed and not base.is_edited:
        raise WrongUsage(
            "Nothing differs from the published list. Name a value, such as --set education.unauthorised_absence.threshold=10, or edit criteria.yml."
        )
    after = _tried(base, [(c.key, c.after) for c in changed])
    with _worked_out(base, {"1": after}) as con:
        found = {part: _told(con, part, base) for part in _PARTS}
    about = _about(base) | {"changed": [{"key": c.key, "before": c.before, "after": c.after, "is_share": c.is_share} for c in changed]}
    totals = _totals(found["by_status"], found["changes"])
    may = leaving.of("list", base.run.manifest.authority, settings)
    moved = may.changes(found["changes"], _listed(base, settings) if may.sources else [])
    return {**about, **totals, **found, "by_criterion": list(may.found(found["by_criterion"])), "changes": moved, "kept_back_count": moved.kept_back_count}


def _listed(base: Base, settings: Settings) -> list[dict[str, Any]]:
    """The families of the list. Imported here: they need the store of decisions, whose library is slow to load."""
    from pipelines import cohort as published

    return published.list_families(settings, status=None, framework=base.framework.id)


def what_if_swept(settings: Settings, swept: str, given: Sequence[str] = (), framework_id: str | None = None) -> dict[str, Any]:
    """The curve of a sweep (`key=from:to:step`): how long the list would be at each value, and who would join and leave. Raises WrongUsage as `what_if`."""
    base = _base(settings, framework_id)
    steps = sweep(swept, base.framework)
    fixed = changes(given, base.framework, steps.key)
    if steps.key in {c.key for c in fixed}:
        raise WrongUsage(f"'{steps.key}' is both set and swept. Leave one out.")
    variants = {str(n): _tried(base, [*((c.key, c.after) for c in fixed), (steps.key, v)]) for n, v in enumerate(steps.values, start=1)}
    with _worked_out(base, variants) as con:
        curve = _curve(_rows(con, "whatif/curve", {}), steps)
    about = _about(base) | {"changed": [{"key": c.key, "before": c.before, "after": c.after, "is_share": c.is_share} for c in fixed]}
    return {**about, "swept": steps.key, "is_share": steps.is_share, "published_value": steps.before, "curve": curve}


def _tried(base: Base, values: Iterable[tuple[str, Any]]) -> Framework:
    """The framework with the values. Raises WrongUsage for a value that cannot be, a place that the authority does not have included."""
    framework = with_changes(base.framework, values)
    unknown = [told for _, told in criteria.unknown_places(base.run.authority, Criteria(frameworks=(framework,)))]
    if unknown:
        raise WrongUsage("\n".join(unknown))
    return framework


def _curve(rows: Rows, steps: Sweep) -> Rows:
    return [{"value": steps.values[int(row.pop("variant")) - 1], **row} for row in rows]


def _base(settings: Settings, framework_id: str | None) -> Base:
    run_id = publications.current_run_id(settings)
    if run_id is None:
        raise WrongUsage(publications.nothing(settings))
    run = provenance.load(run_id, settings)
    if not run.path.exists():
        raise WrongUsage(f"The file of run {run_id}, which made the list, is no longer kept. Make the list again with: families refresh --as-of {run.as_of}")
    known = criteria.load(run.authority)
    chosen = framework_id or run.manifest.framework_id
    in_force = {f.id: f for f in criteria.in_force(known, run.as_of, run.manifest.framework_id)}
    if chosen not in in_force:
        raise WrongUsage(f"Framework '{chosen}' was not assessed by run {run_id}; {criteria.nearest(chosen, in_force)}")
    framework = in_force[chosen]
    before = _as_run(run, chosen)
    if before and before.household != framework.household:
        raise WrongUsage(f"criteria.yml has another 'household' than the list was made with. It {OF_A_RUN}")
    found = {c.id: c for c in before.criteria} if before else {}
    return Base(run, framework, frozenset(c.id for c in framework.criteria if found.get(c.id) != c), _is_edited(run))


def _is_edited(run: Run) -> bool:
    return criteria.sha256(run.authority) != run.manifest.criteria_sha256


def _as_run(run: Run, framework_id: str) -> Framework | None:
    """The framework as the run assessed it; None where it can no longer be known, so that all its criteria are assessed anew."""
    kept = seals.kept_authority(run)
    if kept is None or criteria.sha256(kept) != run.manifest.criteria_sha256:
        return None
    found = criteria.in_force(criteria.load(kept), run.as_of, run.manifest.framework_id)
    return next((framework for framework in found if framework.id == framework_id), None)


@contextmanager
def _worked_out(base: Base, variants: Mapping[str, Framework]) -> Iterator[Connection]:
    """A connection in whose memory every variant is assessed, combined and given its statuses, and set against the published list."""
    with warehouse.connection(base.run.settings) as con:
        warehouse.attach(con, base.run.settings, base.run.path, "run")
        anew = {name: _differing(base, variant) for name, variant in variants.items()}
        try:
            _see(con)
            con.execute(sql.read("whatif/needed"))
        except (duckdb.CatalogException, duckdb.BinderException):
            raise WrongUsage(f"Run {base.run.run_id} was made by an earlier version of the program. Make the list again with: families refresh") from None
        _assess(con, base, anew)
        _gather(con, base, variants, anew)
        assessment.qualify(con, [variant.model_copy(update={"id": name}) for name, variant in variants.items()])
        rules = base.run.authority.publication.verification
        assessment.make(con, "standing_decision", folder="verify")
        standing.note_unseen_rejections(con, base.run)
        assessment.make(con, "family_status", folder="verify", acceptance=rules.acceptance_probability, require_decision=rules.require_decision)
        assessment.make(con, "moved", folder="whatif", framework_id=base.framework.id)
        yield con


def _differing(base: Base, variant: Framework) -> Framework:
    """The variant with those of its criteria alone that the run did not assess so."""
    before = {c.id: c for c in base.framework.criteria if c.id not in base.edited}
    return variant.model_copy(update={"criteria": tuple(c for c in variant.criteria if c != before.get(c.id))})


def _see(con: Connection) -> None:
    """Let statements find the run's tables under their own names."""
    for schema, tables in _READ.items():
        con.execute(f"create schema {schema}")
        for table in tables:
            con.execute(f"create view {schema}.{table} as select rowid, * from run.{schema}.{table}")  # noqa: S608 - declared names


def _assess(con: Connection, base: Base, anew: Mapping[str, Framework]) -> None:
    """Make cohort.assessed_criterion and cohort.assessed_evidence: what differs, assessed."""
    acceptance = base.run.authority.publication.verification.acceptance_probability
    assessment.choose_households(con, base.run.authority, list(anew.values()), base.run.as_of, acceptance)
    assessment.note_silence(con, base.run.manifest.extracts)
    asked = [framework.model_copy(update={"id": name}) for name, framework in anew.items() if framework.criteria]
    if asked:
        present = [extract.source for extract in base.run.manifest.extracts]
        assessment.assess(con, asked, base.run.as_of, acceptance, present)
    else:
        warehouse.create(con, cohort.HOUSEHOLD_CRITERION)
        warehouse.create(con, cohort.EVIDENCE)
    con.execute("alter table cohort.household_criterion rename to assessed_criterion")
    con.execute("alter table cohort.evidence rename to assessed_evidence")


def _gather(con: Connection, base: Base, variants: Mapping[str, Framework], anew: Mapping[str, Framework]) -> None:
    """Make cohort.household_criterion and cohort.evidence of every variant whole: what was assessed anew and what the run found."""
    kept = [
        {"framework_id": name, "criterion_id": criterion.id}
        for name, variant in variants.items()
        for criterion in variant.criteria
        if criterion not in anew[name].criteria
    ] + [{"framework_id": name, "criterion_id": ""} for name in variants]
    assessment.make(con, "variant", folder="whatif", rows=json.dumps(kept))
    about = {"framework_id": base.framework.id}
    con.execute(f"create table cohort.household_criterion as {sql.read('whatif/household_criterion')}", about | {"near_miss_share": cohort.NEAR_MISS_SHARE})
    con.execute(f"create table cohort.evidence as {sql.read('whatif/evidence')}", about)


def _about(base: Base) -> dict[str, Any]:
    return {
        "run_id": base.run.run_id,
        "as_of_date": base.run.as_of,
        "framework_id": base.framework.id,
        "is_criteria_edited": base.is_edited,
    }


def _totals(statuses: Rows, moved: Rows) -> dict[str, int]:
    verified = next(row for row in statuses if row["status"] == "verified")
    joining = sum(row["change"] == "would_join" for row in moved)
    return {
        "listed_before_count": verified["before_count"],
        "would_join_count": joining,
        "would_leave_count": len(moved) - joining,
        "listed_after_count": verified["after_count"],
    }


def _told(con: Connection, part: str, base: Base) -> Rows:
    """A part of the answer where there is one variant, which is not told."""
    parameters = {"framework_id": base.framework.id, "statuses": list(cohort.STATUSES)}
    statement = f"whatif/{part}"
    rows = _rows(con, statement, {name: value for name, value in parameters.items() if f"${name}" in sql.read(statement)})
    return [{name: value for name, value in row.items() if name != "variant"} for row in rows]


def _rows(con: Connection, statement: str, parameters: dict[str, Any]) -> Rows:
    cursor = con.execute(sql.read(statement), parameters)
    names = [column[0] for column in cursor.description or []]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
