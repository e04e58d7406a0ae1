"""Writes the borough's four files and its truth, a chunk of people at a time, so that memory does not grow with the county."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from pipelines import authority
from pipelines.synthetic import delivery, events, layouts, rewriting, sets, truth
from pipelines.synthetic.borough import Borough, Start, borough
from pipelines.synthetic.frame import Columns, Steady
from pipelines.synthetic.people import Span, days
from pipelines.synthetic.sources import attendance, benefits, council_tax, gazetteer, housing, needs, police
from pipelines.synthetic.structures import OUTSIDE
from schemas.authority import Profiles
from schemas.profile import Profile

AS_OF = date(2026, 11, 23)
CHUNK = 50_000
AUTHORITY = "calderbrook"
_OPTIONAL = {"council_tax": council_tax.rows, "gazetteer": gazetteer.rows}
_SOURCES = (attendance.rows, police.rows, benefits.rows, housing.rows)


def generate(
    directory: Path,
    people: int,
    seed: int,
    as_of: date = AS_OF,
    delivered: date | None = None,
    chosen: Mapping[str, str] | None = None,
    optional: Sequence[str] = (),
    memory: events.Memory | None = None,
) -> dict[str, Any]:
    """Write `directory/landing/<source>/<file>` and `directory/truth/<table>.parquet`; returns counts of people, households and rows.

    The same people, seed and dates give the same bytes. `delivered` is three days before `as_of` unless given.
    With a `memory`, given again each week, people part, take names and die in the weeks after the last 23 November (they move without it),
    and partners write of whom nothing happened to what they wrote the week before.
    `chosen` names, by source, a layout of the library that the supplier uses instead of its usual one: the same facts in other words.
    `optional` names further sources to make, in the library's plain layout; the other files stay as they are without them.
    """
    delivered = delivered or as_of - timedelta(days=3)
    plan = layouts.layouts(delivered, people, chosen)
    profiles = authority.load(Path(str(files("schemas").joinpath("authorities", AUTHORITY, "extracts.yml"))), Profiles)
    plan |= {source: layouts.plain(source, delivered) for source in optional}
    makers = [*_SOURCES, *(_OPTIONAL.get(source) or needs.maker(source) for source in optional)]
    profiles = profiles.model_copy(update={source: layouts.plain_profile(source) for source in optional})
    written = {
        source: profiles.of(source) if source in optional else sets.profile(profiles.of(source), source, layout.library) for source, layout in plan.items()
    }
    counts: dict[str, Any] = {"people": 0, "households": 0, "rows": dict.fromkeys(plan, 0)}
    with ExitStack() as stack:
        sheets = {source: stack.enter_context(_sheet(directory, source, layout, written[source])) for source, layout in plan.items()}
        writer = stack.enter_context(_Truth(directory / "truth"))
        for size, rng, chunk in _chunks(people, seed, as_of, delivered, memory):
            delivered_rows, numbers = [], {}
            dead = None
            if memory is not None:
                chunk, dead = events.lived_through(np.random.default_rng([seed, chunk.number]), chunk)
            for make, stream in zip(makers, rng.spawn(len(makers)), strict=True):
                ordered = make(stream, chunk)
                if memory is not None:
                    ordered = memory.kept(np.random.default_rng([seed, chunk.number, days(delivered)]), chunk, ordered)
                worded = _in_words(stream, ordered, profiles.of(ordered.source), written[ordered.source])
                rows = delivery.shuffled(stream, worded if dead is None else events.without(events.told_by_now(chunk, worded), dead))
                sheets[rows.source].rows(rows.values)
                numbers[rows.source] = plan[rows.source].first_row + counts["rows"][rows.source] + np.arange(rows.count)
                counts["rows"][rows.source] += rows.count
                delivered_rows.append(rows)
            chunk = chunk if memory is None else events.by_now(chunk)
            writer.write(truth.tables(chunk, delivered_rows, numbers, {source: layout.rows_in for source, layout in plan.items()}))
            counts["people"] += size
            counts["households"] += int((chunk.households["kind"] != OUTSIDE).sum())
    for path in directory.glob("landing/*/*"):
        path.chmod(0o600)
    for path in directory.glob("truth/*.parquet"):
        path.chmod(0o600)
    return counts


def _chunks(people: int, seed: int, as_of: date, delivered: date, memory: events.Memory | None) -> Iterator[tuple[int, np.random.Generator, Borough]]:
    """Chunks of at most CHUNK people, each with a random stream of its own."""
    start = Start()
    sizes = [CHUNK] * (people // CHUNK) + ([people % CHUNK] if people % CHUNK else [])
    for size, seeds in zip(sizes, np.random.SeedSequence(seed).spawn(len(sizes)), strict=True):
        rng = np.random.default_rng(seeds) if memory is None else Steady(np.random.PCG64(seeds))
        chunk = borough(rng, size, start, as_of, delivered, (memory and memory.span) or Span.of(as_of))
        start = start.after(chunk)
        yield size, rng, chunk


def _in_words(rng: np.random.Generator, ordered: delivery.Rows, usual: Profile, other: Profile) -> delivery.Rows:
    """The rows in the supplier's words. Another layout draws from a stream of its own, so that what is stated stays the same."""
    words = layouts.in_suppliers_words(rng, ordered, usual)
    if other is usual:
        return words
    return layouts.in_suppliers_words(rng.spawn(1)[0], rewriting.rewritten(ordered, usual, other), other)


def _sheet(directory: Path, source: str, layout: layouts.Layout, profile: Profile) -> Any:
    folder = directory / "landing" / source
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if layout.parts:
        return sets.sheets(folder, layout, source, profile)
    return layouts.sheet(folder / layout.file_name, layout, profile, f"{profile.supplier}: {source.replace('_', ' ')}")


class _Truth:
    """The truth's Parquet files, open while chunks come in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writers: dict[str, Any] = {}

    def __enter__(self) -> "_Truth":
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self

    def write(self, tables: dict[str, Columns]) -> None:
        """Append one chunk's rows to every table."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        for name, columns in tables.items():
            table = pa.table({column: _arrow(values) for column, values in columns.items()})
            if name not in self._writers:
                self._writers[name] = pq.ParquetWriter(self._folder / f"{name}.parquet", table.schema)
            self._writers[name].write_table(table)

    def __exit__(self, *_: object) -> None:
        for writer in self._writers.values():
            writer.close()


def _arrow(values: Any) -> Any:
    """An Arrow array; text stays text even where a chunk has none."""
    import pyarrow as pa

    return pa.array(values.tolist(), type=pa.string()) if values.dtype == object else pa.array(values)
