"""The flow, from partners' files to a verified cohort: a new reader starts here. Airflow, the command line and the tests all call these."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from pipelines import authority as authorities
from pipelines import (
    carried,
    configuration,
    faults,
    gates,
    household,
    ingest,
    link,
    locks,
    manifest,
    provenance,
    publications,
    publish,
    report,
    score,
    seals,
    standardise,
    verify,
)
from pipelines.errors import BadConfiguration, GateRefused, Unnoted
from pipelines.provenance import Run
from pipelines.settings import SOURCES, Settings, prepare_home

Counts = dict[str, Any]
Progress = Callable[[str, Counts], None]

_CASES = "worked cases of "

# Each stage reads the tables of the stages before it and makes its own anew, so that it can be broken off and run again.
STAGES: dict[str, Callable[..., Counts]] = {
    "check_landing": gates.check_landing,
    "standardise": standardise.standardise,
    "check_staging": gates.check_staging,
    "link": link.link,
    "household": household.household,
    "score": score.score,
    "verify": verify.verify,
    "check_cohort": gates.check_cohort,
    "publish": publish.publish,
    "report": report.write,
}


def ingest_source(authority: str, source: str, as_of: date, settings: Settings) -> list[ingest.Delivery]:
    """Ingest whatever the source's partner delivered; a refused delivery is told in the result, not raised."""
    settings.refuse_future(as_of)
    prepare_home(settings)
    with locks.hold(f"ingest-{source}", settings, purpose=f"ingest of {source}", wait_seconds=60):
        return ingest.ingest(authorities.find(authority, settings), source, as_of, settings)


def optional_sources(authority: str, settings: Settings) -> list[str]:
    """The sources beyond the four of which the authority has a profile, in one order."""
    return [source for source in authorities.find(authority, settings).profiles.sources if source not in SOURCES]


def open_run(authority: str, framework: str | None, as_of: date, settings: Settings) -> str:
    """The id of the run these inputs make; its file is made, or kept when an earlier attempt broke off.

    The authority's files are checked and its worked cases run first: raises BadConfiguration with every mistake.
    """
    return _open_run(authority, framework, as_of, settings, checked_sha256=_checked(authority, framework, as_of, settings))


def _checked(authority: str, framework: str | None, as_of: date, settings: Settings) -> str:
    """Check the authority's files; returns their hash. Cases that gave what they say for the current publication, with the same files, are not run again."""
    council = authorities.find(authority, settings)
    sha256 = council.sha256()
    are_proven = carried.proves(publications.current_run_id(settings), _CASES + sha256, settings)
    configuration.check(council, framework, as_of, are_cases_proven=are_proven)
    return sha256


def _open_run(authority: str, framework: str | None, as_of: date, settings: Settings, checked_sha256: str) -> str:
    prepare_home(settings)
    run = provenance.start(manifest.manifest(authority, framework, as_of, settings), settings)
    seals.keep(run)
    # Files that changed between the check and the manifest are not those that were checked; and a run that is at work is left to those who read it.
    if run.manifest.configuration_sha256 == checked_sha256 and not provenance.finished_stages(run):
        with run.open() as con:
            carried.prove(con, _CASES + checked_sha256)
    return run.run_id


def run_stage(stage: str, run_id: str, settings: Settings, *, again: bool = False, **options: Any) -> Counts:
    """Run one stage of a run under the refresh lock, as a task of a DAG does. A stage done before is kept, and says so, unless `again`."""
    with locks.hold("refresh", settings, purpose=f"run {run_id}, stage {stage}", wait_seconds=60):
        run = provenance.load(run_id, settings)
        if again:
            provenance.forget_stages(run, _position(stage))
        return _once(stage, run, options)


def restore(run_id: str, reason: str, decided_by: str, settings: Settings) -> Counts:
    """Make an earlier publication current again, recorded with who and why, and its page the auditors' latest."""
    prepare_home(settings)
    with locks.hold("refresh", settings, purpose=f"restoring the publication of run {run_id}", wait_seconds=60):
        try:
            told = publish.restore(run_id, reason, decided_by, settings)
        except Unnoted:
            report.show(run_id, settings)  # it is put back all the same
            raise
        return told | {"has_report": report.show(run_id, settings)}


def refresh(authority: str, framework: str | None, as_of: date, settings: Settings, progress: Progress, *, dry_run: bool = False) -> str:
    """The whole flow in one process; returns the run's id. A dry run stops before publication. `progress` hears each step and its result."""
    settings.refuse_future(as_of)
    prepare_home(settings)
    with locks.hold("refresh", settings, purpose=f"refresh of {authority} at {as_of}"):
        checked_sha256 = _checked(authority, framework, as_of, settings)
        for source in authorities.find(authority, settings).profiles.sources:
            for delivery in ingest_source(authority, source, as_of, settings):
                progress("ingest", asdict(delivery))
        run = provenance.load(_open_run(authority, framework, as_of, settings, checked_sha256), settings)
        for stage in list(STAGES)[: list(STAGES).index("publish") if dry_run else None]:
            progress(stage, _once(stage, run, {}))
    return run.run_id


def _once(stage: str, run: Run, options: Counts) -> Counts:
    """What the stage reports, now or when it was done before. A publication that readers should see and do not is put in place anew."""
    kept = provenance.finished_stages(run).get(stage)
    if kept is None or (stage == "publish" and not publish.stands(run)):
        return _step(stage, run, options)
    is_current = {"is_current": publications.current_run_id(run.settings) == run.run_id} if stage == "publish" else {}
    return kept | is_current | {"is_kept": True}


def remake(known: provenance.Manifest, settings: Settings, progress: Progress, *, with_publication: bool) -> Run:
    """Make the cohort of a known manifest anew in a home that holds what it names, judged and published there when asked for; nothing is ingested."""
    run = provenance.start(known, settings)
    for stage in list(STAGES)[: _position("publish")]:
        if with_publication or not (stage.startswith("check_") or stage == "publish"):
            progress(stage, _step(stage, run, {}))
    return run


def _step(stage: str, run: Run, options: Counts) -> Counts:
    faults.point(f"stage:{stage}")
    if stage != "report" and run.authority.sha256() != run.manifest.configuration_sha256:
        raise BadConfiguration(f"The files of {run.authority.folder} changed since run {run.run_id} was started, and were checked then. Start a new run.")
    try:
        counts = STAGES[stage](run, **options)
    except GateRefused:
        report.write(run)  # so that an auditor sees what was refused, and why
        raise
    if stage == "publish":
        seals.seal_publication(run)
    with run.open() as con:
        provenance.finish_stage(con, run, stage, _position(stage), counts)
    return counts


def _position(stage: str) -> int:
    """Place in the flow, from 1."""
    return list(STAGES).index(stage) + 1
