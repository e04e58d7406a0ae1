"""The closed list of comparisons: what each kind's levels mean, from least to most alike, and what EM starts from.

A field is a kind applied to a column. The SQL of a kind is `sql/link/level/<kind>.sql`; level 0 is a missing value and says nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import sql
from matching import tables

# Bits a field has in a pattern, so that fifteen fields fit in the positive half of a 64-bit number.
_BITS = 4
FIELD_LIMIT = 15

Probabilities = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to compare two values. `m` and `h` are where EM starts from; they only have to tell the classes apart."""

    name: str
    levels: tuple[str, ...]
    m: Probabilities
    h: Probabilities


_KINDS = (
    Kind(
        "forename",
        ("different", "initial", "sound", "close", "typing_error", "nickname", "swapped", "exact"),
        (0.015, 0.02, 0.02, 0.02, 0.03, 0.05, 0.01, 0.835),
        (0.9, 0.02, 0.02, 0.02, 0.01, 0.01, 0.01, 0.01),
    ),
    Kind("surname", ("different", "sound", "close", "part", "exact"), (0.05, 0.02, 0.05, 0.05, 0.83), (0.25, 0.01, 0.02, 0.07, 0.65)),
    Kind("middle_names", ("different", "initial", "exact"), (0.1, 0.1, 0.8), (0.85, 0.1, 0.05)),
    Kind("birth_date", ("different", "year", "part", "close", "exact"), (0.002, 0.004, 0.004, 0.03, 0.96), (0.97, 0.005, 0.005, 0.01, 0.01)),
    Kind(
        "address",
        ("elsewhere", "area", "postcode", "street", "building", "misspelt", "dwelling"),
        (0.1, 0.03, 0.02, 0.02, 0.03, 0.05, 0.75),
        (0.05, 0.01, 0.02, 0.02, 0.02, 0.03, 0.85),
    ),
    Kind("sex", ("different", "exact"), (0.02, 0.98), (0.55, 0.45)),
    Kind("number", ("different", "close", "exact"), (0.004, 0.006, 0.99), (0.997, 0.001, 0.002)),
    Kind("checked_number", ("different", "exact"), (0.01, 0.99), (0.998, 0.002)),
    Kind("code", ("different", "close", "exact"), (0.15, 0.05, 0.8), (0.6, 0.02, 0.38)),
    Kind("category", ("different", "exact"), (0.1, 0.9), (0.4, 0.6)),
    Kind("text", ("different", "close", "exact"), (0.1, 0.1, 0.8), (0.6, 0.05, 0.35)),
    Kind("quantity", ("different", "near", "exact"), (0.05, 0.15, 0.8), (0.9, 0.07, 0.03)),
    Kind("year", ("different", "within_five", "within_two", "near", "exact"), (0.05, 0.03, 0.04, 0.13, 0.75), (0.8, 0.08, 0.04, 0.05, 0.03)),
    Kind("latest_birth_date", ("impossible", "possible"), (0.005, 0.995), (0.6, 0.4)),
    Kind("company", ("strangers", "same_name", "same_birth"), (0.5, 0.2, 0.3), (0.3, 0.3, 0.4)),
    Kind("source", ("same", "other_role", "other"), (0.095, 0.005, 0.9), (0.2, 0.1, 0.7)),
    Kind("reference", ("different", "reissued", "exact"), (0.02, 0.2, 0.78), (0.7, 0.29, 0.01)),
)
KINDS = {kind.name: kind for kind in _KINDS}


@dataclass(frozen=True, slots=True)
class ComparedField:
    """A kind applied to a column of link_record, under a name; `shift` is its place in a pattern."""

    name: str
    kind: Kind
    shift: int
    column: str

    @property
    def levels(self) -> tuple[str, ...]:
        """The kind's levels, from level 1."""
        return self.kind.levels

    @property
    def exact(self) -> int:
        """The number of the level that says both sides are equal."""
        return len(self.kind.levels)

    def level(self, pattern: int) -> int:
        """The level of this field in a packed pattern."""
        return (pattern >> self.shift) & 15


def compared(fields: Iterable[tuple[str, str, str]]) -> tuple[ComparedField, ...]:
    """Fields from name, kind and column, each given its place in a pattern. Raises ValueError when there are too many."""
    made = tuple(ComparedField(name, KINDS[kind], place * _BITS, column) for place, (name, kind, column) in enumerate(fields))
    if len(made) > FIELD_LIMIT:
        raise ValueError(f"{len(made)} fields are compared; {FIELD_LIMIT} at most")
    return made


# A glance leaves open how alike two values are whose comparison is costly: lists that must be fetched, long texts.
UNSEEN = 15
_COSTLY = frozenset(("company", "text", "surname"))


# What is known of a name, from which how alike it is to another follows.
_NAMES = {"forename": ("forename", "nicknames", "forename_phonetic"), "surname": ("surname", "surname_phonetic")}


def statement(fields: tuple[ComparedField, ...], vetoes: Iterable[str], *, is_glance: bool = False) -> str:
    """The statement that makes compared_pair for these fields: the skeleton of its file with each field's level put in.

    At a glance costly comparisons are left out: where two values may be alike, their level is UNSEEN. Names are then looked up in the tables of `name_pairs`,
    which pays where the same two names meet often, as they do in blocks, and not among pairs at random.
    """
    names = {field.name for field in fields}
    looked_up = "\n    ".join(
        f"left join {name}_pair on {name}_pair.l_n = l.{name}_n and {name}_pair.r_n = r.{name}_n" for name in _NAMES if is_glance and name in names
    )
    parts = {
        "is_swapped": sql.read("link/level/is_swapped") if {"forename", "surname"} <= names else "false",
        "levels": ",\n".join(f"{_level(field, is_glance)}::ubigint as level_{field.name}" for field in fields),
        "pattern": "\n+ ".join(f"(level_{field.name} << {field.shift})" for field in fields),
        "is_vetoed": " or ".join(["false", *(f"({veto})" for veto in vetoes)]),
        "name_pairs": looked_up,
    }
    return tables.composed("link/compared_pair", **parts)


def name_pairs(fields: tuple[ComparedField, ...]) -> dict[str, str]:
    """The statements that make forename_pair and surname_pair, where these are compared: how alike two different names are that candidate pairs have."""
    names = [field.name for field in fields if field.name in _NAMES]
    return {
        f"{name}_pair": tables.composed(
            "link/name_pair",
            name=name,
            known=", ".join(f"min({column}) as {column}" for column in _NAMES[name]),
            alike=sql.read(f"link/alike/{name}"),
        )
        for name in names
    }


def closer(fields: tuple[ComparedField, ...]) -> str:
    """The statement that makes compared_pair of the hopeful among glanced_pair: what the glance left open is compared."""
    costly = [field for field in fields if field.kind.name in _COSTLY]
    address = next((field for field in fields if field.kind.name == "address"), None)
    seen = [f"if({_at(field)} = {UNSEEN}, ({UNSEEN} - {_level(field, is_glance=False)})::ubigint << {field.shift}, 0::ubigint)" for field in costly]
    parts = {
        "is_open": " or ".join(["false", *(f"{_at(field)} = {UNSEEN}" for field in costly)]),
        "address": _at(address) if address else "0",
        "pattern": "\n- ".join(["pattern", *seen]),
    }
    return tables.composed("link/closer_pair", **parts)


def level(field: ComparedField) -> str:
    """The level of a field as SQL over the two sides `l` and `r`, and over level_address where the field's kind looks at it."""
    return _level(field, is_glance=False)


def _at(field: ComparedField) -> str:
    return f"(pattern >> {field.shift} & 15)"


def _level(field: ComparedField, is_glance: bool) -> str:
    folder = "cheap" if is_glance and field.kind.name in _COSTLY else "level"
    name = field.kind.name
    alike = f"{name}_pair.level" if is_glance else sql.read(f"link/alike/{name}") if name in _NAMES else ""
    return tables.composed(f"link/{folder}/{name}", column=field.column, alike=alike)


def levels_in_words(pattern: int, fields: tuple[ComparedField, ...]) -> str:
    """A pattern as `field=level` parts, missing fields left out."""
    return "; ".join(f"{f.name}={f.levels[f.level(pattern) - 1]}" for f in fields if f.level(pattern))
