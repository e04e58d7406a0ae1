"""A mistake in criteria.yml is told in plain words, with file and line and the nearest right name."""

import pytest

from pipelines import authority, criteria
from pipelines.errors import BadConfiguration
from tests.support.families import AS_OF, a_borough


@pytest.fixture
def borough(tmp_path):
    return a_borough(tmp_path)


def load(borough):
    return criteria.load(authority.find("calderbrook", borough.settings))


def line_of(borough, text):
    lines = (borough.home / "authorities/calderbrook/criteria.yml").read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, start=1) if text in line)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("threshold: 15\n", "treshold: 15\n", "'treshold' is not a known key; did you mean 'threshold'?"),
        ("measure: suspensions\n", "measure: suspension\n", "'education.suspensions': there is no measure 'suspension'; did you mean 'suspensions'?"),
        ("threshold: 15\n", "threshold: 150\n", "threshold 150 is out of range: above 0, up to 100 percent"),
        ("threshold: 15\n", "threshold: 0\n", "'threshold': Input should be greater than 0"),
        ("unit: percent\n", "unit: days\n", "measure 'unauthorised_absence' counts in percent, not in days"),
        ("sources: [police_asb]\n", "sources: [dwp_benefit]\n", "measure 'proven_offence' reads police_asb; write sources: [police_asb]"),
        ("{kind: days, count: 365}", "{kind: terms, count: 3}", "measure 'proven_offence' has no window of kind terms; use days"),
        ("{kind: days, count: 365}", "{kind: days}", "a window of days needs a count of at least 1"),
        ("{kind: days, count: 365}", "{kind: weeks, count: 52}", "'kind': Input should be 'days', 'terms' or 'point_in_time'"),
        ("ages: {from: 10, to: 17}", "ages: {from: 17, to: 10}", "ages run from the lower to the higher"),
        ("codes: [not_on_roll]", "codes: [not_on_role]", "codes has no 'not_on_role'; did you mean 'not_on_roll'?"),
        ("        codes: [not_on_roll]\n", "", "measure 'school_roll_status' needs codes; known: current,"),
        ("qualifiers: [caution, youth_caution, conviction]", "codes: [caution]", "measure 'proven_offence' takes no codes"),
        ("headline: education\n", "headline: educatoin\n", "tf-2012 has no headline 'educatoin'; did you mean 'education'?"),
        ("{count: 1, of: [local]}", "{count: 1, of: [lokal]}", "names headline 'lokal', which no criterion has; did you mean 'local'?"),
        ("[{count: 3, of: [crime_asb, education, work]}]", "[{count: 4, of: [crime_asb, education, work]}]", "asks for 4 of 3 headlines and can never be met"),
        ("      local: Local discretion\n", "      local: Local discretion\n      health: Health\n", "no criterion belongs to headline 'health'"),
        ("id: crime_asb.asb\n", "id: crime_asb.proven_offence\n", "criterion 'crime_asb.proven_offence' is given twice in tf-2012"),
        ("id: tf-2015\n", "id: tf-2012\n", "framework 'tf-2012' is given twice"),
        ("        owner: Youth Justice Service\n", "", "'owner' is missing; add it"),
    ],
)
def test_a_mistake_is_told_with_its_line(borough, old, new, told):
    borough.edit("criteria.yml", old, new)
    with pytest.raises(BadConfiguration) as refusal:
        load(borough)
    assert told in str(refusal.value)
    assert "criteria.yml, line " in str(refusal.value)


def test_the_line_is_that_of_the_mistake(borough):
    borough.edit("criteria.yml", "measure: suspensions\n", "measure: suspension\n")
    line = line_of(borough, "measure: suspension")
    with pytest.raises(BadConfiguration, match=f"criteria.yml, line {line}: "):
        load(borough)


def test_all_mistakes_are_told_at_once(borough):
    borough.edit("criteria.yml", "measure: suspensions\n", "measure: suspension\n")
    borough.edit("criteria.yml", "threshold: 15\n", "threshold: 150\n")
    borough.edit("criteria.yml", "{count: 1, of: [local]}", "{count: 1, of: [lokal]}")
    with pytest.raises(BadConfiguration, match=r"has 3 mistake\(s\)"):
        load(borough)


def test_text_that_is_no_yaml_is_told(borough):
    borough.edit("criteria.yml", "frameworks:\n", "frameworks: [\n")
    with pytest.raises(BadConfiguration, match="not valid YAML"):
        load(borough)


def test_a_missing_file_is_told(borough):
    (borough.home / "authorities/calderbrook/criteria.yml").unlink()
    with pytest.raises(BadConfiguration, match=r"criteria.yml is missing"):
        load(borough)


def test_frameworks_and_criteria_hold_between_their_dates(borough):
    borough.edit("criteria.yml", "    effective_from: 2015-04-01\n", "    effective_from: 2027-01-01\n")
    borough.edit("criteria.yml", "        effective_from: 2012-04-01\n", "        effective_from: 2012-04-01\n        effective_to: 2026-11-22\n")
    known = load(borough)
    assert [(f.id, len(f.criteria)) for f in known.at(AS_OF)] == [("tf-2012", 8)]
    with pytest.raises(BadConfiguration, match="'tf-2015' is not in force at 2026-11-23"):
        criteria.in_force(known, AS_OF, "tf-2015")
    with pytest.raises(BadConfiguration, match="has no framework 'tf-20012'; did you mean 'tf-2012'"):
        criteria.in_force(known, AS_OF, "tf-20012")
