"""Gives each of a file's columns the contract column it most probably is: words and values together, one to one, with a confidence and a word why."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pipelines.inference import evidence, sample, words
from pipelines.inference.sample import Sample
from pipelines.inference.shapes import Shape, shape
from schemas.extracts import CONTRACTS
from schemas.staging import SOURCES
from schemas.table import Column

# Of a proposal's confidence so much comes from the words of the header, the rest from values that fit.
_WORDS, _VALUES = 0.72, 0.28
# Values like nothing else speak for themselves under a header that says nothing.
_STRONG = 0.6
_LEAST = 0.5
SURE = 0.5
# A runner-up so near takes confidence away.
_NEAR = 0.1


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one column of the file is taken for; `column` is None where it is left to the analyst."""

    position: int
    header: str
    column: str | None
    confidence: float
    why: str
    shape: Shape

    @property
    def is_sure(self) -> bool:
        """Whether the analyst need not look twice."""
        return self.column is not None and self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class Proposal:
    """A file's source, the place of its header, and its columns' meanings; `sources` tells how well each source fits."""

    source: str
    sources: dict[str, float]
    found: Sample
    meanings: tuple[Meaning, ...]
    path: Path

    @property
    def missing(self) -> list[Column]:
        """Required columns of the contract that no column of the file is taken for."""
        given = {meaning.column for meaning in self.meanings}
        return [column for column in CONTRACTS[self.source].delivered if column.required and column.name not in given]

    def of(self, column: str) -> Meaning | None:
        """What is taken for a contract column."""
        return next((meaning for meaning in self.meanings if meaning.column == column), None)


def propose(path: Path, source: str | None = None) -> Proposal:
    """The proposal for a file; `source` where the analyst knows it. Raises BadInput for a file that is no table of any contract's columns."""
    found = sample.read(path, [source] if source else SOURCES)
    shapes = [shape(found.cells(position)) for position in range(len(found.names))]
    tried = {name: _meanings(found, shapes, name) for name in ([source] if source else SOURCES)}
    sources = {name: _together(meanings, name) for name, meanings in tried.items()}
    best = max(sources, key=lambda name: sources[name])
    return Proposal(best, sources, found, tuple(tried[best]), path)


def _together(meanings: list[Meaning], source: str) -> float:
    """How well a source fits, from 0 to 1: the file's columns that mean something, and the required columns that are there."""
    named = [meaning for meaning in meanings if meaning.header]
    known = sum(meaning.confidence for meaning in named if meaning.column)
    required = [column.name for column in CONTRACTS[source].delivered if column.required]
    there = sum(any(meaning.column == name for meaning in meanings) for name in required)
    return 0.5 * known / max(len(named), 1) + 0.5 * there / max(len(required), 1)


def _meanings(found: Sample, shapes: list[Shape], source: str) -> list[Meaning]:
    from scipy.optimize import linear_sum_assignment

    columns = CONTRACTS[source].delivered
    scored = [[_score(name, column, source, its) for column in columns] for name, its in zip(found.names, shapes, strict=True)]
    scores = np.array([[score for score, _ in line] for line in scored])
    taken = dict(zip(*map(list, linear_sum_assignment(scores, maximize=True)), strict=True))
    meanings = []
    for position, name in enumerate(found.names):
        place = taken.get(position)
        if place is None or scores[position, place] < _LEAST:
            meanings.append(Meaning(position, name, None, 0.0, _nothing(scores[position], scored[position], columns), shapes[position]))
            continue
        confidence = scores[position, place] - _doubt(scores, position, int(place))
        meanings.append(Meaning(position, name, columns[place].name, round(float(confidence), 2), scored[position][place][1], shapes[position]))
    return _only_named(meanings)


def _only_named(meanings: list[Meaning]) -> list[Meaning]:
    """A column without a name cannot stand in a profile."""
    return [meaning if meaning.header else replace(meaning, column=None, confidence=0.0, why="has no name") for meaning in meanings]


def _doubt(scores: np.ndarray, position: int, place: int) -> float:
    """What a runner-up that is nearly as good takes away, be it another meaning of the column or another column of that meaning."""
    own = scores[position, place]
    others = np.concatenate([np.delete(scores[position], place), np.delete(scores[:, place], position)])
    nearest = float(others.max()) if len(others) else 0.0
    return max(0.0, _NEAR - (own - nearest)) if nearest > _LEAST else 0.0


def _nothing(line: np.ndarray, told: list[tuple[float, str]], columns: tuple[Column, ...]) -> str:
    best = int(line.argmax())
    return f"perhaps {columns[best].name}: {told[best][1]}" if line[best] > _LEAST / 2 else "like no column of the contract"


def _score(header: str, column: Column, source: str, its: Shape) -> tuple[float, str]:
    """How probably the file's column is the contract's, and why."""
    if not header:
        return 0.0, "has no name"
    likeness, phrase = words.likeness(header, source, column.name)
    fit, why = evidence.fit(column, CONTRACTS[source], its)
    if evidence.speaks_for_itself(column, its, fit):
        likeness = max(likeness, _STRONG)
    said = f"its name is like '{phrase}'" if likeness >= _LEAST else "its name says little"
    score = _WORDS * likeness * (1 + min(fit, 0.0)) + _VALUES * max(fit, 0.0)
    if not its.filled:
        score = likeness * 0.8
    # Values alone, of a form that many columns have, are no reason.
    return (score if likeness >= 0.3 else min(score, _LEAST / 2)), f"{said}; {why}"
