"""`families cohort individuals`: people one by one, where the framework lists them."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli import common
from pipelines.cli.common import AsJson, Home, Wide
from pipelines.values.file_names import shown

_COLUMNS = ["person_id", "forename", "surname", "birth_date", "household_id", "address", "postcode", "district", "criteria_met", "confidence", "decision"]
_SHED = ["address", "decision", "confidence", "criteria_met", "district", "postcode", "household_id", "birth_date"]


def individuals(
    framework: Annotated[str, typer.Option("--framework", help="A framework with `unit: individual`, such as islington-parents.")],
    status: Annotated[str, typer.Option("--status", help="verified, or review: the family or the person's own link is in doubt.")] = "verified",
    partner: Annotated[str | None, typer.Option("--for", help="Another agency it is for: people known through rows that may not go there stay out.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="File to write that only you can read; .csv or .xlsx.")] = None,
    as_at: Annotated[str | None, typer.Option("--as-at", metavar="YYYY-MM-DD", help="The list as it stood at this date; the current one unless given.")] = None,
    home: Home = None,
    wide: Wide = False,
    as_json: AsJson = False,
) -> None:
    """The people who meet a criterion themselves, in families that qualify: for frameworks that list individuals, such as workless parents."""
    from pipelines import individuals as people

    past = common.past_day(as_at)
    found = people.individuals(common.settings(home), framework, status=status, output="partner" if partner else "list", as_at=past)
    if out is not None:
        people.write(found.rows, out)
        typer.echo(f"{len(found.rows):,} people written to {shown(out)}.", err=as_json)
    if out is None or as_json:
        common.show(found.rows, as_json, columns=_COLUMNS, shed=_SHED, wide=wide, empty="Nobody has that status there.")
    if found.kept_back_count:
        whom = f"from {shown(partner)}" if partner else "from the list"
        typer.echo(f"{found.kept_back_count:,} more are kept back {whom}: rows that tell of them may not go there (`outputs` in extracts.yml).", err=True)
