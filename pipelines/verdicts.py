"""What reviewers said of records and memberships, and what stands: everybody's latest answer counts once, a draw is a dispute, a revoke clears all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matching import agreement
from pipelines import decision_store, decisions
from pipelines.decision_store import Draft, Entry
from pipelines.errors import WrongUsage
from pipelines.settings import Settings

REVOKE = "revoke"
# For, against, undecided; of records: are they one person, of members: do they belong to the household.
ANSWERS = {"pair": ("same", "different", "unsure"), "member": ("belongs", "apart", "unsure")}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says of two records (`pair`), or of a household and somebody in or near it (`member`), why, and who says it."""

    kind: str
    subject_id: str
    other_id: str
    decision: str
    reason: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class Opinion:
    """One reviewer's latest answer."""

    decision_id: int
    decision: str
    reason: str
    decided_by: str
    decided_at: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What stands on a pair of records (ids in alphabetical order) or a membership, with each reviewer's latest answer in the order given."""

    kind: str
    subject_id: str
    other_id: str
    decision: str
    opinions: tuple[Opinion, ...]

    @property
    def is_disputed(self) -> bool:
        """Whether as many say the one as say the other, so that a further person has to settle it."""
        return self.decision == "unsure" and any(opinion.decision != "unsure" for opinion in self.opinions)

    @property
    def is_unanimous(self) -> bool:
        """Whether all who looked said the same."""
        return len({opinion.decision for opinion in self.opinions}) == 1


def decide(answers: Sequence[Answer], settings: Settings) -> list[int]:
    """Record answers in one transaction, all or none; returns their numbers.

    Raises:
        WrongUsage: for an unknown decision, an empty reason, or a record compared with itself.
    """
    return decisions.record([_draft(answer) for answer in answers], settings)


def decide_pair(record_id_l: str, record_id_r: str, decision: str, reason: str, decided_by: str, settings: Settings) -> int:
    """Record whether two records are one person; returns its number. Raises WrongUsage as `decide` does."""
    return decide([Answer("pair", record_id_l, record_id_r, decision, reason, decided_by)], settings)[0]


def verdicts(settings: Settings, through: int, kind: str) -> list[Verdict]:
    """What stands among the first `through` decisions, by ids; what was revoked last is left out."""
    said: dict[tuple[str, str], dict[str, Entry]] = {}
    for entry in decision_store.entries(settings, through):
        if entry.kind == kind:
            by_reviewer = said.setdefault((entry.subject_id, entry.other_id), {})
            if entry.decision == REVOKE:
                by_reviewer.clear()
            else:
                by_reviewer[reviewer(entry.decided_by)] = entry
    return [_verdict(kind, *about, list(entries.values())) for about, entries in sorted(said.items()) if entries]


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that somebody answered, what became of it, and all that was ever said, in the order it was recorded.

    `state` is answered (by one person), agreed (by several), outvoted (most said what stands), disputed, unsure or revoked; who is unsure abstains.
    """

    kind: str
    subject_id: str
    other_id: str
    state: str
    stands: str | None
    said: tuple[Opinion, ...]


def answered(settings: Settings) -> list[Answered]:
    """Every question answered so far, revoked ones included, the one answered last first."""
    through = decisions.last_id(settings)
    standing = {(v.kind, v.subject_id, v.other_id): v for kind in ANSWERS for v in verdicts(settings, through, kind)}
    said: dict[tuple[str, str, str], list[Opinion]] = {}
    for entry in decision_store.entries(settings, through):
        if entry.kind in ANSWERS:
            said.setdefault((entry.kind, entry.subject_id, entry.other_id), []).append(_opinion(entry))
    told = [Answered(*about, _state(found := standing.get(about)), found.decision if found else None, tuple(all_said)) for about, all_said in said.items()]
    return sorted(told, key=lambda one: -one.said[-1].decision_id)


def _state(verdict: Verdict | None) -> str:
    if verdict is None:
        return "revoked"
    if verdict.is_disputed:
        return "disputed"
    voted = [opinion.decision for opinion in verdict.opinions if opinion.decision != "unsure"]
    if not voted:
        return "unsure"
    if len(set(voted)) > 1:
        return "outvoted"
    return "answered" if len(voted) == 1 else "agreed"


def pair_decisions(settings: Settings, through: int) -> list[tuple[str, str, str]]:
    """Two record ids in alphabetical order and what stands on them, among the first `through` decisions."""
    return [(v.subject_id, v.other_id, v.decision) for v in verdicts(settings, through, "pair")]


def member_decisions(settings: Settings, through: int) -> list[tuple[str, str, str]]:
    """A household's id, a person's and whether the one belongs to the other, among the first `through` decisions."""
    return [(v.subject_id, v.other_id, v.decision) for v in verdicts(settings, through, "member")]


def reviewer(name: str) -> str:
    """A reviewer however the name is spaced or capitalised, since one person's two answers are not two people's."""
    return " ".join(name.split()).casefold()


def agreed(settings: Settings) -> dict[str, Any]:
    """How far reviewers agree where two or more looked: by two of them the share and Cohen's kappa, and the questions on which they differ."""
    through = decisions.last_id(settings)
    looked = [verdict for kind in ANSWERS for verdict in verdicts(settings, through, kind) if len(verdict.opinions) > 1]
    pairs: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for verdict in looked:
        opinions = sorted(verdict.opinions, key=lambda o: reviewer(o.decided_by))
        for place, one in enumerate(opinions):
            for other in opinions[place + 1 :]:
                pairs.setdefault((reviewer(one.decided_by), reviewer(other.decided_by)), []).append((one.decision, other.decision))
    return {
        "answered_twice_count": len(looked),
        "agreed_count": sum(verdict.is_unanimous for verdict in looked),
        "disputed_count": sum(verdict.is_disputed for verdict in looked),
        "reviewers": [{"reviewer": one, "other": other, **agreement.agreement(answers)} for (one, other), answers in sorted(pairs.items())],
        "differences": [_difference(verdict) for verdict in looked if not verdict.is_unanimous],
    }


def _draft(answer: Answer) -> Draft:
    decisions.one_of(answer.decision, (*ANSWERS[answer.kind], REVOKE))
    subject, other = answer.subject_id, answer.other_id
    if answer.kind == "pair":
        if subject == other:
            raise WrongUsage("A record cannot be compared with itself; give two record ids.")
        subject, other = sorted((subject, other))
    return Draft(answer.kind, subject, other, answer.decision, answer.reason, answer.decided_by)


def _opinion(entry: Entry) -> Opinion:
    return Opinion(entry.decision_id, entry.decision, entry.reason, entry.decided_by, entry.decided_at)


def _verdict(kind: str, subject_id: str, other_id: str, entries: list[Entry]) -> Verdict:
    opinions = tuple(_opinion(entry) for entry in sorted(entries, key=lambda e: e.decision_id))
    for_it, against, undecided = ANSWERS[kind]
    balance = sum((o.decision == for_it) - (o.decision == against) for o in opinions)
    return Verdict(kind, subject_id, other_id, undecided if balance == 0 else for_it if balance > 0 else against, opinions)


def _difference(verdict: Verdict) -> dict[str, Any]:
    return {
        "kind": verdict.kind,
        "subject_id": verdict.subject_id,
        "other_id": verdict.other_id,
        "stands": verdict.decision,
        "is_disputed": verdict.is_disputed,
        "opinions": [{"decided_by": o.decided_by, "decision": o.decision, "reason": o.reason, "decided_at": o.decided_at} for o in verdict.opinions],
    }
