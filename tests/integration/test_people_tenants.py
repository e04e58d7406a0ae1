"""`families link --households`: who of those named as tenants, landlords and lodgers is of the family."""

from pathlib import Path

import pytest

from tests.integration.test_people_households import BASIC, SECTION, a_person, home, households

FAMILY_NUMBER = BASIC + SECTION.replace("{tenancy: tenancy}", "{case: tenancy}")


@pytest.mark.parametrize("position", ["Tenant", "Joint tenant", "Main tenant", "TENANT"])
def test_who_holds_the_tenancy_is_of_the_family_that_lives_there(tmp_path: Path, position: str):
    holder = a_person("ANNA JONES", 35, tenancy="T1", place=position)
    rows = [holder, a_person("CARL STONE", 61, tenancy="T1", place="occupant"), a_person("BEN JONES", 9, mother="anna")]
    assert households(tmp_path, *rows) == {home("anna", "carl", "ben")}


def test_a_tenant_without_a_unit_and_without_a_host_is_of_the_family(tmp_path: Path):
    assert households(tmp_path, a_person("ANNA SMITH", 35, place="Tenant"), a_person("BEN SMITH", 9)) == {home("anna", "ben")}


@pytest.mark.parametrize("host", ["Owner", "Head of household", "Landlady"])
def test_a_tenant_beside_whoever_owns_or_heads_the_home_is_a_lodger(tmp_path: Path, host: str):
    rows = [
        a_person("ANNA JONES", 61, tenancy="T1", place=host),
        a_person("BEN JONES", 30, tenancy="T1"),
        a_person("CARL STONE", 25, tenancy="T1", place="Tenant"),
    ]
    assert households(tmp_path, *rows, model=FAMILY_NUMBER) == {home("anna", "ben")}


def test_the_landlord_named_on_a_tenancy_is_not_of_the_family(tmp_path: Path):
    rows = [
        a_person("ANNA JONES", 35, tenancy="T1", place="Tenant"),
        a_person("BEN JONES", 30, tenancy="T1"),
        a_person("CARL STONE", 61, tenancy="T1", place="Landlord"),
    ]
    assert households(tmp_path, *rows) == {home("anna", "ben")}


def test_a_lodger_who_is_declared_to_be_the_daughter_is_of_the_family(tmp_path: Path):
    rows = [a_person("ANNA JONES", 61, place="Owner"), a_person("KIM STONE", 30, place="Lodger", mother="anna"), a_person("CARL LI", 25, place="Lodger")]
    assert households(tmp_path, *rows) == {home("anna", "kim")}
