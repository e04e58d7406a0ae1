"""What is asked first, what an answer does to families before and after it is recorded, and files that go out and come back."""

import json
from types import SimpleNamespace

import openpyxl
import pytest
from recordlinkage import read_annotation_file
from typer.testing import CliRunner

from pipelines import answered, answers, belonging, cli, decisions, effect, provenance, review, review_files, verdicts
from pipelines.errors import BadInput, NotAllowed, WrongUsage
from pipelines.verdicts import Answer
from tests.support import flow_runs
from tests.support.stores import by_hand


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory):
    """A borough of its own: the run, and questions as they were at first."""
    settings = flow_runs.refreshed(tmp_path_factory.mktemp("reviewed"))
    run_id = provenance.newest_run_id(settings)
    return SimpleNamespace(settings=settings, run_id=run_id, asked=review.questions(run_id, settings))


@pytest.fixture
def settings(reviewed, tmp_path):
    """The same borough, with a decision store of the test's own."""
    return reviewed.settings.model_copy(update={"decisions_url": f"sqlite:///{tmp_path / 'decisions.sqlite'}"})


def of_run(reviewed, query, **parameters):
    with provenance.load(reviewed.run_id, reviewed.settings).open(read_only=True) as con:
        return con.execute(query, parameters).fetchall()


def answer_of(row, decision, by="One"):
    about = ("record_id_l", "record_id_r") if row["kind"] == "pair" else ("household_id", "person_id")
    return Answer(row["kind"], row[about[0]], row[about[1]], decision, "seen", by)


def test_questions_come_in_the_order_of_what_the_answer_would_change(reviewed):
    changes = [row["expected_change"] for row in reviewed.asked]
    assert changes == sorted(changes, reverse=True)
    assert {row["kind"] for row in reviewed.asked} == {"pair", "member"}
    assert len({row["question_id"] for row in reviewed.asked}) == len(reviewed.asked)


def test_a_blind_review_has_no_score_in_its_columns_nor_in_its_order(reviewed):
    blind = review.questions(reviewed.run_id, reviewed.settings, blind=True)
    assert {row["question_id"] for row in blind} == {row["question_id"] for row in reviewed.asked}
    assert not set(review.MACHINE) & set(blind[0])
    of_one_stake = [row["question_id"] for row in blind if row["hangs_on_it"] == blind[-1]["hangs_on_it"]]
    assert of_one_stake == sorted(of_one_stake)


def test_the_questions_of_one_household_are_those_about_its_people_and_about_who_belongs_to_it(reviewed):
    home = next(row["household_id"] for row in reviewed.asked if row["kind"] == "member")
    people = {row[0] for row in of_run(reviewed, "select person_id from linked.household_member where household_id = $home", home=home)}
    people |= {row[0] for row in of_run(reviewed, "select person_id from linked.household_doubt where household_id = $home", home=home)}
    persons = dict(of_run(reviewed, "select record_id, person_id from linked.person_record"))
    found = review.questions(reviewed.run_id, reviewed.settings, household=home)
    assert {row["question_id"] for row in found} == {
        row["question_id"]
        for row in reviewed.asked
        if row["household_id"] == home or {persons.get(row["record_id_l"]), persons.get(row["record_id_r"])} & people
    }
    assert 0 < len(found) < len(reviewed.asked)
    with pytest.raises(WrongUsage, match="no household 'H0'"):
        review.questions(reviewed.run_id, reviewed.settings, household="H0")


def test_a_question_shows_both_sides_the_weights_by_field_and_the_households_around(reviewed):
    row = review.question(next(row["question_id"] for row in reviewed.asked if row["kind"] == "pair"), reviewed.run_id, reviewed.settings)
    weights = {field["field"]: float(field["weight"]) for field in review.fields(row)}
    assert {"prior", "forename", "household"} <= set(weights)
    assert row["household_l"] and row["household_r"]


def test_one_question_stands_for_all_pairs_between_two_people(reviewed):
    person = dict(of_run(reviewed, "select record_id, person_id from linked.person_record"))
    asked = [tuple(sorted((person[r["record_id_l"]], person[r["record_id_r"]]))) for r in reviewed.asked if r["kind"] == "pair"]
    between = [pair for pair in asked if pair[0] != pair[1]]
    assert len(between) == len(set(between))


def test_what_is_answered_is_not_asked_again_until_reviewers_differ_or_it_is_revoked(reviewed, settings):
    row = next(row for row in reviewed.asked if row["kind"] == "pair")

    def is_asked():
        return row["question_id"] in {r["question_id"] for r in review.questions(reviewed.run_id, settings)}

    verdicts.decide([answer_of(row, "different")], settings)
    assert not is_asked()
    verdicts.decide([answer_of(row, "same", by="Two")], settings)
    assert is_asked()
    assert review.question(row["question_id"], reviewed.run_id, settings)["why"].startswith("Reviewers differ.")
    verdicts.decide([answer_of(row, "different", by="Three")], settings)
    assert not is_asked()
    verdicts.decide([answer_of(row, "revoke")], settings)
    assert is_asked()


def test_an_unmerge_shows_its_effect_changes_nothing_meanwhile_and_then_the_refresh_does_just_that(tmp_path):
    settings = flow_runs.refreshed(tmp_path)
    run_id = provenance.newest_run_id(settings)
    reviewed = SimpleNamespace(settings=settings, run_id=run_id)
    # Two linked records of somebody whose family has a problem, and no third to hold them together.
    [(left, right, household)] = of_run(
        reviewed,
        """select pair.record_id_l, pair.record_id_r, family.household_id
        from linked.scored_pair as pair
        inner join linked.person_record as own on own.record_id = pair.record_id_l
        inner join linked.person as person on person.person_id = own.person_id and person.record_count = 2
        inner join linked.household_member as member on member.person_id = person.person_id and member.is_primary
        inner join cohort.family as family on family.household_id = member.household_id
        inner join cohort.evidence as evidence on evidence.household_id = family.household_id and evidence.person_id = person.person_id
        where pair.outcome = 'link'
        order by all limit 1""",
    )
    answer = Answer("pair", left, right, "different", "two sisters", "One")
    before = flow_runs.current_digest(settings)
    found = {row["household_id"]: row for row in effect.effect([answer], run_id, settings)}
    assert household in found
    # Both may bear one name: who joins and leaves is told by person, so it adds up to the people before and after.
    for row in found.values():
        joined, gone = (len(row[side].split("; ")) if row[side] else 0 for side in ("joined", "gone"))
        assert row["people_before"] + joined - gone == row["people_after"]
    assert any(row["joined"] for row in found.values())
    assert decisions.last_id(settings) == 0
    assert flow_runs.current_digest(settings) == before
    assert not list(settings.home.glob(".effect-*"))

    answers.decide(answer, settings)
    after = SimpleNamespace(settings=settings, run_id=flow_runs.refresh(settings))
    statuses = dict(of_run(after, "select household_id, status from cohort.family where framework_id = (select framework_id from audit.run)"))
    sizes = dict(of_run(after, "select household_id, count(*) from linked.household_member group by household_id"))
    people = dict(of_run(after, "select record_id, person_id from linked.person_record"))
    assert people[left] != people[right]
    # Both are told that a decision parted them, who took it, and what would take it back.
    reasons = [
        row[0] for row in of_run(after, "select reason from register.lineage where identity_kind = 'person' and act = 'split' and run_id = $r", r=after.run_id)
    ]
    assert "A person decided that its records and others of the earlier person are two people's." in reasons
    told = [line for home in found if home in sizes for member in belonging.belonging(home, settings)["members"] for line in member["sentences"]]
    about = [line for line in told if "because a person decided so (One at " in line and "two sisters" in line]
    assert len(about) >= 2
    assert all(line.endswith(f"families review decide {','.join(sorted((left, right)))} revoke") for line in about)
    for household_id, row in found.items():
        assert (statuses.get(household_id) == row["status_after"]) or row["status_after"] is None
        assert sizes.get(household_id, 0) == row["people_after"]


def test_somebody_whom_a_person_holds_apart_leaves_the_household_and_who_belongs_joins_it(tmp_path):
    settings = flow_runs.refreshed(tmp_path)
    reviewed = SimpleNamespace(settings=settings, run_id=provenance.newest_run_id(settings))
    asked = review.questions(reviewed.run_id, settings, kind="member")
    doubted = next(row for row in asked if "Left out" in row["why"])
    unsure = next(row for row in asked if "In the household" in row["why"] and row["household_id"] != doubted["household_id"])
    said = [answer_of(doubted, "belongs"), answer_of(unsure, "apart")]
    found = {row["household_id"]: row for row in effect.effect(said, reviewed.run_id, settings)}
    assert found[doubted["household_id"]]["people_after"] > found[doubted["household_id"]]["people_before"]
    assert found[unsure["household_id"]]["people_after"] < found[unsure["household_id"]]["people_before"]

    verdicts.decide(said, settings)
    after = SimpleNamespace(settings=settings, run_id=flow_runs.refresh(settings))
    members = set(of_run(after, "select household_id, person_id from linked.household_member"))
    assert (doubted["household_id"], doubted["person_id"]) in members
    assert (unsure["household_id"], unsure["person_id"]) not in members
    [(basis, is_confirmed)] = of_run(
        after,
        "select basis, is_confirmed from linked.household_member where household_id = $h and person_id = $p",
        h=doubted["household_id"],
        p=doubted["person_id"],
    )
    assert (basis, is_confirmed) == ("decision", True)


def test_recordlinkage_reads_the_annotation_file_and_its_labels_come_back(reviewed, settings, tmp_path):
    out = tmp_path / "pairs.json"
    count = review_files.export(reviewed.run_id, out, settings, blind=True)
    tree = json.loads(out.read_text(encoding="utf-8"))
    assert len(tree["pairs"]) == count
    tree["pairs"][0]["label"], tree["pairs"][1]["label"] = 1, 0
    out.write_text(json.dumps(tree), encoding="utf-8")
    read = read_annotation_file(out)
    assert (len(read.links), len(read.distinct), len(read.unknown)) == (1, 1, count - 2)

    found = answers.record(out, settings, reason="seen in the annotator", decided_by="One")
    assert (found.recorded, found.unanswered, found.refused) == (2, count - 2, [])
    [link], [distinct] = read.links.tolist(), read.distinct.tolist()
    assert set(verdicts.pair_decisions(settings, 2)) == {(*link, "same"), (*distinct, "different")}


def test_a_second_person_answers_by_the_id_of_a_question_that_the_first_one_settled(reviewed, settings):
    for kind, word in (("pair", "different"), ("member", "apart")):
        row = next(row for row in reviewed.asked if row["kind"] == kind)
        first = answer_of(row, word)
        verdicts.decide([first], settings)
        assert review.about(row["question_id"], reviewed.run_id, settings) == (kind, first.subject_id, first.other_id)


def test_the_queue_warns_when_the_store_of_answers_was_changed_or_cut_off_and_is_shown_all_the_same(reviewed, settings):
    row = next(row for row in reviewed.asked if row["kind"] == "pair")
    verdicts.decide([answer_of(row, "different", "One"), answer_of(row, "different", "Two")], settings)
    environment = {"FAMILIES_HOME": str(settings.home), "FAMILIES_DECISIONS_URL": settings.decisions}
    for number, (statement, told) in enumerate(
        (
            (None, ""),
            ("update decision set decision = 'same' where decision_id = 1", "Warning: The decision store was changed by hand: decision 1"),
            ("delete from decision where decision_id = 2", "Warning: The decision store ends at decision 1, and 2 were seen here"),
        )
    ):
        if statement:
            by_hand(settings, statement)
        found = CliRunner(env=environment).invoke(cli.app, ["review", "list", "--most", "3", "--json"])
        assert (found.exit_code, len(json.loads(found.stdout))) == (0, 3)
        assert found.stderr.startswith(told) if number else not found.stderr
    refused = CliRunner(env=environment).invoke(cli.app, ["review", "decide", row["question_id"], "same", "--reason", "r", "--yes"])
    assert isinstance(refused.exception, NotAllowed)
    assert "ends at decision 1" in str(refused.exception)
    assert "families" not in refused.stdout, "no effect is worked out for an answer that cannot be recorded"


# Of a household of two, both in doubt through the one tie between them: the two members.
OF_TWO = """
    select household_id, list(person_id order by person_id) from linked.household_member group by household_id
    having count(*) = 2 and max(membership_probability) = min(membership_probability) and count(distinct basis) = 1 and max(membership_probability) < 0.95
        and not bool_or(is_confirmed)
"""


def test_a_household_of_two_that_one_tie_holds_is_asked_about_once_and_the_answer_settles_it(reviewed, settings):
    homes = dict(of_run(reviewed, OF_TWO))
    asked = [row for row in reviewed.asked if row["household_id"] in homes]
    assert asked, "there is such a household"
    assert len({row["household_id"] for row in asked}) == len(asked)
    verdicts.decide([answer_of(asked[0], "belongs")], settings)
    assert asked[0]["household_id"] not in {row["household_id"] for row in review.questions(reviewed.run_id, settings)}


def test_whether_two_are_one_person_and_whether_one_belongs_to_the_others_household_is_asked_one_after_the_other(reviewed, settings):
    persons = dict(of_run(reviewed, "select record_id, person_id from linked.person_record"))
    homes = {}
    for person, home in of_run(reviewed, "select person_id, household_id from linked.household_member"):
        homes.setdefault(home, set()).add(person)

    def members_of(rows):
        return {(row["household_id"], row["person_id"]) for row in rows if row["kind"] == "member"}

    pairs = [(row, {persons[row["record_id_l"]], persons[row["record_id_r"]]}) for row in reviewed.asked if row["kind"] == "pair"]
    for _, two in pairs:
        assert not [about for about in members_of(reviewed.asked) if len(two) == 2 and about[1] in two and two <= homes[about[0]]]
    verdicts.decide([answer_of(row, "different") for row, two in pairs if len(two) == 2], settings)
    came = members_of(review.questions(reviewed.run_id, settings)) - members_of(reviewed.asked)
    assert came, "the other question comes once the first did not settle it"
    assert all(any(person in two and two <= homes[home] for _, two in pairs) for home, person in came)


def test_answered_questions_are_listed_with_who_said_what_and_what_became_of_it(reviewed, settings):
    pair, member = (next(row for row in reviewed.asked if row["kind"] == kind) for kind in ("pair", "member"))
    assert answered.listing(settings) == []
    said = []
    for row, by, decision, state, stands in (
        (pair, "One", "same", "answered", "same"),
        (pair, "Two", "same", "agreed", "same"),
        (member, "One", "apart", "answered", "apart"),
        (member, "Two", "belongs", "disputed", "unsure"),
        (member, "Three", "belongs", "outvoted", "belongs"),
        (member, "One", "revoke", "revoked", None),
        (member, "Two", "unsure", "unsure", "unsure"),
    ):
        verdicts.decide([answer_of(row, decision, by)], settings)
        said.append((row["kind"], by, decision))
        last = answered.listing(settings)[0]
        assert (last["question_id"], last["kind"], last["state"], last["stands"]) == (row["question_id"], row["kind"], state, stands)
        assert [(last["kind"], one["decided_by"], one["decision"]) for one in last["said"]] == [one for one in said if one[0] == row["kind"]]
    assert [row["kind"] for row in answered.listing(settings)] == ["member", "pair"]
    assert [row["kind"] for row in answered.listing(settings, kind="pair")] == ["pair"]
    environment = {"FAMILIES_HOME": str(settings.home), "FAMILIES_DECISIONS_URL": settings.decisions, "COLUMNS": "200"}
    told = CliRunner(env=environment).invoke(cli.app, ["review", "list", "--answered"]).stdout
    assert all(word in told for word in (pair["question_id"], "agreed", "Three: belongs", "One: revoke", "unsure"))


@pytest.mark.parametrize(("kind", "word"), [("pair", "different"), ("member", "apart")])
def test_a_question_that_was_answered_is_still_shown_with_what_was_said_and_blind_without(reviewed, settings, kind, word):
    asked = next(row for row in reviewed.asked if row["kind"] == kind)
    verdicts.decide([answer_of(asked, word)], settings)
    row = review.question(asked["question_id"], reviewed.run_id, settings)
    compared = ("name_l", "name_r", "address_l", "address_r", "postcode_l", "birth_date_l")
    assert {name: row[name] for name in compared} == {name: asked[name] for name in compared}
    assert (row["state"], row["stands"], [one["reason"] for one in row["said"]]) == ("answered", word, ["seen"])
    blind = review.question(asked["question_id"], reviewed.run_id, settings, blind=True)
    assert not {"said", "stands", "state", "probability", "why"} & set(blind)
    environment = {"FAMILIES_HOME": str(settings.home), "FAMILIES_DECISIONS_URL": settings.decisions, "COLUMNS": "200"}
    told = CliRunner(env=environment).invoke(cli.app, ["review", "show", asked["question_id"]]).stdout
    assert f"What was said so far: answered, stands {word}" in told
    assert f"families review decide {asked['question_id']}" in told


def test_a_question_answered_on_records_that_are_gone_is_shown_by_its_ids(reviewed, settings):
    for kind, words in (("pair", "same"), ("member", "apart")):
        verdicts.decide([Answer(kind, "A-gone", "B-gone", words, "seen", "One")], settings)
        row = review.question(answered.id_of(kind, "A-gone", "B-gone"), reviewed.run_id, settings)
        assert (row["state"], row["stands"]) == ("answered", words)
        assert "not in the run" in row["why"]


@pytest.mark.parametrize("text", ["[]", '{"version": 2, "pairs": []}', '{"version": 1}', '{"version": 1, "pairs": [{"label": 1}]}', "not json"])
def test_a_file_that_is_no_annotation_file_is_refused_without_its_values(settings, tmp_path, text):
    path = tmp_path / "pairs.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match="Nothing was recorded"):
        answers.record(path, settings)


@pytest.mark.parametrize("label", [1.7, 1.0, True, False, "0", "", 2, -1, [1]])
def test_a_label_that_is_no_integer_of_the_format_refuses_the_file_and_tells_its_pair(settings, tmp_path, label):
    pair = {"identifiers": {side: {"record": record} for side, record in (("a", "l"), ("b", "r"))}}
    path = tmp_path / "pairs.json"
    path.write_text(json.dumps({"version": 1, "pairs": [pair | {"label": None}, pair | {"label": label}]}), encoding="utf-8")
    with pytest.raises(BadInput, match=r"pair 2 has a label other than 1 \(same\), 0 \(different\) and null"):
        answers.record(path, settings, reason="seen", decided_by="One")
    assert decisions.last_id(settings) == 0


def test_a_spreadsheet_takes_answers_on_memberships_beside_those_on_records(reviewed, settings, tmp_path):
    out = tmp_path / "questions.xlsx"
    review_files.export(reviewed.run_id, out, settings)
    book = openpyxl.load_workbook(out)
    place = {cell.value: cell.column for cell in book["review"][1]}
    said = {"pair": "different", "member": "apart"}
    for row in book["review"].iter_rows(min_row=2):
        word = said.pop(row[place["kind"] - 1].value, None)
        for name, value in {"decision": word, "reason": "seen", "decided_by": "One"}.items() if word else ():
            row[place[name] - 1].value = value
    book.save(out)
    found = answers.record(out, settings)
    assert (found.recorded, found.refused) == (2, [])
    assert [d for *_, d in verdicts.member_decisions(settings, 2)] == ["apart"]


def test_a_name_that_starts_like_a_formula_stays_text_goes_out_marked_and_comes_back(reviewed, settings, tmp_path, monkeypatch):
    odd = [reviewed.asked[0] | {"name_l": "=HYPERLINK(1)", "name_r": "+44"}]
    monkeypatch.setattr(review, "questions", lambda *_, **__: odd)
    out = tmp_path / "questions.xlsx"
    review_files.export(reviewed.run_id, out, settings)
    book = openpyxl.load_workbook(out)
    place = {cell.value: cell.column for cell in book["review"][1]}
    cell = book["review"].cell(2, place["name_l"])
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=HYPERLINK(1)", "s", True)
    assert not book["review"].cell(2, place["source_l"]).quotePrefix
    for name, value in {"decision": "unsure", "reason": "seen", "decided_by": "One"}.items():
        book["review"].cell(2, place[name]).value = value
    # A program that makes a formula of the name all the same does no harm: the name is not read.
    cell.value = "=HYPERLINK(1)"
    cell.data_type = "f"
    book.save(out)
    assert answers.record(out, settings).recorded == 1


def test_a_question_that_is_not_open_is_told_and_two_records_can_always_be_looked_at(reviewed):
    with pytest.raises(WrongUsage, match="families review list"):
        review.question("q0", reviewed.run_id, reviewed.settings)
    [(left, right)] = of_run(reviewed, "select record_id_l, record_id_r from linked.scored_pair where outcome = 'link' order by all limit 1")
    assert review.question(f"{right}, {left}", reviewed.run_id, reviewed.settings)["record_id_l"] == left
    with pytest.raises(WrongUsage, match="not in the run"):
        review.question("a,b", reviewed.run_id, reviewed.settings)
