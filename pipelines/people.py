"""`families link`: who is who in any people table. Reads the files, trains or applies a model, clusters, and writes the results."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from matching import blocking, clusters, scoring, tables, thirds
from matching.blocking import RuleSummary
from matching.model import Model
from matching.specification import Specification
from pipelines import (
    authority,
    faults,
    people_caution,
    people_diagnostics,
    people_files,
    people_homes,
    people_input,
    people_messages,
    people_model,
    people_output,
    people_quality,
    people_reach,
    people_results,
    people_specification,
    warehouse,
)
from pipelines.errors import BadConfiguration
from pipelines.settings import Settings
from pipelines.values.file_names import shown
from schemas.linkage_model import LinkageModel

Progress = Callable[[str], None]

# Pairs more likely of one household than this are told, though they are no match.
_HOUSEHOLD_PROBABILITY = 0.5
# What a veto takes off the match weight, in bits: more than any evidence can bring.
_VETO_WEIGHT = -1000.0


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for: the files, the model file, where to write, and whether to train."""

    files: list[Path]
    model_path: Path
    out: Path
    train: bool = False
    truth: str | None = None
    trained_path: Path | None = None
    seed: int = 1
    households: bool = False
    household_truth: str | None = None

    @property
    def forms_households(self) -> bool:
        """Whether households are asked for, or their judgement, which needs them."""
        return self.households or self.household_truth is not None


@dataclass(slots=True)
class Diary:
    """Seconds by step, and what the user should be told."""

    progress: Progress
    seconds: dict[str, float] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Time a step, and tell that it starts."""
        self.progress(name)
        start = time.perf_counter()
        yield
        self.seconds[name] = round(self.seconds.get(name, 0) + time.perf_counter() - start, 3)


def link(request: Request, settings: Settings, progress: Progress = lambda _: None) -> dict[str, Any]:
    """Link the records and write pairs.parquet, clusters.parquet, model.json, run.json, diagnostics.json and, with truth, quality.json.

    Returns what run.json holds.

    Raises:
        BadConfiguration: a mistake in the model file, or a trained model that does not fit it.
        BadInput: a file that is missing, cannot be read, lacks a column, or repeats a record id.
        WrongUsage: results cannot be written to the folder.
        AnotherRunAtWork: another run writes to it.
    """
    if not request.model_path.is_file():
        raise BadConfiguration(f"{shown(request.model_path)}: there is no such model file. docs/linkage.md shows how to write one.")
    asked = authority.load(request.model_path, LinkageModel)
    with people_results.drafted(request.out, request.files, settings) as (draft, settings_there):
        run = _link(request, asked, draft, settings_there, Diary(progress))
        people_results.write_json(run, draft / "run.json")
        faults.point("link:drafted", settings)
    return run


def _link(request: Request, asked: LinkageModel, out: Path, settings: Settings, diary: Diary) -> dict[str, Any]:
    """Write every result but run.json to `out`, and return what that holds."""
    with warehouse.connection(settings) as con:
        if request.truth:
            people_files.check_truth(con, request.files, request.truth)
        if request.household_truth:
            people_files.check_truth(con, request.files, request.household_truth, people_homes.TRUTH)
        with diary.step("read"):
            table = people_input.read(con, request.files, asked, settings.today().year, keeps_records=request.forms_households)
            people_homes.declare(con, request.files, asked)
        diary.messages += [f"No value could be used of the column given as {name}." for name in table.empty]
        specification = people_specification.of_table(asked, table.columns, request.model_path)
        if asked.link_type == "link_only" and table.source_count < 2:
            diary.messages.append(people_messages.ONE_SOURCE)
        if not specification.rules:
            diary.messages.append(people_messages.NOTHING_TO_BLOCK_BY)
        rules = _block(con, specification, asked, diary)
        model, origin = _model(con, request, specification, table, settings, diary)
        _score(con, specification, model, table, asked, diary)
        counted = _cluster(con, asked, diary)
        with diary.step("write"):
            _tell(con, asked)
            pair_count = people_output.write_pairs(con, specification, model, table.unit_count, out / "pairs.parquet")
            people_output.write_clusters(con, out / "clusters.parquet")
            (out / "model.json").write_text(model.to_json(), encoding="utf-8")
        run = _run(table, specification, model, origin, rules, counted, asked, diary) | {"told_pair_count": pair_count}
        if request.truth:
            with diary.step("judge"):
                quality = people_quality.judge(con, request.files, asked, request.truth)
            people_quality.write(quality, out / "quality.json")
            run["quality"] = {name: quality[name] for name in ("default", "best", "clusters", "blocking_recall")}
        if request.forms_households:
            run |= _households(con, request, asked, out, settings, diary)
        with diary.step("diagnose"):
            diary.messages += people_reach.apart(con, asked, specification)
            diagnostics = people_diagnostics.gather(con, request.files, asked, specification, model, table.unit_count, settings.today().year)
            diary.messages += people_reach.unlinkable(diagnostics["unlinkable"], asked.thresholds.link)
        people_diagnostics.write(diagnostics, out / "diagnostics.json")
        run["person_count"] = con.execute("select count(distinct person_id) from people_cluster").fetchall()[0][0]
    return run


def _model(
    con: warehouse.Connection, request: Request, specification: Specification, table: people_input.Table, settings: Settings, diary: Diary
) -> tuple[Model, str]:
    """The trained model given or found beside the model file; else, or when asked, one trained on these records."""
    found = request.trained_path or people_model.beside(request.model_path)
    if found and not request.train:
        model, told = people_model.read(found, specification)
        diary.messages += [told] if told else []
        return model, f"applied {found.name}"
    if not request.train:
        diary.messages.append(people_messages.trains(shown(request.model_path.name), shown(request.out)))
    # Imported here: applying a model needs no estimation.
    from matching import estimate

    with diary.step("train"):
        if table.unit_count < estimate.FEWEST_RECORDS:
            diary.messages.append(people_messages.few(table.unit_count))
            return estimate.untrained(specification, table.unit_count, request.seed, settings.today()), "starting values"
        model = estimate.estimate(con, specification, table.unit_count, seed=request.seed, trained_date=settings.today(), is_blocked=True)
    if not any(model.is_taught(field) for field in specification.fields):
        diary.messages.append(people_messages.UNTAUGHT)
    return model, "trained on these records"


def _block(con: warehouse.Connection, specification: Specification, asked: LinkageModel, diary: Diary) -> list[RuleSummary]:
    """Make blocked_pair, from which training draws too; returns what each rule brought."""
    with diary.step("block"):
        rules = blocking.candidate_pairs(con, specification.rules, specification.link_type)
        tables.rename(con, "candidate_pair", "blocked_pair")
    # A broad rule is only for small blocks: that it leaves others is no news.
    lasting = [told for told, rule in zip(rules, specification.rules, strict=True) if rule.pairs_per_record is None]
    diary.messages += people_messages.refusals(lasting, are_own=bool(asked.blocking))
    return rules


def _score(con: warehouse.Connection, specification: Specification, model: Model, table: people_input.Table, asked: LinkageModel, diary: Diary) -> None:
    """Make link_scored_pair, and repeated_scored_pair of the units that stand for several records."""
    tables.make(con, "candidate_pair", "../people/repeated_unit", {"is_link_only": asked.link_type == "link_only"})
    scoring.compare(con, specification)
    _weigh(con, specification, model, table)
    con.execute("create or replace temp table repeated_scored_pair as select *, 0 as context_weight from link_scored_pair")
    tables.rename(con, "blocked_pair", "candidate_pair")
    with diary.step("compare"):
        scoring.compare_hopeful(con, model, specification, table.unit_count, min(asked.thresholds.review, thirds.HOPEFUL_PROBABILITY))
    with diary.step("score"):
        _weigh(con, specification, model, table)
        thirds.weigh_thirds(con, model, specification, table.unit_count)
        people_caution.hold_back(con, specification, model, asked.thresholds.link)


def _weigh(con: warehouse.Connection, specification: Specification, model: Model, table: people_input.Table) -> None:
    scoring.score(con, model, specification, table.unit_count, "people/posterior_pair", {"veto_weight": _VETO_WEIGHT})


def _cluster(con: warehouse.Connection, asked: LinkageModel, diary: Diary) -> clusters.ClusterCounts:
    with diary.step("cluster"):
        clusters.hold_apart(con, [])
        clusters.at(con, asked.thresholds.strict, asked.cluster_size_limit)
        con.execute("create or replace temp table strict_cluster as from link_cluster")
        counted = clusters.at(con, asked.thresholds.link, asked.cluster_size_limit)
        thresholds = {"link_probability": asked.thresholds.link, "strict_probability": asked.thresholds.strict}
        tables.make(con, "people_cluster", "../people/people_cluster", thresholds)
    return counted


def _households(con: warehouse.Connection, request: Request, asked: LinkageModel, out: Path, settings: Settings, diary: Diary) -> dict[str, Any]:
    """Write households.parquet; counts for run.json, and with the true household what it says."""
    with diary.step("households"):
        told: dict[str, Any] = {"households": people_homes.form(con, request.files, asked, settings.today())}
        diary.messages += people_homes.told(con, asked, told["households"])
        people_homes.write(con, out / "households.parquet")
    if request.household_truth:
        told["household_quality"] = people_homes.judge(con, request.files, asked, request.household_truth)
    return told


def _tell(con: warehouse.Connection, asked: LinkageModel) -> None:
    """Make told_pair."""
    tables.make(con, "told_pair", "../people/told_pair", {"review_probability": asked.thresholds.review, "household_probability": _HOUSEHOLD_PROBABILITY})


def _run(
    table: people_input.Table,
    specification: Specification,
    model: Model,
    origin: str,
    rules: list[RuleSummary],
    counted: clusters.ClusterCounts,
    asked: LinkageModel,
    diary: Diary,
) -> dict[str, Any]:
    return {
        "record_count": table.record_count,
        "unit_count": table.unit_count,
        "source_count": table.source_count,
        "link_type": asked.link_type,
        "candidate_pair_count": sum(rule.new_pair_count for rule in rules),
        "model": origin,
        "definition_sha256": specification.sha256(),
        "trained_record_count": model.trained_record_count,
        "thresholds": asked.thresholds.model_dump(),
        "blocking_rules": people_specification.told_rules(specification, rules),
        **asdict(counted),
        "seconds": diary.seconds,
        "messages": diary.messages,
    }
