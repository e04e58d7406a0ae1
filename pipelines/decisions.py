"""What people decided on families and publications, apart from every run, since a decision outlives all of them; on records: pipelines/verdicts.py."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pipelines import decision_head, decision_store, provenance, publications
from pipelines.decision_store import Draft, Entry, last_id, sha256
from pipelines.errors import BadInput, NotAllowed, WrongUsage
from pipelines.settings import Settings
from schemas.cohort import DECISIONS

__all__ = ["last_id", "sha256"]

RESTORATION = ("restored_at", "restored_by", "restored_because")

ACCEPT_LOSS = "accept_loss"

_PUT_BACK = (
    "It may be an older copy. Put back the newest one; if it is lost, go on without what is missing: families decisions accept-loss --reason ... "
    "The list in place keeps what it shows; decide anew what was decided since, and answer anew what was answered on records and memberships."
)
_OTHER = (
    "It may be another home's. Put back the one that belongs to it; if it is lost, go back to a list that this store knows: "
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
        NotAllowed: when the store is behind the list that readers see, or was changed by hand.
        Unnoted: when they are recorded, and how far the store reaches could not be noted.
    """
    for draft in drafts:
        if not draft.reason.strip() or not draft.decided_by.strip():
            raise WrongUsage("A decision needs a reason and the name of who decides. Nothing was recorded.")
    at, seen = _now(settings), publications.current_run_id(settings) or ""
    stripped = [replace(draft, reason=draft.reason.strip(), decided_by=draft.decided_by.strip()) for draft in drafts]
    # Putting an earlier list back is the way out where the store is not that of the list, so it alone is let through.
    is_checked = any(draft.kind != "publication" for draft in drafts)
    known = publications.facts(seen, settings) if is_checked else None
    try:
        return decision_store.append(stripped, at, seen, settings, at_least=known["decisions_through"] if known else 0, is_checked=is_checked)
    except decision_store.Behind as behind:
        raise _behind(seen, behind.number, known, settings) from None


def accept_loss(reason: str, decided_by: str, settings: Settings) -> dict[str, int]:
    """Record that decisions which this home has seen are lost for good, so that the store can be used again; their numbers are never given again.

    Returns:
        `decision_id` of the record, and `lost_count`.

    Raises:
        WrongUsage: nothing is missing, or no reason or name is given.
        NotAllowed: what is left of the store does not fit its hashes.
    """
    if not reason.strip() or not decided_by.strip():
        raise WrongUsage("Doing without lost decisions needs a reason and the name of who decides. Nothing was recorded.")
    number, furthest = last_id(settings), _furthest(settings)
    if furthest <= number and _is_as_seen(settings):
        raise WrongUsage(f"No decision is missing: the store ends at decision {number}, and no more was seen here. Nothing was recorded.")
    sha256(settings, number)
    draft = Draft(decision_store.STORE, "", "", ACCEPT_LOSS, reason.strip(), decided_by.strip())
    decision_id = decision_store.append_past(draft, furthest, _now(settings), publications.current_run_id(settings) or "", settings)
    return {"decision_id": decision_id, "lost_count": max(furthest - number, 0)}


def _is_as_seen(settings: Settings) -> bool:
    try:
        refuse_cut(settings, is_noted=False)
    except NotAllowed:
        return False
    return True


def _furthest(settings: Settings) -> int:
    """Number of the last decision that this home has ever seen: by its own note, by its runs, by the list in place."""
    head, known = decision_head.read(settings), publications.facts(publications.current_run_id(settings), settings)
    runs, _ = provenance.whole_and_damaged(settings)
    return max([head.number if head else 0, known["decisions_through"] if known else 0, *(run.manifest.decisions_through for run in runs)])


def check(settings: Settings) -> dict[str, Any]:
    """Check the whole store: each decision against its hash, and the chain against what every run noted of it; returns counts.

    The chain alone cannot tell that its end was cut off; the runs can, since each noted how far it read and the hash there. Runs whose manifest is damaged
    cannot be asked, and are told under `damaged`.

    Raises:
        NotAllowed: a decision was changed, is missing, or the store is not the one that a run knew.
    """
    number = last_id(settings)
    found = sha256(settings, number)
    lost = {missing for _, numbers in decision_store.lost(settings) for missing in numbers}
    runs, damaged = provenance.whole_and_damaged(settings)
    for manifest in (run.manifest for run in runs):
        through = manifest.decisions_through
        if through > number:
            raise NotAllowed(f"The decision store ends at decision {number}, and run {manifest.run_id} knew {through}. {_PUT_BACK}")
        if through not in lost and sha256(settings, through) != manifest.decisions_sha256:
            raise NotAllowed(f"The decision store is not the one that run {manifest.run_id} knew. {_OTHER}")
    refuse_cut(settings)
    return {
        "decision_count": number - len(lost),
        "lost_count": len(lost),
        "chain_sha256": found,
        "run_count": len(runs),
        "damaged": list(damaged.values()),
    }


def complaint(settings: Settings) -> str | None:
    """What is wrong with the store, for those who only read it; None when it is whole, as far as its hashes, this home's note and the list in place tell."""
    try:
        refuse_changed(settings)
    except (NotAllowed, BadInput) as fault:
        return str(fault)
    return None


def refuse_changed(settings: Settings) -> None:
    """As `refuse_other` for the list in place, and each decision since it against its hash, for those who only read. Raises NotAllowed."""
    refuse_other(publications.current_run_id(settings), settings, is_noted=False)
    sha256(settings, last_id(settings))


def refuse_other(run_id: str | None, settings: Settings, *, is_noted: bool = True) -> None:
    """Refuse a store other than that of the publication of this run, or shorter than this home has seen it, as after an older copy was put back.

    How far the store reaches is noted, but for those who only read: they may not be able to write to the home.

    Raises:
        NotAllowed: The store ends before the decisions that the publication was made with, or holds others, or its end was cut off.
    """
    known = publications.facts(run_id, settings)
    through, number = known["decisions_through"] if known else 0, last_id(settings)
    if known and number < through:
        raise _behind(run_id, number, known, settings)
    refuse_cut(settings, is_noted=is_noted)
    is_lost = any(through in numbers for _, numbers in decision_store.lost(settings))
    if known and not is_lost and sha256(settings, through) != known["decisions_sha256"]:
        raise NotAllowed(f"The decision store is not the one that the publication of run {run_id} was made with. {_OTHER}")


def refuse_cut(settings: Settings, *, is_noted: bool = True) -> None:
    """Refuse a store that lacks decisions which this home has seen. Raises NotAllowed."""
    try:
        decision_store.refuse_cut(settings, is_noted=is_noted)
    except decision_store.Behind as behind:
        raise _behind(None, behind.number, None, settings) from None


def _behind(run_id: str | None, number: int, known: dict[str, Any] | None, settings: Settings) -> NotAllowed:
    through, head = known["decisions_through"] if known else 0, decision_head.read(settings)
    if number >= through and head is not None:
        more = f"{head.number} were seen here at {head.noted_at}"
    else:
        more = f"the publication of run {run_id} was made with {through}"
    return NotAllowed(f"The decision store ends at decision {number}, and {more}. Nothing was recorded or changed. {_PUT_BACK}")


def _now(settings: Settings) -> str:
    return settings.now().replace(tzinfo=None).isoformat(timespec="seconds")


def one_of(decision: str, known: tuple[str, ...]) -> str:
    """The decision. Raises WrongUsage where it is not among those known."""
    if decision not in known:
        raise WrongUsage(f"'{decision}' is not a decision. Choose one of: {', '.join(known)}.")
    return decision
