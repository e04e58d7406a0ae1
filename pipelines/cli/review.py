"""`families review`: pairs of records that a person should settle."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.cli import common
from pipelines.cli.common import AsJson, Home, Wide
from pipelines.errors import BadInput
from pipelines.values.file_names import shown

app = typer.Typer(help="Clerical review of doubtful links: list, export to a spreadsheet, import the answers.", no_args_is_help=True)

RunOf = Annotated[str | None, typer.Option("--run", help="The run; the newest unless given.")]
Blind = Annotated[bool, typer.Option("--blind", help="Leave out probability and weights, so that the machine does not lead the reviewer.")]
# Of these a person compares the two sides, so they stand one above the other.
SIDES = ["name", "birth_date", "address", "source"]


@app.command("list")
def list_pairs(
    run: RunOf = None,
    most: Annotated[int, typer.Option("--most", help="How many to show.")] = 20,
    blind: Blind = False,
    home: Home = None,
    wide: Wide = False,
    as_json: AsJson = False,
) -> None:
    """The pairs nearest to a link first. Holds names: for analysts only."""
    from pipelines import provenance, review

    settings = common.settings(home)
    rows = review.review_pairs(run or provenance.newest_run_id(settings), settings, most=most, blind=blind)
    told = rows if as_json else [_side_by_side(row) for row in rows]
    common.show(told, as_json, shed=["source", "match_probability"], wide=wide, empty="No pair waits for review.")


def _side_by_side(row: dict[str, Any]) -> dict[str, Any]:
    sides = {name: "\n".join(shown(row[f"{name}_{side}"] or "-") for side in ("l", "r")) for name in SIDES}
    return {name: row[name] for name in ("match_probability",) if name in row} | sides | {name: row[name] for name in ("why",) if name in row}


@app.command("export")
def export(out: Annotated[Path, typer.Option("--out", help="XLSX file to write.")], run: RunOf = None, blind: Blind = False, home: Home = None) -> None:
    """Write the pairs to a spreadsheet with empty columns for decision, reason and decided_by."""
    from pipelines import provenance, review

    settings = common.settings(home)
    count = review.export(run or provenance.newest_run_id(settings), out, settings, blind=blind)
    typer.echo(f"{count:,} pairs written to {shown(out)}. It holds names: keep it safe, and delete it when it has been returned.")


@app.command("import")
def import_answers(file: Annotated[Path, typer.Argument(help="The returned spreadsheet.")], home: Home = None, as_json: AsJson = False) -> None:
    """Record the answers, in one transaction. Rows without a decision are left for later, answers that stand already are not recorded twice.

    Rows that cannot be taken are each told with their number and nothing of them is recorded: mend them and import the file again. The code is 4 then.
    """
    from pipelines import answers

    found = answers.record(file, common.settings(home))
    counts = asdict(found)
    if as_json:
        common.show_json(counts)
    else:
        held = "They hold from the next `families refresh`." if found.recorded else ""
        typer.echo(f"{found.recorded:,} decisions recorded; {found.standing:,} stood already; {found.unanswered:,} rows have no decision yet. {held}".strip())
    if found.refused:
        told = "\n".join(found.refused)
        raise BadInput(f"{shown(file.name)}: {len(found.refused):,} rows were refused and nothing of them recorded. Mend them and import again:\n{told}")
