"""`families rebuild`: a past list made again, and whether it is the same to the byte."""

from typing import Annotated, Any

import typer

from pipelines.cli import common
from pipelines.cli.common import AsJson, Home

Restore = Annotated[bool, typer.Option("--restore", help="Put the publication back where it is missing.")]


def rebuild(
    run: Annotated[str, typer.Argument(metavar="RUN_ID", help="The run, as `families cohort history` names it.")],
    restore: Restore = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Make a past list again from the extracts, decisions and configuration kept, and say whether it is the same to the byte; else what differs.

    Nothing in use is touched. Ends with code 4 when something the list rests on is missing or changed, or when the result differs.
    """
    from pipelines import rebuild as rebuilding
    from pipelines.cli.refresh import Progress

    found = rebuilding.rebuild(run, common.settings(home), Progress(quiet=as_json), restore=restore)
    if as_json:
        common.show_json(found)
    else:
        _tell(found)
    if found["is_identical"] is False:
        raise typer.Exit(4)


def _tell(found: dict[str, Any]) -> None:
    verdict = {
        True: "The rebuilt list is the same as the published one, to the byte.",
        False: "The rebuilt list is NOT the same as the published one:",
        None: "The publication is no longer kept, so that there is nothing to hold the rebuilt list against.",
    }
    typer.echo(f"Run {found['run_id']}, as of {found['as_of_date']}.")
    typer.echo(f"  rebuilt    {found['rebuilt_sha256']}")
    typer.echo(f"  published  {found['published_sha256'] or '(none)'}")
    typer.echo(verdict[found["is_identical"]])
    for line in found["differences"] or found["notes"]:
        typer.echo(f"- {line}")
    if found["is_restored"]:
        typer.echo("It was put back among the publications.")
