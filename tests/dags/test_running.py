"""What each DAG does, with a flow that only notes that it was called."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

import pipelines
from pipelines import publications
from pipelines.errors import AnotherRunAtWork, GateRefused
from pipelines.ingest import Delivery
from tests.support.airflow_runs import FakeFlow, a_person_who_answers, run_dag

RUN = "2026-11-23-0123456789ab"
FORM = {"authority": "calderbrook", "as_of": "2026-11-23"}


@pytest.fixture
def flow(monkeypatch: pytest.MonkeyPatch) -> Callable[..., FakeFlow]:
    """Put a fake in the flow's place."""

    def install(**what: Any) -> FakeFlow:
        fake = FakeFlow(**what)
        monkeypatch.setitem(__import__("sys").modules, "pipelines.flow", fake)
        monkeypatch.setattr(pipelines, "flow", fake, raising=False)
        return fake

    return install


def a_delivery(outcome: str, message: str = "", extract_id: str | None = "2026-11-20-ab12") -> Delivery:
    return Delivery("police_asb", "asb.csv", extract_id, outcome, message, 100, 98, 2, 0)


def events_of(uri: str) -> list[dict[str, Any]]:
    """Extras of an asset's events so far, oldest first."""
    from airflow.models.asset import AssetEvent, AssetModel
    from airflow.utils.session import create_session
    from sqlalchemy import select

    with create_session() as session:
        query = select(AssetEvent.extra).join(AssetModel, AssetModel.id == AssetEvent.asset_id).where(AssetModel.uri == uri).order_by(AssetEvent.id)
        return list(session.scalars(query))


def test_a_new_extract_is_announced_by_its_id_and_counts(bag: Any, flow: Callable[..., FakeFlow]) -> None:
    fake = flow(deliveries=[a_delivery("ingested")])
    assert run_dag(bag.dags["ingest_police_asb"], FORM) == {"ingest": "success", "announce": "success", "refused": "success", "run": "success"}
    assert fake.calls == [("ingest_source", "calderbrook", "police_asb", date(2026, 11, 23))]
    assert events_of("families://extract/police_asb")[-1] == {
        "extract_id": "2026-11-20-ab12", "received_count": 100, "accepted_count": 98, "rejected_count": 2,
    }  # fmt: skip


@pytest.mark.parametrize("outcome", ["already_ingested", "missing", "later"])
def test_nothing_new_announces_nothing(bag: Any, flow: Callable[..., FakeFlow], outcome: str) -> None:
    before = events_of("families://extract/police_asb")
    flow(deliveries=[a_delivery(outcome)])
    states = run_dag(bag.dags["ingest_police_asb"], FORM)
    assert (states["announce"], states["run"]) == ("skipped", "success")
    assert events_of("families://extract/police_asb") == before


def test_a_refused_delivery_turns_the_dag_red_and_a_good_one_beside_it_is_announced(bag: Any, flow: Callable[..., FakeFlow]) -> None:
    flow(deliveries=[a_delivery("refused", "asb.csv: column 'ref' is missing.", None), a_delivery("ingested")])
    states = run_dag(bag.dags["ingest_police_asb"], FORM)
    assert states == {"ingest": "success", "announce": "success", "refused": "failed", "run": "failed"}


def test_every_optional_source_with_a_profile_is_taken_in_and_a_refused_one_is_told(bag: Any, flow: Callable[..., FakeFlow]) -> None:
    fake = flow(deliveries=[a_delivery("refused", "early_help.csv: column 'ref' is missing.", None)])
    states = run_dag(bag.dags["ingest_optional"], FORM)
    assert states == {"ingest": "success", "refused": "failed", "run": "failed"}
    assert [call[:3] for call in fake.calls if call[0] == "ingest_source"] == [("ingest_source", "calderbrook", source) for source in fake.optional]


@pytest.mark.parametrize("dag_id", ["ingest_police_asb", "ingest_optional"])
def test_every_file_that_could_not_be_used_is_told_alike_by_whichever_dag_took_it(bag: Any, dag_id: str) -> None:
    from airflow.sdk.exceptions import AirflowFailException

    outcomes = {
        "refused": "a.csv: column 'ref' is missing.",
        "unknown_file": "b.csv: no profile names it.",
        "later": "c.csv: waits",
        "ingested": "d.csv: in",
    }
    deliveries = [asdict(a_delivery(outcome, message)) for outcome, message in outcomes.items()]
    refused = bag.dags[dag_id].task_dict["refused"].python_callable
    with pytest.raises(AirflowFailException) as failure:
        refused(deliveries)
    assert str(failure.value).splitlines() == [outcomes["refused"], outcomes["unknown_file"]]
    refused(deliveries[2:])


def test_linking_hands_the_run_to_the_publication(bag: Any, flow: Callable[..., FakeFlow]) -> None:
    fake = flow()
    states = run_dag(bag.dags["link_households"], FORM | {"framework": "tf-2015", "dry_run": True})
    assert states["run"] == "success"
    assert fake.calls[0] == ("open_run", "calderbrook", "tf-2015", date(2026, 11, 23))
    assert fake.stages[1:] == ["check_landing", "standardise", "check_staging", "link", "household"]
    assert events_of("families://linked/")[-1] == {"run_id": RUN, "dry_run": True}


def test_a_gate_that_refuses_fails_at_once_and_nothing_follows(bag: Any, flow: Callable[..., FakeFlow], capsys: pytest.CaptureFixture[str]) -> None:
    fake = flow(trouble={"check_staging": GateRefused("staging: 3 rows break 'unique record'")})
    states = run_dag(bag.dags["link_households"], FORM)
    assert (states["check_staging"], states["link"], states["run"]) == ("failed", "upstream_failed", "failed")
    assert fake.stages.count("check_staging") == 1
    assert "3 rows break 'unique record'" in capsys.readouterr().out


def test_another_run_at_work_is_waited_for(bag: Any, flow: Callable[..., FakeFlow], monkeypatch: pytest.MonkeyPatch) -> None:
    from datetime import timedelta

    dag = bag.dags["link_households"]
    monkeypatch.setattr(dag.task_dict["link"], "retry_delay", timedelta(0))
    fake = flow(trouble={"link": AnotherRunAtWork("Another run holds the home.")})
    assert run_dag(dag, FORM)["run"] == "success"
    assert fake.stages.count("link") == 2


def test_a_bug_is_told_without_its_message_which_may_quote_a_row(bag: Any, flow: Callable[..., FakeFlow], capsys: pytest.CaptureFixture[str]) -> None:
    flow(trouble={"standardise": ValueError("cannot cast 'Sheila Marchbanks'")})
    assert run_dag(bag.dags["link_households"], FORM)["run"] == "failed"
    told = capsys.readouterr()
    assert "ValueError at" in told.out
    assert "Marchbanks" not in told.out + told.err


def test_an_automatic_publication_asks_nobody_and_says_so(bag: Any, flow: Callable[..., FakeFlow]) -> None:
    fake = flow()
    states = run_dag(bag.dags["publish_cohort"], {"run_id": RUN, "approval": "automatic"})
    assert (states["approval"], states["publish"], states["report"], states["run"]) == ("skipped", "success", "success", "success")
    assert fake.calls[-2] == ("publish", RUN, {"approval": "automatic"})


def test_a_dry_run_computes_and_checks_and_publishes_nothing(bag: Any, flow: Callable[..., FakeFlow]) -> None:
    fake = flow()
    states = run_dag(bag.dags["publish_cohort"], {"run_id": RUN, "approval": "automatic", "dry_run": True})
    assert (states["publish"], states["report"], states["run"]) == ("skipped", "skipped", "success")
    assert fake.stages == ["score", "verify", "check_cohort"]


def test_an_approval_that_comes_after_a_later_list_is_told_as_such(
    bag: Any, flow: Callable[..., FakeFlow], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    flow(is_current=False)
    monkeypatch.setattr(publications, "standing", lambda run_id, settings: f"{run_id}: readers stay with a later list.")
    states = run_dag(bag.dags["publish_cohort"], {"run_id": RUN, "approval": "automatic"})
    assert (states["publish"], states["report"], states["run"]) == ("skipped", "skipped", "success")
    assert f"{RUN}: readers stay with a later list." in capsys.readouterr().out


def test_without_a_run_there_is_nothing_to_publish(bag: Any, flow: Callable[..., FakeFlow]) -> None:
    fake = flow()
    assert run_dag(bag.dags["publish_cohort"], {})["which_run"] == "failed"
    assert fake.stages == []


def test_the_question_before_publication_is_asked_in_words(bag: Any) -> None:
    from jinja2 import Environment, StrictUndefined

    pulled = {
        "verify": {"verified_count": 1200, "changes": {"joined": 20}, "statuses": {"tf-2012": {"near_miss": 30, "verified": 1200}}, "is_kept": True},
        "check_cohort": {"gate_count": 41, "is_kept": True},
        "which_run": {"run_id": RUN},
    }
    ti = SimpleNamespace(xcom_pull=lambda task_ids: pulled[task_ids])
    asked = Environment(undefined=StrictUndefined, autoescape=True).from_string(bag.dags["publish_cohort"].task_dict["approval"].body).render(ti=ti)
    assert [line for line in asked.splitlines() if line] == [
        "### What the list would hold",
        "- verified count: 1,200",
        "- changes: joined 20",
        "- statuses: tf-2012 (near miss 30, verified 1,200)",
        "### What was checked",
        "- gate count: 41",
        f"Run {RUN}. The list is published when you approve; the last publication stays when you reject or do not answer.",
    ]


def test_an_approved_publication_names_who_approved(bag: Any, flow: Callable[..., FakeFlow]) -> None:
    fake = flow()
    with a_person_who_answers("publish_cohort", "approval", "Approve") as shown:
        states = run_dag(bag.dags["publish_cohort"], {"run_id": RUN})
    assert states["run"] == "success"
    assert fake.calls[-2] == ("publish", RUN, {"approval": "person", "approved_by": "coordinator"})
    assert "- families: 12" in shown[0]["body"]
    assert RUN in shown[0]["body"]


def test_a_rejected_publication_leaves_the_last_one(bag: Any, flow: Callable[..., FakeFlow]) -> None:
    fake = flow()
    with a_person_who_answers("publish_cohort", "approval", "Reject"):
        states = run_dag(bag.dags["publish_cohort"], {"run_id": RUN})
    assert (states["publish"], states["report"], states["run"]) == ("skipped", "skipped", "success")
    assert "publish" not in fake.stages


def test_a_form_with_a_date_that_lies_ahead_fails_at_once(bag: Any, flow: Callable[..., FakeFlow], capsys: pytest.CaptureFixture[str]) -> None:
    fake = flow()
    assert run_dag(bag.dags["link_households"], FORM | {"as_of": "2999-01-01"})["open_run"] == "failed"
    assert "2999-01-01 lies ahead" in capsys.readouterr().out
    assert fake.calls == []
