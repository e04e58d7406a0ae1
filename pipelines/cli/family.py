"""A family in words for a terminal: where it stands and why it is together."""

from typing import TYPE_CHECKING, Any

import typer

from pipelines.cli import common, tables
from pipelines.values.file_names import shown

if TYPE_CHECKING:
    # Imported for its name alone: explaining a command must not wait for the database.
    from pipelines.decisions import HouseholdDecision


def together(found: dict[str, Any]) -> list[str]:
    """Why these people are one household and their records one person."""
    lines = ["Why together", *(f"  {shown(sentence)}" for sentence in found["sentences"])]
    for member in found["members"]:
        lines += [shown(member["name"]), *(f"  {shown(sentence)}" for sentence in member["sentences"])]
    return lines


def standing(row: dict[str, Any]) -> list[str]:
    """Where a family stands under a framework, in a few lines."""
    people = f"{row['adult_count']} adult(s), {row['child_count']} child(ren)"
    confirmed = " as computed; confirmed by a person" if row["decision"] == "confirm" else ""
    place = f"{row['district'] or 'no district'}, {_ward(row)}, {row['cluster'] or 'no cluster'}"
    lines = [f"Household {row['household_id']}, {row['framework_id']}: {row['status'].replace('_', ' ')}", f"  {row['reason']}"]
    lines.append(f"  {people}; {place}; as of {row['as_of_date']}; weakest link {tables.cell(row['link_confidence'])}{confirmed}")
    if row["decision"]:
        lines.append(f"  {row['decision']} by {row['decided_by']} at {row['decided_at']}")
    if row["status"] == "review":
        lines.append(f"  What would settle it: families review list --household {row['household_id']}")
    return lines


def to_decide_anew(before: dict[str, Any]) -> str:
    """A decision on the household whose people came here, which is to be taken anew."""
    return (
        f"{before['household_id']}, whose people came here, was decided ({before['decision']} by {shown(before['decided_by'])} at {before['decided_at']}): "
        "decide this one anew if it still holds"
    )


def decided(since: "HouseholdDecision") -> dict[str, Any]:
    """A decision that the list does not know yet, as JSON tells it."""
    return {"decision": since.decision, "reason": since.reason, "decided_by": since.decided_by, "decided_at": since.decided_at}


def _ward(row: dict[str, Any]) -> str:
    """The ward in words, or why there is none."""
    why = {"not_in_table": "no ward, since wards.csv does not have its address", "no_address": "no ward, since its address is not known"}
    return row.get("ward") or why.get(row.get("basis_of_ward", ""), "no ward")


def as_told(member: dict[str, Any]) -> dict[str, Any]:
    """A member with one name, and with words where an address is withheld."""
    where = {} if member["is_sure"] else {"address": "may live elsewhere"}
    return {**member, "name": f"{member['forename'] or ''} {member['surname'] or ''}".strip(), **where}


def decided_apart(since: "HouseholdDecision | None", before: list[dict[str, Any]]) -> list[str]:
    """What was decided since the list was made, and what was decided on families whose people came here."""
    told = [f"  {since.decision} by {shown(since.decided_by)} at {since.decided_at}, since the list was made: it holds from the next refresh"] if since else []
    return told + [f"  {to_decide_anew(row)}" for row in before]


def show_person(found: dict[str, Any], as_json: bool) -> None:
    """Where a person is, and what became of the id."""
    if as_json:
        common.show_json(found)
        return
    if found["person_id"] != found["asked_for"]:
        typer.echo(f"{found['asked_for']} was merged into {found['person_id']}.")
    if not any(row["is_present"] for row in found["households"]):
        typer.echo(f"Person {found['person_id']} is in no household of the present data. The id waits for its records.")
    common.show(found["households"], as_json=False, title=f"Households of {found['person_id']}", empty="")
    common.show(found["what_became_of_the_id"], as_json=False, title="What became of the id", empty="")
