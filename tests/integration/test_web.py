"""The coordinators' pages: who may see them, what they show, and that a decision shows at once."""

import pytest
from typer.testing import CliRunner

from pipelines import belonging, cli, cohort, decisions, publish, review
from pipelines.web import create_app, telling
from pipelines.web.guard import COOKIE
from tests.support import published
from tests.support.pages import Visitor

KEY = "k" * 43
ADDRESS = "http://127.0.0.1:8765"


@pytest.fixture
def settings(tmp_path):
    run = published.a_run(published.a_home(tmp_path))
    published.pass_gates(run)
    publish.publish(run)
    return run.settings


@pytest.fixture
def stranger(settings):
    return Visitor(create_app(settings, KEY, "C. Ordinator"), ADDRESS)


@pytest.fixture
def pages(stranger):
    stranger.cookies.set(COOKIE, KEY)
    return stranger


def decide(pages, household="household-1", origin=ADDRESS, **said):
    return pages.post(f"/families/{household}/decision", data=said, headers={"origin": origin} if origin else {})


def test_the_key_in_the_address_opens_the_pages_and_another_does_not(stranger):
    assert stranger.get(f"/enter?key={KEY}x").status_code == 403
    entered = stranger.get(f"/enter?key={KEY}")
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    assert "HttpOnly" in entered.headers["set-cookie"] and "SameSite=strict" in entered.headers["set-cookie"]
    assert stranger.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/families/household-1", "/style.css"])
def test_without_the_key_nothing_is_shown(stranger, path):
    answer = stranger.get(path)
    assert answer.status_code == 403
    assert "household-" not in answer.text.replace(path, "")


def test_another_hosts_name_for_this_machine_is_refused(pages):
    assert pages.get("/", headers={"host": "evil.example:8765"}).status_code == 403


def test_pages_stay_in_no_store_and_run_no_script(pages):
    answer = pages.get("/families/household-1")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "<script" not in answer.text


def test_the_list_leads_to_the_family_and_the_family_tells_why(pages):
    assert 'href="/families/household-1"' in pages.get("/").text
    told = pages.get("/families/household-1").text
    assert published.FORENAME in told and "asb_extract_20261120.csv" in told


def test_a_decision_shows_at_once_on_the_list_the_family_and_the_command_line(pages, settings, monkeypatch):
    answer = decide(pages, decision="reject", reason="Known to be another family")
    assert answer.status_code == 303
    told = pages.get(answer.headers["location"]).text
    assert "Decision 1 is recorded." in told and "Known to be another family" in told and "C. Ordinator" in told
    assert '<span class="doubt">reject</span>' in pages.get("/").text
    monkeypatch.setenv("FAMILIES_KEY", settings.key)
    listed = CliRunner().invoke(cli.app, ["cohort", "list", "--home", str(settings.home)], env={"COLUMNS": "300"})
    assert [line for line in listed.stdout.splitlines() if "household-1" in line and "reject" in line]
    assert "1 of them was decided on since" in listed.stderr
    assert "since the list was made" in CliRunner().invoke(cli.app, ["cohort", "explain", "household-1", "--home", str(settings.home)]).stdout


@pytest.mark.parametrize("said", [{"decision": "reject", "reason": " "}, {"decision": "banish", "reason": "none"}, {"reason": "none"}])
def test_a_decision_that_cannot_be_taken_is_refused_on_the_page_and_nothing_is_recorded(pages, settings, said):
    answer = decide(pages, **said)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.text
    assert decisions.last_id(settings) == 0


@pytest.mark.parametrize("origin", ["https://evil.example", "null", None])
def test_a_form_from_elsewhere_decides_nothing(pages, settings, origin):
    assert decide(pages, origin=origin, decision="reject", reason="Because").status_code == 403
    assert decisions.last_id(settings) == 0


def test_an_unknown_household_and_an_unknown_status_are_told_in_words(pages):
    for path in ("/families/household-99", "/?status=nonsense"):
        answer = pages.get(path)
        assert answer.status_code == 400
        assert 'role="alert"' in answer.text


def test_marks_in_a_reason_stay_text(pages):
    decide(pages, decision="defer", reason="<b>soon</b>")
    assert "&lt;b&gt;soon&lt;/b&gt;" in pages.get("/families/household-1").text


def test_whom_somebody_suppressed_since_the_list_was_made_is_not_exported(pages, settings, tmp_path):
    before = cohort.export(settings, tmp_path / "before.csv")
    decide(pages, decision="suppress", reason="Safeguarding")
    assert cohort.export(settings, tmp_path / "after.csv") == before - 1
    assert "household-1" not in (tmp_path / "after.csv").read_text(encoding="utf-8")


def test_where_there_is_no_list_yet_the_command_says_what_makes_one(tmp_path):
    refused = CliRunner().invoke(cli.app, ["web", "--home", str(published.a_home(tmp_path).home)])
    assert "There is no list yet" in str(refused.exception)


@pytest.mark.parametrize(
    ("row", "doubt"),
    [
        ({"link_probability": 0.94, "membership_probability": 1.0, "is_confirmed": False}, "link"),
        ({"link_probability": 0.94, "membership_probability": 0.5, "is_confirmed": False}, "link and membership"),
        ({"link_probability": 0.95, "membership_probability": 0.97, "is_confirmed": False}, ""),
        ({"link_probability": 0.94, "membership_probability": 0.5, "is_confirmed": True}, ""),
    ],
)
def test_evidence_below_the_acceptance_probability_is_in_doubt_until_somebody_confirmed_it(row, doubt):
    words = telling.Words({("tf", "crime.asb"): "Antisocial behaviour"}, {}, 0.95)
    told = words.evidence(row | {"framework_id": "tf", "criterion_id": "crime.asb", "person_id": "p", "source": "police_asb"}, {"p": "A"})
    assert (told["in_doubt"], told["criterion"]) == (doubt, "Antisocial behaviour")


def test_a_member_who_is_not_sure_to_live_there_may_live_elsewhere():
    row = {"forename": "A", "surname": None, "basis": "dependent_child", "is_sure": False, "is_primary": True, "address": None}
    assert telling.member(row)["address"] == "may live elsewhere"
    assert telling.member(row | {"is_sure": True, "address": "1 Way"})["address"] == "1 Way"


def test_a_criterion_is_told_by_its_label_with_value_and_threshold_in_words(pages):
    told = pages.get("/families/household-1").text
    assert "crime_asb" not in told and "A member responsible for antisocial behaviour" in told


@pytest.mark.parametrize(("kept_back", "told"), [(1, "1 more criterion is kept back"), (3, "3 more criteria are kept back"), (0, None)])
def test_the_page_says_how_many_criteria_are_kept_back(pages, monkeypatch, kept_back, told):
    found = cohort.explain
    monkeypatch.setattr(cohort, "explain", lambda *given: found(*given) | {"criteria_kept_back_count": kept_back})
    shown = pages.get("/families/household-1").text
    assert told in shown if told else "kept back" not in shown


QUESTION = {"question_id": "q0123", "kind": "pair", "why": "Alike, but not enough to link.", "hangs_on_it": "a family comes to the list"}
QUESTION |= {"name_l": "Ann Other", "name_r": "A. Other", "probability": 0.94, "levels": "forename=exact", "weights": "forename=+8.5", "household_id": None}


def test_a_family_in_review_tells_what_is_in_doubt_and_leads_to_the_question_that_settles_it(pages, monkeypatch):
    found = cohort.explain

    def in_review(*given):
        told = found(*given)
        evidence = [row | {"link_probability": 0.94, "is_confirmed": False} for row in told["evidence"]]
        return told | {"standing": [row | {"status": "review"} for row in told["standing"]], "evidence": evidence}

    monkeypatch.setattr(cohort, "explain", in_review)
    monkeypatch.setattr(belonging, "belonging", lambda *given: {"sentences": [], "members": [], "left_out": [], "questions": [QUESTION]})
    monkeypatch.setattr(review, "question", lambda *given: QUESTION)
    told = pages.get("/families/household-1").text
    assert '<span class="doubt">link</span>' in told and "0.94" in told
    assert "families review list --household household-1" in told and '<a href="/questions/q0123">' in told
    asked = pages.get("/questions/q0123").text
    assert "Are these two records one person?" in asked and "families review decide q0123" in asked and "+8.5" in asked


def test_a_family_is_told_although_the_runs_working_tables_are_no_longer_kept(pages, settings):
    for path in settings.runs_dir.glob("*.duckdb"):
        path.unlink()
    assert published.FORENAME in pages.get("/families/household-1").text
