"""`families link`: who is who in any people table, and training the product's own model."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from pipelines.cli.common import AsJson, Home, show, show_json
from pipelines.cli.common import settings as settings_of
from pipelines.values.file_names import shown
from pipelines.values.text import counted


class _RunUnlessNamed(TyperGroup):
    """`families link RECORDS...` is `families link run RECORDS...`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h"):
            args = ["run", *args]
        parsed: list[str] = super().parse_args(ctx, args)
        return parsed


# More than a refresh may use: with 800 MB a million records are compared through the disk, a tenth slower.
MEMORY = "1400MB"

app = typer.Typer(cls=_RunUnlessNamed, help="Who is who in any people table (`families link RECORDS... --model MODEL.yml --out DIR`).", no_args_is_help=True)


@app.command("run")
def run(
    records: Annotated[list[Path], typer.Argument(help="One or more CSV or Parquet files; each is a source unless the model file names a source column.")],
    model: Annotated[Path, typer.Option("--model", help="The model file (YAML): which columns mean what; see docs/linkage.md.")],
    out: Annotated[Path, typer.Option("--out", help="Folder to write pairs.parquet, clusters.parquet, model.json and run.json to.")],
    train: Annotated[bool, typer.Option("--train", help="Train on these records even where a trained model is given or found.")] = False,
    truth: Annotated[str | None, typer.Option("--truth", help="Column of the true person, for quality.json; nothing else looks at it.")] = None,
    model_json: Annotated[
        Path | None, typer.Option("--model-json", help="A trained model; MODEL.json or model.json beside the model file unless given.")
    ] = None,
    households: Annotated[bool, typer.Option("--households", help="Form households too: households.parquet; see docs/households.md.")] = False,
    household_truth: Annotated[
        str | None, typer.Option("--household-truth", help="Column of the true household, to judge the households by; nothing else looks at it.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the samples that training draws.")] = 1,
    threads: Annotated[int | None, typer.Option("--threads", min=1, help="Threads to use.")] = None,
    memory_limit: Annotated[str | None, typer.Option("--memory-limit", help=f"Memory the database may use, such as 800MB; {MEMORY} unless given.")] = None,
    as_json: AsJson = False,
) -> None:
    """Find which records are one person: who is who within and across files."""
    import os

    from pipelines import people
    from pipelines.settings import Settings

    os.umask(0o077)
    given: dict[str, Any] = {"threads": threads, "memory_limit": memory_limit}
    settings = Settings(home=out, **{name: value for name, value in given.items() if value is not None})
    if "memory_limit" not in settings.model_fields_set:
        settings = settings.model_copy(update={"memory_limit": MEMORY})
    request = people.Request(records, model, out, train, truth, model_json, seed, households, household_truth)
    try:
        found = people.link(request, settings, lambda step: None if as_json else typer.echo(f"{step} ...", err=True))
    finally:
        # The database's place for what memory did not hold; it empties it, and results are not looked for there.
        with suppress(OSError):
            (out / "spill").rmdir()
    if as_json:
        show_json(found)
        return
    for message in found["messages"]:
        typer.echo(f"Note: {message}")
    typer.echo(
        f"{counted(found['record_count'], 'record is', 'records are')} {counted(found['person_count'], 'person', 'people')},"
        f" from {counted(found['candidate_pair_count'], 'pair')} compared"
        f" in {sum(found['seconds'].values()):.1f} s; model: {found['model']}."
    )
    if "quality" in found:
        show(judged(found["quality"]), as_json=False, title="Against the truth")
        typer.echo(f"Of the true pairs {found['quality']['blocking_recall']:.4f} were compared at all (blocking recall).")
    if "households" in found:
        told = found["households"]
        typer.echo(f"{counted(told['household_count'], 'household')} as of {told['as_of']}, {told['shared_household_count']:,} of them of two people and more.")
    for name, scores in found.get("household_quality", {}).items():
        b_cubed, pairs = scores["b_cubed"], scores["pairs"]
        typer.echo(f"{name.replace('_', ' '):<22} B-cubed F1 {b_cubed['f1']:.4f}, pairs: precision {pairs['precision']:.4f}, recall {pairs['recall']:.4f}")
    typer.echo(f"Results: {shown(out)}")


def judged(quality: dict[str, Any]) -> list[dict[str, Any]]:
    """The scores against the truth, a row for each thing judged."""
    clusters = quality["clusters"]
    told = {
        "pairs at the link threshold": quality["default"],
        "pairs at the best threshold": quality["best"],
        "people, by pairs": clusters["pairs"],
        "people, B-cubed": clusters["b_cubed"],
    }
    return [{"judged": what} | {name: f"{scores[name]:.4f}" for name in ("precision", "recall", "f1")} for what, scores in told.items() if scores]


@app.command("report")
def report(
    folder: Annotated[Path, typer.Argument(help="The folder that `families link RECORDS --out` wrote.")],
    out: Annotated[Path | None, typer.Option("--out", help="The page to write; report.html in the folder unless given.")] = None,
    pair: Annotated[list[str] | None, typer.Option("--pair", help="Two record ids with a comma between, to be among the pairs drawn; may be repeated.")] = None,
    as_json: AsJson = False,
) -> None:
    """Draw a linkage as one self-contained page: weights, fields, any pair step by step, blocking, thresholds, calibration, groups, largest people."""
    import os

    from pipelines.errors import WrongUsage
    from pipelines.report import linkage

    os.umask(0o077)
    wanted = [tuple(part.strip() for part in text.split(",")) for text in pair or []]
    if any(len(ids) != 2 for ids in wanted):
        raise WrongUsage("--pair takes two record ids with a comma between: --pair 101,207. Repeat it for more pairs.")
    page = out or folder / "report.html"
    size = linkage.write(folder, page, [(ids[0], ids[-1]) for ids in wanted])
    if as_json:
        show_json({"page": str(page), "bytes": size})
    else:
        typer.echo(f"Page: {shown(page)} ({size:,} bytes; it holds record ids).")


@app.command("train")
def train(
    out: Annotated[Path, typer.Option("--out", help="Where to write the model (JSON).")],
    run: Annotated[str | None, typer.Option("--run", help="Learn from this run's records; the newest that has them unless given.")] = None,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the samples.")] = 1,
    from_decisions: Annotated[bool, typer.Option("--from-decisions", help="Correct the model in use by what reviewers decided, with figures.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Learn a model from a run's standardised records, without labels; or correct the one in use by reviewers' decisions. No run uses it until named."""
    from pipelines import link, provenance, reached

    settings = settings_of(home)
    learned_from = provenance.load(reached.run_id(run, "link" if from_decisions else "standardise", settings), settings)
    if from_decisions:
        _relearn(learned_from, out, as_json)
        return
    model = link.train(learned_from, out.stem, seed)
    out.write_text(model.to_json(), encoding="utf-8")
    if as_json:
        show_json({"model": model.name, "records": model.trained_record_count, "file": str(out)})
    else:
        typer.echo(f"Model '{model.name}' learned from {model.trained_record_count:,} records; written to {shown(out)}.")


def _relearn(run: Any, out: Path, as_json: bool) -> None:
    from pipelines import link, relearn
    from pipelines.errors import WrongUsage

    if out.resolve() == link.model_path(run.authority.linkage.model).resolve():
        raise WrongUsage("That is the model in use, which is never changed: past lists rest on it. Give the new one another name with --out.")
    model, found = relearn.relearn(run, out.stem)
    out.write_text(model.to_json(), encoding="utf-8")
    if as_json:
        show_json({"model": model.name, "file": str(out), **found})
        return
    typer.echo(f"{found['same_count']:,} pairs decided same and {found['different_count']:,} different corrected model '{found['from_model']}'.")
    for name, words in (("before", "before"), ("after", "after"), ("held_out", "after, on decisions it had not seen")):
        typer.echo(f"  {words}: {found[name]['right_share']:.1%} on the right side of the threshold, loss {found[name]['loss_bits']:.3f} bits")
    typer.echo(f"Written to {shown(out)}. No run uses it until it stands in matching/models/ and linkage.yml names it: `model: {model.name}`.")
