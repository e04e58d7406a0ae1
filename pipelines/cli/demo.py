"""`families demo`: a fictional borough whose truth is known, to try everything on."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipelines.cli import common, refresh
from pipelines.cli.common import AsJson, Home
from pipelines.errors import WrongUsage
from pipelines.settings import Settings

if TYPE_CHECKING:
    from pipelines.provenance import Run

app = typer.Typer(help="A fictional borough with known truth: make it, run the flow on it, measure the result.", no_args_is_help=True)

DEMO_AS_OF = "2026-11-23"
People = Annotated[int, typer.Option("--people", min=500, help="How many people live there.")]
Seed = Annotated[int, typer.Option("--seed", help="The same seed makes the same borough.")]


@app.command("generate")
def generate(
    people: People = 20_000,
    seed: Seed = 1,
    as_of: Annotated[str, typer.Option("--as-of", metavar="YYYY-MM-DD", help="The date to look from; files are delivered three days before.")] = DEMO_AS_OF,
    layout: Annotated[
        list[str] | None, typer.Option("--layout", metavar="SOURCE=NAME", help="A source whose supplier uses this layout of schemas/layouts/; may be repeated.")
    ] = None,
    also: Annotated[
        list[str] | None, typer.Option("--also", metavar="SOURCE", help="An optional source to make besides the four, in its plain layout; may be repeated.")
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Folder to write landing/ and truth/ to; HOME unless given.")] = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Write the four partners' files, and the truth beside them where no stage reads it."""
    from pipelines.settings import prepare_home
    from pipelines.synthetic import generate as make_borough

    settings = common.settings(home)
    prepare_home(settings)
    counts = make_borough(out or settings.home, people, seed, common.day(as_of, settings), chosen=_layouts(layout or []), optional=_optional(also or []))
    if as_json:
        common.show_json(counts)
    else:
        typer.echo(f"A borough of {people:,} people (seed {seed}) is in {out or settings.home}: " + _words(counts))


@app.command("run")
def run(people: People = 20_000, seed: Seed = 1, home: Home = None, as_json: AsJson = False) -> None:
    """Make the borough, run the whole flow in one process, and measure the result against the truth."""
    generate(people=people, seed=seed, as_of=DEMO_AS_OF, layout=None, also=None, out=None, home=home, as_json=as_json)
    refresh.refresh(as_of=DEMO_AS_OF, home=home, as_json=as_json)
    summary(home=home, as_json=as_json)


@app.command("summary")
def summary(home: Home = None, as_json: AsJson = False) -> None:
    """What the current publication holds, and how it compares with the borough's truth."""
    from pipelines import provenance, report
    from pipelines.cli.overview import summary_in_words

    settings = common.settings(home)
    found = report.summary(settings)
    truth, edited = _against_truth(settings, found), _edited(provenance.load(found["run_id"], settings))
    if as_json:
        common.show_json({**found, "against_truth": truth, "criteria_unlike_those_of_the_truth": edited})
        return
    typer.echo(summary_in_words(found))
    typer.echo("\nagainst the borough's truth")
    if edited:
        typer.echo("  The truth goes by the criteria as shipped. This list's are others, so shares of families compare two things:")
        typer.echo("\n".join(f"    {words}" for words in edited))
    bases, missed = truth.pop("membership_by_basis"), truth.pop("missed_families")
    for name, value in truth.items():
        typer.echo(f"  {name.replace('_', ' '):<42} {_figure(value)}")
    typer.echo(f"  {'membership by its basis':<42} {'people':>7} {'stated':>7} {'true':>7}")
    for basis, found_of_it in bases.items():
        typer.echo(f"    {basis.replace('_', ' '):<40} {found_of_it['member_count']:>7,} {found_of_it['stated']:>7.4f} {found_of_it['true_share']:>7.4f}")
    typer.echo(f"  {'families missed, by cause':<42} {len(missed):>7,}")
    for cause, count in Counter(family["cause"] for family in missed).most_common():
        typer.echo(f"    {cause:<70} {count:>7,}")


def _edited(run: "Run") -> list[str]:
    """What the run's criteria have otherwise than those by which the truth was drawn, in words."""
    from pipelines import authority, criteria, differences
    from pipelines.synthetic.generation import AUTHORITY

    shipped, own = (criteria.load(council).at(run.as_of) for council in (authority.find(AUTHORITY, run.settings), run.authority))
    pairs = [(was, now) for was in shipped for now in own if was.id == now.id == run.manifest.framework_id]
    return [difference.words for was, now in pairs for difference in differences.of_framework(was, now)]


def _against_truth(settings: Settings, found: dict[str, Any]) -> dict[str, Any]:
    """The figures of the issue's bars, flat, for the framework of the list, and a table of memberships by basis."""
    from pipelines import provenance
    from pipelines.synthetic.evaluation import evaluate

    run = provenance.load(found["run_id"], settings)
    acceptance = run.authority.publication.verification.acceptance_probability
    quality = evaluate(run.path, settings.home / "truth", settings, acceptance)
    person, household, cohort = quality["person"], quality["household"], quality["cohort"][run.manifest.framework_id]
    return {
        "person_pair_precision": person["precision"],
        "person_pair_recall": person["recall"],
        "person_b_cubed_f1": person["b_cubed"]["f1"],
        "household_b_cubed_f1": household["b_cubed"]["f1"],
        "separated_parents_in_one_household": household["separated_parents"]["joined_share"],
        "separated_parents_surely_in_one_household": household["separated_parents"]["surely_joined_share"],
        "verified_families_that_truly_qualify": cohort["verified_true_share"],
        "families_in_review_that_truly_qualify": cohort["review_true_share"],
        "families_that_qualify_found": cohort["found_share"],
        "families_that_truly_qualify_with_records": cohort["qualifying_with_records_count"],
        "membership_by_basis": household["basis"],
        "missed_families": cohort["missed"],
    }


def _layouts(chosen: list[str]) -> dict[str, str]:
    """Layout by source. Raises WrongUsage for one that the library does not have."""
    from pipelines.authority import is_set, layout_names
    from schemas.staging import SOURCES

    # The borough's schools send summaries, whatever the layout.
    known = [f"{source}={name}" for source in SOURCES for name in layout_names(source) if not is_set(source, name)]
    unknown = sorted(set(chosen) - set(known))
    if unknown:
        raise WrongUsage(f"--layout {', '.join(unknown)} is not in the library. Known: {', '.join(known)}.")
    return dict(text.split("=") for text in chosen)


def _optional(also: list[str]) -> list[str]:
    """The optional sources in one order. Raises WrongUsage for one that there is not."""
    from schemas.staging import OPTIONAL_SOURCES, REFERENCE_SOURCES

    known = (*OPTIONAL_SOURCES, *REFERENCE_SOURCES)
    unknown = sorted(set(also) - set(known))
    if unknown:
        raise WrongUsage(f"--also {', '.join(unknown)} is no optional source. Known: {', '.join(known)}.")
    return [source for source in known if source in also]


def _words(counts: dict[str, Any]) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {value:,}" for name, value in counts.items() if isinstance(value, int))


def _figure(value: float | int | None) -> str:
    if value is None:
        return "-"
    return f"{value:.4f}" if isinstance(value, float) else f"{value:,}"
