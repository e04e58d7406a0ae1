"""What clerical review brings: the top of the queue answered by the truth, beside as many questions drawn at random from the same queue.

Run by `make bench-review`. It prints and judges: the top 1% raises the share of qualifying families that are verified by more than a random 1% does.
"""

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from statistics import mean, stdev
from typing import Any

from pipelines import effect, flow, provenance, review
from pipelines.provenance import Run
from pipelines.settings import Settings
from pipelines.synthetic import generate
from pipelines.synthetic.answers import true_answers
from pipelines.synthetic.evaluation import evaluate

AS_OF = date(2026, 11, 23)
AUTHORITY = "calderbrook"


def recall(path: Path, run: Run, truth: Path) -> float:
    """The share of families that qualify, and whose records can show it, that are verified."""
    found = evaluate(path, truth, run.settings)["cohort"][run.manifest.framework_id]
    return float(found["verified_count"] * (found["verified_true_share"] or 0) / found["qualifying_with_records_count"])


def after(run: Run, truth: Path, asked: Sequence[dict[str, Any]]) -> float:
    """That share once the truth has answered these questions."""
    with effect.supposed(run, true_answers(asked, run, truth)) as answered:
        return recall(answered.path, run, truth)


def measure(home: Path, people: int, seed: int, share: float, draws: int) -> tuple[float, float]:
    """Recall gained by the top of the queue and, on average, by as many at random; in a borough of its own."""
    settings, truth = Settings(home=home), home / "truth"
    generate(home, people, seed, AS_OF)
    run = provenance.load(flow.refresh(AUTHORITY, None, AS_OF, settings, lambda step, counts: None), settings)
    queue = review.questions(run.run_id, settings)
    number = max(1, round(share * len(queue)))
    before = recall(run.path, run, truth)
    top = after(run, truth, queue[:number]) - before
    drawn = [after(run, truth, random.Random(f"{seed} {draw}").sample(queue, number)) - before for draw in range(draws)]  # noqa: S311 - a benchmark's sample
    print(
        f"seed {seed}: {len(queue):,} questions; verified {before:.4f} of those that qualify; {number} from the top {100 * top:+.2f} points, "
        f"{number} at random {100 * mean(drawn):+.2f} (at best {100 * max(drawn):+.2f})",
        flush=True,
    )
    return top, mean(drawn)


def main() -> None:
    """Measure each seed and judge the mean."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[5, 6, 7])
    parser.add_argument("--share", type=float, default=0.01, help="how much of the queue is answered")
    parser.add_argument("--draws", type=int, default=3, help="random samples a seed")
    options = parser.parse_args()
    found = []
    for seed in options.seeds:
        with tempfile.TemporaryDirectory(prefix="bench-review-") as folder:
            found.append(measure(Path(folder) / "home", options.people, seed, options.share, options.draws))
    top, at_random = ([100 * gain for gain in gains] for gains in zip(*found, strict=True))
    print(f"Points of verified-family recall gained over {len(found)} seeds: top {options.share:.0%} {_spread(top)}; as many at random {_spread(at_random)}.")
    won = sum(ahead > behind for ahead, behind in found)
    print(f"The top gains more in {won} of {len(found)} seeds, and {mean(top) - mean(at_random):+.2f} points more on average.")
    sys.exit(0 if mean(top) > mean(at_random) else 1)


def _spread(points: list[float]) -> str:
    """Mean, standard deviation and range."""
    deviation = f", standard deviation {stdev(points):.2f}" if len(points) > 1 else ""
    return f"{mean(points):+.2f} on average{deviation}, from {min(points):+.2f} to {max(points):+.2f}"


if __name__ == "__main__":
    main()
