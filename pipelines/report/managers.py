"""The managers' page: counts alone, the small ones held back; one self-contained HTML file without a script or anything from the network."""

from itertools import groupby
from pathlib import Path
from typing import Any

from pipelines import cohort, criteria, private, provenance, publications, templates
from pipelines.errors import WrongUsage
from pipelines.provenance import Run
from pipelines.report import charts, disclosure, fairness, profile, reckoning, stage_chart, targets, upset, ward_chart
from pipelines.settings import Settings
from schemas.cohort import STAGES, WARD_STAGES
from schemas.criterion import Framework

Rows = list[dict[str, Any]]

_LINES = ("identified", "verified", "in_review", "in_service", "near_miss")


def write(settings: Settings, out: Path) -> int:
    """Write the page on the current list; returns its length in bytes. Raises WrongUsage when nothing is published or `out` cannot be written."""
    run = _current(settings)
    with private.written(out, ".html") as draft:
        text = _html(gather(run))
        draft.write_text(text, encoding="utf-8")
    return len(text.encode())


def track(settings: Settings) -> Rows:
    """The authority's targets, with where the list stands. Raises WrongUsage when nothing is published."""
    run = _current(settings)
    return targets.tracked([(row["as_of_date"], row["verified_count"]) for row in cohort.history(settings)], run.authority.publication.targets)


def gather(run: Run) -> dict[str, Any]:
    """Everything the page tells; None stands for a count that is held back."""
    framework = _framework(run)
    described = profile.profile(run.settings)
    weeks = _weeks(cohort.reconcile_weeks(run.settings), cohort.reconcile_weeks(run.settings, wards=True))
    return {
        "authority": run.authority.publication.name,
        "is_fictional": run.authority.publication.is_fictional,
        "as_of_date": run.as_of,
        "run_id": run.run_id,
        "framework": framework,
        "labels": dict(framework.headlines),
        "limb_labels": {rule.name: rule.words for rule in framework.qualification},
        "criterion_labels": {criterion.id: criterion.words for criterion in framework.criteria},
        "targets": track(run.settings),
        "stages": STAGES,
        "ward_stages": WARD_STAGES,
        "districts": weeks[-1]["districts"],
        "wards": weeks[-1]["wards"],
        "weeks": weeks,
        "profile": described,
        "fairness": fairness.fairness(run, framework.id) if run.path.exists() else None,
        "small": disclosure.SMALL,
        "charts": _charts(weeks, described, framework),
    }


def _current(settings: Settings) -> Run:
    run_id = publications.current_run_id(settings)
    if run_id is None:
        raise WrongUsage(publications.nothing(settings))
    return provenance.load(run_id, settings)


def _framework(run: Run) -> Framework:
    known = criteria.load(run.authority)
    return next(f for f in criteria.in_force(known, run.as_of, run.manifest.framework_id) if f.id == run.manifest.framework_id)


def _weeks(rows: Rows, of_wards: Rows) -> Rows:
    """Each week's whole authority with its districts and their wards, small counts held back in all three together."""
    told: Rows = []
    for (as_of, run_id), found in groupby(rows, key=lambda row: (row["as_of_date"], row["run_id"])):
        districts = list(found)
        within = [row for row in of_wards if row["run_id"] == run_id]
        held, wards, whole = reckoning.held_back(districts, within)
        told.append(
            {"as_of_date": as_of, "run_id": run_id, "indicative": sum(int(row["indicative"] or 0) for row in districts), **whole}
            | {"districts": _over(districts, held), "wards": reckoning.of_anybody(_over(within, wards))}
        )
    return told


def _over(rows: Rows, told: reckoning.Told) -> Rows:
    return [row | line for row, line in zip(rows, told, strict=True)]


def _charts(weeks: Rows, described: dict[str, Any], framework: Framework) -> dict[str, str]:
    title = f"Families by exact set of problems: {len(described['overlaps'])} sets; the table below has the numbers."
    return {
        "overlap": upset.drawn(described["problems"], described["overlaps"], dict(framework.headlines), title),
        "weeks": _by_week(weeks) if len(weeks) > 1 else "",
        "districts": stage_chart.drawn(weeks, "Families by district, from the indicative number to the verified one; the table below has the numbers."),
        "wards": ward_chart.drawn(weeks[-1]["wards"], "Families identified and verified by ward; the table below has the numbers."),
    }


def _by_week(weeks: Rows) -> str:
    days = [(week["as_of_date"] - weeks[0]["as_of_date"]).days / 7 for week in weeks]
    highest = max((week[name] or 0 for week in weeks for name in _LINES), default=0) or 1
    x = charts.Axis("weeks since the first list", 0, max(days) or 1, sorted({round(day) for day in days}))
    y = charts.Axis("families", 0, highest, charts.round_ticks(highest))
    frame = charts.Frame(x, y)
    marks = []
    for name, colour in zip(_LINES, charts.COLOURS, strict=True):
        known = [(day, week[name]) for day, week in zip(days, weeks, strict=True) if week[name] is not None]
        marks += charts.line(frame, known, colour)
    return frame.drawn("Families by stage and week; the table below has the numbers.", marks)


def _html(found: dict[str, Any]) -> str:
    environment = templates.environment(__package__, {"count": disclosure.in_words, "words": _words, "percent": _percent})
    stages = {"lines": list(zip(_LINES, charts.COLOURS, strict=True)), "ward_lines": ward_chart.STAGES, "district_lines": stage_chart.STAGES}
    return environment.get_template("managers.html").render(found | stages)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _percent(share: float | None) -> str:
    return "held back" if share is None else f"{share:.1%}"
