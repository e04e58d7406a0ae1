"""`families cohort what-if`: what the list would be under other values, before anybody changes a rule."""

from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.cli import common
from pipelines.cli.common import AsJson, Home
from pipelines.values.file_names import shown

Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="A value as criteria.yml's `set` names it: education.unauthorised_absence.threshold=10, crime_asb.asb.window.count=6, "
        "crime_asb.asb.ages.from=10, qualification.two_national_and_local.count=1. Give it again for more.",
    ),
]
SweepOf = Annotated[
    str | None, typer.Option("--sweep", metavar="NAME=FROM:TO:STEP", help="A curve over values, such as education.unauthorised_absence.threshold=5:25:1.")
]
FrameworkOf = Annotated[str | None, typer.Option("--framework", help="Framework to look at; that of the verified list unless given.")]
Out = Annotated[Path | None, typer.Option("--out", help="File to write: .csv of those who would join or leave; of a sweep the curve as .csv, or .svg.")]

CHANGE_COLUMNS = ["household_id", "change", "status_before", "status_after", "district", "ward", "gained", "lost"]
_SHOWN = 20


def what_if(given: Set = None, sweep: SweepOf = None, framework: FrameworkOf = None, out: Out = None, home: Home = None, as_json: AsJson = False) -> None:
    """Who would join the list and who would leave it under other values; nothing is published or changed.

    It starts from the last publication and from criteria.yml as it stands, so that after an edit no --set is needed. A threshold in percent
    may be written 10, 10% or 0.10.
    """
    from pipelines import what_if, what_if_output

    settings = common.settings(home)
    found = what_if.what_if(settings, given or [], framework) if sweep is None else what_if.what_if_swept(settings, sweep, given or [], framework)
    written = what_if_output.write(found, out) if out else None
    if as_json:
        common.show_json(found)
    else:
        _tell(found)
    if out is not None:
        typer.echo(f"{written:,} rows written to {shown(out)}.", err=True)


def _tell(found: dict[str, Any]) -> None:
    typer.echo(f"What if, on the list of run {found['run_id']}, framework {found['framework_id']}. Nothing is published or changed.")
    if found["is_criteria_edited"]:
        typer.echo("criteria.yml was edited since the list was made: the edit is counted in.")
    for change in found["changed"]:
        typer.echo(f"  {change['key']}: {_value(change['before'])} -> {_value(change['after'])}{' (a share, read as percent)' if change['is_share'] else ''}")
    if "curve" in found:
        share = " (shares, read as percent)" if found["is_share"] else ""
        common.show(found["curve"], as_json=False, title=f"{found['swept']}, as published {_value(found['published_value'])}{share}")
        return
    before, after = found["listed_before_count"], found["listed_after_count"]
    typer.echo(f"The list: {before:,} families -> {after:,}; {found['would_join_count']:,} would join, {found['would_leave_count']:,} would leave.")
    common.show(found["by_district"], as_json=False, title="By district")
    common.show(found["by_ward"], as_json=False, title="By ward", empty="By ward: no ward is told, since the list was made without wards.csv.")
    differing = [row for row in found["by_criterion"] if _differs(row)]
    common.show(differing, as_json=False, title="Criteria that differ", empty="No criterion is found otherwise.")
    common.show(found["by_status"], as_json=False, title="By status")
    common.show(found["changes"][:_SHOWN], as_json=False, title="Who would move", columns=CHANGE_COLUMNS, empty="Nobody would join or leave.")
    common.tell_kept_back(found["kept_back_count"], "households")
    if len(found["changes"]) > _SHOWN:
        typer.echo(f"... and {len(found['changes']) - _SHOWN:,} more; --json or --out has them all.")


def _differs(row: dict[str, Any]) -> bool:
    return bool(row["met_before_count"] != row["met_after_count"] or row["not_assessed_before_count"] != row["not_assessed_after_count"])


def _value(value: Any) -> str:
    """A value of criteria.yml as it is written there: 15 and not 15.0."""
    return f"{value:g}" if isinstance(value, float) else str(value)
