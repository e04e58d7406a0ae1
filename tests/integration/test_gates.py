import dataclasses
import re
import shutil
from datetime import timedelta

import pytest

from expectations import offenders
from pipelines import authority, decisions, gates, publications, publish, warehouse
from pipelines.errors import GateRefused
from schemas import audit
from tests.support import published

CHECKS = {"landing": gates.check_landing, "staging": gates.check_staging, "cohort": gates.check_cohort}

ADD_MEMBER = "insert into linked.household_member select 'household-1', person_id, member_role, {primary}, 1, basis, false from linked.household_member"

# One way to break each critical gate: the others may complain too, this one must.
BREAKS = {
    "source_without_record": "delete from staging.record_source",
    "record_without_row": "delete from staging.record_source where record_id = 'record-child-0'",
    "event_without_record": "update staging.event set record_id = 'nobody' where event_id = 'event-0'",
    "spell_without_record": "insert into staging.address_spell by name select 'nobody' as record_id, 'police_asb' as source, 'k' as address_key,"
    " 'dwelling' as address_kind, date '2026-11-20' as seen_date",
    "relation_without_record": "insert into staging.relationship by name select 'record-adult-0' as record_id_l, 'nobody' as record_id_r,"
    " 'parent_of' as relationship_type, 'police_asb' as source, 'x' as extract_id, 2 as source_row, date '2026-11-20' as seen_date",
    "record_unlinked": "delete from linked.person_record where record_id = 'record-child-0'",
    "adult_in_two_households": ADD_MEMBER.format(primary="false") + " where person_id = 'adult-0'",
    "person_without_one_primary": ADD_MEMBER.format(primary="true") + " where person_id = 'child-0'",
    "listed_twice": "insert into cohort.verified_families from cohort.verified_families where household_id = 'household-0'",
    "list_differs_from_family": "update cohort.family set status = 'review' where household_id = 'household-0'",
    "listed_without_child": "update cohort.member set member_role = 'adult' where person_id = 'child-0'",
    "listed_outside_private_dwelling": "update linked.household set household_kind = 'communal' where household_id = 'household-0'",
    "listed_without_evidence": "delete from cohort.evidence where household_id = 'household-0'",
    "listed_without_accepted_evidence": "update cohort.evidence set link_probability = 0.5 where household_id = 'household-0'",
    "listed_on_weak_links": "update cohort.verified_families set link_confidence = 0.5 where household_id = 'household-0'",
    "evidence_without_event": "update cohort.evidence set event_id = 'event-1' where household_id = 'household-0'",
    "evidence_without_row": "update cohort.evidence set source_row = 99 where household_id = 'household-0'",
    "evidence_of_a_stranger": "update cohort.evidence set person_id = 'child-1' where household_id = 'household-0'",
    "evidence_for_unmet_criterion": "update cohort.household_criterion set assessment = 'not_met' where household_id = 'household-0'",
    "victim_as_evidence": "update staging.event set person_role = 'victim' where event_id = 'event-0'",
    "withheld_on_list": "update cohort.verified_families set decision = 'suppress' where household_id = 'household-0'",
    "list_emptied_for_want_of_data": "update cohort.change set change = 'left', silent_sources = 'police_asb'; delete from cohort.verified_families",
    "family_not_registered": "delete from register.household where household_id = 'household-0'",
}
# These read the extracts, the manifest, the profiles or the publication before; broken below, in test_expected_change.py and in test_leaving.py.
BROKEN_BELOW = {
    "agreement_expired",
    "no_extract",
    "volume_collapsed",
    "every_extract_stale",
    "extract_count_differs",
    "file_count_differs",
    "evidence_from_stale_extract",
    "unexpected_change",
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    made = published.a_run(published.a_home(tmp_path_factory.mktemp("sound")))
    gates.check_landing(made)
    return made


@pytest.fixture
def run(sound, tmp_path):
    return published.copied(sound, tmp_path)


def found(run, query):
    with run.open(read_only=True) as con:
        return con.execute(query).fetchall()


def refused_gates(run):
    return {name for (name,) in found(run, "select gate from audit.gate where severity = 'critical' and not is_passed")}


def test_a_sound_run_passes_every_critical_gate(run):
    gates.check_staging(run)
    counts = gates.check_cohort(run)
    assert refused_gates(run) == set()
    assert counts["expectation_count"] > 100
    assert found(run, "select distinct stage from audit.expectation order by 1") == [("cohort",), ("landing",), ("staging",)]


def test_checking_again_replaces_what_was_found_before(run):
    before = found(run, "select count(*) from audit.expectation")
    gates.check_landing(run)
    assert found(run, "select count(*) from audit.expectation") == before


def test_every_critical_gate_is_broken_in_a_test():
    assert {gate.name for gate in offenders.GATES if gate.severity == "critical"} == set(BREAKS) | BROKEN_BELOW


@pytest.mark.parametrize("gate", [gate for gate in offenders.GATES if gate.name in BREAKS], ids=lambda gate: gate.name)
def test_a_broken_rule_is_refused_by_its_gate(run, gate):
    published.change(run, BREAKS[gate.name])
    with pytest.raises(GateRefused, match=gate.name) as refusal:
        CHECKS[gate.stage](run)
    assert refusal.value.exit_code == 5
    assert gate.remedy in str(refusal.value)
    assert gate.name in refused_gates(run)
    assert not any(value in str(refusal.value) for value in published.PERSONAL)


def test_evidence_from_a_stale_extract_is_refused(run):
    published.change(run, "update audit.extract set is_stale = true")
    with pytest.raises(GateRefused, match="evidence_from_stale_extract"):
        gates.check_cohort(run)


def test_a_family_suppressed_since_is_refused(run):
    decisions.decide_household("household-1", "suppress", "moved to a refuge", "coordinator", run.settings)
    later = dataclasses.replace(run, manifest=dataclasses.replace(run.manifest, decisions_through=decisions.last_id(run.settings)))
    later.path.write_bytes(run.path.read_bytes())
    with pytest.raises(GateRefused, match=r"withheld_on_list.*Offenders: 1"):
        gates.check_cohort(later)


def test_an_extract_that_lost_a_row_is_refused(run):
    with run.open() as con:
        warehouse.attach(con, run.settings, run.extract_path("police_asb"), "delivered", read_only=False)
        con.execute("delete from delivered.extract.police_asb where source_row = 2")
    with pytest.raises(GateRefused, match="extract_count_differs"):
        gates.check_landing(run)


def test_a_run_without_any_extract_is_refused(run):
    alone = dataclasses.replace(run.manifest, extracts=tuple(dataclasses.replace(e, extract_id=None, is_stale=True) for e in run.manifest.extracts))
    bare = dataclasses.replace(run, manifest=alone)
    with pytest.raises(GateRefused, match="no_extract"):
        gates.check_landing(bare)


def stale(run, *sources):
    """The run with these sources too old, its authority's own choice of what that does beside it."""
    used = tuple(dataclasses.replace(e, is_stale=e.is_stale or e.source in sources) for e in run.manifest.extracts)
    return dataclasses.replace(run, manifest=dataclasses.replace(run.manifest, extracts=used))


def choosing(run, folder, **choices):
    """The run under an authority that stops or warns as told."""
    copy = folder / "authorities" / "calderbrook"
    shutil.copytree(run.authority.folder, copy)
    text = (copy / "publication.yml").read_text(encoding="utf-8")
    for key, choice in choices.items():
        text = re.sub(rf"  {key}: \w+", f"  {key}: {choice}", text)
    (copy / "publication.yml").write_text(text, encoding="utf-8")
    return dataclasses.replace(run, authority=authority.Authority("calderbrook", copy))


def test_a_run_whose_every_source_is_stale_is_refused_unless_the_authority_only_wants_warning(run, tmp_path):
    silent = stale(run, "police_asb")
    silent.path.write_bytes(run.path.read_bytes())
    with pytest.raises(GateRefused, match="every_extract_stale") as refusal:
        gates.check_landing(silent)
    assert "the last publication stays" in str(refusal.value)
    warned = gates.check_landing(choosing(silent, tmp_path, every_source="warn"))
    assert warned["warning_count"] == gates.check_landing(run)["warning_count"] + 1


def test_one_stale_source_warns_and_stops_where_the_authority_says_so(run, tmp_path):
    assert gates.check_landing(run)["warning_count"] >= 1
    with pytest.raises(GateRefused, match=r"extract_stale.*Offenders: 3"):
        gates.check_landing(choosing(run, tmp_path, one_source="stop"))


def test_families_that_leave_for_want_of_data_warn_and_stop_where_the_authority_says_so(run, tmp_path):
    before = gates.check_cohort(run)["warning_count"]
    published.change(run, "update cohort.change set change = 'left', silent_sources = 'police_asb' where household_id = 'household-0'")
    assert gates.check_cohort(run)["warning_count"] == before + 1
    with pytest.raises(GateRefused, match=r"family_left_for_want_of_data.*Offenders: 1"):
        gates.check_cohort(choosing(run, tmp_path, families_leaving="stop"))


def test_a_missing_table_is_told_as_such(run):
    published.change(run, "drop table cohort.evidence")
    with pytest.raises(GateRefused, match=r"cohort.evidence holds its \d+ declared columns"):
        gates.check_cohort(run)


def test_a_refusal_is_recorded_and_leaves_the_last_publication_in_place(run):
    gates.check_staging(run)
    gates.check_cohort(run)
    published.finish(run, *published.CHECKS)
    publish.publish(run)
    held = publish.digest(publications.current_path(run.settings), run.settings)

    bad = published.a_run(run.settings, families=4, previous_run_id=run.run_id)
    with pytest.raises(GateRefused):
        gates.check_landing(bad)
        published.change(bad, BREAKS["listed_twice"])
        gates.check_cohort(bad)
    assert "listed_twice" in refused_gates(bad)
    with pytest.raises(GateRefused, match="has not passed every gate"):
        publish.publish(bad)
    assert publications.current_run_id(run.settings) == run.run_id
    assert publish.digest(publications.current_path(run.settings), run.settings) == held


def delivered_before(run, accepted_count, day="2026-11-13"):
    """Have the source deliver so many rows on an earlier day; returns the extract's id."""
    path = run.extract_path("police_asb")
    extract_id = f"police_asb-{day}-{accepted_count:012d}"
    copy = path.with_name(f"{extract_id}.duckdb")
    shutil.copy(path, copy)
    with warehouse.database(run.settings, copy, read_only=False) as con:
        values = {"id": extract_id, "day": day, "count": accepted_count}
        con.execute("update extract.receipt set extract_id = $id, delivered_date = $day, as_at_date = $day, accepted_count = $count", values)
    return extract_id


def allowing(run, folder, fall):
    """The run under an authority that allows a delivery of the police to fall."""
    copy = folder / "authorities" / "calderbrook"
    shutil.copytree(run.authority.folder, copy, dirs_exist_ok=True)
    text = (copy / "extracts.yml").read_text(encoding="utf-8")
    text = text.replace("  agreement: {id: ISA-2024-03", f"  volume: {{allowed_falls: [{fall}]}}\n  agreement: {{id: ISA-2024-03")
    (copy / "extracts.yml").write_text(text, encoding="utf-8")
    return dataclasses.replace(run, authority=authority.Authority("calderbrook", copy))


def test_a_source_without_an_earlier_extract_is_not_compared_and_that_is_said(run):
    assert gates.check_landing(run)["uncompared_volume_count"] == 1
    assert found(run, "select previous_extract_id from audit.extract where source = 'police_asb'") == [(None,)]


@pytest.mark.parametrize(("before", "failed"), [(3, []), (4, ["volume_fell"]), (100, ["volume_collapsed", "volume_fell"])])
def test_a_fall_of_a_sources_rows_warns_and_a_collapse_stops_the_run(run, before, failed):
    extract_id = delivered_before(run, before)
    if "volume_collapsed" in failed:
        with pytest.raises(GateRefused, match=r"volume_collapsed.*allowed_falls"):
            gates.check_landing(run)
    else:
        assert gates.check_landing(run)["uncompared_volume_count"] == 0
    assert found(run, "select gate from audit.gate where gate like 'volume%' and not is_passed order by 1") == [(gate,) for gate in failed]
    compared = found(run, "select previous_extract_id, previous_accepted_count, is_fall_allowed from audit.extract where source = 'police_asb'")
    assert compared == [(extract_id, before, False)]


@pytest.mark.parametrize("fall", ["2026-11-20", "f" * 64])
def test_a_fall_that_an_analyst_allowed_for_one_delivery_passes(run, tmp_path, fall):
    delivered_before(run, 100)
    allowed = allowing(run, tmp_path, fall)
    gates.check_landing(allowed)
    assert found(run, "select gate from audit.gate where gate like 'volume%' and not is_passed") == []
    with pytest.raises(GateRefused, match="volume_collapsed"):
        gates.check_landing(allowing(run, tmp_path / "other", "2026-11-21"))


def test_a_fall_is_measured_against_what_the_last_publication_stood_on_not_against_a_refused_fall(run):
    delivered_before(run, 3, "2026-11-13")
    before = dataclasses.replace(run, manifest=dataclasses.replace(run.manifest, as_of_date=run.as_of - timedelta(days=7)))
    with warehouse.database(run.settings, run.settings.published_dir / f"cohort-{before.run_id}.duckdb", read_only=False) as con:
        published.put(con, audit.EXTRACT, [{"run_id": before.run_id, "source": "police_asb", "extract_id": "published", "accepted_count": 100}])
    after = dataclasses.replace(run, manifest=dataclasses.replace(run.manifest, previous_run_id=before.run_id))
    after.path.write_bytes(run.path.read_bytes())
    with pytest.raises(GateRefused, match="volume_collapsed"):
        gates.check_landing(after)
