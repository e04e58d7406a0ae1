"""`families cohort report` and `families cohort targets`: the list in counts, for managers."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli import common
from pipelines.cli.common import AsJson, Home
from pipelines.values.file_names import shown


def report(
    out: Annotated[Path, typer.Option("--out", help="The page to write, such as list.html.")],
    home: Home = None,
) -> None:
    """One page in counts for managers: targets, stages by district and week, problems and how they overlap, fairness. Small counts are held back."""
    from pipelines.report import managers

    size = managers.write(common.settings(home), out)
    typer.echo(f"{shown(out)}: {size:,} bytes. It holds counts alone, small ones held back.")


def targets(home: Home = None, as_json: AsJson = False) -> None:
    """Whether the list will be as long as promised by the dates under `targets` in publication.yml, at the pace of the last eight weeks."""
    from pipelines.report import managers

    common.show(managers.track(common.settings(home)), as_json, empty="publication.yml names no targets: {2027-03-31: 120}, families by a date.")
