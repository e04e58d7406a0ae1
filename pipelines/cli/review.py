"""`families review`: pairs of records that a person should settle."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli import common
from pipelines.cli.common import AsJson, Home

app = typer.Typer(help="Clerical review of doubtful links: list, export to a spreadsheet, import the answers.", no_args_is_help=True)

RunOf = Annotated[str | None, typer.Option("--run", help="The run; the newest unless given.")]
Blind = Annotated[bool, typer.Option("--blind", help="Leave out probability and weights, so that the machine does not lead the reviewer.")]
COLUMNS = ["match_probability", "name_l", "name_r", "birth_date_l", "birth_date_r", "address_l", "address_r", "source_l", "source_r", "levels"]


@app.command("list")
def list_pairs(
    run: RunOf = None,
    most: Annotated[int, typer.Option("--most", help="How many to show.")] = 20,
    blind: Blind = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """The pairs nearest to a link first. Holds names: for analysts only."""
    from pipelines import provenance, review

    settings = common.settings(home)
    rows = review.review_pairs(run or provenance.newest_run_id(settings), settings, most=most, blind=blind)
    shown = [name for name in COLUMNS if not rows or name in rows[0]]
    common.show(rows, as_json, columns=shown, empty="No pair waits for review.")


@app.command("export")
def export(out: Annotated[Path, typer.Option("--out", help="XLSX file to write.")], run: RunOf = None, blind: Blind = False, home: Home = None) -> None:
    """Write the pairs to a spreadsheet with empty columns for decision, reason and decided_by."""
    from pipelines import provenance, review

    settings = common.settings(home)
    count = review.export(run or provenance.newest_run_id(settings), out, settings, blind=blind)
    typer.echo(f"{count:,} pairs written to {out}. It holds names: keep it safe, and delete it when it has been returned.")


@app.command("import")
def import_answers(file: Annotated[Path, typer.Argument(help="The returned spreadsheet.")], home: Home = None) -> None:
    """Record the answers; rows without a decision are left for later. Nothing is recorded when a row is wrong."""
    from pipelines import review

    count = review.import_answers(file, common.settings(home))
    typer.echo(f"{count:,} decisions recorded. They hold from the next `families refresh`.")
