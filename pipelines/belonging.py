"""Why the people of a household are one household, and why the records of each are one person: in sentences and as values, from the run behind the list."""

from collections import defaultdict
from typing import Any

import sql
from pipelines import decisions, leaving, provenance, publications, review, verdicts
from pipelines.errors import WrongUsage
from pipelines.provenance import Run
from pipelines.settings import Settings

BASES = {
    "declared_relationship": "a source declares them kin",
    "parental_contact": "a school names them parent and child",
    "second_contact": "a school names them as a second parent, and nothing else says that they live there",
    "joint_tenancy": "they share a tenancy",
    "benefit_unit": "they claim a benefit together",
    "council_tax_occupancy": "the council tax account names them together",
    "surname_and_address": "they share a surname and an address",
    "dependent_child": "a young child in the home of one family, and nothing else is known",
    "decision": "a person decided that they belong there",
    "single_person": "nothing ties them to anybody else",
    leaving.KEPT_BACK: "of what may not be shown here",
}
_RELATIONS = {
    "parent_of": "parent of",
    "partner_of": "partner of",
    "joint_tenant_of": "joint tenant with",
    "jointly_liable_with": "liable for council tax with",
}

Rows = list[dict[str, Any]]


def belonging(household_id: str, settings: Settings) -> dict[str, Any]:
    """What makes a household of the current publication one, person by person, and what would change it. Personal: analysts only.

    Returns:
        `sentences`; `members`, each with sentences, its records and the steps of the weight that ties each to another (field, level, log2 weight);
        `left_out`, those who may belong to it; `questions`, the open questions of the review about it.

    Raises:
        WrongUsage: nothing is published, or the run's file is no longer kept.
    """
    run_id = publications.current_run_id(settings)
    if run_id is None:
        raise WrongUsage(publications.nothing(settings))
    run = provenance.load(run_id, settings)
    if not run.path.exists():
        raise WrongUsage(f"The file of run {run_id} is no longer kept, and only it tells why records were put together. `families rebuild` makes a list again.")
    parts = ("member", "record", "relation", "doubt")
    members, records, relations, doubts = (_rows(run, f"cohort/belonging_{part}", household_id) for part in parts)
    limits = leaving.of("evidence", run.manifest.authority, settings)
    records, relations = (limits.of_sources(rows, "source") for rows in (records, relations))
    members, doubts = limits.members(members), limits.members(doubts)
    names = {member["person_id"]: str(member["name"]) for member in members}
    told = [_member(member, records, relations, names, _decided(household_id, settings)) for member in members]
    _tell_apart(told, records, names, settings)
    asked = _questions(household_id, {str(record["record_id"]) for record in records}, run)
    return {"sentences": _sentences(members, doubts, asked), "members": told, "left_out": doubts, "questions": asked}


def _rows(run: Run, statement: str, household_id: str) -> Rows:
    with run.open(read_only=True) as con:
        cursor = con.execute(sql.read(statement), {"household_id": household_id})
        names = [column[0] for column in cursor.description or []]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _decided(household_id: str, settings: Settings) -> dict[str, str]:
    """What stands on who belongs to the household, by person."""
    found = verdicts.member_decisions(settings, decisions.last_id(settings))
    return {person_id: decision for home, person_id, decision in found if home == household_id}


def _member(member: dict[str, Any], records: Rows, relations: Rows, names: dict[str, str], decided: dict[str, str]) -> dict[str, Any]:
    own = [record for record in records if record["person_id"] == member["person_id"]]
    sentences = [_why_here(member)]
    for relation in relations:
        if relation["person_id"] == member["person_id"]:
            words = _RELATIONS.get(relation["relationship_type"], relation["relationship_type"].replace("_", " "))
            sentences.append(f"{relation['source']} says: {words} {names[relation['other_id']]} (last on {relation['seen_date']}).")
    if member["person_id"] in decided:
        sentences.append(f"Decided by reviewers: {decided[member['person_id']]}. It holds until revoked.")
    sentences += [_why_one(record, {r["record_id"]: r for r in own}) for record in own]
    told = [record | {"steps": review.fields(record)} for record in own]
    return {**{name: member[name] for name in ("person_id", "name", "member_role", "basis", "membership_probability")}, "sentences": sentences, "records": told}


def _tell_apart(told: Rows, records: Rows, names: dict[str, str], settings: Settings) -> None:
    """Add to each person's sentences the decisions that a record of theirs and another are two people's, and what would take them back."""
    here = {str(record["record_id"]): record for record in records}
    for verdict in verdicts.verdicts(settings, decisions.last_id(settings), "pair"):
        ids = (verdict.subject_id, verdict.other_id)
        if verdict.decision != "different":
            continue
        for own, other in (ids, ids[::-1]):
            for member in (m for m in told if own in here and here[own]["person_id"] == m["person_id"]):
                member["sentences"].append(_apart(here[own], here.get(other), names, verdict))


def _apart(own: dict[str, Any], other: dict[str, Any] | None, names: dict[str, str], verdict: verdicts.Verdict) -> str:
    whose = f"that of {other['source']} of {names[other['person_id']]}" if other else "one that is not told here"
    who = "; ".join(f"{o.decided_by} at {o.decided_at}: {o.reason}" for o in verdict.opinions if o.decision == "different")
    is_one_still = other is not None and other["person_id"] == own["person_id"]
    return (
        f"The record of {own['source']} and {whose} are two people's because a person decided so ({who})."
        f"{' It parts them at the next refresh.' if is_one_still else ''} It holds until revoked, and then the records are compared again: "
        f"families review decide {verdict.subject_id},{verdict.other_id} revoke"
    )


def _why_here(member: dict[str, Any]) -> str:
    sure = "confirmed by a person" if member["is_confirmed"] else f"probability {member['membership_probability']:.2f}"
    second = "" if member["is_primary"] else " Their main home is another."
    return f"{member['name']} ({member['member_role']}) is here because {BASES[member['basis']]}: {sure}.{second}"


def _why_one(record: dict[str, Any], own: dict[str, dict[str, Any]]) -> str:
    about = f"The record of {record['source']} ({record['role']}, last on {record['seen_date']})"
    if record["decision"] == "same" or record["is_confirmed"]:
        return f"{about} is theirs because a person decided so."
    if record["other_id"] is None or record["other_id"] not in own:
        return f"{about} is " + ("the only one of this person." if len(own) == 1 else "tied to others of this person by what may not be shown here.")
    weights = sorted(((float(step["weight"]), step["field"]) for step in review.fields(record) if step["field"] != "prior"), reverse=True)
    pro, contra = [name for bits, name in weights if bits >= 0.5], [name for bits, name in weights if bits <= -0.5]
    spoken = "; ".join(f"{word} it: {', '.join(n.replace('_', ' ') for n in named)}" for word, named in (("for", pro), ("against", contra)) if named)
    return f"{about} is theirs by that of {own[record['other_id']]['source']}, probability {record['match_probability']:.3f} ({spoken})."


def _questions(household_id: str, record_ids: set[str], run: Run) -> Rows:
    """Open questions of the review that would change who is in the household."""
    asked = review.questions(run.run_id, run.settings)
    shown = ("question_id", "kind", "why", "hangs_on_it", "name_l", "name_r", "probability")
    mine = [q for q in asked if q["household_id"] == household_id or record_ids & {q["record_id_l"], q["record_id_r"]}]
    return [{name: question[name] for name in shown} for question in mine]


def _sentences(members: Rows, doubts: Rows, asked: Rows) -> list[str]:
    by_basis: dict[str, list[str]] = defaultdict(list)
    for member in members:
        by_basis[member["basis"]].append(str(member["name"]))
    sentences = [f"{len(members)} people are one household."]
    sentences += [f"{', '.join(names)}: {BASES[basis]}." for basis, names in sorted(by_basis.items())]
    if members:
        weakest = min(members, key=lambda m: (m["membership_probability"], m["person_id"]))
        sentences.append(f"The weakest membership is that of {weakest['name']}, {weakest['membership_probability']:.2f}.")
    sentences += [f"Left out, but may belong here: {d['name']} ({d['membership_probability']:.2f}; {BASES[d['basis']]})." for d in doubts]
    if asked:
        sentences.append(f"{len(asked)} open questions of the review would change it: {', '.join(q['question_id'] for q in asked[:5])}.")
    else:
        sentences.append("No open question of the review would change it; new records or a decision can (families review decide RECORD,RECORD different).")
    return sentences
