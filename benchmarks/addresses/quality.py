"""What a matching is worth: of the homes given, how many are right; of the addresses that name one home, how many were given it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.addresses.mess import Written


@dataclass(frozen=True)
class Quality:
    """Counts of addresses; `wrong_by_dirt` says what was done to those that were given a home which is not theirs."""

    right: int
    wrong: int
    to_find: int
    wrong_by_dirt: Counter[str]
    missed_by_dirt: Counter[str]

    @property
    def precision(self) -> float:
        """Share of the given homes that are right."""
        return self.right / (self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of the addresses that name one home which were given it."""
        return self.right / self.to_find


def quality(found: Mapping[int, str | None], written: Sequence[Written]) -> Quality:
    """Judge the UPRNs found by address_id; None and absence both mean that no home was given."""
    right, wrong, missed = 0, Counter[str](), Counter[str]()
    for address in written:
        uprn = found.get(address.address_id)
        right += uprn is not None and uprn == address.true_uprn
        if uprn is not None and uprn != address.true_uprn:
            wrong[address.dirt] += 1
        elif uprn is None and address.true_uprn is not None:
            missed[address.dirt] += 1
    return Quality(right, wrong.total(), sum(address.true_uprn is not None for address in written), wrong, missed)
