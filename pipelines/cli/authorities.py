"""`families authority`: what a council edits, checked before it is used."""

from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.cli import common
from pipelines.cli.common import AsJson, AuthorityName, Home

app = typer.Typer(help="What a council edits: check it, propose a profile for an unknown file, list the library of layouts.", no_args_is_help=True)


@app.command("check")
def check(authority: AuthorityName = None, home: Home = None, as_json: AsJson = False) -> None:
    """Read every file of the authority and run its worked cases; ends with code 3 and every mistake when something is wrong."""
    from pipelines import authority as authorities
    from pipelines import configuration

    settings = common.settings(home)
    council = authorities.find(authority or settings.authority, settings)
    found = configuration.check(council, today=settings.today())
    if as_json:
        common.show_json(found)
        return
    typer.echo(f"{council.folder}: every file is well-formed and names only what is there; {found['case_count']} worked cases give what they say.")
    wards, places = found["ward_count"], found["ward_place_count"]
    typer.echo(f"wards.csv names {wards:,} wards in {places:,} lines." if wards else "There is no wards.csv, so no ward is told (docs/criteria.md).")


@app.command("infer")
def infer(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Files of a supplier that no profile describes yet, or a folder of them; read, never changed.", exists=True),
    ],
    source: Annotated[str | None, typer.Option("--source", help="The source they are of, where you know it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Propose a profile for an unknown file, or for the files of a set: a block to paste into extracts.yml, each column with a confidence and a word why."""
    from pipelines.errors import BadInput, WrongUsage
    from pipelines.inference import sets
    from pipelines.inference.written import written
    from pipelines.settings import Settings
    from pipelines.values.file_names import shown
    from schemas.extracts import CONTRACTS

    if source is not None and source not in CONTRACTS:
        raise WrongUsage(f"Unknown source: {source}. Known: {', '.join(CONTRACTS)}.")
    found, refused = sets.proposals(sets.files_of(files), source, Settings())
    left = [f"{shown(path.name)}: {why}" for path, why in refused.items()]
    if not found:
        raise BadInput("\n".join(left) or "There is no file in the folder. Name the files, or the folder they are in.")
    blocks = sets.blocks(found)
    if as_json:
        told = [_as_json(block) for block in blocks]
        common.show_json(told[0] if len(files) == 1 and not files[0].is_dir() else {"blocks": told, "left": left})
        return
    typer.echo("\n".join(written(block.main, block.parts) for block in blocks), nl=False)
    for line in left:
        typer.echo(f"# Left out: {line}")


def _as_json(block: Any) -> dict[str, Any]:
    from pipelines.inference.block import profile

    files = [_file_as_json(proposal) for proposal in block.parts]
    return {**_file_as_json(block.main), "profile": profile(block.main, block.parts), **({"parts": files} if files else {})}


def _file_as_json(proposal: Any) -> dict[str, Any]:
    from pipelines.inference.written import remarks

    columns = [{"header": m.header, "column": m.column, "confidence": m.confidence, "is_sure": m.is_sure, "why": m.why} for m in proposal.meanings]
    return {
        "source": proposal.source,
        "part": proposal.part,
        "sources": proposal.sources,
        "sheet": proposal.found.sheet,
        "header_row": proposal.found.header_row,
        "columns": columns,
        "remarks": remarks(proposal),
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
