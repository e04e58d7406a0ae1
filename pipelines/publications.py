"""Where publications stand, which is current and what may displace it; apart from publish, since readers need it and stages do not import one another."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sql
from pipelines import warehouse
from pipelines.errors import WrongUsage
from pipelines.provenance import Run
from pipelines.settings import Settings
from schemas import audit

CURRENT = "cohort.duckdb"


def path_of(run_id: str, settings: Settings) -> Path:
    """Where the publication of a run stands."""
    return settings.published_dir / f"cohort-{run_id}.duckdb"


def current_path(settings: Settings) -> Path | None:
    """File of the current publication, the link followed so that a later swap does not move it; None when nothing is published."""
    run_id = current_run_id(settings)
    return path_of(run_id, settings) if run_id else None


def nothing(settings: Settings) -> str:
    """What to tell who asks for a list before there is one: where it was looked for, since most often another home was meant."""
    return f"Nothing is published in {settings.home_in_words}. Make a list with `families refresh`, or name the home it is in with --home or FAMILIES_HOME."


def current_run_id(settings: Settings) -> str | None:
    """The run of the current publication; None when nothing is published."""
    try:
        name = (settings.published_dir / CURRENT).readlink().name
    except FileNotFoundError:
        return None
    return name.removesuffix(".duckdb").removeprefix("cohort-")


def existing(run_id: str, settings: Settings) -> Path:
    """File of a run's publication. Raises WrongUsage when there is none."""
    path = path_of(run_id, settings)
    if not path.exists():
        raise WrongUsage(f"There is no publication of run {run_id}. `families publications list` lists those there are.")
    return path


def facts(run_id: str | None, settings: Settings) -> dict[str, Any] | None:
    """What the run of a publication was a function of, as the publication itself tells; None when its file is not there."""
    path = path_of(run_id, settings) if run_id else None
    if path is None or not path.exists():
        return None
    with warehouse.database(settings, path) as con:
        row = con.execute(sql.read("publish/facts")).fetchone()
    return dict(zip(audit.RUN.column_names, row, strict=True)) if row else None


def chain(run_id: str | None, settings: Settings) -> Iterator[dict[str, Any]]:
    """The facts of a publication and of those it follows on, the newest first, as far as their files are kept."""
    while (found := facts(run_id, settings)) is not None:
        yield found
        run_id = found["previous_run_id"]


def overtaken_by(run: Run) -> str | None:
    """The current publication's run when it must keep its place before this run, else None.

    It must when it looks from a later date, or from the same date without the run following on it: then the run was begun before it and knows
    fewer decisions or older extracts. Every refresh follows on the publication that is current when it begins.
    """
    current = facts(current_run_id(run.settings), run.settings)
    if current is None or current["run_id"] == run.run_id or current["as_of_date"] < run.as_of:
        return None
    if current["as_of_date"] == run.as_of and current["run_id"] in _same_day_before(run):
        return None
    return str(current["run_id"])


def standing(run_id: str, settings: Settings) -> str:
    """In words, whether readers see the run's list, and if not, which they see and why."""
    from pipelines import decisions  # here, since most who ask where a publication stands need no database of decisions

    current, own = facts(current_run_id(settings), settings), facts(run_id, settings)
    if own is None:
        return f"Run {run_id} is not published."
    if current is None:
        return f"Run {run_id} has a publication, and no publication is current."
    if current["run_id"] == run_id:
        return f"Run {run_id} is published: readers see its list."
    why = "was begun later"
    if current["as_of_date"] > own["as_of_date"]:
        why = "looks from a later date"
    elif current["run_id"] in decisions.restorations(settings):
        why = "was put back"
    seen = f"{current['run_id']} (as of {current['as_of_date']}), which {why}"
    return f"Run {run_id} is not the list that readers see: they stay with {seen}. The list of this run stands beside it."


def listing(settings: Settings) -> list[dict[str, Any]]:
    """Every publication whose file is kept, the latest as-of date first, with who approved it and who last made it current again; counts only."""
    from pipelines import decisions

    paths = sorted(settings.published_dir.glob("cohort-*.duckdb"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    current, restored = current_run_id(settings), decisions.restorations(settings)
    rows = []
    for path in paths:
        with warehouse.database(settings, path) as con:
            cursor = con.execute(sql.read("cohort/publication"))
            names = [column[0] for column in cursor.description or []]
            rows += [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    told = [row | {"is_current": row["run_id"] == current} | restored.get(row["run_id"], dict.fromkeys(decisions.RESTORATION)) for row in rows]
    return sorted(told, key=lambda row: row["as_of_date"], reverse=True)


def _same_day_before(run: Run) -> Iterator[str]:
    """Publications of the run's own date that it follows on."""
    for earlier in chain(run.manifest.previous_run_id, run.settings):
        if earlier["as_of_date"] != run.as_of:
            return
        yield earlier["run_id"]
