"""What the pages say in words where a publication has ids: labels of criteria and problems, why somebody is a member, and what is in doubt about evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pipelines import belonging, criteria, provenance, publications, seals
from pipelines.settings import Settings

Rows = list[dict[str, Any]]

# Where it is not the word without its s.
_ONE = {"agencies": "agency"}
_FOUND = {"met": "met", "not_met": "not met", "not_assessed": "not assessed"}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a publication's own configuration; where that is no longer kept an id stands for itself."""

    criteria: Mapping[tuple[str, str], str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    acceptance: float = 0.0

    def problems_of(self, headlines: str) -> str:
        """Problems by id with commas between, as a person would list them."""
        return "; ".join(self.problems.get(name, name.replace("_", " ")) for name in headlines.split(",") if name)

    def found(self, row: dict[str, Any]) -> dict[str, Any]:
        """A criterion that was assessed: what it asks, what was found, and against what."""
        is_counted = row["unit"] != "status"
        return {
            "criterion": self.of(row),
            "problem": self.problems_of(row["headline"]),
            "found": _FOUND[row["assessment"]],
            "value": _counted(row["value"], row["unit"]) if is_counted else "",
            "threshold": _counted(row["threshold"], row["unit"]) if is_counted else "",
            "looked_at": _window(row["window_from_date"], row["window_to_date"]),
            "reason": row["reason"],
        }

    def evidence(self, row: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
        """A row of evidence with whose it is, how sure that is, and what of it a person has not settled."""
        doubts = [part for part in ("link", "membership") if not row["is_confirmed"] and row[f"{part}_probability"] < self.acceptance]
        about = {"criterion": self.of(row), "name": names.get(row["person_id"], "somebody no longer a member"), "in_doubt": " and ".join(doubts)}
        return row | about | {"source": row["source"].replace("_", " ")}

    def of(self, row: dict[str, Any]) -> str:
        """The label of the criterion that a row is about."""
        return self.criteria.get((row["framework_id"], row["criterion_id"]), row["criterion_id"].replace(".", ": ").replace("_", " "))


def words(settings: Settings) -> Words:
    """The words of the current publication, by the configuration it was made under."""
    run_id = publications.current_run_id(settings)
    run = provenance.load(run_id, settings) if run_id else None
    council = seals.kept_authority(run) if run else None
    if run is None or council is None:
        return Words()
    known = criteria.load(council).at(run.as_of)
    return Words(
        {(framework.id, criterion.id): criterion.words for framework in known for criterion in framework.criteria},
        {name: label for framework in known for name, label in framework.headlines.items()},
        council.publication.verification.acceptance_probability,
    )


def name_of(member: dict[str, Any]) -> str:
    """A member's whole name."""
    return f"{member['forename'] or ''} {member['surname'] or ''}".strip() or "somebody unnamed"


def member(row: dict[str, Any]) -> dict[str, Any]:
    """A member as the page shows them: why they are here in words, and words where an address is no certain one."""
    return row | {
        "name": name_of(row),
        "why_here": belonging.BASES.get(row["basis"], row["basis"]),
        "address": row["address"] if row["is_sure"] else "may live elsewhere",
        "main_home": "here" if row["is_primary"] else "another",
    }


def _counted(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    number = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{number}%" if unit == "percent" else f"{number} {_ONE.get(unit, unit.removesuffix('s')) if number == '1' else unit}"


def _window(first: Any, last: Any) -> str:
    """The days that a measure looked at."""
    if first is None or last is None:
        return "" if last is None else f"to {last}"
    return f"on {last}" if first == last else f"{first} to {last}"
