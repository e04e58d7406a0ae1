"""The linkage model as a value: what one field's level says of a match, of a household and of strangers. A JSON file holds it."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from matching.comparison import ComparedField

# Probabilities that differ by less are the same, written with fewer digits.
_UNCHANGED = 1e-5

CLASSES = ("match", "household", "unrelated")


@dataclass(frozen=True, slots=True)
class FieldModel:
    """Probabilities of each level of a field, from level 1: m for one person, h for two of one household, u for strangers."""

    kind: str
    levels: tuple[str, ...]
    m: tuple[float, ...]
    h: tuple[float, ...]
    u: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """Fields by name, and how many matching and household pairs a record has, from which the priors at any size follow."""

    name: str
    fields: dict[str, FieldModel]
    matches_per_record: float
    housemates_per_record: float
    namesakes_per_address: float
    """Records of strangers for each further address at which a whole name is found."""
    trained_record_count: int
    trained_date: str
    seed: int
    definition_sha256: str
    """Hash over the fields, levels, blocking rules and starting values it was trained with."""

    def priors(self, record_count: int) -> tuple[float, float, float]:
        """Shares of match, household and unrelated among all pairs of so many records."""
        pairs_per_record = max((record_count - 1) / 2, 1)
        match = min(self.matches_per_record / pairs_per_record, 0.4)
        household = min(self.housemates_per_record / pairs_per_record, 0.4)
        return match, household, 1 - match - household

    @property
    def has_households(self) -> bool:
        """Whether housemates are common enough to be mistaken for one person: only then do vetoes do more good than harm."""
        return self.housemates_per_record >= 0.1 * self.matches_per_record

    def is_taught(self, compared: ComparedField) -> bool:
        """Whether training changed what one person's two values of the field look like from where it started."""
        return any(abs(own - start) > _UNCHANGED for own, start in zip(self.fields[compared.name].m, compared.kind.m, strict=True))

    def to_json(self) -> str:
        """The model as its file holds it."""
        return json.dumps(asdict(self), indent=1) + "\n"

    @staticmethod
    def from_json(text: str, fields: tuple[ComparedField, ...]) -> "Model":
        """The model of a file's text. Raises ValueError naming what does not fit the fields compared."""
        tree = json.loads(text)
        found = {name: _field(part) for name, part in tree.pop("fields").items()}
        for field in fields:
            part = found.get(field.name)
            if part is None or part.levels != field.levels or {len(part.m), len(part.h), len(part.u)} != {len(field.levels)}:
                raise ValueError(f"the model has no {field.name} with the levels {', '.join(field.levels)}; train it anew")
            if part.kind != field.kind.name:
                raise ValueError(f"the model knows {field.name} as a {part.kind}, and it is compared as a {field.kind.name}; train it anew")
        return Model(fields=found, **tree)


def _field(tree: dict[str, Any]) -> FieldModel:
    return FieldModel(tree["kind"], *(tuple(tree[name]) for name in ("levels", "m", "h", "u")))
