"""Coordinators' decisions on families, checked against what the current publication says before they are recorded."""

from dataclasses import dataclass

import sql
from pipelines import answers, cohort, decisions, publications, warehouse
from pipelines.errors import WrongUsage
from pipelines.published_rows import Rows
from pipelines.settings import Settings

LIFTING = ("suppress", "release")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A decision as it was recorded: its number, and the id it was recorded on, which differs from the one given where that was merged away."""

    decision_id: int
    household_id: str


def decide(household_id: str, decision: str, reason: str, decided_by: str, settings: Settings) -> Recorded:
    """Record a decision on the household that stands for this id now.

    Raises WrongUsage when no publication knows the id, for any decision but suppress and release on a household that is suppressed (it protects people,
    so it is lifted on purpose or not at all), for a release where nothing stands, and for a rejection of a household that does not qualify.
    """
    faults = [
        fault
        for name, text in (("reason", reason), ("by", decided_by))
        for fault in answers.wrong_text(name, text, answers.LONGEST["decided_by" if name == "by" else name])
    ]
    if faults:
        raise WrongUsage(f"Nothing was recorded: {'; '.join(faults)}.")
    found = str(cohort.explain(household_id, settings)["household_id"])
    if decision not in LIFTING and found in suppressed(settings):
        raise WrongUsage(
            f"Household {found} is suppressed, so '{decision}' would not put it anywhere. Nothing was recorded. If it may be listed again, "
            f"release it first: families decide {found} release --reason ..."
        )
    if decision == "release" and found not in standing(settings):
        raise WrongUsage(f"Nothing stands on household {found} that a release could lift. Nothing was recorded.")
    if decision == "reject" and found in unqualified(settings):
        raise WrongUsage(
            f"Household {found} does not qualify now, so that there is nothing to reject; a rejection would keep it off the list unseen on the day it does. "
            "Nothing was recorded. If it must never be listed, suppress it; else decide when it qualifies."
        )
    return Recorded(decisions.decide_household(found, decision, reason, decided_by, settings), found)


def noted(families: Rows, settings: Settings) -> Rows:
    """The families of the current list, each with `decided_since`: what was decided on it after the list was made, or None."""
    pending = decisions.pending(settings)
    return [row | {"decided_since": found.decision if (found := pending.get(row["household_id"])) else None} for row in families]


def in_effect(settings: Settings) -> dict[str, str]:
    """By household, the decision that the current publication shows as it was taken, or the last one recorded since."""
    path, run_id = publications.current_path(settings), publications.current_run_id(settings)
    if path is None or run_id is None:
        return {}
    with warehouse.database(settings, path) as con:
        shown = {str(household_id): str(decision) for household_id, decision in con.execute(sql.read("review/in_effect")).fetchall()}
    return shown | {household_id: decided.decision for household_id, decided in decisions.pending(settings).items()}


def standing(settings: Settings) -> dict[str, str]:
    """By household, the decision that stands: by the current publication, also for a former household of a member, or recorded since."""
    path, run_id = publications.current_path(settings), publications.current_run_id(settings)
    if path is None or run_id is None:
        return {}
    with warehouse.database(settings, path) as con:
        found = {str(row[0]): str(row[1]) for row in con.execute(sql.read("verify/standing_decision")).fetchall()}
    found |= {household_id: decided.decision for household_id, decided in decisions.pending(settings).items()}
    return {household_id: decision for household_id, decision in found.items() if decision != "release"}


def unqualified(settings: Settings) -> set[str]:
    """Households that the rule of the current list does not find: whoever rejects one has nothing to look at."""
    path = publications.current_path(settings)
    if path is None:
        return set()
    with warehouse.database(settings, path) as con:
        return {str(row[0]) for row in con.execute(sql.read("review/unqualified_household")).fetchall()}


def suppressed(settings: Settings) -> set[str]:
    """Households that the current publication, or a decision since, keeps off every list."""
    path, run_id = publications.current_path(settings), publications.current_run_id(settings)
    if path is None or run_id is None:
        return set()
    with warehouse.database(settings, path) as con:
        held = {str(row[0]) for row in con.execute("select distinct household_id from register.decision where decision = 'suppress'").fetchall()}
    for decided in decisions.since_publication(settings):
        if decided.decision == "suppress":
            held.add(decided.household_id)
        elif decided.decision == "release":
            held.discard(decided.household_id)
    return held
