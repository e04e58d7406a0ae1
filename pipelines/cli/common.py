"""What the commands share: the common options, and printing a table for people or JSON for machines."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from pipelines.cli import tables
from pipelines.errors import WrongUsage
from pipelines.settings import Settings

Home = Annotated[Path | None, typer.Option("--home", help="Folder of everything the system writes; FAMILIES_HOME or var/ unless given.")]
Landing = Annotated[Path | None, typer.Option("--landing", help="Folder of deliveries with one sub-folder a source; HOME/landing unless given.")]
AuthorityName = Annotated[
    str | None,
    typer.Option(
        "--authority", help="Whose extracts.yml, criteria.yml, linkage.yml and publication.yml to use; FAMILIES_AUTHORITY or calderbrook unless given."
    ),
]
Framework = Annotated[str | None, typer.Option("--framework", help="Framework of the verified list; the authority's own unless given.")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="YYYY-MM-DD", help="The date to look from; today unless given.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]

Wide = Annotated[bool, typer.Option("--wide", help="Show every column, however wide the terminal.")]


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


def past_day(text: str | None) -> date | None:
    """The date of --as-at, None when it is not given. Raises WrongUsage when it is no date."""
    try:
        return date.fromisoformat(text) if text is not None else None
    except ValueError:
        raise WrongUsage(f"--as-at must be a date such as 2026-11-23, not '{text}'.") from None


@contextmanager
def without_pandas() -> Iterator[None]:
    """Keep pandas from being imported meanwhile, for commands that read and are waited for.

    DuckDB imports it with the first value it is handed, which takes a third of a second, only to ask whether the value is one of pandas' own nulls.
    """
    if "pandas" in sys.modules:
        yield
        return
    sys.modules["pandas"] = None  # type: ignore[assignment] # Python's own way to say that there is no such module
    try:
        yield
    finally:
        del sys.modules["pandas"]


def show(
    rows: list[dict[str, Any]],
    as_json: bool,
    *,
    title: str = "",
    columns: list[str] | None = None,
    shed: Sequence[str] = (),
    wide: bool = False,
    empty: str = "Nothing to show.",
) -> None:
    """Print rows as a table, or as JSON; `columns` chooses and orders those a person sees, JSON has all. `shed` and `wide` as for tables.show."""
    if as_json:
        show_json(rows)
    elif rows:
        tables.show(rows, title=title, columns=columns, shed=shed, wide=wide)
    else:
        typer.echo(empty)


def refused_in_words(count: int) -> str:
    """How many rows of a spreadsheet were refused, and what to do."""
    rows, them = ("row was", "it") if count == 1 else ("rows were", "them")
    return f"{count:,} {rows} refused and nothing of {them} recorded. Mend {them} and import again"


def tell_kept_back(count: int, what: str) -> None:
    """Say on standard error how many more there are that may not be shown, if any."""
    if count:
        typer.echo(f"{count:,} more {what} are kept back: rows that tell of them may not go there (`outputs` in extracts.yml).", err=True)


def warn_of_store(settings: Settings, consequence: str) -> None:
    """Say on standard error, with what may come of it, that the decision store was changed or cut off, if it was; reading goes on."""
    from pipelines import decisions

    wrong = decisions.complaint(settings)
    if wrong is not None:
        typer.echo(f"Warning: {wrong} {consequence}", err=True)


def show_json(value: Any) -> None:
    """Print a value as JSON: dates as ISO text, decimals as numbers' text."""
    typer.echo(json.dumps(value, indent=1, default=str, ensure_ascii=False))
