"""`families decisions`: many families decided on at once, by a spreadsheet that goes out and comes back; and whether the store is whole."""

import getpass
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli import common
from pipelines.cli.cohort import District, Status, Ward
from pipelines.cli.common import AsJson, Home, refused_in_words
from pipelines.errors import BadInput
from pipelines.values.file_names import shown
from pipelines.values.text import counted

app = typer.Typer(
    help="Decide on many families at once: export the list, import the returned spreadsheet. One family: families decide. Verify the store, or mend it.",
    no_args_is_help=True,
)


@app.command("export")
def export(
    out: Annotated[Path, typer.Option("--out", help="XLSX file to write.")],
    status: Status = "verified",
    district: District = None,
    ward: Ward = None,
    home: Home = None,
) -> None:
    """Write families to a spreadsheet with empty columns for decision, reason and decided_by. It names nobody."""
    from pipelines import cohort, decisions, family_answers

    settings = common.settings(home)
    decisions.refuse_changed(settings)
    count = family_answers.export(out, settings, status=status, district=district, ward=ward)
    typer.echo(f"{count:,} families written to {shown(out)}. Fill in decision, reason and decided_by, and return it to: families decisions import")
    common.tell_kept_back(cohort.list_families(settings, status=status, district=district, ward=ward).kept_back_count, "families")


@app.command("import")
def import_answers(file: Annotated[Path, typer.Argument(help="The returned spreadsheet.")], home: Home = None, as_json: AsJson = False) -> None:
    """Record the decisions. Rows without a decision are left for later, decisions that stand already are not recorded twice.

    Rows that cannot be taken are each told with their number and nothing of them is recorded: mend them and import the file again. The code is 4 then.
    """
    from pipelines import family_answers

    found = family_answers.record(file, common.settings(home))
    if as_json:
        common.show_json(asdict(found))
    else:
        held = "The list tells of them at once; they hold from the next `families refresh`." if found.recorded else ""
        answered = f"{counted(found.recorded, 'decision')} recorded; {found.standing:,} stood already"
        typer.echo(f"{answered}; {counted(found.unanswered, 'row has', 'rows have')} no decision. {held}".strip())
    if found.refused:
        told = "\n".join(found.refused)
        raise BadInput(f"{shown(file.name)}: {refused_in_words(len(found.refused))}:\n{told}")


@app.command("verify")
def verify(home: Home = None, as_json: AsJson = False) -> None:
    """Check every decision against its hash, and the chain against what each run noted of it. Changed, missing or other decisions end with code 6."""
    from pipelines import decisions

    found = decisions.check(common.settings(home))
    damaged = found.pop("damaged")
    if as_json:
        common.show_json(found)
    else:
        lost = f" {counted(found['lost_count'], 'decision')} lost before, as somebody accepted." if found["lost_count"] else ""
        typer.echo(
            f"{found['decision_count']:,} decisions, none changed or missing, as {found['run_count']:,} runs knew them.{lost}\n"
            f"Hash of the chain: {found['chain_sha256']}. Keep it elsewhere: it shows later whether anything up to here was changed."
        )
    if damaged:
        raise BadInput("Not every run could be asked what it knew of the decisions:\n" + "\n".join(damaged))


@app.command("accept-loss")
def accept_loss(
    reason: Annotated[str, typer.Option("--reason", help="Why what is missing cannot be put back, for those who ask later. Name nobody.")],
    by: Annotated[str | None, typer.Option("--by", help="Who decides; the login name unless given.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Go on without decisions that are missing from the end of the store, after an older copy had to be put back. Recorded for good.

    The list in place keeps what it shows. Decisions taken since it was made, and answers on records and memberships among those missing, are to be given anew.
    """
    from pipelines import decisions

    told = decisions.accept_loss(reason, by or getpass.getuser(), common.settings(home))
    if as_json:
        common.show_json(told)
        return
    typer.echo(f"Decision {told['decision_id']} recorded: {counted(told['lost_count'], 'decision')} missing before it, whose numbers are not given again.")
    typer.echo("The list in place keeps what it shows. Decide anew what was decided since, and answer the questions anew that `families review list` asks.")
