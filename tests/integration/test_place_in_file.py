"""Where in a file the rows stand: the sheet and the header's row that a profile tells, and that are proposed for an unknown file."""

import pytest
from pydantic import ValidationError
from ruamel.yaml import YAML
from typer.testing import CliRunner

from pipelines import authority, ingest
from pipelines.cli import app
from schemas.profile import Profile
from tests.support.deliveries import AS_OF, NOW, accepted, csv_text, put, put_workbook, refused, rows
from tests.support.suppliers import an_authority

SOURCE = "housing_arrears"
NAME = "rent_arrears_2026-11-20.xlsx"


def grid(surname, titles=0):
    table = rows(SOURCE, 3, TenantSurName=surname)
    return [["Rent arrears"]] * titles + [list(table[0]), *(list(row.values()) for row in table)]


@pytest.fixture(scope="module")
def councils(tmp_path_factory):
    """A council by what its landlord's profile says beside the columns."""
    found = {}

    def council(**keys):
        name = str(sorted(keys.items()))
        usual = authority.read_yaml(authority.LAYOUTS.parent / "authorities" / "calderbrook" / "extracts.yml")[SOURCE]
        found.setdefault(name, None)
        if found[name] is None:
            found[name] = an_authority(tmp_path_factory.mktemp("council"), {SOURCE: {**usual, **keys}}, clock=NOW)
        return found[name]

    return council


def deliver(settings):
    return ingest.ingest(authority.find("calderbrook", settings), SOURCE, AS_OF, settings)[-1]


def test_the_sheet_that_the_profile_names_is_read_whichever_comes_first(councils):
    settings = councils(sheet="current tenants")
    put_workbook(settings, SOURCE, grid("Last"), NAME, {"Former tenants": grid("First"), "Current Tenants": grid("Named")})
    delivery = deliver(settings)
    assert {row["surname"] for row in accepted(settings, delivery)} == {"Named"}
    assert "Of its 3 sheets, 'Current Tenants' was read." in delivery.message


def test_a_workbook_without_the_sheet_is_refused_with_what_to_do(councils):
    settings = councils(sheet="Quarter 3")
    put_workbook(settings, SOURCE, grid("Any"), NAME)
    refused(deliver(settings), "none of the workbook's 1 sheets is named 'Quarter 3'", "correct sheet in extracts.yml")


def test_the_header_is_taken_from_the_row_that_the_profile_tells(councils):
    settings = councils(header_row=3)
    twice = [*grid("Old")[:1], ["", *grid("Old")[1][1:]], *grid("New")]
    put_workbook(settings, SOURCE, twice, NAME)
    delivery = deliver(settings)
    assert {row["surname"] for row in accepted(settings, delivery)} == {"New"}
    assert delivery.removed_count == 2


def test_a_row_that_is_no_header_is_told_by_its_number(councils):
    settings = councils(header_row=4)
    put(settings, SOURCE, csv_text(rows(SOURCE, 3)), "rent_arrears_2026-11-20.csv")
    refused(deliver(settings), "row 4 is no header with the expected columns", "correct header_row in extracts.yml")


@pytest.mark.parametrize("keys", [{"header_row": 0}, {"header_row": 51}, {"sheet": ""}])
def test_a_place_that_cannot_be_is_a_mistake_of_the_profile(councils, keys):
    usual = authority.find("calderbrook", councils(header_row=3)).profiles.housing_arrears
    with pytest.raises(ValidationError, match=next(iter(keys))):
        Profile.model_validate(usual.model_dump() | keys)


@pytest.mark.parametrize(("titles", "others", "proposed"), [(2, {"Notes": [["Sent on Friday"]]}, {"sheet": "Report", "header_row": 3}), (0, {}, {})])
def test_the_place_is_proposed_where_there_is_a_choice(tmp_path, councils, titles, others, proposed):
    settings = councils(sheet="for infer")
    path = put_workbook(settings, SOURCE, grid("Any", titles), "new_landlord_2026-11-20.xlsx", others)
    shown = CliRunner().invoke(app, ["authority", "infer", str(path)])
    path.unlink()
    assert shown.exit_code == 0, shown.output
    found = YAML(typ="safe").load(shown.stdout)[SOURCE]
    assert {key: found[key] for key in ("sheet", "header_row") if key in found} == proposed
