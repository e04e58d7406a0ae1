"""`families purge`: what has been kept as long as it may be is told, and with --delete removed."""

import getpass
from typing import Annotated

import typer

from pipelines.cli import common
from pipelines.cli.common import AsJson, AuthorityName, Home
from pipelines.values.text import counted

COLUMNS = ["extract_id", "outcome", "delivered_date", "keep_days", "received_count", "is_in_use"]


def purge(
    delete: Annotated[bool, typer.Option("--delete", help="Remove what is listed; without it nothing is changed.")] = False,
    log: Annotated[bool, typer.Option("--log", help="List what was purged so far.")] = False,
    purged_by: Annotated[str | None, typer.Option("--by", help="Who purges; the login name unless given.")] = None,
    authority: AuthorityName = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """List extracts past their retention (`keep_days` in extracts.yml), or remove them with --delete; a note says what went, never whose rows.

    What the current list stands on is kept until a refresh replaces it, which uses no extract past its retention.
    Delivered files in the landing folder are the transfer's: take them out there.
    """
    from pipelines import authority as authorities
    from pipelines import purge as retention

    settings = common.settings(home)
    if log:
        common.show(retention.notes(settings), as_json, columns=["extract_id", "purged_date", "purged_by", "keep_days", "received_count"], empty="Nothing yet.")
        return
    council = authorities.find(authority or settings.authority, settings)
    if delete:
        gone = retention.purge(council, settings, purged_by or getpass.getuser())
        if as_json:
            common.show_json(gone)
        else:
            kept = sum(row["is_in_use"] for row in retention.due(council, settings))
            went, of_runs = counted(len(gone["extracts"]), "extract"), counted(len(gone["runs"]), "run")
            typer.echo(f"{went} purged, and the working tables of {of_runs} that held such rows.{_kept(kept)}")
        return
    rows = retention.due(council, settings)
    common.show(rows, as_json, columns=COLUMNS, empty="Nothing is past its retention.")
    if rows and not as_json:
        going = {row["extract_id"] for row in rows if not row["is_in_use"]}
        runs = retention.dependants(going, settings)
        goes = f"{'goes' if len(going) == 1 else 'go'}, and the working tables of {counted(len(runs), 'run')} with such rows; lists published stay."
        told = f"With --delete {len(going):,} of {counted(len(rows), 'extract')} {goes}" if going else "With --delete nothing would go."
        typer.echo(f"Nothing was changed. {told}{_kept(len(rows) - len(going))}")


def _kept(count: int) -> str:
    """Why some stay, though they are past their retention."""
    stay, them = ("stays", "it") if count == 1 else ("stay", "them")
    remedy = f"A refresh uses {them} no longer: refresh, then purge again."
    return f" {counted(count, 'extract')} in use {stay}: the current list stands on {them}. {remedy}" if count else ""
