"""How long scoring takes and how much memory: every framework of the library at once on a large borough, apart from the stages before it.

It prints and judges: 200,000 people under six frameworks and more in under 10 s and 1.5 GB on two cores, and each of several
what-ifs on them, at its first call, in under 2 s.
"""

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

AS_OF = "2026-11-23"
AUTHORITY = "example-all"


def borough(home: Path, people: int, seed: int) -> None:
    """A borough with its files ingested, linked, put into households and published."""
    from benchmarks.refresh import families

    families(home, "demo", "generate", "--people", str(people), "--seed", str(seed))
    families(home, "refresh", "--as-of", AS_OF, "--authority", AUTHORITY)


def measure(home: Path) -> dict[str, float]:
    """Score the newest run in this process; seconds of loading criteria, of scoring and of verifying, peak memory in MB, and what was assessed."""
    import resource

    from pipelines import criteria, provenance, score, verify
    from pipelines.settings import Settings

    settings = Settings(home=home)
    run = provenance.load(provenance.newest_run_id(settings), settings)
    marks = [time.perf_counter()]
    known = criteria.load_checked(run.authority)
    marks.append(time.perf_counter())
    counts = score.score(run)
    marks.append(time.perf_counter())
    verify.verify(run)
    marks.append(time.perf_counter())
    loading, scoring, verifying = (later - earlier for earlier, later in itertools.pairwise(marks))
    return {
        "frameworks": len(known.frameworks),
        "criteria": sum(len(f.criteria) for f in known.frameworks),
        "households assessed": counts["assessed_household_count"],
        "findings": sum(sum(found.values()) for found in counts["assessments"].values()),
        "criteria read and their cases run, s": loading,
        "score, s": scoring,
        "verify, s": verifying,
        "peak memory, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


# Different questions, since some are cheap: a threshold, a window (other events are read), a rule's count, and a criterion on an optional source,
# which this borough does not deliver.
QUESTIONS = {
    "a threshold": ("tf-2012", "education.unauthorised_absence.threshold=10"),
    "a window": ("tf-2015", "crime_asb.asb.window.count=180"),
    "a rule's count": ("supporting-families-2022", "qualification.three_needs.count=2"),
    "an optional criterion": ("tf-2015", "health.referral.threshold=2"),
}


def ask(home: Path) -> dict[str, float]:
    """Seconds of each question's first what-if from the command line, the start of Python included."""
    from benchmarks.refresh import families

    asked = {what: ("cohort", "what-if", "--framework", framework, "--set", value) for what, (framework, value) in QUESTIONS.items()}
    return {f"what-if, {what}, s": families(home, *command)[1] for what, command in asked.items()}


def main() -> None:
    """Measure and print; exit 1 when a bound is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--home", type=Path, help="a home with a finished run, instead of a new borough")
    parser.add_argument("--measure", action="store_true", help="measure in this process and print JSON")
    options = parser.parse_args()
    if options.measure:
        print(json.dumps(measure(options.home)))
        return
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        home = options.home or Path(folder) / "home"
        if options.home is None:
            borough(home, options.people, options.seed)
        # In a process of its own, so that the memory of making the borough is not counted.
        answer = subprocess.run([sys.executable, "-m", "benchmarks.scoring", "--measure", "--home", str(home)], check=True, capture_output=True, text=True)
        asked = ask(home)
    found = {**json.loads(answer.stdout), **asked}
    for name, value in found.items():
        print(f"{name:<40}{value:>12,.1f}" if isinstance(value, float) else f"{name:<40}{value:>12,}")
    held = [found["score, s"] < 10, found["peak memory, MB"] < 1536]
    print(f"{'held  ' if held[0] else 'BROKEN'}  scoring under {found['frameworks']} frameworks in under 10 s")
    print(f"{'held  ' if held[1] else 'BROKEN'}  and under 1.5 GB")
    held.append(max(asked.values()) < 2)
    print(f"{'held  ' if held[2] else 'BROKEN'}  every first what-if in under 2 s")
    sys.exit(0 if all(held) else 1)


if __name__ == "__main__":
    main()
