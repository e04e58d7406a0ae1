"""What the commands share: the common options, and printing a table for people or JSON for machines."""

import json
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.errors import WrongUsage
from pipelines.settings import Settings
from pipelines.values.file_names import shown_lines

Home = Annotated[Path | None, typer.Option("--home", help="Folder of everything the system writes; FAMILIES_HOME or var/ unless given.")]
Landing = Annotated[Path | None, typer.Option("--landing", help="Folder of deliveries with one sub-folder a source; HOME/landing unless given.")]
AuthorityName = Annotated[str, typer.Option("--authority", help="Whose extracts.yml, criteria.yml, linkage.yml and publication.yml to use.")]
Framework = Annotated[str | None, typer.Option("--framework", help="Framework of the verified list; the authority's own unless given.")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="The date to look from; today unless given.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]

DEFAULT_AUTHORITY = "calderbrook"


def settings(home: Path | None = None, landing: Path | None = None) -> Settings:
    """Settings from the environment, with what the command line says on top."""
    given: dict[str, Any] = {name: value for name, value in (("home", home), ("landing", landing)) if value is not None}
    return Settings(**given)


def day(text: str | None, found: Settings) -> date:
    """The as-of date. Raises WrongUsage when it is no date or lies ahead."""
    if text is None:
        return found.today()
    try:
        as_of = date.fromisoformat(text)
    except ValueError:
        raise WrongUsage(f"--as-of must be a date such as 2026-11-23, not '{text}'.") from None
    return found.refuse_future(as_of)


def show(rows: list[dict[str, Any]], as_json: bool, *, title: str = "", columns: list[str] | None = None, empty: str = "Nothing to show.") -> None:
    """Print rows as a table, or as JSON; `columns` chooses and orders those a person sees, JSON has all."""
    if as_json:
        show_json(rows)
        return
    if not rows:
        typer.echo(empty)
        return
    # Imported here so that `families --help` stays quick.
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    names = columns or list(rows[0])
    table = Table(title=title or None, title_justify="left", title_style="bold", header_style="bold", box=SIMPLE_HEAD, pad_edge=False)
    for name in names:
        numeric = all(isinstance(row.get(name), int | float) or row.get(name) is None for row in rows)
        table.add_column(name.replace("_", " "), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(row.get(name)) for name in names))
    width = None if sys.stdout.isatty() else shutil.get_terminal_size((160, 24)).columns
    Console(width=width, markup=False, highlight=False).print(table)


def show_json(value: Any) -> None:
    """Print a value as JSON: dates as ISO text, decimals as numbers' text."""
    typer.echo(json.dumps(value, indent=1, default=str, ensure_ascii=False))


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _figure(value) if isinstance(value, float) else shown_lines(str(value))


def _figure(value: float) -> str:
    """Three decimals, but never so few that a probability short of certain reads as 1, or one above nothing as 0."""
    texts = (f"{value:.{digits}f}".rstrip("0").rstrip(".") for digits in range(3, 9))
    return next((text for text in texts if float(text) == value or not text.lstrip("-").isdigit()), f"{value:.3g}")
