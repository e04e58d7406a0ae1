"""`families cohort`: the weekly list, and why each family is on it."""

from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.cli import common, explained, family, individuals, managers, places, what_if
from pipelines.cli.common import AsJson, Home, Wide
from pipelines.cli.places import FrameworkOf
from pipelines.values.file_names import shown
from pipelines.values.text import counted
from schemas.purposes import OutputName

app = typer.Typer(
    help="Read the published list: list, individuals, explain, export, diff, places, profile, reconcile, history, targets, report, what-if.",
    no_args_is_help=True,
)

LIST_COLUMNS = ["household_id", "status", "district", "ward", "cluster", "adult_count", "child_count"]
LIST_COLUMNS += ["headlines_met", "criteria_met", "link_confidence", "decision", "decided_since"]
# What a narrow terminal goes without, the first first.
LIST_SHED = ["criteria_met", "cluster", "link_confidence", "adult_count", "decision", "ward", "district", "child_count", "headlines_met", "decided_since"]
HISTORY_SHED = ["previous_run_id", "household_count", "person_count", "near_miss_count", "approval", "framework_id", "family_count"]
DIFF_SHED = ["run_id", "previous_run_id", "decided_at", "criteria_before", "criteria_after", "decided_by", "status_before"]
Status = Annotated[
    str | None, typer.Option("--status", help="verified (the list), review, near_miss, not_qualifying, rejected, deferred, in_service, suppressed or all.")
]
District = Annotated[str | None, typer.Option("--district", help="Only this district.")]
Ward = Annotated[str | None, typer.Option("--ward", help="Only this ward; with --district where two districts have one of the name.")]
AsAt = Annotated[str | None, typer.Option("--as-at", metavar="YYYY-MM-DD", help="The list as it stood at this date; the current one unless given.")]


@app.callback()
def reading(context: typer.Context) -> None:
    """What every command of the group shares."""
    context.with_resource(common.without_pandas())


@app.command("list")
def list_families(
    status: Status = "verified",
    district: District = None,
    ward: Ward = None,
    framework: FrameworkOf = None,
    as_at: AsAt = None,
    home: Home = None,
    wide: Wide = False,
    as_json: AsJson = False,
) -> None:
    """The families of the current publication, or of a past week's; the verified ones unless another status is asked for."""
    from pipelines import casework, cohort

    settings = common.settings(home)
    common.warn_of_store(settings, "A family that somebody suppressed may be shown.")
    asked: dict[str, Any] = {"status": status, "district": district, "ward": ward, "framework": framework, "as_at": common.past_day(as_at)}
    listed = cohort.list_families(settings, **asked)
    rows = [row | {"decided_since": None} for row in listed] if as_at else casework.noted(listed, settings)
    shown_rows = rows if as_json else [row | {name: row[name].replace(",", ", ") for name in ("headlines_met", "criteria_met")} for row in rows]
    common.show(shown_rows, as_json, columns=LIST_COLUMNS, shed=LIST_SHED, wide=wide, empty="No family has that status there.")
    if not as_json:
        waiting = sum(row["decided_since"] is not None for row in rows)
        were = "was" if waiting == 1 else "were"
        told = f" {waiting:,} of them {were} decided on since (decided since), which holds from the next refresh." if waiting else ""
        typer.echo(f"{counted(len(rows), 'family', 'families')}.{told}", err=True)
    common.tell_kept_back(listed.kept_back_count, "families")


@app.command("explain")
def explain(
    household: Annotated[str, typer.Argument(help="A household's id, or a person's; one that was merged away still leads to its successor.")],
    framework: Annotated[
        str | None, typer.Option("--framework", help="Whose criteria and evidence to show whole; that of the list unless given. The others are told in short.")
    ] = None,
    home: Home = None,
    wide: Wide = False,
    why_together: Annotated[
        bool, typer.Option("--why-together", help="Also why these people are one household and the records of each one person, and what would change it.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Why a household is or is not on the list: members, each criterion, and every source row behind it."""
    from pipelines import belonging, cohort, decisions, person_ids

    settings = common.settings(home)
    if person_ids.is_person(household):
        family.show_person(person_ids.explain(household, settings), as_json)
        return
    found = cohort.explain(household, settings)
    explained.refuse_unknown(found, framework)
    since = decisions.pending(settings).get(found["household_id"])
    found["decided_since"] = family.decided(since) if since else None
    together = belonging.belonging(found["household_id"], settings) if why_together else None
    if as_json:
        common.show_json(found | ({"why_together": together} if together else {}))
        return
    explained.show(found, since, together, framework, wide=wide)


@app.command("export")
def export(
    out: Annotated[Path, typer.Option("--out", help="File to write; .csv or .xlsx.")],
    status: Status = "verified",
    district: District = None,
    ward: Ward = None,
    framework: FrameworkOf = None,
    as_at: AsAt = None,
    partner: Annotated[str | None, typer.Option("--for", help="Another agency it is for: families known through rows that may not go there stay out.")] = None,
    home: Home = None,
) -> None:
    """Write the list to a file that only you can read; a workbook of the whole list has what is new, who left and what changed on sheets of their own."""
    from pipelines import cohort, decisions, list_changes

    settings, past = common.settings(home), common.past_day(as_at)
    decisions.refuse_changed(settings)  # what is missing may be a suppression, and a file that went out does not come back
    wanted: dict[str, Any] = {"status": status, "district": district, "ward": ward, "framework": framework, "as_at": past}
    is_whole_list = status == "verified" and not any((district, ward, framework, past, partner))
    beside = list_changes.sheets(settings) if is_whole_list and out.suffix.lower() == ".xlsx" else ()
    output: OutputName = "partner" if partner else "list"
    count = cohort.export(settings, out, **wanted, output=output, beside=beside)
    typer.echo(f"{count:,} families written to {shown(out)}.")
    kept_back = cohort.list_families(settings, **wanted, output=output, with_held=False).kept_back_count
    if held := len(cohort.list_families(settings, **wanted, output=output)) - count:
        typer.echo(f"{held:,} more are held back: somebody has suppressed them since that list was made.", err=True)
    if partner:
        typer.echo(f"{kept_back:,} more are kept back from {shown(partner)}: what is known of them rests on rows that may not be passed on.", err=True)
    else:
        common.tell_kept_back(kept_back, "families")


@app.command("diff")
def diff(
    since: Annotated[str | None, typer.Option("--since", metavar="RUN", help="Compare with this publication; the one before unless given.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write it to this file instead; .csv or .xlsx, a sheet each for new, left and changed.")] = None,
    home: Home = None,
    wide: Wide = False,
    as_json: AsJson = False,
) -> None:
    """Who joined the list, who left, who changed, and why; where a person's decision made the change, whose."""
    from pipelines import decisions, list_changes

    if out is not None:
        decisions.refuse_changed(common.settings(home))
        count = list_changes.export(common.settings(home), out, since)
        typer.echo(f"{count:,} changes written to {shown(out)}.")
        common.tell_kept_back(list_changes.diff(common.settings(home), since, with_held=False).kept_back_count, "changes")
        return
    rows = list_changes.diff(common.settings(home), since=since)
    empty = "No change may be shown here." if rows.kept_back_count else "Nothing changed on the list."
    common.show(rows, as_json, shed=DIFF_SHED, wide=wide, empty=empty)
    common.tell_kept_back(rows.kept_back_count, "changes")


@app.command("reconcile")
def reconcile(
    held_back: Annotated[bool, typer.Option("--held-back", help="For managers: counts under 5, and those that would tell them, are held back.")] = False,
    wards: Annotated[bool, typer.Option("--wards", help="By ward within the districts; without the indicative number, which is by district.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """From the indicative number to the verified one, by district, or by ward."""
    from pipelines import cohort
    from pipelines.report import disclosure, reckoning

    exact, held = (cohort.reconcile_wards, reckoning.by_ward) if wards else (cohort.reconcile, reckoning.by_district)
    rows = (held if held_back else exact)(common.settings(home))
    told = rows if as_json or not held_back else [{name: disclosure.in_words(value) if value is None else value for name, value in row.items()} for row in rows]
    common.show(told, as_json, empty="No ward is told: the list was made without wards.csv in the authority's folder (docs/criteria.md).")


@app.command("profile")
def profile(
    status: Annotated[str, typer.Option("--status", help="The families to describe.")] = "verified",
    framework: FrameworkOf = None,
    exact: Annotated[bool, typer.Option("--exact", help="Hold no small count back: for analysts, not to be passed on.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Which problems the families have, which of them together, and what the households look like; counts under 5 are held back."""
    from pipelines.report import disclosure, profile

    found = profile.profile(common.settings(home), framework=framework, status=status, exact=exact)
    if as_json:
        common.show_json(found)
        return
    typer.echo(f"{found['family_count']:,} families, {status}.")
    for part, title in (("problems", "By headline problem"), ("overlaps", "By exact set of problems"), ("shapes", "By adults and children")):
        rows = [row | {"family_count": disclosure.in_words(row["family_count"])} for row in found[part]]
        common.show(rows, as_json=False, title=title, empty="")


@app.command("history")
def history(home: Home = None, as_json: AsJson = False) -> None:
    """The publications so far, the newest first; one withdrawn when an earlier one was put back tells since when (withdrawn date)."""
    from pipelines import cohort

    common.show(cohort.whole_history(common.settings(home)), as_json, shed=HISTORY_SHED, empty="Nothing is published yet.")


app.command("individuals")(individuals.individuals)
app.command("places")(places.places)
app.command("what-if")(what_if.what_if)
app.command("report")(managers.report)
app.command("targets")(managers.targets)
