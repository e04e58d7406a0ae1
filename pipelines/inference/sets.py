"""Several files at once: what each is of, and which of them are the files of one set."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import BadInput
from pipelines.inference.propose import Proposal, propose
from pipelines.limits import USUAL, Limits


@dataclass(frozen=True, slots=True)
class Block:
    """What belongs under one source: a file, with the further ones where it is the main file of a set."""

    main: Proposal
    parts: tuple[Proposal, ...] = ()


def files_of(paths: Sequence[Path]) -> list[Path]:
    """The files named, and those in the folders named, by name; hidden ones are left alone."""
    found = [file for path in paths for file in (sorted(path.iterdir()) if path.is_dir() else [path])]
    return [path for path in found if path.is_file() and not path.name.startswith(".")]


def proposals(paths: Sequence[Path], source: str | None = None, limits: Limits = USUAL) -> tuple[list[Proposal], dict[Path, str]]:
    """What each file is proposed to be, and why some are nothing."""
    found, refused = [], {}
    for path in paths:
        try:
            found.append(propose(path, source, limits))
        except BadInput as refusal:
            refused[path] = str(refusal)
    return found, refused


def blocks(found: Sequence[Proposal]) -> list[Block]:
    """A block for each delivery: further files of a set go to its main file; of several files of one kind the first speaks for all."""
    parts = {proposal.target.key: proposal for proposal in reversed(found) if not proposal.target.is_main}
    mains = [proposal for proposal in found if proposal.target.is_main]
    blocks = []
    for main in {main.source: main for main in reversed(mains)}.values():
        of_set = [part for part in parts.values() if part.source == main.source] if main.part is not None else []
        blocks.append(Block(main, tuple(sorted(of_set, key=lambda part: part.target.key))))
    taken = {part.target.key for block in blocks for part in block.parts}
    return sorted(blocks, key=lambda block: block.main.source) + [Block(part) for key, part in sorted(parts.items()) if key not in taken]
