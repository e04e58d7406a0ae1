"""How far two reviewers agree: the plain share, and Cohen's kappa (1960), which takes off what two who answered by the odds alone would agree on."""

from collections import Counter
from collections.abc import Sequence


def agreement(answers: Sequence[tuple[str, str]]) -> dict[str, float | int | None]:
    """Questions both answered, the share answered alike, and kappa; kappa is None where both always gave one and the same answer.

    Args:
        answers: the two reviewers' answers to each question.
    """
    count = len(answers)
    if not count:
        return {"question_count": 0, "agreed_share": None, "kappa": None}
    observed = sum(one == other for one, other in answers) / count
    one_by, other_by = (Counter(side) for side in zip(*answers, strict=True))
    expected = sum(one_by[answer] * other_by[answer] for answer in one_by) / count**2
    kappa = None if expected == 1 else round((observed - expected) / (1 - expected), 4)
    return {"question_count": count, "agreed_share": round(observed, 4), "kappa": kappa}
