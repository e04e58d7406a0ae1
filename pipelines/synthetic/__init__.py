"""A fictional borough with known truth: partners' four files as suppliers write them, and beside them what no stage may read."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any


def generate(
    directory: Path,
    people: int,
    seed: int,
    as_of: date = date(2026, 11, 23),
    delivered: date | None = None,
    chosen: Mapping[str, str] | None = None,
    optional: Sequence[str] = (),
) -> dict[str, Any]:
    """Write the borough's files and truth under `directory`; see `pipelines.synthetic.generation`. Imported when called, so that help is fast."""
    from pipelines.synthetic.generation import generate as _generate

    return _generate(directory, people, seed, as_of, delivered, chosen, optional)
