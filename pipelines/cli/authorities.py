"""`families authority`: what a council edits, checked before it is used."""

import typer

from pipelines.cli import common
from pipelines.cli.common import AsJson, AuthorityName, Home

app = typer.Typer(help="Check an authority's configuration.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keeps `check` a subcommand while it is the only one."""


@app.command("check")
def check(authority: AuthorityName = common.DEFAULT_AUTHORITY, home: Home = None, as_json: AsJson = False) -> None:
    """Read every file of the authority and run its worked cases; ends with code 3 and every mistake when something is wrong."""
    from pipelines import authority as authorities
    from pipelines import configuration

    settings = common.settings(home)
    council = authorities.find(authority, settings)
    found = configuration.check(council)
    if as_json:
        common.show_json(found)
        return
    typer.echo(f"{council.folder}: every file is well-formed and names only what is there; {found['case_count']} worked cases give what they say.")
