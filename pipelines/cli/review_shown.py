"""How questions of a clerical review, their effect and the agreement of reviewers look on a terminal."""

from typing import Any

import typer

from pipelines.cli import common
from pipelines.values.file_names import shown

# Of these a person compares the two sides, so they stand one above the other.
SIDES = ["name", "birth_date", "address", "source"]
SHED = ["source", "probability", "birth_date"]
_COMPARED = ("name", "birth_date", "sex", "number", "address", "postcode", "source", "role", "household")

Row = dict[str, Any]


def side_by_side(row: Row) -> Row:
    """One line of the list: the two sides one above the other."""
    sides = {name: "\n".join(shown(row[f"{name}_{side}"] or "-") for side in ("l", "r")) for name in SIDES}
    return {"question_id": row["question_id"], "hangs_on_it": row["hangs_on_it"]} | sides | {name: row[name] for name in ("probability", "why") if name in row}


def answered(row: Row) -> Row:
    """One line of the list of answers: what it was about, and unless it is blind what became of it and all that was said, one below the other."""
    about = {"question_id": row["question_id"], "about": f"{row['subject_id']},\n{row['other_id']}"}
    if "said" not in row:
        return about
    return about | {
        "state": row["state"],
        "stands": row["stands"],
        "said": "\n".join(f"{one['decided_at']} {shown(one['decided_by'])}: {one['decision']}" for one in row["said"]),
    }


def show(row: Row, fields: list[Row]) -> None:
    """One question: what is asked, the values side by side, the weights, and the households around."""
    if row["kind"] == "pair":
        typer.echo(f"Are records {row['record_id_l']} and {row['record_id_r']} one person?")
    else:
        typer.echo(f"Does person {row['person_id']} belong to household {row['household_id']}?")
    for name, text in (("why", "{}"), ("hangs_on_it", "What hangs on it: {}."), ("probability", "Probability by the machine: {}.")):
        if row.get(name) is not None:
            typer.echo(text.format(row[name]))
    values = [{"": name.replace("_", " "), "left": shown(row.get(f"{name}_l") or "-"), "right": shown(row.get(f"{name}_r") or "-")} for name in _COMPARED]
    common.show(values, as_json=False, title="Side by side", empty="")
    common.show(fields, as_json=False, title="What each field says (log2: above 0 for one person, below 0 against)", empty="")
    if row.get("said"):
        said = [{name: shown(one[name]) for name in ("decided_at", "decided_by", "decision", "reason")} for one in row["said"]]
        common.show(said, as_json=False, title=f"What was said so far: {row['state']}, stands {row['stands'] or 'nothing'}", empty="")
    words = "same, different or unsure" if row["kind"] == "pair" else "belongs, apart or unsure"
    named = ("record_id_l", "record_id_r") if row["kind"] == "pair" else ("household_id", "person_id")
    about = row.get("question_id") or ",".join(row[name] for name in named)
    typer.echo(f"Answer: families review decide {about} <{words}> --reason ...")


def show_effect(rows: list[Row]) -> None:
    """Which households the answer would change."""
    told = [
        {
            "household_id": row["household_id"],
            "status": _change(row["status_before"] or "not assessed", row["status_after"] or "not assessed"),
            "people": _change(str(row["people_before"]), str(row["people_after"])),
            "joins": shown(row["joined"] or "-"),
            "leaves": shown(row["gone"] or "-"),
        }
        for row in rows
    ]
    common.show(told, as_json=False, title="Households that the answer would change", empty="No household would change.")


def _change(before: str, after: str) -> str:
    return before if before == after else f"{before} -> {after}"


def show_agreement(found: dict[str, Any]) -> None:
    """Counts, the table of reviewers by two, and the questions on which they differ."""
    typer.echo(
        f"{found['answered_twice_count']:,} questions were answered by two or more; they agree on {found['agreed_count']:,}, "
        f"and {found['disputed_count']:,} wait for a further person."
    )
    common.show(found["reviewers"], as_json=False, title="Two by two", empty="")
    differences = [
        {
            "about": f"{row['subject_id']},{row['other_id']}",
            "stands": row["stands"],
            "said": "\n".join(f"{o['decided_by']}: {o['decision']}" for o in row["opinions"]),
        }
        for row in found["differences"]
    ]
    common.show(differences, as_json=False, title="Where they differ", empty="")
