"""What a file may be of: each source's contract, and each file of a set that a source may come as; the words of all of them are kept by one key."""

from dataclasses import dataclass
from functools import cache

from schemas.extracts import CONTRACTS, MAIN_OF_SETS, PARTS
from schemas.extracts.contract import Contract


@dataclass(frozen=True, slots=True)
class Target:
    """A contract a file may fill; `part` is the file's place in a set, None where the source comes as one file."""

    source: str
    part: str | None
    contract: Contract

    @property
    def key(self) -> str:
        """The name by which words and layouts of the contract are found: that of its table."""
        return self.contract.table.name

    @property
    def is_main(self) -> bool:
        """Whether the file is the source's only one, or the main one of a set."""
        return self.part is None or self.contract is MAIN_OF_SETS.get(self.source)


def _of(source: str) -> list[Target]:
    found = [Target(source, None, CONTRACTS[source])]
    if source in MAIN_OF_SETS:
        main = MAIN_OF_SETS[source]
        found.append(Target(source, main.table.name, main))
    return found + [Target(source, name, contract) for name, contract in PARTS.get(source, {}).items()]


@cache
def every_target() -> dict[str, Target]:
    """By key."""
    return {target.key: target for source in CONTRACTS for target in _of(source)}


def targets(source: str | None = None) -> list[Target]:
    """Those of a source, or all."""
    return [target for target in every_target().values() if source in (None, target.source)]
