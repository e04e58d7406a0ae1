"""`families review`: what a person should settle, and the answers."""

import getpass
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.cli import common, review_shown
from pipelines.cli.common import AsJson, Home, Wide, refused_in_words
from pipelines.errors import BadInput, WrongUsage
from pipelines.settings import Settings
from pipelines.values.file_names import shown
from pipelines.values.text import counted

app = typer.Typer(help="Clerical review of doubtful links and memberships: list, show, decide, export, import, agreement.", no_args_is_help=True)

RunOf = Annotated[str | None, typer.Option("--run", help="The run; the newest whose families stand unless given.")]
Blind = Annotated[bool, typer.Option("--blind", help="Leave out probability, weights and what colleagues said, so that nothing leads the reviewer.")]
Kind = Annotated[
    str | None, typer.Option("--kind", help="pair (are two records one person?) or member (does somebody belong to a household?); both unless given.")
]
Most = Annotated[int | None, typer.Option("--most", min=1, help="So many, the most consequential; all unless given.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, for those who ask later. Name nobody.")]
By = Annotated[str | None, typer.Option("--by", help="Who decides; the login name unless given.")]
_MAY_BE_WRONG = "What was answered may be asked again, and what is shown as answered may be wrong."
QUESTION = "A question's id from the list, or two records as RECORD,RECORD, or HOUSEHOLD,PERSON."


@app.command("list")
def list_questions(
    run: RunOf = None,
    most: Annotated[int, typer.Option("--most", min=1, help="How many to show.")] = 20,
    blind: Blind = False,
    kind: Kind = None,
    household: Annotated[str | None, typer.Option("--household", help="About this household only: its people, and who belongs to it.")] = None,
    is_answered: Annotated[
        bool, typer.Option("--answered", help="Those that were answered instead, the last one first: who said what, when, and what became of it.")
    ] = False,
    home: Home = None,
    wide: Wide = False,
    as_json: AsJson = False,
) -> None:
    """What a person should settle, first what a family's place on the list hangs on. Holds names: for analysts only."""
    from pipelines import review

    settings = common.settings(home)
    common.warn_of_store(settings, _MAY_BE_WRONG)
    if is_answered:
        _list_answered(settings, most, _kind(kind), household, blind=blind, as_json=as_json)
        return
    rows = review.questions(_run(run, settings), settings, most=most, blind=blind, kind=_kind(kind), household=household)
    told = rows if as_json else [review_shown.side_by_side(row) for row in rows]
    common.show(told, as_json, shed=review_shown.SHED, wide=wide, empty="Nothing waits for review.")


def _list_answered(settings: Settings, most: int, kind: str | None, household: str | None, *, blind: bool, as_json: bool) -> None:
    from pipelines import answered

    if household is not None:
        raise WrongUsage("--answered tells of all households; leave --household out. `families cohort explain HOUSEHOLD --why-together` names its decisions.")
    rows = answered.listing(settings, kind=kind, most=most, blind=blind)
    told = rows if as_json else [review_shown.answered(row) for row in rows]
    common.show(told, as_json, empty="Nobody has answered a question yet.")


@app.command("show")
def show(
    question: Annotated[str, typer.Argument(help=QUESTION)],
    run: RunOf = None,
    blind: Blind = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """One question, open or answered: values side by side, level and weight by field, the households around it, and (unless --blind) what was said before."""
    from pipelines import review

    settings = common.settings(home)
    common.warn_of_store(settings, _MAY_BE_WRONG)
    row = review.question(question, _run(run, settings), settings, blind=blind)
    fields = [] if blind else review.fields(row)
    if as_json:
        common.show_json(row | {"fields": fields})
        return
    review_shown.show(row, fields)


@app.command("decide")
def decide(
    question: Annotated[str, typer.Argument(help=QUESTION)],
    decision: Annotated[str, typer.Argument(help="same, different or unsure of two records; belongs, apart or unsure of a membership; revoke takes it back.")],
    reason: Reason,
    decided_by: By = None,
    run: RunOf = None,
    is_sure: Annotated[bool, typer.Option("--yes", help="Record it without asking; the effect is shown all the same.")] = False,
    no_effect: Annotated[bool, typer.Option("--no-effect", help="Do not work out the effect, which takes as long as linking does.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Answer one question. Its effect on families is shown before it is recorded; it holds from the next refresh, and outranks every score until revoked."""
    from pipelines import answers, decisions, effect, review
    from pipelines.verdicts import Answer

    settings = common.settings(home)
    run_id = _run(run, settings)
    kind, subject_id, other_id = review.about(question, run_id, settings)
    answer = Answer(kind, subject_id, other_id, decision, reason, decided_by or getpass.getuser())
    answers.check(answer, settings)
    decisions.refuse_changed(settings)  # before the effect is worked out, which takes long
    found = None if no_effect else effect.effect([answer], run_id, settings)
    if not as_json and found is not None:
        review_shown.show_effect(found)
    if not is_sure and not as_json and not typer.confirm("Record it?"):
        typer.echo("Nothing was recorded.")
        return
    number = answers.decide(answer, settings)
    if as_json:
        common.show_json({"decision_id": number, "kind": kind, "subject_id": subject_id, "other_id": other_id, "decision": decision, "effect": found})
    else:
        typer.echo(f"Decision {number} recorded: {decision}. It holds from the next `families refresh`.")


@app.command("export")
def export(
    out: Annotated[Path, typer.Option("--out", help="File to write: .xlsx, or .json for the annotator of recordlinkage (pairs only).")],
    run: RunOf = None,
    blind: Blind = False,
    most: Most = None,
    kind: Kind = None,
    home: Home = None,
) -> None:
    """Write the questions to a file with room for the answers."""
    from pipelines import review_files

    settings = common.settings(home)
    count = review_files.export(_run(run, settings), out, settings, blind=blind, most=most, kind=_kind(kind))
    typer.echo(f"{count:,} questions written to {shown(out)}. It holds names: keep it safe, and delete it when it has been returned.")


@app.command("import")
def import_answers(
    file: Annotated[Path, typer.Argument(help="The returned file.")],
    reason: Annotated[str, typer.Option("--reason", help="Of every answer of an annotation file, which has no room for one.")] = "",
    decided_by: Annotated[str, typer.Option("--by", help="Who gave the answers of an annotation file.")] = "",
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Record the answers, in one transaction. Rows without a decision are left for later, answers that stand already are not recorded twice.

    Rows that cannot be taken are each told with their number and nothing of them is recorded: mend them and import the file again. The code is 4 then.
    """
    from pipelines import answers

    found = answers.record(file, common.settings(home), reason=reason, decided_by=decided_by)
    counts = asdict(found)
    if as_json:
        common.show_json(counts)
    else:
        held = "They hold from the next `families refresh`." if found.recorded else ""
        answered = f"{counted(found.recorded, 'decision')} recorded; {found.standing:,} stood already"
        typer.echo(f"{answered}; {counted(found.unanswered, 'row has', 'rows have')} no decision yet. {held}".strip())
    if found.refused:
        told = "\n".join(found.refused)
        raise BadInput(f"{shown(file.name)}: {refused_in_words(len(found.refused))}:\n{told}")


@app.command("agreement")
def agreement(home: Home = None, as_json: AsJson = False) -> None:
    """How far reviewers agree on what two or more of them looked at, and where they differ. Names no person of the records."""
    from pipelines import verdicts

    found = verdicts.agreed(common.settings(home))
    if as_json:
        common.show_json(found)
    else:
        review_shown.show_agreement(found)


def _run(run: str | None, settings: Settings) -> str:
    """The run asked about: one whose families stand, since what hangs on an answer is read from them."""
    from pipelines import reached

    return reached.run_id(run, "verify", settings)


def _kind(kind: str | None) -> Any:
    if kind not in (None, "pair", "member"):
        raise WrongUsage(f"--kind must be pair or member, not '{kind}'.")
    return kind
