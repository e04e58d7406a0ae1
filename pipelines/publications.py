"""Where publications stand and which one is current; apart from publish, since readers need it and stages do not import one another."""

from pathlib import Path

from pipelines.settings import Settings

CURRENT = "cohort.duckdb"


def path_of(run_id: str, settings: Settings) -> Path:
    """Where the publication of a run stands."""
    return settings.published_dir / f"cohort-{run_id}.duckdb"


def current_path(settings: Settings) -> Path | None:
    """File of the current publication, the link followed so that a later swap does not move it; None when nothing is published."""
    run_id = current_run_id(settings)
    return path_of(run_id, settings) if run_id else None


def current_run_id(settings: Settings) -> str | None:
    """The run of the current publication; None when nothing is published."""
    try:
        name = (settings.published_dir / CURRENT).readlink().name
    except FileNotFoundError:
        return None
    return name.removesuffix(".duckdb").removeprefix("cohort-")
