"""What one column of a file is taken for."""

from dataclasses import dataclass

from pipelines.inference.shapes import Shape

SURE = 0.5


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
