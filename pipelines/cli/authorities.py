"""`families authority`: what a council edits, checked before it is used."""

from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.cli import common
from pipelines.cli.common import AsJson, AuthorityName, Home

app = typer.Typer(help="What a council edits: check it, propose a profile for an unknown file, list the library of layouts.", no_args_is_help=True)


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


@app.command("infer")
def infer(
    file: Annotated[Path, typer.Argument(help="A file of a supplier that no profile describes yet; it is read, never changed.", exists=True, dir_okay=False)],
    source: Annotated[str | None, typer.Option("--source", help="The source it is of, where you know it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Propose a profile for an unknown file: a block to paste into extracts.yml, each column with a confidence and a word why."""
    from pipelines.errors import BadInput, WrongUsage
    from pipelines.inference.propose import propose
    from pipelines.inference.written import written
    from pipelines.values.file_names import shown
    from schemas.extracts import CONTRACTS

    if source is not None and source not in CONTRACTS:
        raise WrongUsage(f"Unknown source: {source}. Known: {', '.join(CONTRACTS)}.")
    try:
        proposal = propose(file, source)
    except BadInput as refusal:
        raise BadInput(f"{shown(file.name)}: {refusal}") from None
    if as_json:
        common.show_json(_as_json(proposal))
    else:
        typer.echo(written(proposal), nl=False)


def _as_json(proposal: Any) -> dict[str, Any]:
    from pipelines.inference import block
    from pipelines.inference.written import remarks

    columns = [{"header": m.header, "column": m.column, "confidence": m.confidence, "is_sure": m.is_sure, "why": m.why} for m in proposal.meanings]
    return {
        "source": proposal.source,
        "sources": proposal.sources,
        "sheet": proposal.found.sheet,
        "header_row": proposal.found.header_row,
        "columns": columns,
        "remarks": remarks(proposal),
        "profile": block.profile(proposal),
    }


@app.command("layouts")
def layouts(as_json: AsJson = False) -> None:
    """The library's layouts, which a profile in extracts.yml may name with `layout:`."""
    from pipelines import authority
    from schemas.extracts import CONTRACTS

    found = [
        {"source": source, "layout": name, "file": str(authority.LAYOUTS / source / f"{name}.yml")}
        for source in CONTRACTS
        for name in authority.layout_names(source)
    ]
    common.show(found, as_json, title="Layouts of the library")
