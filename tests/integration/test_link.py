"""The link stage as a run sees it: tables, ids from week to week, decisions, and refusals."""

from datetime import date
from pathlib import Path

import pytest

from pipelines import link, verdicts
from pipelines.errors import BadConfiguration, BadInput
from pipelines.provenance import Run
from schemas.linked import PERSON, PERSON_RECORD, SCORED_PAIR
from tests.support.link_runs import a_run, publish, rows
from tests.support.records import Record, a_record, population

HOME = {"postcode": "ZC1 2AB", "paon": "12"}
ANN = {"forename": "ANN", "surname": "FISHER", "birth_date": "1990-02-13", **HOME}
OMAR = {"forename": "OMAR", "surname": "KHAN", "birth_date": "1975-08-30", "postcode": "ZC3 4XY", "paon": "7"}
CROWD = population(300, seed=8).records
NEXT_WEEK, WEEK_AFTER = date(2026, 11, 30), date(2026, 12, 7)


def linked(home: Path, records: list[Record], **options: object) -> Run:
    """A run that has linked the records among a crowd."""
    run = a_run(home, [*records, *CROWD], **options)
    link.link(run)
    return run


def person_of(run: Run, record_id: str) -> str:
    return next(row[1] for row in rows(run, "select record_id, person_id from linked.person_record") if row[0] == record_id)


def told(run: Run, person_id: str) -> set[tuple[object, ...]]:
    """What the lineage tells of an id."""
    return {(act, other) for identity, act, other in rows(run, "select identity_id, act, other_id from register.lineage") if identity == person_id}


def test_every_record_belongs_to_one_person_and_every_person_has_records(tmp_path: Path):
    run = linked(tmp_path, [])
    assert rows(run, "select count(*), count(distinct record_id) from linked.person_record") == [(len(CROWD), len(CROWD))]
    assert rows(run, "select count(*) from linked.person anti join linked.person_record using (person_id)") == [(0,)]
    assert rows(run, "select sum(record_count) from linked.person") == [(len(CROWD),)]
    assert rows(run, "select count(*) from register.person anti join linked.person_record using (person_id, record_id)") == [(0,)]


def test_the_tables_have_the_declared_columns_and_keys(tmp_path: Path):
    run = linked(tmp_path, [])
    for table in (SCORED_PAIR, PERSON_RECORD, PERSON):
        described = {row[0]: row[1] for row in rows(run, f"describe {table.qualified}")}
        assert described == table.types
        key = ", ".join(table.key)
        assert rows(run, f"from {table.qualified} select count(*) - count(distinct ({key}))") == [(0,)]
    assert rows(run, "select count(*) from linked.scored_pair where record_id_l >= record_id_r") == [(0,)]


def test_the_counts_hold_nothing_personal_and_add_up(tmp_path: Path):
    counts = link.link(a_run(tmp_path, CROWD))
    assert counts["record_count"] == len(CROWD)
    assert counts["person_count"] == counts["person_created_count"] == counts["cluster_count"]
    assert counts["candidate_pair_count"] == sum(rule["new_pair_count"] for rule in counts["blocking_rules"])
    assert all(isinstance(value, int) for key, value in counts.items() if key != "blocking_rules")


def test_a_person_is_described_by_what_most_records_say_and_the_newest_among_equals(tmp_path: Path):
    records = [
        a_record("a", **ANN | {"surname": "HOLMES", "seen_date": "2026-01-01"}, former_surname="FISHER"),
        a_record("b", **ANN | {"seen_date": "2025-01-01"}, sex="F", source="dwp_benefit"),
        a_record("c", **ANN | {"forename": "ANNE", "seen_date": "2024-01-01"}, birth_date_quality="placeholder"),
    ]
    run = linked(tmp_path, records)
    wanted = person_of(run, "a")
    people = rows(run, "select person_id, forename, surname, birth_date, sex, record_count, sources from linked.person")
    assert [row[1:] for row in people if row[0] == wanted] == [("ANN", "FISHER", date(1990, 2, 13), "F", 3, "dwp_benefit,police_asb")]


def test_the_latest_date_of_birth_stands_only_where_the_date_is_unknown(tmp_path: Path):
    parent = {key: value for key, value in ANN.items() if key != "birth_date"}
    run = linked(tmp_path, [a_record("p", **parent, birth_date_latest="1998-01-01"), a_record("o", **OMAR, birth_date_latest="1998-01-01")])
    query = "select birth_date, birth_date_latest from linked.person where person_id = '{}'"
    assert rows(run, query.format(person_of(run, "p"))) == [(None, date(1998, 1, 1))]
    assert rows(run, query.format(person_of(run, "o"))) == [(date(1975, 8, 30), None)]


def test_ids_stay_when_records_come_and_go(tmp_path: Path):
    first = publish(linked(tmp_path, [a_record("a", **ANN), a_record("b", **ANN)]))
    second = linked(tmp_path, [a_record("0", **ANN), a_record("b", **ANN)], as_of=NEXT_WEEK, previous=first)
    assert person_of(second, "0") == person_of(second, "b") == person_of(first, "a")
    assert rows(second, "select count(distinct first_seen_run_id) from register.person") == [(1,)]


def test_a_merge_keeps_the_id_with_more_records_and_tells_the_other(tmp_path: Path):
    apart = [a_record("a", **ANN), a_record("b", **ANN), a_record("c", forename="BELLA", surname="HOLMES")]
    first = publish(linked(tmp_path, apart))
    joined = [*apart[:2], a_record("c", **ANN)]
    second = linked(tmp_path, joined, as_of=NEXT_WEEK, previous=first)
    assert person_of(second, "c") == person_of(first, "a")
    assert ("merged", person_of(first, "a")) in told(second, person_of(first, "c"))


def test_a_split_keeps_the_id_with_the_greater_part_and_tells_the_new_one(tmp_path: Path):
    whole = [a_record(key, **ANN) for key in "abc"]
    first = publish(linked(tmp_path, whole))
    parted = [*[a_record(key, **OMAR) for key in "bc"], a_record("a", **ANN)]
    second = publish(linked(tmp_path, parted, as_of=NEXT_WEEK, previous=first))
    assert person_of(second, "b") == person_of(first, "b")
    # The id made from record a is still in use, so the new person's is another one.
    assert person_of(second, "a") != person_of(first, "a")
    assert ("split", person_of(first, "a")) in told(second, person_of(second, "a"))
    third = linked(tmp_path, parted, as_of=WEEK_AFTER, previous=second)
    assert person_of(third, "a") == person_of(second, "a")
    assert told(third, person_of(third, "a")) == told(second, person_of(second, "a"))


def test_a_person_who_left_the_extracts_is_retired(tmp_path: Path):
    first = publish(linked(tmp_path, [a_record("a", **ANN)]))
    second = linked(tmp_path, [], as_of=NEXT_WEEK, previous=first)
    assert ("retired", "") in told(second, person_of(first, "a"))


def test_lineage_has_one_row_an_act_and_no_names(tmp_path: Path):
    first = publish(linked(tmp_path, [a_record("a", **ANN)]))
    second = linked(tmp_path, [], as_of=NEXT_WEEK, previous=first)
    key = "identity_kind, identity_id, act, other_id"
    assert rows(second, f"from register.lineage select count(*) - count(distinct ({key}))") == [(0,)]
    assert not [reason for (reason,) in rows(second, "select distinct reason from register.lineage") if "FISHER" in str(reason)]


def test_a_persons_decision_stands_on_the_pair_and_on_the_record(tmp_path: Path):
    records = [a_record("a", **ANN), a_record("b", **ANN), a_record("c", **OMAR), a_record("d", **OMAR)]
    settings = a_run(tmp_path, []).settings
    verdicts.decide_pair("a", "b", "different", "two sisters", "analyst", settings)
    through = verdicts.decide_pair("c", "d", "same", "seen together", "analyst", settings)
    run = linked(tmp_path, records, decisions_through=through)
    pairs = {row[:2]: row[2:] for row in rows(run, "select record_id_l, record_id_r, outcome, decision from linked.scored_pair")}
    assert pairs["a", "b"] == ("discard", "different")
    assert pairs["c", "d"] == ("link", "same")
    assert person_of(run, "a") != person_of(run, "b")
    confirmed = rows(run, "select record_id, link_probability from linked.person_record where is_confirmed order by 1")
    assert confirmed == [("c", 1.0), ("d", 1.0)]


def test_decisions_after_the_run_began_are_not_seen(tmp_path: Path):
    settings = a_run(tmp_path, []).settings
    verdicts.decide_pair("a", "b", "different", "two sisters", "analyst", settings)
    run = linked(tmp_path, [a_record("a", **ANN), a_record("b", **ANN)], decisions_through=0)
    assert person_of(run, "a") == person_of(run, "b")


def test_doubt_goes_to_review_and_not_into_one_person(tmp_path: Path):
    undated = {key: value for key, value in ANN.items() if key != "birth_date"}
    run = linked(tmp_path, [a_record("a", **ANN), a_record("b", **undated | {"postcode": None, "paon": None})])
    outcome = rows(run, "select outcome, match_probability from linked.scored_pair where record_id_l = 'a' and record_id_r = 'b'")
    assert outcome[0][0] == "review"
    assert person_of(run, "a") != person_of(run, "b")


def test_the_same_inputs_give_the_same_rows_on_any_number_of_threads(tmp_path: Path):
    made = population(800, seed=7).records
    tables = ("linked.scored_pair", "linked.person_record", "linked.person")
    found = []
    for threads, records in ((1, made), (2, made[::-1])):
        run = a_run(tmp_path / str(threads), records, threads=threads)
        link.link(run)
        found.append([rows(run, f"from {table}") for table in tables])
    assert found[0] == found[1]


def test_a_run_without_records_has_no_people(tmp_path: Path):
    counts = link.link(a_run(tmp_path, []))
    assert counts["record_count"] == counts["person_count"] == 0


def test_an_unknown_model_is_refused_with_the_remedy():
    with pytest.raises(BadConfiguration, match="families link train"):
        link.read_model("nobody")


def test_a_model_for_other_fields_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    broken = tmp_path / "people.json"
    broken.write_text('{"name": "people", "fields": {}}', encoding="utf-8")
    monkeypatch.setattr(link, "model_path", lambda name: broken)
    with pytest.raises(BadConfiguration, match="does not fit"):
        link.read_model("people")


def test_a_model_is_trained_from_a_run_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    run = a_run(tmp_path, population(400, seed=101).records)
    sessions: list[str] = []
    model = link.train(run, "mine", seed=1, progress=sessions.append)
    monkeypatch.setattr(link, "model_path", lambda name: tmp_path / f"{name}.json")
    assert link.write_model(model) == tmp_path / "mine.json"
    assert link.read_model("mine") == model
    assert sessions[0] == "unrelated"
    assert sessions[-1] == "priors"


def test_too_few_records_to_train_on_are_refused(tmp_path: Path):
    with pytest.raises(BadInput, match="too few"):
        link.train(a_run(tmp_path, [a_record("a", **ANN)]), "mine", seed=1)
