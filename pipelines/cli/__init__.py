"""The command line `families`: reads arguments, calls the flow and the reading functions, prints; decides nothing itself."""

import sys
import traceback
from pathlib import Path
from typing import Any

import typer

from pipelines.cli import authorities, cohort, decide, decisions, demo, link, overview, publications, purge, rebuild, refresh, review, web
from pipelines.errors import FamiliesError
from pipelines.settings import Settings
from pipelines.values.file_names import shown_lines

app = typer.Typer(
    name="families",
    help="Finds, from four agencies' extracts, the families who need help most, and shows its work.\n\n"
    "Start with `families demo run`, or put the partners' files under HOME/landing/<source>/ and call `families refresh`.\n\n"
    "Exit codes: 0 done; 1 a bug, or a machine without room on disk or in memory; "
    "2 wrong usage; 3 bad configuration; 4 bad input file; 5 a gate refused; 6 not allowed; 7 another run is at work.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("refresh")(refresh.refresh)
app.command("ingest")(refresh.ingest)
app.add_typer(refresh.stages, name="stage")
app.command("rebuild")(rebuild.rebuild)
app.command("runs")(overview.runs)
app.add_typer(overview.extracts, name="extracts")
app.command("quality")(overview.quality)
app.command("purge")(purge.purge)
app.command("docs", hidden=True)(overview.docs)
app.add_typer(cohort.app, name="cohort")
app.add_typer(publications.app, name="publications")
app.command("decide")(decide.decide)
app.add_typer(decisions.app, name="decisions")
app.add_typer(review.app, name="review")
app.command("web")(web.web)
app.add_typer(authorities.app, name="authority")
app.add_typer(link.app, name="link")
app.add_typer(demo.app, name="demo")


def main() -> None:
    """Run a command; a user's error ends with its exit code and a message, a bug with code 1 and where it happened."""
    try:
        app()
    except FamiliesError as error:
        typer.echo(f"families: {shown_lines(str(error))}", err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        typer.echo("families: stopped. Nothing half-done is in use; call the same command again to go on.", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except Exception as error:  # the last resort: a bug's own message may quote a person's values, so it is not shown
        if Settings().debug:
            raise
        typer.echo(f"families: {_bug(error)}", err=True)
        sys.exit(1)


def _bug(error: Exception) -> str:
    if getattr(error, "errno", None) == 28 or "No space left" in str(error):
        return "there is no space left on the disk. Free some and call the same command again; nothing half-done is in use."
    if type(error).__name__ == "OutOfMemoryException":
        return (
            "DuckDB needs more memory than it may use. Allow it more, such as 2GB, with --memory-limit where the command has it, "
            "else with FAMILIES_MEMORY_LIMIT, or free disk for what it puts aside, and call the same command again; nothing is lost."
        )
    frames: list[Any] = [f for f in traceback.extract_tb(error.__traceback__) if "site-packages" not in f.filename]
    places = "\n".join(f"  {Path(f.filename).parent.name}/{Path(f.filename).name}, line {f.lineno}, {f.name}" for f in frames[-6:])
    return f"this is a bug ({type(error).__name__}). Please report these places; they hold nothing personal:\n{places}"
