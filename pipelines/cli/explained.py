"""How `families cohort explain` looks on a terminal: one framework whole, the others in short."""

from typing import TYPE_CHECKING, Any

import typer

from pipelines.cli import common, family
from pipelines.errors import WrongUsage

if TYPE_CHECKING:
    # Imported for its name alone: explaining a command must not wait for the database.
    from pipelines.decisions import HouseholdDecision

MEMBER_COLUMNS = ["name", "birth_date", "member_role", "is_primary", "basis", "membership_probability", "link_confidence", "address", "person_id"]
MEMBER_SHED = ["person_id", "link_confidence", "membership_probability", "is_primary", "basis", "address", "member_role"]
EVIDENCE_COLUMNS = [
    "criterion_id",
    "name",
    "source",
    "file_name",
    "file_row",
    "from_date",
    "to_date",
    "value",
    "link_probability",
    "membership_probability",
    "person_id",
]
EVIDENCE_SHED = ["person_id", "membership_probability", "link_probability", "to_date", "source", "from_date", "value"]

Row = dict[str, Any]


def refuse_unknown(found: Row, framework: str | None) -> None:
    """Raise WrongUsage for a framework under which the household is not assessed."""
    known = [row["framework_id"] for row in _standing(found)]
    if framework is not None and framework not in known:
        raise WrongUsage(f"The household is not assessed under '{framework}'. Known: {', '.join(known) or 'none'}.")


def show(found: Row, since: "HouseholdDecision | None", together: Row | None, framework: str | None, *, wide: bool) -> None:
    """Where a household stands and who is in it; criteria and evidence of the framework, that of the list unless given; the other frameworks in short."""
    for line in (*_where(found), *family.decided_apart(since, found["decided_before"])):
        typer.echo(line)
    members = [family.as_told(member) for member in found["members"]]
    common.show(members, as_json=False, title="Members", columns=MEMBER_COLUMNS, shed=MEMBER_SHED, wide=wide, empty="Members: none on the list's tables.")
    # The framework of the list comes first among the standings.
    chosen = framework or next((row["framework_id"] for row in _standing(found)), None)
    _criteria(found, chosen)
    named = {member["person_id"]: member["name"] for member in members}
    evidence = [row | {"name": named.get(row["person_id"])} for row in found["evidence"] if row["framework_id"] == chosen]
    common.show(evidence, as_json=False, title="Evidence", columns=EVIDENCE_COLUMNS, shed=EVIDENCE_SHED, wide=wide, empty="Evidence: none.")
    if found["evidence_kept_back_count"]:
        typer.echo(
            f"{found['evidence_kept_back_count']:,} more rows of evidence are kept back: their source may not be shown here (`outputs` in extracts.yml)."
        )
    common.show(found["what_became_of_the_id"], as_json=False, title="What became of the id", empty="")
    for line in family.together(together) if together else ():
        typer.echo(line)


def _where(found: Row) -> list[str]:
    told = [f"{found['asked_for']} was merged into {found['household_id']}."] if "asked_for" in found else []
    if isinstance(found["standing"], str):
        return [*told, f"Household {found['household_id']}: {found['standing']}"]
    return [*told, *(line for standing in found["standing"] for line in family.standing(standing))]


def _criteria(found: Row, chosen: str | None) -> None:
    criteria = [row for row in found["criteria"] if row["framework_id"] == chosen]
    common.show(criteria, as_json=False, title=f"Criteria of {chosen}", columns=["criterion_id", "assessment", "reason"], empty="")
    if found["criteria_kept_back_count"]:
        typer.echo(
            f"{found['criteria_kept_back_count']:,} more criteria are kept back: they read a source that may not be shown here (`outputs` in extracts.yml)."
        )
    others = [_short(row, found["criteria"]) for row in _standing(found) if row["framework_id"] != chosen]
    common.show(others, as_json=False, title="Criteria of the other frameworks, in short", empty="")
    if others:
        typer.echo(f"Their reasons and evidence: families cohort explain {found['household_id']} --framework {others[0]['framework']}")


def _short(standing: Row, criteria: list[Row]) -> Row:
    """One framework in a line: which criteria are met, and how many of the others there are."""
    own = [row for row in criteria if row["framework_id"] == standing["framework_id"]]
    met = [row["criterion_id"] for row in own if row["assessment"] == "met"]
    counts = {name: sum(row["assessment"] == name for row in own) for name in ("not_met", "not_assessed")}
    return {"framework": standing["framework_id"], "status": standing["status"].replace("_", " "), "met": ", ".join(met) or "none"} | counts


def _standing(found: Row) -> list[Row]:
    return found["standing"] if isinstance(found["standing"], list) else []
