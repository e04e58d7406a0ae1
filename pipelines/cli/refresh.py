"""`families refresh`, `families ingest` and one subcommand for each stage."""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Annotated, Any

import typer

from pipelines.cli import common
from pipelines.cli.common import AsJson, AsOf, AuthorityName, Framework, Home, Landing
from pipelines.errors import BadInput
from pipelines.values.text import counted

RunId = Annotated[str | None, typer.Option("--run", help="The run to work on; the newest unless given (`families runs` lists them).")]

Again = Annotated[bool, typer.Option("--again", help="Run the stage although it was done before; those after it are then to be run again too.")]

stages = typer.Typer(help="Run one stage of a run by itself; stages stand on the ones before them, in the order listed.", no_args_is_help=True)

STAGE_HELP = {
    "start": "Name what a new run is made of (as-of date, framework, and five things by hash), and make its file.",
    "check_landing": "Gate: what was delivered adds up and keeps to the contract.",
    "standardise": "Bring names, dates, addresses and numbers of all sources into one shape.",
    "check_staging": "Gate: the standardised tables keep to their contract.",
    "link": "Find which records are one person.",
    "household": "Find who lives with whom.",
    "score": "Assess every household against the authority's criteria.",
    "verify": "Give every family its status and make the list.",
    "check_cohort": "Gate: the list keeps to its contract and every row can be traced.",
    "publish": "Write the publication and swap it in.",
    "report": "Write the auditors' report.",
}


# What a figure is called where its own name says little to who reads along; without a name it is for --json alone.
_CALLED = {"known_judgement_count": "", "uncompared_volume_count": "deliveries without an earlier one to compare"}


class Progress:
    """Tells on standard error what each step did and how long it took, and remembers it for --json."""

    def __init__(self, quiet: bool) -> None:
        self.quiet = quiet
        self.steps: list[dict[str, Any]] = []
        self._since = time.perf_counter()

    def __call__(self, step: str, counts: dict[str, Any]) -> None:
        """Note that a step ended."""
        now = time.perf_counter()
        seconds, self._since = now - self._since, now
        self.steps.append({"step": step, "seconds": round(seconds, 2), **counts})
        if not self.quiet:
            typer.echo(f"  {step:<14} {seconds:6.1f} s  {self._words(step, counts)}", err=True)

    @staticmethod
    def _words(step: str, counts: dict[str, Any]) -> str:
        if step == "ingest":
            return delivery_in_words(counts)
        if counts.get("is_kept"):
            return "done before, kept"
        told = {_CALLED.get(name, name.replace("_", " ")): value for name, value in counts.items() if isinstance(value, int) and not isinstance(value, bool)}
        return ", ".join(f"{name} {value:,}" for name, value in told.items() if name)


def delivery_in_words(delivery: dict[str, Any]) -> str:
    """One line on what became of a delivery."""
    if delivery["outcome"] == "ingested":
        numbers = f"received {delivery['received_count']:,}, accepted {delivery['accepted_count']:,}, rejected {delivery['rejected_count']:,}"
        stand = f"; after these changes {delivery['standing_count']:,} rows stand" if delivery.get("standing_count") is not None else ""
        return f"{delivery['source']}: {delivery['file_name']}: {numbers}{stand}"
    return f"{delivery['source']}: {delivery['outcome'].replace('_', ' ')}: {delivery['message']}"


def what_sources_stand_on(steps: Iterable[dict[str, Any]], extracts: Iterable[Any]) -> list[str]:
    """A line for each source with a refused delivery, or whose extract may be kept no longer: what the run stands on instead.

    Why a delivery was refused was told when it was; `extracts` are the manifest's.
    """
    refused = Counter(step["source"] for step in steps if step.get("outcome") == "refused")
    lines = []
    for used in extracts:
        told = [f"{counted(refused[used.source], 'file')} refused, as told above"] if refused[used.source] else []
        if used.is_past_retention:
            told.append(f"the extract delivered on {used.delivered_date} is past its retention (keep_days in extracts.yml) and is not used")
        if told:
            in_use = f"the extract delivered on {used.delivered_date} is in use" if used.extract_id else "its criteria are not assessed"
            lines.append(f"{used.source}: {'; '.join([*told, in_use])}.")
    return lines


def refresh(
    landing: Landing = None,
    as_of: AsOf = None,
    authority: AuthorityName = None,
    framework: Framework = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Do everything but publish.")] = False,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """The whole flow: ingest what was delivered, link, form households, score, verify, publish, report."""
    from pipelines import flow, provenance, publications, report

    settings = common.settings(home, landing)
    progress = Progress(quiet=as_json)
    run_id = flow.refresh(authority or settings.authority, framework, common.day(as_of, settings), settings, progress, dry_run=dry_run)
    if as_json:
        told = {"run_id": run_id, "is_current": publications.current_run_id(settings) == run_id, "steps": progress.steps}
        common.show_json(told | {"summary": None if dry_run else report.summary(settings, run_id)})
        return
    for line in what_sources_stand_on(progress.steps, provenance.load(run_id, settings).manifest.extracts):
        typer.echo(line, err=True)
    typer.echo(f"Run {run_id} is ready, not published (dry run)." if dry_run else publications.standing(run_id, settings))
    if not dry_run:
        from pipelines.cli.overview import summary_in_words

        typer.echo(summary_in_words(report.summary(settings, run_id)))


def ingest(
    source: Annotated[list[str] | None, typer.Argument(help="Sources; all that the authority has profiles of unless given.")] = None,
    landing: Landing = None,
    as_of: AsOf = None,
    authority: AuthorityName = None,
    home: Home = None,
    as_json: AsJson = False,
) -> None:
    """Read what partners delivered; ends with code 4 when a delivery is refused."""
    from pipelines import authority as authorities
    from pipelines import flow
    from pipelines.errors import WrongUsage

    settings = common.settings(home, landing)
    known = authorities.find(authority or settings.authority, settings).profiles.sources
    unknown = sorted(set(source or []) - set(known))
    if unknown:
        raise WrongUsage(f"Unknown source: {', '.join(unknown)}. Known: {', '.join(known)}. Others need a profile in extracts.yml.")
    progress = Progress(quiet=as_json)
    for name in source or known:
        for delivery in flow.ingest_source(authority or settings.authority, name, common.day(as_of, settings), settings):
            progress("ingest", asdict(delivery))
    if as_json:
        common.show_json(progress.steps)
    refused = [step for step in progress.steps if step["outcome"] in ("refused", "unknown_file", "missing")]
    if refused:
        told_above = (
            f"{counted(len(refused), 'delivery', 'deliveries')} not ingested, as told above: {', '.join(dict.fromkeys(step['source'] for step in refused))}."
        )
        raise BadInput("\n".join(delivery_in_words(step) for step in refused) if as_json else told_above)


@stages.command("start", help=STAGE_HELP["start"])
def _start(as_of: AsOf = None, authority: AuthorityName = None, framework: Framework = None, home: Home = None) -> None:
    from pipelines import flow

    settings = common.settings(home)
    typer.echo(flow.open_run(authority or settings.authority, framework, common.day(as_of, settings), settings))


def _stage_command(stage: str) -> Callable[..., None]:
    def command(run: RunId = None, again: Again = False, home: Home = None, as_json: AsJson = False) -> None:
        from pipelines import flow, provenance, publications

        settings = common.settings(home)
        run_id = run or provenance.newest_run_id(settings)
        counts = flow.run_stage(stage, run_id, settings, again=again)
        if as_json:
            common.show_json(counts)
            return
        Progress(quiet=False)(stage, counts)
        if stage == "publish":
            typer.echo(publications.standing(run_id, settings))

    return command


for _name, _help in STAGE_HELP.items():
    if _name != "start":
        stages.command(_name.replace("_", "-"), help=_help)(_stage_command(_name))
