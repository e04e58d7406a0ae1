"""The fields compared and their levels: the one place that says what the numbers in sql/link/compared_pair.sql mean."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ComparedField:
    """A field and its levels from level 1, least alike first; level 0 is a missing value. `shift` is its place in a pattern."""

    name: str
    levels: tuple[str, ...]
    shift: int

    def level(self, pattern: int) -> int:
        """The level of this field in a packed pattern."""
        return (pattern >> self.shift) & 15

    @property
    def exact(self) -> int:
        """The number of the level that says both sides are equal."""
        return len(self.levels)


FIELDS = (
    ComparedField("forename", ("different", "initial", "sound", "close", "typing_error", "nickname", "swapped", "exact"), 0),
    ComparedField("surname", ("different", "sound", "close", "part", "exact"), 4),
    ComparedField("middle_names", ("different", "initial", "exact"), 8),
    ComparedField("birth_date", ("different", "year", "part", "close", "exact"), 12),
    ComparedField("sex", ("different", "exact"), 16),
    ComparedField("nino", ("different", "close", "exact"), 20),
    ComparedField("upn", ("different", "exact"), 24),
    ComparedField("address", ("elsewhere", "sector", "postcode", "building", "dwelling"), 28),
    ComparedField("age", ("impossible", "possible"), 32),
    ComparedField("kin", ("strangers", "same_name", "same_birth"), 36),
    ComparedField("reference", ("different", "reissued", "exact"), 40),
)

BY_NAME = {field.name: field for field in FIELDS}


def levels_in_words(pattern: int) -> str:
    """A pattern as `field=level` parts, missing fields left out."""
    return "; ".join(f"{f.name}={f.levels[f.level(pattern) - 1]}" for f in FIELDS if f.level(pattern))
