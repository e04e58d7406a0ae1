"""What the DAGs promise to operators: they load, their shape, their schedule, their forms."""

import runpy
from pathlib import Path
from typing import Any

import pytest

SOURCES = ("school_attendance", "police_asb", "dwp_benefit", "housing_arrears")
ALL = {"link_households", "publish_cohort", "ingest_optional", *(f"ingest_{source}" for source in SOURCES)}


def test_all_dags_load_without_an_error(bag: Any) -> None:
    assert bag.import_errors == {}
    assert set(bag.dag_ids) == ALL


@pytest.mark.parametrize("dag_id", sorted(ALL))
def test_every_dag_tells_its_operator_what_to_do(bag: Any, dag_id: str) -> None:
    dag = bag.dags[dag_id]
    assert "| you see | it means | do |" in dag.doc_md
    assert dag.description
    assert dag.owner == "families"
    assert dag.catchup is False
    assert dag.max_active_runs == 1


@pytest.mark.parametrize("source", SOURCES)
def test_each_source_has_a_dag_that_announces_its_extract(bag: Any, source: str) -> None:
    dag = bag.dags[f"ingest_{source}"]
    assert dag.task_dict["ingest"].downstream_task_ids == {"announce", "refused"}
    assert [outlet.uri for outlet in dag.task_dict["announce"].outlets] == [f"families://extract/{source}"]


def test_optional_sources_are_taken_in_daily_and_start_no_linking_by_themselves(bag: Any) -> None:
    dag = bag.dags["ingest_optional"]
    assert dag.task_dict["ingest"].downstream_task_ids == {"refused"}
    assert dag.timetable.expression == "15 5 * * *"
    assert not [outlet for task in dag.task_dict.values() for outlet in task.outlets]


def test_linking_starts_when_every_source_has_an_extract_and_on_monday_morning(bag: Any) -> None:
    timetable = bag.dags["link_households"].timetable
    assert {asset.uri for asset in timetable.asset_condition.objects} == {f"families://extract/{source}" for source in SOURCES}
    assert type(timetable.asset_condition).__name__ == "AssetAll"
    assert timetable.timetable.expression == "0 6 * * MON"
    assert str(timetable.timetable.timezone) == "Europe/London" or timetable.timetable.timezone.name == "Europe/London"


def test_linking_runs_its_stages_in_flow_order(bag: Any) -> None:
    dag = bag.dags["link_households"]
    order = ["open_run", "check_landing", "standardise", "check_staging", "link", "household"]
    assert [task.task_id for task in dag.topological_sort()] == order
    assert [outlet.uri for outlet in dag.task_dict["household"].outlets] == ["families://linked/"]


def test_publication_follows_the_linking_and_waits_for_approval(bag: Any) -> None:
    dag = bag.dags["publish_cohort"]
    order = ["which_run", "score", "verify", "check_cohort", "who_approves", "approval", "publish", "report"]
    assert [task.task_id for task in dag.topological_sort()] == order
    assert dag.task_dict["publish"].upstream_task_ids == {"which_run", "approval", "who_approves"}
    assert [asset.uri for asset in dag.timetable.asset_condition.objects] == ["families://linked/"]


def test_silence_is_a_rejection(bag: Any) -> None:
    approval = bag.dags["publish_cohort"].task_dict["approval"]
    assert approval.defaults == ["Reject"]
    assert approval.response_timeout.days == 3


@pytest.mark.parametrize(
    ("dag_id", "names"),
    [
        ("ingest_police_asb", {"authority", "as_of"}),
        ("link_households", {"authority", "as_of", "framework", "dry_run"}),
        ("publish_cohort", {"run_id", "approval", "dry_run"}),
    ],
)
def test_every_form_explains_its_fields(bag: Any, dag_id: str, names: set[str]) -> None:
    params = bag.dags[dag_id].params
    assert set(params) == names
    assert all(params.get_param(name).schema["title"] and params.get_param(name).description for name in names)


@pytest.mark.parametrize(
    ("dag_id", "wrong"),
    [
        ("link_households", {"as_of": "next Monday"}),
        ("link_households", {"authority": "../elsewhere"}),
        ("publish_cohort", {"approval": "nobody"}),
        ("publish_cohort", {"run_id": "; drop"}),
    ],
)
def test_a_form_refuses_what_it_cannot_use(bag: Any, dag_id: str, wrong: dict[str, Any]) -> None:
    from airflow.sdk.definitions.param import ParamsDict
    from airflow.sdk.exceptions import ParamValidationError

    params = ParamsDict(bag.dags[dag_id].params.dump() and {name: bag.dags[dag_id].params.get_param(name) for name in bag.dags[dag_id].params})
    with pytest.raises(ParamValidationError):
        for name, value in wrong.items():
            params[name] = value
        params.validate()


def test_forms_are_filled_in_with_the_authority_of_the_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    forms = str(Path(__file__).parents[2] / "dags" / "forms.py")
    assert runpy.run_path(forms)["FIELDS"]["authority"].value == "calderbrook"
    monkeypatch.setenv("FAMILIES_AUTHORITY", "riverside")
    assert runpy.run_path(forms)["FIELDS"]["authority"].value == "riverside"
