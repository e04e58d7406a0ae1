"""`families cohort places`: the list in order of need."""

from typing import Annotated

import typer

from pipelines.cli import common
from pipelines.cli.common import AsJson, Home, Wide

FrameworkOf = Annotated[str | None, typer.Option("--framework", help="Framework; that of the verified list unless given.")]
_SHED = ["cluster", "ward", "fits_lower_since_date", "tier_by_rule", "first_identified_date"]


def places(
    tier: Annotated[str | None, typer.Option("--tier", help="Only this tier.")] = None,
    top: Annotated[int | None, typer.Option("--top", min=1, help="Only the first so many of each tier.")] = None,
    framework: FrameworkOf = None,
    home: Home = None,
    wide: Wide = False,
    as_json: AsJson = False,
) -> None:
    """The list in order of need, by tier, and who has a place; a place changes hands for a clear difference only."""
    from pipelines import places as placed

    settings = common.settings(home)
    rows = placed.places(settings, framework=framework, tier=tier, top=top)
    common.show(rows, as_json, shed=_SHED, wide=wide, empty="Nobody is on that list.")
    common.tell_kept_back(rows.kept_back_count, "families")
    for kept in [] if as_json else placed.places_that_wait(settings, framework):
        if tier in (None, kept["tier"]):
            typer.echo(f"{kept['place_count']} more in {kept['arm']}, kept for who is off the list since {kept['off_list_since_date']}.")
