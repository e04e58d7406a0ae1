"""`families runs`, `extracts` and `quality`: how the list came to be, without a name."""

from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.cli import common
from pipelines.cli.common import AsJson, Home, Wide
from pipelines.errors import BadInput, WrongUsage
from pipelines.values.file_names import shown

EXTRACT_COLUMNS = [
    "source",
    "file_name",
    "received_count",
    "accepted_count",
    "repaired_count",
    "rejected_count",
    "removed_count",
    "standing_count",
    "age_days",
    "is_stale",
]


def runs(home: Home = None, as_json: AsJson = False) -> None:
    """List the runs, the newest first, with the stage each has reached."""
    from pipelines import provenance, publications

    settings = common.settings(home)
    current = publications.current_run_id(settings)
    rows = []
    whole, damaged = provenance.whole_and_damaged(settings)
    for run in whole:
        run_id = run.run_id
        done = list(provenance.finished_stages(run)) if run.path.exists() else []
        manifest = run.manifest
        rows.append(
            {
                "run_id": run_id,
                "as_of_date": manifest.as_of_date.isoformat(),
                "authority": manifest.authority,
                "framework_id": manifest.framework_id,
                "last_stage": done[-1] if done else "none",
                "is_current": run_id == current,
                "previous_run_id": manifest.previous_run_id,
            }
        )
    common.show(rows, as_json, empty="No run that can be read." if damaged else "No run yet. Start one with: families refresh")
    if damaged:
        raise BadInput("\n".join(damaged.values()))


LISTED = ["extract_id", "file_name", "outcome", "received_count", "accepted_count", "repaired_count", "rejected_count", "removed_count", "replaced_by"]
LISTED_SHED = ["removed_count", "repaired_count", "replaced_by", "received_count"]

FILES = ["part", "file_name", *(f"{fate}_count" for fate in ("received", "accepted", "repaired", "rejected", "removed"))]
FILES += [*(f"{fate}_count" for fate in ("replaced", "deleted", "deletion", "standing")), "delivered_date", "extract_id", "file_sha256"]
FILES_SHED = ["file_sha256", "extract_id", "removed_count", "repaired_count", "delivered_date", "deletion_count"]

extracts = typer.Typer(help="What partners delivered and what became of it; by itself it lists the deliveries.", invoke_without_command=True)


@extracts.callback()
def _extracts(context: typer.Context, home: Home = None, wide: Wide = False, as_json: AsJson = False) -> None:
    if context.invoked_subcommand is None:
        list_extracts(home, wide, as_json)
    elif home or wide or as_json:
        raise WrongUsage(f"Options go behind the word: families extracts {context.invoked_subcommand} ...")


@extracts.command("list")
def list_extracts(home: Home = None, wide: Wide = False, as_json: AsJson = False) -> None:
    """List every delivery received: file, hash, rows received, accepted, repaired and rejected, and what replaced it; refused files with the reason."""
    from pipelines import receipts, refusals

    settings = common.settings(home)
    unread = refusals.notes(settings)
    common.show([*receipts.receipts(settings), *unread], as_json, columns=LISTED, shed=LISTED_SHED, wide=wide, empty="No extract yet. Call: families ingest")
    if unread and not as_json:
        typer.echo("\n".join(f"Refused: {row['source']}: {row['message']}" for row in unread))


@extracts.command("rejections")
def rejections(
    extract_id: Annotated[str | None, typer.Argument(help="An extract or refused file (`families extracts` lists them); all, counted, unless given.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write the report for the supplier, row by row, to this .csv or .xlsx file.")] = None,
    without_values: Annotated[bool, typer.Option("--without-values", help="Row numbers and reasons only, without the rows' own values.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Why rows were rejected or repaired, counted and without values, for auditors; with --out the report to send back to the supplier.

    The report holds the rejected rows as delivered, so it goes to that supplier and to nobody else.
    """
    from pipelines import receipts, rejection_report

    settings = common.settings(home)
    if out is None:
        rows = rejection_report.summary(extract_id, settings) if extract_id else receipts.rejections(settings)
        common.show(rows, as_json, empty="No row was rejected.")
        return
    if extract_id is None:
        raise WrongUsage("--out needs an extract, since each supplier is sent its own rows only: families extracts rejections EXTRACT_ID --out FILE")
    count = rejection_report.write(extract_id, out, settings, with_values=not without_values)
    told = {"extract_id": extract_id, "out": str(out), "rejection_count": count, "has_values": not without_values}
    if as_json:
        common.show_json(told)
    else:
        whose = "without values" if without_values else "with the rows' own values: for that supplier only"
        typer.echo(f"{shown(out)}: {count:,} {'rejection' if count == 1 else 'rejections'}, {whose}.")


@extracts.command("files")
def files(
    extract_id: Annotated[str, typer.Argument(help="An extract or refused file (`families extracts` lists them).")],
    home: Home = None,
    wide: Wide = False,
    as_json: AsJson = False,
) -> None:
    """Every file behind an extract, of a set or of a full delivery and its changes, with its hash and what became of its rows. Holds no name."""
    from pipelines import receipts

    common.show(receipts.files(extract_id, common.settings(home)), as_json, columns=FILES, shed=FILES_SHED, wide=wide)


def quality(
    run: Annotated[str | None, typer.Option("--run", help="The run; the newest unless given.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write the report into this folder: the page, everything as JSON, each table as CSV.")] = None,
    home: Home = None,
    wide: Wide = False,
    as_json: AsJson = False,
) -> None:
    """What an auditor needs: deliveries, rejections, gates and expectations of a run, published or refused, in words. Holds no name."""
    from pipelines import report

    settings = common.settings(home)
    found = report.quality(settings, run)
    written = report.write_files(out, found, settings) if out else []
    if as_json:
        common.show_json(found)
        return
    if out:
        typer.echo(f"{shown(out)}: {', '.join(written)}. They hold nothing personal.")
        return
    outcome = "refused by a gate" if found["is_refused"] else "every critical gate passed"
    typer.echo(f"Run {found['run_id']}, as of {found['as_of_date']}: {outcome}; {report.warnings_in_words(found)}")
    common.show(found["extracts"], as_json=False, wide=wide, title="Deliveries", columns=EXTRACT_COLUMNS)
    common.show(
        found["rejections"],
        as_json=False,
        wide=wide,
        title="Rows rejected, by reason",
        columns=["source", "reason", "rejected_count"],
        empty="No row was rejected.",
    )
    common.show(
        found["repairs"],
        as_json=False,
        wide=wide,
        title="Rows repaired, by reason",
        columns=["source", "reason", "repaired_count"],
        empty="No row was repaired.",
    )
    refused = ["source", "file_name", "delivered_date", "rule", "message", "accepted_as"]
    common.show(found["refused"], as_json=False, wide=wide, title="Deliveries refused", columns=refused, empty="No delivery was refused.")
    failed = [gate for gate in found["gates"] if not gate["is_passed"]]
    common.show(failed, as_json=False, wide=wide, title="Gates that failed", empty=f"All {len(found['gates'])} gates passed.")
    broken = [expectation for expectation in found["expectations"] if not expectation["is_success"]]
    held = f"All {len(found['expectations'])} expectations hold."
    title = f"{len(broken)} of {len(found['expectations'])} expectations do not hold (notes, of severity info, included)"
    common.show(broken, as_json=False, wide=wide, title=title, columns=["suite", "description", "severity", "checked_count", "unexpected_count"], empty=held)


def docs(folder: Annotated[Path, typer.Argument(help="Folder of the pages.")] = Path("docs")) -> None:
    """Write the data dictionary anew from the declared tables; for developers."""
    from pipelines import dictionary

    for path in dictionary.write(folder):
        typer.echo(path)


def summary_in_words(found: dict[str, Any]) -> str:
    """The summary of a publication as lines for a terminal."""
    from pipelines import report

    lines = [f"Run {found['run_id']}, as of {found['as_of_date']}, framework {found['framework_id']}", ""]
    lines += ["source               received  accepted  rejected"]
    for extract in found["extracts"]:
        numbers = "".join(f"{_number(extract[name]):>10}" for name in ("received_count", "accepted_count", "rejected_count"))
        is_past = extract["extract_id"] is None and extract.get("kept_until_date")
        why = f"past its retention ({extract['kept_until_date']}), not used" if is_past else "missing or stale"
        stale = f"  {why}: its criteria are not assessed" if extract["is_stale"] else ""
        is_changed = extract["standing_count"] not in (None, extract["accepted_count"])
        stand = f"  with the files before it {extract['standing_count']:,} rows stand" if is_changed else ""
        lines.append(f"{extract['source']:<19}{numbers}{stand}{stale}")
    lines += ["", f"people {found['person_count']:,}   households {found['household_count']:,}   families assessed {found['family_count']:,}"]
    lines += ["   ".join(f"{status.replace('_', ' ')} {count:,}" for status, count in found["status_counts"].items())]
    lines += [f"{report.warnings_in_words(found)}: families quality"]
    lines += ["", f"the list    {found['list_path']}", f"the report  {found['report_path']}"]
    return "\n".join(lines)


def _number(value: int | None) -> str:
    return "-" if value is None else f"{value:,}"
