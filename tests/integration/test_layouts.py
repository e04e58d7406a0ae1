"""The same borough in another layout of every supplier: staging holds the same people, facts and ties to the letter."""

from collections import Counter

import pyarrow.parquet as pq
import pytest

from pipelines import authority, receipts
from pipelines.errors import BadConfiguration
from pipelines.settings import Settings
from schemas import staging
from schemas.extracts import PARTS, main_contract
from tests.support.extract_rows import staged
from tests.support.suppliers import OTHER_LAYOUTS, a_standardised_borough, an_authority

# What names the delivery or the place in it, and the texts as the supplier wrote them.
_OF_THE_FILE = {"record_id", "event_id", "extract_id", "source_row", "name_original", "birth_date_original", "address_original"}


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """The borough in the usual layouts, and in the others."""
    return [a_standardised_borough(tmp_path_factory.mktemp("borough"), layouts) for layouts in ({}, OTHER_LAYOUTS)]


@pytest.mark.parametrize("table", [staging.PERSON_RECORD, staging.EVENT], ids=lambda table: table.name)
def test_both_layouts_end_as_the_same_rows_of_staging(runs, table):
    places = [place for place, name in enumerate(table.column_names) if name not in _OF_THE_FILE]
    usual, other = (Counter(tuple(row[place] for place in places) for row in staged(run, f"from {table.qualified}")) for run in runs)
    assert sum(usual.values()) > 1000
    assert usual == other


def test_both_layouts_tie_the_same_people_together(runs):
    query = """
        select l.surname, l.forename, l.birth_date, r.surname, r.forename, r.birth_date, relationship_type, t.source, is_same_address, is_living_together
        from staging.relationship t
        join staging.person_record l on l.record_id = record_id_l join staging.person_record r on r.record_id = record_id_r
    """
    usual, other = (Counter(staged(run, query)) for run in runs)
    assert {row[6] for row in usual} >= {"partner_of", "parent_of", "joint_tenant_of"}
    assert usual == other


@pytest.mark.parametrize("source", OTHER_LAYOUTS)
def test_the_rows_that_must_be_refused_are_refused_in_the_other_layout_too(runs, source):
    run = runs[1]
    truth = pq.read_table(run.settings.home.parent / "borough" / "truth" / "appearance.parquet").to_pylist()
    wanted = {row["source_row"] for row in truth if row["source"] == source and (row["is_fatal"] or row["is_duplicate"])}
    extract_id = run.extract_path(source).stem
    assert {row["source_row"] for row in receipts.rejection_rows(extract_id, run.settings)} == wanted


@pytest.mark.parametrize(("source", "name"), [(source, name) for source in OTHER_LAYOUTS for name in authority.layout_names(source)])
def test_a_layout_of_the_library_names_only_what_the_contract_has(source, name):
    usual = authority.find("calderbrook", Settings()).profiles.of(source)
    profile = authority.with_layout(usual, source, name)
    delivered = main_contract(source, is_set=authority.is_set(source, name)).delivered
    assert profile.named_columns <= {column.name for column in delivered}
    assert {column.name for column in delivered if column.required} <= {*profile.columns, *profile.fixed}


@pytest.mark.parametrize("name", [name for name in authority.layout_names("school_attendance") if authority.is_set("school_attendance", name)])
def test_a_profile_names_the_files_of_a_sets_layout_that_it_receives_and_may_change_a_column_of_one(name, tmp_path):
    pattern = r"exclusions_(?P<date>\d{8})\.csv"
    change = {"layout": name, "parts": {"exclusion": {"file_pattern": pattern, "columns": {"reason": ["Why"]}}}}
    profile = authority.find("calderbrook", an_authority(tmp_path, {"school_attendance": change})).profiles.school_attendance
    assert set(profile.parts) == {"exclusion"}
    part = profile.parts["exclusion"]
    assert (part.file_pattern, part.columns["reason"]) == (pattern, ("Why",))
    assert {column.name for column in PARTS["school_attendance"]["exclusion"].delivered if column.required} <= set(part.columns)


@pytest.mark.parametrize("name", [name for name in authority.layout_names("school_attendance") if authority.is_set("school_attendance", name)])
def test_the_further_files_of_a_sets_layout_name_only_what_their_contracts_have(name):
    parts = authority.read_yaml(authority.LAYOUTS / "school_attendance" / f"{name}.yml")["parts"]
    for part, layout in parts.items():
        assert {*layout["columns"], *layout.get("codes", {})} <= {column.name for column in PARTS["school_attendance"][part].delivered}


def test_a_profile_may_change_one_column_of_its_layout(tmp_path):
    settings = an_authority(tmp_path, {"housing_arrears": {"layout": "nec", "columns": {"uprn": ["LLPG"]}}})
    profile = authority.find("calderbrook", settings).profiles.housing_arrears
    assert profile.columns["uprn"] == ("LLPG",)
    assert profile.columns["account_id"] == ("PAY_REF",)
    assert profile.supplier == "Calderbrook Homes rent system"


def test_a_layout_that_is_not_in_the_library_is_told_with_those_that_are(tmp_path):
    settings = an_authority(tmp_path, {"housing_arrears": {"layout": "orchard"}})
    with pytest.raises(BadConfiguration, match=r"line \d+: housing_arrears has no layout 'orchard'. Known: nec"):
        _ = authority.find("calderbrook", settings).profiles


def test_a_profile_without_columns_or_layout_is_a_mistake(tmp_path):
    settings = an_authority(tmp_path, {"housing_arrears": {}})
    with pytest.raises(BadConfiguration, match="date_formats and columns must be given"):
        _ = authority.find("calderbrook", settings).profiles
