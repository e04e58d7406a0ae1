"""`families publications`: which lists there are, and making an earlier one current again."""

import getpass
from typing import Annotated

import typer

from pipelines.cli import common
from pipelines.cli.common import AsJson, Home

app = typer.Typer(help="The lists made so far: list them, or make an earlier one current again.", no_args_is_help=True)

COLUMNS = ["run_id", "as_of_date", "framework_id", "verified_count", "approval", "approved_by", "is_current", "restored_at", "restored_by"]
SHED = ["approval", "framework_id", "restored_by", "approved_by"]


@app.command("list")
def list_publications(home: Home = None, as_json: AsJson = False) -> None:
    """Every publication that is kept, the latest as-of date first: counts, who approved it, and who last put it back."""
    from pipelines import publications

    common.show(
        publications.listing(common.settings(home)), as_json, columns=COLUMNS, shed=SHED, empty="Nothing is published yet. Make a list with: families refresh"
    )


@app.command("restore")
def restore(
    run: Annotated[str, typer.Argument(help="The run of the publication, from `families publications list`.")],
    reason: Annotated[str, typer.Option("--reason", help="Why, for those who ask later. Name nobody.")],
    by: Annotated[str | None, typer.Option("--by", help="Who decides; the login name unless given.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Make an earlier publication current again; recorded for good. Refused (code 5) when it lists a household suppressed since.

    The publication in place stays beside it. The next refresh follows on the one put back.
    """
    from pipelines import flow

    told = flow.restore(run, reason, by or getpass.getuser(), common.settings(home))
    if as_json:
        common.show_json(told)
        return
    typer.echo(f"Decision {told['decision_id']} recorded: readers see the publication of run {run} from now on, in place of {told['in_place_of'] or 'none'}.")
    if not told["has_report"]:
        typer.echo(f"The report of that run is not kept, so reports/latest.html still shows another. Write it with: families stage report --run {run} --again")
