"""`families link`: the linkage model."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.cli.common import AsJson, Home, show_json
from pipelines.cli.common import settings as settings_of

app = typer.Typer(help="Train the linkage model.", no_args_is_help=True)


@app.callback()
def _group() -> None:
    """Keeps `train` a subcommand while it is the only one."""


@app.command("train")
def train(
    out: Annotated[Path, typer.Option("--out", help="Where to write the model (JSON).")],
    run: Annotated[str | None, typer.Option("--run", help="Learn from this run's records; the newest unless given.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the samples.")] = 1,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Learn a model from a run's standardised records, without labels."""
    from pipelines import link, provenance

    settings = settings_of(home)
    model = link.train(provenance.load(run or provenance.newest_run_id(settings), settings), out.stem, seed)
    out.write_text(model.to_json(), encoding="utf-8")
    if as_json:
        show_json({"model": model.name, "records": model.trained_record_count, "file": str(out)})
    else:
        typer.echo(f"Model '{model.name}' learned from {model.trained_record_count:,} records; written to {out}.")
