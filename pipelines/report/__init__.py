"""Reports: what a run stands on and what came of it, for auditors (without a name), for terminals and for machines."""

from pathlib import Path
from typing import Any

from pipelines.provenance import Run
from pipelines.settings import Settings


def write(run: Run) -> dict[str, Any]:
    """Write the auditors' page of a run, and make it the latest when the run is current or was just refused; returns how large it is."""
    from pipelines.report import page

    return page.write(run)


def show(run_id: str, settings: Settings) -> bool:
    """Make the auditors' page of a publication put back the latest; False when the page is not kept."""
    from pipelines.report import page

    return page.show(run_id, settings)


def summary(settings: Settings, run_id: str | None = None) -> dict[str, Any]:
    """A publication in counts; the current one unless a run is named. Raises WrongUsage when nothing is published."""
    from pipelines.report import figures

    return figures.summary(settings, run_id)


def quality(settings: Settings, run_id: str | None = None) -> dict[str, Any]:
    """Extracts, rejections, gates and expectations of a run, published or refused; the newest unless one is named. Nothing personal."""
    from pipelines.report import figures

    return figures.quality(settings, run_id)


def write_files(folder: Path, found: dict[str, Any], settings: Settings) -> list[str]:
    """Write what `quality` found as files to take away: page, JSON and a CSV for each table; returns their names."""
    from pipelines.report import files

    return files.write(folder, found, settings)


def warnings_in_words(counts: dict[str, Any]) -> str:
    """The warnings and notes of a summary or of `quality`, as every reader is told them."""
    from pipelines.report import figures

    return figures.in_words(counts)
