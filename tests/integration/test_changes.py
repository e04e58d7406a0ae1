"""Files of changes between full ones: rows are added, replaced and taken away, whatever the order of arrival, and every row of every file is accounted for."""

import shutil
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from pipelines import authority, ingest, receipts
from pipelines.errors import BadConfiguration
from pipelines.synthetic.layouts import headers, plain_profile
from tests.support import changes
from tests.support.changes import AUTHORITY, HOUSING, POLICE
from tests.support.deliveries import AS_OF, NOW, csv_text, put, rows
from tests.support.suppliers import an_authority

FILES = "select file_number, part, file_name, received_count, accepted_count, rejected_count, replaced_count, deleted_count, deletion_count, standing_count from extract.part order by all"  # noqa: E501 - one list of columns


@pytest.fixture(scope="module")
def known(tmp_path_factory):
    """Authorities whose four main suppliers deliver changes too."""
    return changes.authorities(tmp_path_factory.mktemp("authorities"))


@pytest.fixture
def settings(tmp_path, known):
    return changes.a_home(tmp_path / "home", known)


@pytest.mark.parametrize("source", changes.KEYS)
def test_changes_add_replace_and_delete_rows_of_every_main_source(settings, known, tmp_path, source):
    was, now = rows(source, 4), rows(source, 6)
    word = {"school_attendance": "Town", "police_asb": "HOME_ADDRESS", "dwp_benefit": "ADDR1", "housing_arrears": "Address1"}[source]
    rewritten = now[1] | {word: "3 High Lane"}
    changes.full(settings, source, "2026-11-19", was)
    changes.changes(settings, source, "2026-11-20", [rewritten, now[4], now[5]], [was[3]])
    assert {name: d.outcome for name, d in changes.take_in(settings, source).items()} == dict.fromkeys(
        (path.name for path in (settings.landing_dir / source).iterdir()), "ingested"
    )
    whole = changes.a_home(tmp_path / "whole", known)
    changes.full(whole, source, "2026-11-20", [was[0], rewritten, was[2], now[4], now[5]])
    changes.take_in(whole, source)
    assert changes.standing(settings, source) == changes.standing(whole, source)
    assert len(changes.standing(whole, source)) == 5


def test_every_row_of_every_file_is_accounted_for_and_finds_back_to_its_file(settings):
    table = rows(POLICE, 5)
    changes.full(settings, POLICE, "2026-11-02", [*table[:3], table[3] | {"NOMINAL_NAME": "Zo\u00c3\u00ab, Ada"}, table[4] | {"ROLE": "?"}])
    changes.changes(settings, POLICE, "2026-11-09", [table[0] | {"DISPOSAL": "CAU"}, table[4]], [table[1]])
    changes.changes(settings, POLICE, "2026-11-16", [table[0] | {"DISPOSAL": "CONV"}, table[2] | {"INCIDENT_DT": "soon"}], [table[4]])
    found = changes.take_in(settings, POLICE)
    assert "Of earlier rows 1 were replaced and 1 deleted; 3 rows of 3 files stand." in found["asb_changes_2026-11-16.csv"].message
    # Of the last file `rejected` tells.
    first_file = [(1, "rejected", "allowed", "person_role", 1), (1, "repaired", "mojibake", "full_name", 1)]
    assert changes.told(settings, POLICE, "select * exclude (reason) from extract.reason") == first_file
    changes.changes(settings, POLICE, "2026-11-17")
    changes.take_in(settings, POLICE)
    told = changes.told(settings, POLICE, "select * exclude (reason) from extract.reason order by all")
    assert told == [*first_file, (3, "rejected", "date_format", "incident_date", 1)]
    (settings.landing_dir / POLICE / "asb_changes_2026-11-17.csv").unlink()
    shutil.rmtree(settings.extracts_dir / POLICE)
    changes.take_in(settings, POLICE)
    assert changes.told(settings, POLICE, FILES) == [
        (1, "full", "asb_full_2026-11-02.csv", 5, 4, 1, 1, 1, 0, 2),
        (2, "changes", "asb_changes_2026-11-09.csv", 3, 3, 0, 1, 1, 1, 0),
        (3, "changes", "asb_changes_2026-11-16.csv", 3, 2, 1, 0, 0, 1, 1),
    ]
    numbers = [row[0] for row in changes.told(settings, POLICE, "select source_row from extract.police_asb order by occurrence_id, source_row")]
    assert numbers == [200_000_002, 4, 5]
    # The rejected rows of a file are told to its supplier once, with the extract made when it came.
    last = found["asb_changes_2026-11-16.csv"]
    assert [(row["file_name"], row["source_row"], row["rule"]) for row in receipts.rejection_rows(last.extract_id, settings)] == [
        ("asb_changes_2026-11-16.csv", 3, "date_format")
    ]
    assert (last.received_count, last.accepted_count, last.rejected_count) == (3, 2, 1)
    assert [row["extract_id"] for row in receipts.files(last.extract_id, settings)] == [
        found[f"asb_{name}.csv"].extract_id for name in ("full_2026-11-02", "changes_2026-11-09", "changes_2026-11-16")
    ]


def test_the_same_files_again_change_nothing(settings):
    changes.full(settings, POLICE, "2026-11-02", rows(POLICE))
    changes.changes(settings, POLICE, "2026-11-09", deleted=rows(POLICE, 1))
    first = changes.take_in(settings, POLICE)
    before = {path: path.stat().st_mtime_ns for path in (settings.extracts_dir / POLICE).glob("*.duckdb")}
    again = changes.take_in(settings, POLICE)
    assert {d.outcome for d in again.values()} == {"already_ingested"}
    assert [d.extract_id for d in again.values()] == [d.extract_id for d in first.values()]
    assert {path: path.stat().st_mtime_ns for path in (settings.extracts_dir / POLICE).glob("*.duckdb")} == before


def test_the_same_changes_under_a_later_day_count_once(settings):
    table = rows(POLICE, 2)
    changes.full(settings, POLICE, "2026-11-02", table)
    first = changes.changes(settings, POLICE, "2026-11-09", [table[0] | {"DISPOSAL": "CAU"}])
    changes.changes(settings, POLICE, "2026-11-10", [table[0] | {"DISPOSAL": "CONV"}])
    folder = settings.landing_dir / POLICE
    shutil.copy(folder / first, folder / "asb_changes_2026-11-11.csv")
    found = changes.take_in(settings, POLICE)["asb_changes_2026-11-11.csv"]
    assert (found.outcome, found.extract_id) == ("already_ingested", changes.in_use(settings, POLICE))
    assert f"asb_changes_2026-11-11.csv has the same content as {first}" in found.message
    assert changes.told(settings, POLICE, "select disposal from extract.police_asb order by all") == [("conviction",), ("none",)]


def test_a_late_file_of_changes_takes_its_place_by_its_day(settings):
    table = rows(POLICE, 3)
    changes.full(settings, POLICE, "2026-11-02", table)
    changes.changes(settings, POLICE, "2026-11-16", [table[0] | {"DISPOSAL": "CONV"}])
    changes.take_in(settings, POLICE)
    changes.changes(settings, POLICE, "2026-11-09", [table[0] | {"DISPOSAL": "CAU"}], [table[1]])
    changes.take_in(settings, POLICE)
    disposals = "select occurrence_id, disposal from extract.police_asb order by all"
    assert changes.told(settings, POLICE, disposals) == [("R00001", "conviction"), ("R00003", "none")]
    assert changes.told(settings, POLICE, disposals, date(2026, 11, 10)) == [("R00001", "caution"), ("R00003", "none")]


def test_a_full_file_ends_the_changes_before_it_even_when_it_says_again_what_the_last_one_said(settings):
    table = rows(POLICE, 3)
    changes.full(settings, POLICE, "2026-11-02", table)
    changes.changes(settings, POLICE, "2026-11-09", deleted=table[:2])
    changes.full(settings, POLICE, "2026-11-16", table)
    found = changes.take_in(settings, POLICE)
    assert found["asb_full_2026-11-16.csv"].outcome == "ingested"
    assert len(changes.standing(settings, POLICE)) == 3
    assert len(changes.standing(settings, POLICE, date(2026, 11, 10))) == 1
    assert {d.outcome for d in changes.take_in(settings, POLICE).values()} == {"already_ingested"}


def test_a_full_file_that_speaks_of_an_earlier_day_than_the_changes_ends_none_of_them(settings):
    table = rows(HOUSING, 3)
    changes.full(settings, HOUSING, "2026-11-02", [row | {"BalanceDate": "31-Oct-2026"} for row in table])
    last = changes.changes(settings, HOUSING, "2026-11-09", [table[0] | {"BalanceDate": "08-Nov-2026", "Address1": "3 High Lane"}], table[1:2])
    late = changes.full(settings, HOUSING, "2026-11-12", [row | {"BalanceDate": "01-Nov-2026"} for row in table])
    changes.changes(settings, HOUSING, "2026-11-16", [table[2] | {"BalanceDate": "15-Nov-2026", "Address1": "4 High Lane"}])
    found = changes.take_in(settings, HOUSING)
    assert found[late].outcome == "ingested"
    assert f"It speaks of 2026-11-01, an earlier day than {last} (2026-11-08), so the changes before it still hold." in found[late].message
    homes = "select source_person_id, address_line_1 from extract.housing_arrears order by all"
    for as_of, lane in ((date(2026, 11, 13), "10 Mill Road"), (AS_OF, "4 High Lane")):
        assert changes.told(settings, HOUSING, homes, as_of) == [("R00001", "3 High Lane"), ("R00003", lane)]
    again = changes.take_in(settings, HOUSING)
    assert [d.extract_id for d in again.values()] == [d.extract_id for d in found.values()]


def test_an_optional_source_may_deliver_changes_too(tmp_path):
    profile = plain_profile("early_help")
    names = headers(profile)
    plain = dict.fromkeys(names.values(), "") | {names["surname"]: "Okafor", names["need_type"]: "PAR", names["from_date"]: "01/10/2026"}
    a, b, c = (plain | {names["source_person_id"]: who, names["event_reference"]: f"E{who}"} for who in ("P1", "P2", "P3"))
    told = profile.model_dump(mode="json", exclude_defaults=True) | {"changes": changes.profile("early_help")}
    settings = an_authority(tmp_path, {"early_help": told}, clock=NOW)
    (settings.landing_dir / "early_help").mkdir(parents=True)
    put(settings, "early_help", csv_text([a, b]), "early_help_2026-11-02.csv")
    put(settings, "early_help", csv_text([b | {"Change": "D"}, c | {"Change": "U"}]), "early_help_changes_2026-11-09.csv")
    assert {d.outcome for d in changes.take_in(settings, "early_help").values()} == {"ingested"}
    assert changes.told(settings, "early_help", "select source_person_id from extract.early_help order by all") == [("P1",), ("P3",)]


def test_a_week_without_a_change_keeps_the_rows_and_says_they_still_hold(settings):
    changes.full(settings, POLICE, "2026-11-02", rows(POLICE))
    name = changes.changes(settings, POLICE, "2026-11-16")
    found = changes.take_in(settings, POLICE)[name]
    assert (found.outcome, found.received_count) == ("ingested", 0), found.message
    assert changes.in_use(settings, POLICE) == found.extract_id
    assert len(changes.standing(settings, POLICE)) == 3


def test_rows_of_one_key_stand_together_and_are_replaced_together(settings):
    two = [rows(HOUSING, 1)[0] | {"Person Reference": who} for who in ("T1", "T1", "T2")]
    two[1] = two[1] | {"Address1": "12 Mill Road"}
    changes.full(settings, HOUSING, "2026-11-19", two)
    changes.changes(settings, HOUSING, "2026-11-20", [two[0] | {"Address1": "14 Mill Road"}])
    changes.take_in(settings, HOUSING)
    homes = changes.told(settings, HOUSING, "select source_person_id, address_line_1 from extract.housing_arrears order by all")
    assert homes == [("T1", "14 Mill Road"), ("T2", "10 Mill Road")]


def test_a_file_of_changes_by_account_gives_each_account_whole(tmp_path):
    known = changes.authorities(tmp_path / "authorities", HOUSING, key=["account_id"])
    settings = changes.a_home(tmp_path / "home", known)
    couple = [rows(HOUSING, 1)[0] | {"Person Reference": who} for who in ("T1", "T2")]
    changes.full(settings, HOUSING, "2026-11-19", [*couple, couple[0] | {"Account Reference": "000452"}])
    changes.changes(settings, HOUSING, "2026-11-20", couple[1:])
    changes.take_in(settings, HOUSING)
    left = changes.told(settings, HOUSING, "select account_id, source_person_id from extract.housing_arrears order by all")
    assert left == [("000451", "T2"), ("000452", "T1")]


def test_the_deletion_of_what_was_not_there_is_told(settings):
    changes.full(settings, POLICE, "2026-11-02", rows(POLICE, 2))
    name = changes.changes(settings, POLICE, "2026-11-09", deleted=rows(POLICE, 4))
    assert "2 deletions are of what was not there; ask the supplier whether a file is missing." in changes.take_in(settings, POLICE)[name].message


def test_changes_are_refused_while_the_file_before_them_is_and_taken_in_once_it_is_mended(settings):
    table = rows(POLICE, 3)
    bad = changes.full(settings, POLICE, "2026-11-02", [row | {"ROLE": "?"} for row in table])
    changes.changes(settings, POLICE, "2026-11-09", deleted=table[:1])
    changes.changes(settings, POLICE, "2026-11-16", deleted=table[1:2])
    found = changes.take_in(settings, POLICE)
    assert {d.outcome for d in found.values()} == {"refused"}
    # The one to mend is named, not the one that waits for it too.
    assert f"Ask the supplier to mend {bad}" in found["asb_changes_2026-11-16.csv"].message
    changes.full(settings, POLICE, "2026-11-02", table)
    assert {d.outcome for d in changes.take_in(settings, POLICE).values()} == {"ingested"}
    assert len(changes.standing(settings, POLICE)) == 1


def test_changes_to_a_full_file_that_may_be_kept_no_longer_are_refused(settings):
    table = rows(POLICE, 2)
    old = changes.full(settings, POLICE, "2026-11-02", table)
    name = changes.changes(settings, POLICE, "2026-11-20", deleted=table[:1])
    council = authority.find(AUTHORITY, settings)
    police = council.profiles.police_asb.model_copy(update={"keep_days": 10})
    council.__dict__["profiles"] = council.profiles.model_copy(update={"police_asb": police})
    found = {delivery.file_name: delivery for delivery in ingest.ingest(council, POLICE, AS_OF, settings)}
    assert "may be kept for 10 days" in found[old].message
    assert "ask the supplier for a new full file" in found[old].message
    assert (found[name].outcome, found[name].extract_id) == ("refused", None)
    # Nobody could mend a file that must not be read.
    assert "past its retention" in found[name].message
    assert "Ask the supplier for a new full file" in found[name].message
    assert "mend" not in found[name].message
    (settings.landing_dir / POLICE / old).unlink()
    (alone,) = (delivery for delivery in ingest.ingest(council, POLICE, AS_OF, settings) if delivery.file_name == name)
    assert "delivered before 2026-11-14 and may not be read any more, ask the supplier for a new one" in alone.message
    assert list((settings.extracts_dir / POLICE).glob("*.duckdb")) == []


def test_a_name_that_a_full_file_and_a_file_of_changes_may_have_is_refused_as_neither(tmp_path):
    known = changes.authorities(tmp_path / "authorities", POLICE, file_pattern=r"asb_\w+_(?P<date>\d{4}-\d{2}-\d{2})\.csv")
    settings = changes.a_home(tmp_path / "home", known)
    name = changes.full(settings, POLICE, "2026-11-02", rows(POLICE))
    found = changes.take_in(settings, POLICE)[name]
    assert (found.outcome, found.extract_id) == ("refused", None)
    assert "Give changes a file_pattern of their own in extracts.yml" in found.message


def test_a_refused_file_of_changes_leaves_the_extract_before_it_in_use(settings):
    table = rows(POLICE, 2)
    changes.full(settings, POLICE, "2026-11-02", table)
    name = changes.changes(settings, POLICE, "2026-11-09", [row | {"ROLE": "?"} for row in table])
    found = changes.take_in(settings, POLICE)
    assert found[name].outcome == "refused"
    assert changes.in_use(settings, POLICE) == found["asb_full_2026-11-02.csv"].extract_id


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"key": ["arrears_stage"]}, "names no reference"),
        ({"key": ["postman"]}, "postman not in the contract"),
        ({"key": ["account_id", "full_name"]}, "full_name of its key has no header"),
        ({"codes": {"change_type": {"D": "gone"}}}, "change_type has no code 'gone'"),
        ({"file_pattern": "rent.csv"}, "must name a group"),
    ],
)
def test_a_mistaken_profile_of_changes_is_told_with_its_line(tmp_path, more, says):
    from pipelines import configuration

    known = changes.authorities(tmp_path / "authorities", HOUSING, **more)
    with pytest.raises(BadConfiguration, match=says) as told:
        configuration.check(authority.Authority(AUTHORITY, known / AUTHORITY))
    assert "extracts.yml, line" in str(told.value)


# A week: whether its file is full, and what each of five people is in it: not told of, as before, changed, or gone.
WEEKS = st.lists(st.tuples(st.booleans(), st.lists(st.sampled_from(("", "CAU", "CONV", None, "unsaid")), min_size=5, max_size=5)), min_size=1, max_size=4)


@examples(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(weeks=WEEKS, data=st.data())
@example(weeks=[(False, ["CAU"] * 5), (False, [None] * 5)], data=None)
def test_full_files_and_changes_in_any_order_come_to_the_full_file_that_results(known, tmp_path_factory, weeks, data):
    folder, table, state = tmp_path_factory.mktemp("any"), rows(POLICE, 5), {}
    settings, whole = changes.a_home(folder / "home", known), changes.a_home(folder / "whole", known)
    files = []
    for number, (is_full, said) in enumerate([(True, [""] * 5), *weeks]):
        day = str(AS_OF - timedelta(days=30 - 5 * number))
        stated = {n: table[n] | {"DISPOSAL": word, "INCIDENT_TYPE": f"WEEK {number}"} for n, word in enumerate(said) if word not in (None, "unsaid")}
        gone = [n for n, word in enumerate(said) if word is None]
        if is_full:
            state = stated or {0: table[0] | {"INCIDENT_TYPE": f"WEEK {number}"}}
            files.append((changes.full, day, (list(state.values()),)))
        else:
            state = {n: row for n, row in (state | stated).items() if n not in gone}
            files.append((changes.changes, day, (list(stated.values()), [table[n] for n in gone])))
    for deliver, day, contents in data.draw(st.permutations(files)) if data else files[::-1]:
        deliver(settings, POLICE, day, *contents)
        changes.take_in(settings, POLICE)
    if state:
        changes.full(whole, POLICE, str(AS_OF), list(state.values()))
        changes.take_in(whole, POLICE)
        assert changes.standing(settings, POLICE) == changes.standing(whole, POLICE)
    else:
        assert changes.standing(settings, POLICE) == []
