"""A proposed profile that nobody has finished is told by the check, each place with file and line."""

from datetime import date

import pytest

from pipelines import authority, configuration
from pipelines.errors import BadConfiguration
from tests.support.suppliers import an_authority


@pytest.fixture
def council(tmp_path):
    settings = an_authority(tmp_path, {})
    path = settings.authorities / "calderbrook" / "extracts.yml"
    lines = path.read_text().splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("police_asb:"))
    end = next(n for n, line in enumerate(lines) if n > at and line[:1].isalpha())
    block = [line for line in lines[at:end] if not line.startswith(("  supplier:", "  controller:", "  agreement:"))]
    given = [
        "  supplier: FILL IN",
        "  controller: FILL IN",
        "  agreement: {id: FILL IN, expires: 1900-01-01}",
        "  # qualifier: Z is not known; add what it means (P)",
    ]
    path.write_text("\n".join([*lines[:at], block[0], *given, *block[1:], *lines[end:]]) + "\n")
    return authority.find("calderbrook", settings), at + 1


def test_each_place_left_to_fill_in_is_told_with_its_line(council):
    profiles, line = council
    with pytest.raises(BadConfiguration) as told:
        configuration.check(profiles, today=date(2026, 11, 29), are_cases_proven=True)
    for number, what in (
        (line + 1, "police_asb.supplier is not filled in"),
        (line + 2, "police_asb.controller is not filled in"),
        (line + 3, "police_asb.agreement.id is not filled in"),
        (line + 3, "police_asb.agreement.expires is not filled in"),
        (line + 4, "a code has no meaning yet"),
    ):
        assert f"extracts.yml, line {number}: {what}" in str(told.value)


def test_a_run_is_not_stopped_by_a_code_whose_rows_are_rejected_one_by_one(council):
    profiles, _ = council
    with pytest.raises(BadConfiguration) as told:
        configuration.check(profiles, None, date(2026, 11, 23), are_cases_proven=True)
    assert "police_asb.supplier is not filled in" in str(told.value)
    assert "a code has no meaning yet" not in str(told.value)
