"""`families decide`: a coordinator's decision on a family, with a reason."""

import getpass
from typing import Annotated

import typer

from pipelines.cli import common
from pipelines.cli.common import AsJson, Home

MEANING = (
    "confirm (belongs on the list), reject (does not), defer (not now), serve (a service works with it already), suppress (must not be on it), "
    "release (lift what was decided before)"
)


def decide(
    household: Annotated[str, typer.Argument(help="The household's id, from the list.")],
    decision: Annotated[str, typer.Argument(help=MEANING)],
    reason: Annotated[str, typer.Option("--reason", help="Why, for those who ask later. Name nobody.")],
    decided_by: Annotated[str | None, typer.Option("--by", help="Who decides; the login name unless given.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Record a decision on a family: whoever reads the list is told of it at once, and it holds from the next refresh."""
    from pipelines import casework

    settings = common.settings(home)
    recorded = casework.decide(household, decision, reason, decided_by or getpass.getuser(), settings)
    if as_json:
        common.show_json({"decision_id": recorded.decision_id, "household_id": recorded.household_id, "decision": decision})
        return
    merged = f" {household} was merged into it." if recorded.household_id != household else ""
    typer.echo(f"Decision {recorded.decision_id} recorded: {decision} {recorded.household_id}.{merged}")
    typer.echo("The list tells of it at once; it holds from the next `families refresh`.")
