"""Gives each of a file's columns the contract column it most probably is: words and values together, one to one, with a confidence and a word why."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pipelines.inference import evidence, relations, sample, words
from pipelines.inference.meaning import Meaning
from pipelines.inference.sample import Sample
from pipelines.inference.shapes import Shape, shape
from pipelines.inference.targets import Target, targets
from pipelines.inference.words import Words
from pipelines.limits import USUAL, Limits
from schemas.extracts.contract import Contract
from schemas.table import Column

# Of a proposal's confidence so much comes from the words of the header, the rest from values that fit.
_WORDS, _VALUES = 0.72, 0.28
# Values like nothing else speak for themselves under a header that says nothing.
_STRONG = 0.6
_LEAST = 0.5
_MOST_NUMBERS = 0.8
# A runner-up so near takes confidence away.
_NEAR = 0.1


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file is of, the place of its header, and its columns' meanings; `sources` tells how well each source fits."""

    target: Target
    sources: dict[str, float]
    found: Sample
    meanings: tuple[Meaning, ...]
    path: Path

    @property
    def source(self) -> str:
        """The source the file is of."""
        return self.target.source

    @property
    def part(self) -> str | None:
        """The table of a set that the file fills; None where the source comes as one file."""
        return self.target.part

    @property
    def contract(self) -> Contract:
        """The contract the file fills."""
        return self.target.contract

    @property
    def missing(self) -> list[Column]:
        """Required columns of the contract that no column of the file is taken for."""
        given = {meaning.column for meaning in self.meanings}
        return [column for column in self.contract.delivered if column.required and column.name not in given]

    def of(self, column: str) -> Meaning | None:
        """What is taken for a contract column."""
        return next((meaning for meaning in self.meanings if meaning.column == column), None)


def propose(path: Path, source: str | None = None, limits: Limits = USUAL) -> Proposal:
    """The proposal for a file; `source` where the analyst knows it. Raises BadInput for a file that is no table of any contract's columns."""
    possible = targets(source)
    found = sample.read(path, [target.key for target in possible], limits)
    shapes = [shape(found.cells(position)) for position in range(len(found.names))]
    tried = {target.key: _meanings(found, shapes, target) for target in possible}
    fits = {target.key: _together(tried[target.key], target) for target in possible}
    best = max(possible, key=lambda target: fits[target.key])
    sources = {target.source: max(fits[other.key] for other in possible if other.source == target.source) for target in possible}
    return Proposal(best, sources, found, tuple(tried[best.key]), path)


def _together(meanings: list[Meaning], target: Target) -> float:
    """How well a contract fits, from 0 to 1: the file's columns that mean something, and the required columns that are there."""
    named = [meaning for meaning in meanings if meaning.header]
    known = sum(meaning.confidence for meaning in named if meaning.column)
    required = [column.name for column in target.contract.delivered if column.required]
    told = {meaning.column for meaning in meanings}
    if any(meaning.column == "term" and meaning.shape.share("term_and_year") > _LEAST for meaning in meanings):
        told.add("academic_year")
    there = len(told.intersection(required))
    return 0.5 * known / max(len(named), 1) + 0.5 * there / max(len(required), 1)


def _meanings(found: Sample, shapes: list[Shape], target: Target) -> list[Meaning]:
    from scipy.optimize import linear_sum_assignment

    columns = target.contract.delivered
    subjects = words.subjects_of(found.names, target.key)
    told = [_told(name, its, target, subjects) for name, its in zip(found.names, shapes, strict=True)]
    scored = [[_score(own, column, target, its) for column in columns] for own, its in zip(told, shapes, strict=True)]
    scores = np.array([[score for score, _ in line] for line in scored])
    taken = dict(zip(*map(list, linear_sum_assignment(scores, maximize=True)), strict=True))
    meanings = []
    for position, name in enumerate(found.names):
        place = taken.get(position)
        if place is None or scores[position, place] < _LEAST:
            meanings.append(Meaning(position, name, None, 0.0, _nothing(scores[position], scored[position], columns), shapes[position]))
            continue
        confidence = scores[position, place] - _doubt(scores, position, taken)
        meanings.append(Meaning(position, name, columns[place].name, round(float(confidence), 2), scored[position][place][1], shapes[position]))
    return _only_named(relations.completed(meanings, told, found, target.contract))


def _told(name: str, its: Shape, target: Target, subjects: dict[str, tuple[str, ...]]) -> Words:
    own = words.words_in(name, target.key, subjects)
    return words.of_numbers(own, target.key) if its.share("reference") > _MOST_NUMBERS else own


def _only_named(meanings: list[Meaning]) -> list[Meaning]:
    """A column without a name cannot stand in a profile."""
    return [meaning if meaning.header else replace(meaning, column=None, confidence=0.0, why="has no name") for meaning in meanings]


def _doubt(scores: np.ndarray, position: int, taken: dict[int, int]) -> float:
    """What a runner-up that is nearly as good takes away, be it another meaning of the column or another column of that meaning.

    A meaning that another column has, and has better, is none.
    """
    place = taken[position]
    own = scores[position, place]
    better = {column for other, column in taken.items() if other != position and scores[other, column] > scores[position, column]}
    line = [score for column, score in enumerate(scores[position]) if column != place and column not in better]
    nearest = max([*line, *np.delete(scores[:, place], position)], default=0.0)
    return max(0.0, _NEAR - (own - nearest)) if nearest > _LEAST else 0.0


def _nothing(line: np.ndarray, told: list[tuple[float, str]], columns: tuple[Column, ...]) -> str:
    best = int(line.argmax())
    return f"perhaps {columns[best].name}: {told[best][1]}" if line[best] > _LEAST / 2 else "like no column of the contract"


def _score(own: Words, column: Column, target: Target, its: Shape) -> tuple[float, str]:
    """How probably the file's column is the contract's, and why."""
    if not own:
        return 0.0, "has no name"
    likeness, phrase = words.likeness(own, target.key, column.name)
    fit, why = evidence.fit(column, target.contract, its)
    if evidence.speaks_for_itself(column, its, fit):
        likeness = max(likeness, _STRONG)
    said = f"its name is like '{phrase}'" if likeness >= _LEAST else "its name says little"
    score = _WORDS * likeness * (1 + min(fit, 0.0)) + _VALUES * max(fit, 0.0)
    if not its.filled:
        score = likeness * 0.8
    # Values alone, of a form that many columns have, are no reason.
    return (score if likeness >= 0.3 else min(score, _LEAST / 2)), f"{said}; {why}"
