"""What people decided on families and publications, apart from every run, since a decision outlives all of them; on records: pipelines/verdicts.py."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pipelines import decision_store, provenance, publications
from pipelines.decision_store import Draft, Entry, last_id, sha256
from pipelines.errors import NotAllowed, WrongUsage
from pipelines.settings import Settings
from schemas.cohort import DECISIONS

__all__ = ["last_id", "sha256"]

RESTORATION = ("restored_at", "restored_by", "restored_because")

_PUT_BACK = (
    "It may be an older copy. Put back the newest one; if it is lost, go back to a list that this store knows: "
    "families publications restore RUN_ID --reason ..."
)


@dataclass(frozen=True, slots=True)
class HouseholdDecision:
    """A coordinator's decision on a household, as it stood in the publication of `run_id`; `release` lifts what was decided before it."""

    decision_id: int
    household_id: str
    decision: str
    reason: str
    decided_by: str
    decided_at: datetime
    run_id: str


@dataclass(frozen=True, slots=True)
class HouseholdAnswer:
    """What a coordinator decides on a household, why, and who decides."""

    household_id: str
    decision: str
    reason: str
    decided_by: str


def decide_household(household_id: str, decision: str, reason: str, decided_by: str, settings: Settings) -> int:
    """Record a coordinator's decision; returns its number. Raises WrongUsage for an unknown decision or an empty reason."""
    return decide_households([HouseholdAnswer(household_id, decision, reason, decided_by)], settings)[0]


def decide_households(answers: Sequence[HouseholdAnswer], settings: Settings) -> list[int]:
    """Record many decisions in one transaction, all or none; returns their numbers. Raises WrongUsage as `decide_household` does."""
    return record([Draft("household", a.household_id, "", one_of(a.decision, DECISIONS), a.reason, a.decided_by) for a in answers], settings)


def restore(run_id: str, in_place_of: str, reason: str, decided_by: str, settings: Settings) -> int:
    """Record that an earlier publication is made current again; returns the decision's number. Raises WrongUsage for an empty reason."""
    return record([Draft("publication", run_id, in_place_of, "restore", reason, decided_by)], settings)[0]


def restorations(settings: Settings) -> dict[str, dict[str, str]]:
    """When, by whom and why a publication was last made current again, by run."""
    return {e.subject_id: dict(zip(RESTORATION, (e.decided_at, e.decided_by, e.reason), strict=True)) for e in put_back(settings)}


def put_back(settings: Settings) -> list[Entry]:
    """Every time that a publication was made current again (`subject_id`) in place of another (`other_id`), in the order they were recorded."""
    return [e for e in decision_store.entries(settings, last_id(settings)) if e.kind == "publication"]


def household_decisions(settings: Settings, through: int, after: int = 0) -> list[HouseholdDecision]:
    """Every decision on a household numbered above `after` and up to `through`, in the order they were recorded."""
    return [
        HouseholdDecision(e.decision_id, e.subject_id, e.decision, e.reason, e.decided_by, datetime.fromisoformat(e.decided_at), e.run_id)
        for e in decision_store.entries(settings, through, after)
        if e.kind == "household"
    ]


def since_publication(settings: Settings) -> list[HouseholdDecision]:
    """Decisions on households that the current publication does not know yet, in the order they were recorded."""
    run_id = publications.current_run_id(settings)
    if run_id is None:
        return []
    return household_decisions(settings, last_id(settings), provenance.load(run_id, settings).manifest.decisions_through)


def pending(settings: Settings) -> dict[str, HouseholdDecision]:
    """By household, the last of those: it holds from the next refresh, and whoever reads the list is told of it at once."""
    return {decided.household_id: decided for decided in since_publication(settings)}


def suppressed(settings: Settings, through: int) -> set[str]:
    """Households that were suppressed under this id and not released under it since."""
    held: set[str] = set()
    for decided in household_decisions(settings, through):
        if decided.decision == "suppress":
            held.add(decided.household_id)
        elif decided.decision == "release":
            held.discard(decided.household_id)
    return held


def record(drafts: Sequence[Draft], settings: Settings) -> list[int]:
    """Record decisions in one transaction, all or none; returns their numbers.

    Raises:
        WrongUsage: for an empty reason or name.
        NotAllowed: when the store is behind the list that readers see.
    """
    for draft in drafts:
        if not draft.reason.strip() or not draft.decided_by.strip():
            raise WrongUsage("A decision needs a reason and the name of who decides. Nothing was recorded.")
    at, seen = settings.now().replace(tzinfo=None).isoformat(timespec="seconds"), publications.current_run_id(settings) or ""
    # Putting an earlier list back is the way out where the store is behind the list, so it alone is let through.
    known = publications.facts(seen, settings) if any(draft.kind != "publication" for draft in drafts) else None
    stripped = [replace(draft, reason=draft.reason.strip(), decided_by=draft.decided_by.strip()) for draft in drafts]
    try:
        return decision_store.append(stripped, at, seen, settings, at_least=known["decisions_through"] if known else 0)
    except decision_store.Behind as behind:
        raise _behind(seen, behind.number, known) from None


def check(settings: Settings) -> dict[str, Any]:
    """Check the whole store: each decision against its hash, and the chain against what every run noted of it; returns counts.

    The chain alone cannot tell that its end was cut off; the runs can, since each noted how far it read and the hash there. Runs whose manifest is damaged
    cannot be asked, and are told under `damaged`.

    Raises:
        NotAllowed: a decision was changed, is missing, or the store is not the one that a run knew.
    """
    number = last_id(settings)
    found = sha256(settings, number)
    runs, damaged = provenance.whole_and_damaged(settings)
    for manifest in (run.manifest for run in runs):
        if manifest.decisions_through > number:
            raise NotAllowed(f"The decision store ends at decision {number}, and run {manifest.run_id} knew {manifest.decisions_through}. {_PUT_BACK}")
        if sha256(settings, manifest.decisions_through) != manifest.decisions_sha256:
            raise NotAllowed(f"The decision store is not the one that run {manifest.run_id} knew. {_PUT_BACK}")
    return {"decision_count": number, "chain_sha256": found, "run_count": len(runs), "damaged": list(damaged.values())}


def refuse_other(run_id: str | None, settings: Settings) -> None:
    """Refuse a store other than that of the publication of this run, as after an older copy was put back.

    Raises:
        NotAllowed: The store ends before the decisions that the publication was made with, or holds others.
    """
    _refuse_behind(run_id, last_id(settings), settings)
    known = publications.facts(run_id, settings)
    through = known["decisions_through"] if known else 0
    if known and sha256(settings, through) != known["decisions_sha256"]:
        raise NotAllowed(f"The decision store is not the one that the publication of run {run_id} was made with. {_PUT_BACK}")


def _refuse_behind(run_id: str | None, number: int, settings: Settings) -> None:
    known = publications.facts(run_id, settings)
    if known and number < known["decisions_through"]:
        raise _behind(run_id, number, known)


def _behind(run_id: str | None, number: int, known: dict[str, Any] | None) -> NotAllowed:
    through = known["decisions_through"] if known else 0
    return NotAllowed(
        f"The decision store ends at decision {number}, and the publication of run {run_id} was made with {through}. Nothing was recorded. {_PUT_BACK}"
    )


def one_of(decision: str, known: tuple[str, ...]) -> str:
    """The decision. Raises WrongUsage where it is not among those known."""
    if decision not in known:
        raise WrongUsage(f"'{decision}' is not a decision. Choose one of: {', '.join(known)}.")
    return decision
