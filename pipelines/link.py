"""Link: which records are one person. Applies a trained model, keeps ids from the previous publication, and trains new models."""

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import sql
from matching import blocking, clusters, known, scoring, tables
from matching.model import Model
from matching.specification import PEOPLE
from pipelines import carried, registers, verdicts, warehouse
from pipelines.errors import BadConfiguration, BadInput
from pipelines.provenance import Run
from schemas.cohort import LINEAGE, PERSON_ACTS, REGISTER_PERSON
from schemas.linked import PERSON, PERSON_RECORD, SCORED_PAIR

# Pairs more likely of one household than not are kept for household formation, though they are no match.
_HOUSEHOLD_PROBABILITY = 0.5
_STAGE = "link"


def link(run: Run) -> dict[str, Any]:
    """Make linked.scored_pair, linked.person_record, linked.person, register.person and the people of register.lineage.

    Raises:
        BadConfiguration: the authority's linkage.yml names a model that is not there or does not fit.
    """
    model = read_model(run.authority.linkage.model)
    with run.open() as con:
        record_count = blocking.prepare_records(con)
        _remember(con, run)
        rules = blocking.candidate_pairs(con, PEOPLE.rules)
        compared = _compare(con, run)
        scoring.score(con, model, PEOPLE, record_count)
        clustered = _cluster(con, run)
        _identify(con, run)
        return {
            "record_count": record_count,
            "candidate_pair_count": sum(rule.new_pair_count for rule in rules),
            **asdict(compared),
            "refused_block_count": sum(rule.refused_block_count for rule in rules),
            "blocking_rules": [asdict(rule) for rule in rules],
            **asdict(clustered),
            **_fill(con, run),
        }


def read_model(name: str) -> Model:
    """The model matching/models/<name>.json. Raises BadConfiguration when it is missing or made for other fields."""
    path = model_path(name)
    try:
        return Model.from_json(path.read_text(encoding="utf-8"), PEOPLE.fields)
    except FileNotFoundError:
        raise BadConfiguration(f"There is no model '{name}' in {path.parent}. Mend `model` in linkage.yml, or train one: families link train") from None
    except (ValueError, TypeError, KeyError) as error:
        raise BadConfiguration(f"{path} does not fit this version: {error}. Train it anew: families link train") from None


def model_names() -> list[str]:
    """The models there are."""
    return sorted(path.stem for path in model_path("any").parent.glob("*.json"))


def model_path(name: str) -> Path:
    """Where a model of that name is kept."""
    return Path(str(files("matching").joinpath("models", f"{name}.json")))


def train(run: Run, name: str, seed: int, trained_date: date | None = None, progress: Callable[[str], None] = lambda _: None) -> Model:
    """Estimate a model from the run's standardised records, no truth needed; `write_model` keeps it.

    Args:
        run: a run whose stage standardise is done.
        name: the model's name.
        seed: of the samples.
        trained_date: told in the model; the run's as-of date unless given.
        progress: told the name of each session.

    Raises:
        BadInput: too few records to learn from.
    """
    # Imported here: applying a model needs no estimation.
    from matching import estimate

    with run.open() as con:
        try:
            count = blocking.prepare_records(con)
            model = estimate.estimate(con, PEOPLE, count, seed=seed, trained_date=trained_date or run.as_of, progress=progress)
            return replace(model, name=name)
        except ValueError as error:
            raise BadInput(str(error)) from None


def write_model(model: Model) -> Path:
    """Keep the model in matching/models/ under its name; returns the path."""
    path = model_path(model.name)
    path.parent.mkdir(exist_ok=True)
    path.write_text(model.to_json(), encoding="utf-8")
    return path


def _remember(con: warehouse.Connection, run: Run) -> None:
    """Make previous_person and previous_lineage from the last publication, and link_key: by what else this run's records are recognised."""
    registers.load_present(con, run, REGISTER_PERSON, "previous_person")
    registers.load_lineage(con, run, "person")
    tables.make(con, "link_key")


def _compare(con: warehouse.Connection, run: Run) -> known.Compared:
    """Make compared_pair; pairs of which the run before knew how alike they are, and whose records did not change, are taken over."""
    tables.make(con, "record_fingerprint")
    with carried.opened(con, run, _STAGE) as is_there:
        carried.take(con, "compared_pair", known.PAIR, sql.read("link/known_pair") if is_there else None)
    compared = known.compare(con, PEOPLE, "carried.compared_pair")
    carried.take(con, "compared_record", known.RECORD, "from record_fingerprint")
    carried.sign(con, _STAGE)
    return compared


def _cluster(con: warehouse.Connection, run: Run) -> clusters.ClusterCounts:
    rules = run.authority.linkage
    decided = verdicts.pair_decisions(run.settings, through=run.manifest.decisions_through)
    columns = {"record_id_l": "varchar", "record_id_r": "varchar", "decision": "varchar"}
    tables.fill(con, "recorded_decision", columns, decided)
    tables.make(con, "decided_pair")
    counts = clusters.clusters(con, con.sql("from decided_pair").fetchall(), rules.link_probability, rules.cluster_size_limit)
    return clusters.look_again(con, counts, rules.review_probability, rules.cluster_size_limit)


def _identify(con: warehouse.Connection, run: Run) -> None:
    """Give each cluster its id: that of an earlier person where records overlap, or a key that records leave behind."""
    tables.make(con, "former_person")
    tables.make(con, "link_person", parameters={"run_id": run.run_id})


def _fill(con: warehouse.Connection, run: Run) -> dict[str, Any]:
    """Fill the declared tables; returns their counts."""
    review = {"review_probability": run.authority.linkage.review_probability}
    warehouse.fill(con, SCORED_PAIR, "link/scored_pair", review | {"household_probability": _HOUSEHOLD_PROBABILITY})
    warehouse.fill(con, PERSON_RECORD, "link/person_record")
    person_count = warehouse.fill(con, PERSON, "link/person")
    warehouse.fill(con, LINEAGE, "link/lineage", {"run_id": run.run_id})
    warehouse.fill(con, REGISTER_PERSON, "link/register_person", {"run_id": run.run_id})
    outcomes = dict(con.execute("select outcome, count(*) from linked.scored_pair group by outcome").fetchall())
    acts = dict(con.execute("select act, count(*) from register.lineage where run_id = $run_id group by act", {"run_id": run.run_id}).fetchall())
    return {
        "person_count": person_count,
        "linked_pair_count": outcomes.get("link", 0),
        "review_pair_count": outcomes.get("review", 0),
        **{f"person_{act}_count": acts.get(act, 0) for act in PERSON_ACTS},
    }
