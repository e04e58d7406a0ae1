"""The gates: what must be true of the extracts, of staging and of the cohort before a run may go on.

A critical gate that fails stops the run with exit code 5; what it found stays in the run's file, and the last publication stays.
"""

from typing import Any

import sql
from expectations import checkpoints, offenders, suites
from expectations.checkpoints import Judgements
from expectations.offenders import Gate
from expectations.vocabulary import Outcome, Suite
from pipelines import audit_trail, decisions, judged, trends, warehouse
from pipelines.errors import GateRefused
from pipelines.provenance import Run, UsedExtract
from schemas.audit import GATE

_READ_ANEW = (
    "An extract of another shape was made by another version of this software: put its file back into its source's landing folder "
    "(`families extracts` tells the name) and run again, which reads it anew."
)

Counts = dict[str, Any]
Rows = list[dict[str, Any]]


def check_landing(run: Run) -> Counts:
    """Judge the extracts the run stands on. Raises GateRefused when a critical gate fails."""
    with run.open() as con:
        audit_trail.open_stage(con, "landing")
        audit_trail.write_run(con, run)
        audit_trail.write_extracts(con, run)
        trends.carry(con, run)
        with judged.figures(con, run, "landing") as known:
            outcomes = [outcome for used in run.manifest.extracts for outcome in _of_extract(con, run, used, known)]
        uncompared = con.execute("select count(*) from audit.extract where extract_id is not null and previous_extract_id is null").fetchall()[0][0]
        return _conclude(con, run, "landing", outcomes, known) | {"uncompared_volume_count": int(uncompared)}


def check_staging(run: Run) -> Counts:
    """Judge the standardised tables. Raises GateRefused when a critical gate fails."""
    with run.open() as con:
        audit_trail.open_stage(con, "staging")
        with judged.figures(con, run, "staging") as known:
            outcomes = [outcome for suite in suites.staging_suites() for outcome in _judge(con, run, suite, known)]
        return _conclude(con, run, "staging", outcomes, known)


def check_cohort(run: Run) -> Counts:
    """Judge persons, households, the list and all it rests on. Raises GateRefused when a critical gate fails."""
    with run.open() as con:
        audit_trail.open_stage(con, "cohort")
        with judged.figures(con, run, "cohort") as known:
            checked = [*suites.cohort_suites(), *(suite for suite in suites.audit_suites() if audit_trail.exists(con, suite.table))]
            outcomes = [outcome for suite in checked for outcome in _judge(con, run, suite, known)]
        if _all_there(outcomes):
            _note_extract_rows(con, run)
            _note_previous_list(con, run)
        return _conclude(con, run, "cohort", outcomes, known)


def _of_extract(con: warehouse.Connection, run: Run, used: UsedExtract, known: Judgements) -> list[Outcome]:
    """What becomes of the suites of a source's extract; nothing where there is none."""
    with audit_trail.delivered(con, run, used) as place:
        if not place:
            return []
        outcomes = _judge(con, run, suites.receipt_suite(used.source), known, "delivered.extract.receipt")
        found = _judge(con, run, suites.extract_suite(used.source), known, place)
        outcomes += found + (trends.judge(con, run, used, place, known) if _all_there(found) else [])
        return outcomes + _beside(con, run, used.source, known)


def _judge(con: warehouse.Connection, run: Run, suite: Suite, known: Judgements, place: str | None = None) -> list[Outcome]:
    parameters = {"as_of": run.as_of, "run_id": run.run_id, "framework_id": run.manifest.framework_id}
    return checkpoints.check(con, suite, parameters, place, known)


def _beside(con: warehouse.Connection, run: Run, source: str, known: Judgements) -> list[Outcome]:
    """What becomes of the other tables of the extract attached as `delivered`: those of a set, and what ingest noted of rejections, repairs and files."""
    parts = audit_trail.parts(con)
    of_set = [suites.main_of_set_suite(source)] if parts else []
    of_set += [suites.part_suite(source, part) for part in parts]
    there = audit_trail.tables(con)
    noted = [suite for suite in suites.bookkeeping_suites(source) if suite.table.name in there]
    return [outcome for suite in (*of_set, *noted) for outcome in _judge(con, run, suite, known, f"delivered.{suite.table.qualified}")]


def _all_there(outcomes: list[Outcome]) -> bool:
    """Whether every table checked is there, whole; what may look otherwise in an extract of an earlier version aside."""
    return all(outcome.is_success for outcome in outcomes if outcome.expectation == "shape" and outcome.severity == "critical")


def _note_extract_rows(con: warehouse.Connection, run: Run) -> None:
    """The delivered rows that evidence points at, looked up in the extracts themselves."""
    con.execute("create or replace temp table extract_row (extract_id varchar, source_row bigint)")
    for used in run.manifest.extracts:
        with audit_trail.delivered(con, run, used) as place:
            if place:
                statement = f"insert into extract_row by name {sql.read('audit/extract_row')}"
                con.execute(statement, {"extract_id": used.extract_id, "delivered": place})


def _note_previous_list(con: warehouse.Connection, run: Run) -> None:
    """The list that the run's would follow on; empty at the first publication."""
    con.execute("create or replace temp table previous_list (household_id varchar, district varchar, criteria_met varchar)")
    if run.previous_path is not None:
        warehouse.attach(con, run.settings, run.previous_path, "previous")
        con.execute(sql.read("audit/previous_list"), {"framework_id": run.manifest.framework_id})
        con.execute("detach previous")


def _conclude(con: warehouse.Connection, run: Run, stage: str, outcomes: list[Outcome], known: Judgements) -> Counts:
    """Record everything first, then refuse if need be."""
    audit_trail.write_outcomes(con, run, stage, outcomes)
    trends.note_outcomes(con, run, outcomes)
    told = [_of_suite(run, stage, name, outcomes) for name in dict.fromkeys(outcome.suite for outcome in outcomes)]
    words: dict[str, list[str]] = {}
    # Without the tables they read the queries cannot be asked; the broken shape refuses by itself.
    if _all_there(outcomes):
        found, words = _offender_gates(con, run, stage)
        told += found
    audit_trail.insert(con, GATE, told)
    _refuse(run, stage, [gate for gate in told if not gate["is_passed"] and gate["severity"] == "critical"], outcomes, words)
    return {
        "expectation_count": len(outcomes),
        "known_judgement_count": known.known_count,
        "gate_count": len(told),
        **audit_trail.warnings(con, stage),
    }


def _of_suite(run: Run, stage: str, suite: str, outcomes: list[Outcome]) -> dict[str, Any]:
    """A suite as one gate: its offenders are the critical expectations that do not hold."""
    broken = sum(o.suite == suite and o.severity == "critical" and not o.is_success for o in outcomes)
    sentence = f"Every critical expectation of {suite} holds."
    return _gate(run, stage, f"suite {suite}", sentence, "critical", broken)


def _offender_gates(con: warehouse.Connection, run: Run, stage: str) -> tuple[Rows, dict[str, list[str]]]:
    """The gates whose queries select offenders, and what the offenders of those that tell are, in words."""
    known = _known(run)
    found, words = [], {}
    for gate in offenders.gates(stage):
        statement = sql.read(gate.statement)
        parameters = {k: v for k, v in known.items() if f"${k}" in statement}
        if gate.is_told:
            words[gate.name] = [str(row[0]) for row in con.execute(f"select told from ({statement})", parameters).fetchall()]  # noqa: S608
            count = len(words[gate.name])
        else:
            count = int(con.execute(f"select count(*) from ({statement})", parameters).fetchall()[0][0])  # noqa: S608
        found.append(_gate(run, stage, gate.name, gate.description, _severity(gate, run), count))
    return found, words


def _severity(gate: Gate, run: Run) -> str:
    """Whether the gate stops the run, as the authority chose where it may choose."""
    if not gate.setting:
        return gate.severity
    publication = run.authority.publication
    chosen = publication.expected_change.at(run.as_of) if gate.setting == "expected_change" else getattr(publication.absent_sources, gate.setting)
    return "critical" if chosen == "stop" else "warning"


def _known(run: Run) -> dict[str, Any]:
    return {
        "run_id": run.run_id,
        "as_of": run.as_of,
        "framework_id": run.manifest.framework_id,
        "ends_use": [source for source in run.authority.profiles.sources if run.authority.profiles.use_ends_with_agreement(source)],
        "acceptance_probability": run.authority.publication.verification.acceptance_probability,
        **run.authority.publication.expected_change.model_dump(include={"smallest_list", "size_share", "joined_share", "left_share", "composition_share"}),
        # A suppression protects people, so it is looked up again in the store of decisions; the others are read off the list itself.
        "withheld": sorted(decisions.suppressed(run.settings, run.manifest.decisions_through)),
    }


def _gate(run: Run, stage: str, name: str, description: str, severity: str, offender_count: int) -> dict[str, Any]:
    about = {"run_id": run.run_id, "stage": stage, "gate": name, "description": description, "severity": severity}
    return about | {"offender_count": offender_count, "is_passed": offender_count == 0}


def _refuse(run: Run, stage: str, failed: Rows, outcomes: list[Outcome], words: dict[str, list[str]]) -> None:
    if not failed:
        return
    lines = [f"The {stage} gate refused run {run.run_id}: {len(failed)} critical gate(s) failed. Nothing is published; the last publication stays."]
    remedies = {gate.name: gate.remedy for gate in offenders.gates(stage)}
    for gate in failed:
        lines.append(f"- {gate['gate']}: {gate['description']} Offenders: {gate['offender_count']:,}. {remedies.get(gate['gate'], '')}".rstrip())
        lines += [f"    {_told(o)}" for o in outcomes if gate["gate"] == f"suite {o.suite}" and o.severity == "critical" and not o.is_success]
        lines += [f"    {told}." for told in words.get(gate["gate"], [])]
    if any(o.expectation == "shape" and o.severity == "critical" and not o.is_success and o.suite.startswith("extract.") for o in outcomes):
        lines.append(_READ_ANEW)
    lines.append("Read the report of the run, mend the cause, then run again.")
    raise GateRefused("\n".join(lines))


def _told(outcome: Outcome) -> str:
    return f"{outcome.suite}: {outcome.description} {outcome.unexpected_count:,} of {outcome.checked_count:,} break this."
