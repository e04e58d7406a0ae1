"""What may leave: keeps rows of a source, and what they alone tell, from outputs that its purpose does not allow. All reading for somebody goes by here."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipelines import authority as authorities
from pipelines.authority import Authority
from pipelines.settings import Settings
from schemas.measure import MEASURES
from schemas.purposes import OutputName
from schemas.staging import EVERY_SOURCE

Rows = list[dict[str, Any]]

KEPT_BACK = "kept back: it rests on rows that may not be shown here"
"""What stands for a reason that would tell of barred rows."""
_LISTS = ("criteria_met", "criteria_not_assessed", "criteria_before", "criteria_after", "gained", "lost")
# What looks like the id of a criterion in a sentence: two words with a point between.
_ID = re.compile(r"[a-z]\w+(?:\.\w{2,})+")
_NO_CRITERION = re.compile(r"\w+\.yml|verification\..*")
_UNASSESSED = re.compile(r" (?:1 criterion|\d+ criteria) could not be assessed\.")
# By what source a basis of a membership is told; any source may tell the others.
_BASIS_SOURCES = {
    "benefit_unit": "dwp_benefit",
    "joint_tenancy": "housing_arrears",
    "council_tax_occupancy": "council_tax",
    "parental_contact": "school_attendance",
    "second_contact": "school_attendance",
}


class Told(list[dict[str, Any]]):
    """Rows that may leave, and how many more are kept back."""

    def __init__(self, rows: Iterable[dict[str, Any]], kept_back_count: int = 0) -> None:
        super().__init__(rows)
        self.kept_back_count = kept_back_count


def barred(output: OutputName, authority: str, settings: Settings) -> frozenset[str]:
    """Sources whose rows must not reach the output, by contract and by the authority's profiles as they are now."""
    return _barred(output, authorities.find(authority, settings))


def allowed(rows: Rows, without: frozenset[str], *columns: str) -> Rows:
    """The rows whose columns, each a source or several with commas between, name no barred source."""
    return [row for row in rows if not any(without & _parts(row[column]) for column in columns)] if without else rows


@dataclass(frozen=True, slots=True)
class Limits:
    """What one output may not tell of: barred sources, and every criterion but those known to read none of them.

    A criterion that criteria.yml no longer has is kept back too, since nobody can say what it read.
    """

    sources: frozenset[str]
    criteria: frozenset[str]
    headlines: dict[str, str]
    """Of each criterion that may be told, its headline problem."""

    def families(self, rows: Rows) -> Told:
        """Families without those known through barred rows, by a criterion met or by the reason; the others' columns name no criterion of a barred source."""
        if not self.sources:
            return Told(rows)
        known = [row for row in allowed(rows, self.sources, "identifying_sources") if not self._names_one(row.get("reason"))]
        return Told((self._recounted(self._without_criteria(row)) for row in known), len(rows) - len(known))

    def standing(self, rows: Rows) -> Rows:
        """One family's standing by framework, for who may see the family: every row stays, with what barred rows tell taken out of its columns."""
        return [self._masked(row) for row in rows] if self.sources else rows

    def found(self, rows: Rows) -> Told:
        """The rows about one criterion each, met or not, that read no barred source: with value and reason each would tell what such rows say."""
        return self._kept(rows, [row for row in rows if not self.sources or row["criterion_id"] in self.criteria])

    def of_sources(self, rows: Rows, *columns: str) -> Told:
        """The rows whose columns name no barred source; lists of criteria in them name none of a barred source either."""
        known = allowed(rows, self.sources, *columns)
        return self._kept(rows, [self._without_criteria(row) for row in known] if self.sources else known)

    def changes(self, rows: Rows, families: Rows) -> Told:
        """What changed on the list, without what barred rows tell. `families`: those assessed now; another is kept back, as nobody can say how it was known."""
        if not self.sources:
            return Told(rows)
        telling = {row["household_id"] for row in self.families(families)}
        return self._kept(rows, [row for row in rows if row["household_id"] in telling and not self._is_told(row)])

    def members(self, rows: Rows) -> Rows:
        """Members without a basis that a barred source tells."""
        return [row | {"basis": KEPT_BACK} if _BASIS_SOURCES.get(row["basis"]) in self.sources else row for row in rows]

    def _kept(self, rows: Rows, kept: Rows) -> Told:
        return Told(kept, len(rows) - len(kept))

    def _is_told(self, row: dict[str, Any]) -> bool:
        """Whether a change tells of a criterion or extract of a barred source."""
        told = [str(value) for name, value in row.items() if value is not None and name not in ("household_id", "decided_by")]
        return any(self._names_one(text) or any(re.search(rf"\b{source}\b", text) for source in self.sources) for text in told)

    def _names_one(self, text: str | None) -> bool:
        """Whether a sentence or list names a criterion that may not be told, alone or with a key behind it."""
        return any(
            not _NO_CRITERION.fullmatch(named) and named not in self.criteria and ".".join(named.split(".")[:2]) not in self.criteria
            for named in _ID.findall(text or "")
        )

    def _without_criteria(self, row: dict[str, Any]) -> dict[str, Any]:
        return row | {name: ",".join(c for c in row[name].split(",") if c in self.criteria) for name in _LISTS if row.get(name)}

    def _recounted(self, row: dict[str, Any]) -> dict[str, Any]:
        """The row, its reason with as many criteria not assessed as are told."""
        count = len(_parts(row["criteria_not_assessed"]))
        told = f" {count} {'criterion' if count == 1 else 'criteria'} could not be assessed." if count else ""
        return row | {"reason": _UNASSESSED.sub(told, row["reason"])}

    def _masked(self, row: dict[str, Any]) -> dict[str, Any]:
        telling = _parts(row["identifying_sources"])
        told = self._without_criteria(row) | {"identifying_sources": ",".join(sorted(telling - self.sources))}
        if not telling & self.sources and not self._names_one(row["reason"]):
            return self._recounted(told)
        # What remains of the headlines is what the criteria that may be told are met for; rule and tier count the others too.
        mine = {self.headlines[c] for c in _parts(told["criteria_met"])}
        headlines = [headline for headline in row["headlines_met"].split(",") if headline in mine]
        hidden = {"reason": KEPT_BACK.capitalize() + ".", "qualifying_rule": None, "tier": None, "arm": None}
        return told | {"headlines_met": ",".join(headlines), "headline_count": len(headlines)} | hidden


def limits(output: OutputName, council: Authority) -> Limits:
    """What the output may not tell of, by the council's profiles and criteria."""
    sources = _barred(output, council)
    if not sources:
        return Limits(sources, frozenset(), {})
    from pipelines import criteria  # here, since nearly every council bars nothing of its own list and need not wait for the criteria

    every = [criterion for framework in criteria.load(council).frameworks for criterion in framework.criteria]
    telling = {c.id for c in every if sources & {*c.sources, *MEASURES[c.measure].sources, *MEASURES[c.measure].supplements}}
    return Limits(sources, frozenset(c.id for c in every) - telling, {c.id: c.headline for c in every if c.id not in telling})


def of(output: OutputName, authority: str, settings: Settings) -> Limits:
    """As `limits`, of an authority by its name."""
    return limits(output, authorities.find(authority, settings))


def _barred(output: OutputName, council: Authority) -> frozenset[str]:
    return frozenset(source for source in EVERY_SOURCE if output not in council.profiles.outputs(source))


def _parts(text: str | None) -> set[str]:
    return {part for part in (text or "").split(",") if part}
