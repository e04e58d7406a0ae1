"""A mistake in criteria.yml is told in plain words, once, with file, line and remedy: those of shape and those of meaning together."""

from pathlib import Path

import pytest

from pipelines import authority, criteria, frameworks
from pipelines.errors import BadConfiguration
from tests.support.families import AS_OF, a_borough

# A library framework as a council's own stands under `frameworks:`; each mistake is made in this one text.
OWN = frameworks.path("tf-2012").read_text(encoding="utf-8").replace("cases: [troubled-families]\n", "")


@pytest.fixture
def borough(tmp_path):
    return a_borough(tmp_path)


def indented(text):
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return "\n".join(["frameworks:", f"  - {lines[0]}", *(f"    {line}" for line in lines[1:])]) + "\n"


def write(borough, text):
    (borough.home / "authorities/calderbrook/criteria.yml").write_text(text, encoding="utf-8")


def load(borough):
    return criteria.load(authority.find("calderbrook", borough.settings))


def told(borough, text):
    """The messages of the refusal, each as (line, message), and the lines of the file."""
    write(borough, text)
    with pytest.raises(BadConfiguration) as refusal:
        load(borough)
    assert refusal.value.exit_code == 3
    messages = [line.removeprefix("criteria.yml, line ").partition(": ") for line in str(refusal.value).splitlines()[1:]]
    return [(int(line), message) for line, _, message in messages]


OWN_MISTAKES = [
    ("threshold: 15\n", "treshold: 15\n", "'treshold' is not a known key; did you mean 'threshold'?"),
    ("measure: suspensions\n", "measure: suspension\n", "'education.suspensions': there is no measure 'suspension'; did you mean 'suspensions'?"),
    ("threshold: 15\n", "threshold: 150\n", "'education.unauthorised_absence': threshold 150 is out of range: above 0, up to 100 percent"),
    ("threshold: 15\n", "threshold: 0\n", "'threshold' must be above 0"),
    ("threshold: 15\n", "threshold: fifteen\n", "'threshold' is no number; write it in digits, such as 15"),
    ("unit: percent\n", "unit: days\n", "'education.unauthorised_absence': measure 'unauthorised_absence' counts in percent, not in days"),
    (
        "sources: [police_asb]\n",
        "sources: [dwp_benefit]\n",
        "'crime_asb.proven_offence': measure 'proven_offence' reads police_asb; write sources: [police_asb]",
    ),
    (
        "{kind: days, count: 365}",
        "{kind: terms, count: 3}",
        "'crime_asb.proven_offence': measure 'proven_offence' has no window of kind terms; use days or months",
    ),
    ("{kind: days, count: 365}", "{kind: days}", "'crime_asb.proven_offence': a window of days needs a count of at least 1"),
    ("{kind: days, count: 365}", "{kind: day, count: 365}", "'kind': there is no 'day'; did you mean 'days'?"),
    (
        "threshold: 3\n        unit: suspensions\n        window: {kind: terms, count: 3}",
        "threshold: 3\n        unit: suspensions\n        window: {kind: terms, count: 3, sustained: true}",
        "'education.suspensions': only unauthorised_absence, overall_absence can be sustained, over 2 or more complete terms; leave sustained out",
    ),
    ("ages: {from: 10, to: 17}", "ages: {from: 17, to: 10}", "'crime_asb.proven_offence': ages run from the lower to the higher; change them round"),
    ("codes: [not_on_roll]", "codes: [not_on_role]", "'education.not_on_roll': codes has no 'not_on_role'; did you mean 'not_on_roll'?"),
    (
        "        codes: [not_on_roll]\n",
        "",
        "'education.not_on_roll': measure 'school_roll_status' needs codes; "
        "known: current, dual_main, dual_subsidiary, alternative_provision, off_roll, not_on_roll",
    ),
    ("threshold: 3\n", "threshold: 3\n        codes: [caution]\n", "'education.suspensions': measure 'suspensions' takes no codes; leave them out"),
    ("subject: adult\n", "subject: adults\n", "'subject': there is no 'adults'; did you mean 'adult'?"),
    (
        "subject: adult\n",
        "subject: household\n",
        "'work.out_of_work_benefit': measure 'out_of_work_benefit' is about a person; write subject: child, adult or member",
    ),
    (
        "      - id: education.suspensions\n",
        "      - id: Education.Suspensions\n",
        "'id': 'Education.Suspensions' is not well-formed; use lower-case letters: headline.name for a criterion, such as education.suspensions",
    ),
    (
        "      - id: education.suspensions\n",
        "      - id: educatoin.suspensions\n",
        "'educatoin.suspensions': tf-2012 has no headline 'educatoin'; did you mean 'education'?",
    ),
    (
        "{count: 1, of: [local]}",
        "{count: 1, of: [lokal]}",
        "rule 'two_national_and_local' names headline 'lokal', which tf-2012 does not have; did you mean 'local'?",
    ),
    (
        "[{count: 3, of: [crime_asb, education, work]}]",
        "[{count: 4, of: [crime_asb, education, work]}]",
        "rule 'all_national' asks for 4 of 3 headlines and can never be met; lower the count",
    ),
    (
        "      local: Local discretion\n",
        "      local: Local discretion\n      health: Health\n",
        "no criterion belongs to headline 'health'; add one or leave the headline out",
    ),
    ("      - id: crime_asb.asb\n", "      - id: crime_asb.proven_offence\n", "criterion 'crime_asb.proven_offence' is given twice in tf-2012"),
    ("        owner: Youth Justice Service\n", "", "'owner' is missing; add it"),
    ("effective_from: 2012-04-01\n", "effective_from: 1 April 2012\n", "'effective_from' is no date; write it as 2012-04-01"),
    (
        "for {threshold}% of",
        "for 10% of",
        "'education.unauthorised_absence': its label says 10, and its threshold is 15; write {threshold} or {times} in the label",
    ),
    (
        "suspended {times}",
        "suspended twice",
        "'education.suspensions': its label says twice, and its threshold is 3; write {threshold} or {times} in the label",
    ),
    ("suspended {times}", "suspended {often}", "'education.suspensions': a label has no {often}; write {threshold} or {times}"),
    (
        "household: {dependent_child: true}",
        "household: {dependent_child: true, expectant_parent: true}",
        "'expectant_parent' cannot be true: no extract tells of it, so that nobody would be assessed by it; leave it out",
    ),
    ("household: {dependent_child: true}", "household: {dependent_child: sometimes}", "'dependent_child' must be true"),
    ("compulsory_school_age: true", "compulsory_school_age: maybe", "'compulsory_school_age' must be true or false"),
    (
        "    criteria:\n",
        "    tiers:\n      - {name: top, headlines_at_least: 9}\n    criteria:\n",
        "tier 'top' asks for 9 headlines and can never be reached: tf-2012 has 4 headlines; lower it",
    ),
    (
        "    criteria:\n",
        "    tiers:\n      - {name: top, headlines_at_least: 1, any_of: [crime]}\n    criteria:\n",
        "tier 'top' names 'crime', which is no headline or criterion of tf-2012; did you mean 'crime_asb'?",
    ),
]
USE_MISTAKES = [
    ("tf-2012", "tf-20012", "the library has no framework 'tf-20012'; did you mean 'tf-2012'?"),
    ("  - framework: tf-2015\n", "  - framework: tf-2012\n", "framework 'tf-2012' is given twice"),
    (
        "local.rent_arrears.citation",
        "local.rent_arears.threshold",
        "'local.rent_arears.threshold': tf-2012 has no such value; did you mean 'local.rent_arrears.threshold'?",
    ),
    (
        "local.rent_arrears.citation: ",
        "local.rent_arrears.treshold: ",
        "'local.rent_arrears.treshold': local.rent_arrears has no 'treshold'; did you mean 'threshold'?",
    ),
    (
        "local.rent_arrears.citation: ",
        "local.rent_arrears.threshold: 9000 # ",
        "'local.rent_arrears': threshold 9000 is out of range: above 0, up to 520 weeks",
    ),
    (
        "  - framework: tf-2015\n",
        "  - framework: tf-2015\n    drop: [health.refferal]\n",
        "tf-2015 has no criterion 'health.refferal' to drop; did you mean 'health.referral'?",
    ),
    (
        "  - framework: tf-2015\n",
        "  - framework: tf-2015\n    drop: [health.referral]\n",
        "no criterion belongs to headline 'health'; add one or leave the headline out",
    ),
]


def test_there_are_more_than_thirty_prepared_mistakes():
    assert len(OWN_MISTAKES) + len(USE_MISTAKES) >= 30


@pytest.mark.parametrize(("old", "new", "message"), OWN_MISTAKES, ids=[f"own {n}" for n in range(len(OWN_MISTAKES))])
def test_a_mistake_in_a_framework_of_ones_own_is_told_once_with_its_line(borough, old, new, message):
    right = indented(OWN)
    assert old in right
    wrong = right.replace(old, new, 1)
    found = told(borough, wrong)
    if new.startswith("treshold"):  # a wrong key is also a missing one
        found = [entry for entry in found if "missing" not in entry[1]]
    assert len(found) == 1
    line, text = found[0]
    assert text == message
    first = right[: right.index(old)].count("\n") + 1
    assert first - 12 <= line <= first + 12


@pytest.mark.parametrize(("old", "new", "message"), USE_MISTAKES, ids=[f"use {n}" for n in range(len(USE_MISTAKES))])
def test_a_mistake_in_the_use_of_the_library_is_told_once_with_its_line(borough, old, new, message):
    right = (borough.home / "authorities/calderbrook/criteria.yml").read_text(encoding="utf-8")
    assert old in right
    found = told(borough, right.replace(old, new, 1))
    assert [text for _, text in found] == [message]
    assert found[0][0] > 5


def test_mistakes_of_shape_and_of_meaning_are_told_together_in_the_order_of_the_file(borough):
    text = indented(OWN)
    for old, new in [
        ("{count: 1, of: [local]}", "{count: 1, of: [lokal]}"),
        ("        owner: Youth Justice Service\n", ""),
        ("threshold: 15\n", "threshold: 150\n"),
        ("subject: adult\n", "subject: adults\n"),
        ("codes: [not_on_roll]", "codes: [not_on_role]"),
    ]:
        text = text.replace(old, new, 1)
    found = told(borough, text)
    assert [line for line, _ in found] == sorted(line for line, _ in found)
    assert [message.partition(";")[0] for _, message in found] == [
        "rule 'two_national_and_local' names headline 'lokal', which tf-2012 does not have",
        "'owner' is missing",
        "'education.unauthorised_absence': threshold 150 is out of range: above 0, up to 100 percent",
        "'education.not_on_roll': codes has no 'not_on_role'",
        "'subject': there is no 'adults'",
    ]


def test_a_part_that_is_no_mapping_hides_no_mistake_elsewhere(borough):
    text = (
        indented(OWN)
        .replace("      - id: crime_asb.asb\n", "      - nonsense\n      - id: crime_asb.asb\n", 1)
        .replace("threshold: 3\n", "threshold: 300\n", 1)
    )
    messages = [message for _, message in told(borough, text)]
    assert "mapping" in messages[0]
    assert "'education.suspensions': threshold 300 is out of range: above 0, up to 200 suspensions" in messages


def test_the_line_is_that_of_the_mistake(borough):
    text = indented(OWN).replace("measure: suspensions\n", "measure: suspension\n", 1)
    line = next(n for n, part in enumerate(text.splitlines(), start=1) if part.strip() == "measure: suspension")
    assert told(borough, text)[0][0] == line


@pytest.mark.parametrize(
    ("text", "message"), [("use: [\n", "not valid YAML"), ("use: []\n", "name at least one framework under 'use' or 'frameworks'"), ("[]\n", "mapping")]
)
def test_text_that_is_no_criteria_file_is_told(borough, text, message):
    write(borough, text)
    with pytest.raises(BadConfiguration, match=message):
        load(borough)


@pytest.mark.parametrize("name", frameworks.names())
def test_the_fast_reader_reads_a_framework_of_the_library_as_the_careful_one(name):
    path = frameworks.path(name)
    assert authority.read_plain(path) == authority.read_yaml(path)


@pytest.mark.parametrize(
    ("old", "new", "message"), [("threshold: 15\n", "threshold: 150\n", r"line \d{2,}: .*150 is out of range"), ("criteria:", "criteria: [", "not valid YAML")]
)
def test_a_mistake_in_a_file_of_the_library_is_told_with_its_line(tmp_path, monkeypatch, old, new, message):
    text = frameworks.path("tf-2012").read_text(encoding="utf-8")
    (tmp_path / "tf-2012.yml").write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(frameworks, "LIBRARY", tmp_path)
    with pytest.raises(BadConfiguration, match=message):
        frameworks.shipped("tf-2012")


def test_a_missing_file_is_told(borough):
    Path(borough.home / "authorities/calderbrook/criteria.yml").unlink()
    with pytest.raises(BadConfiguration, match=r"criteria.yml is missing"):
        load(borough)


def test_a_district_that_the_authority_does_not_have_is_told(borough):
    write(borough, "use:\n  - framework: kent\n")
    with pytest.raises(
        BadConfiguration, match=r"kent names district 'Swale', which publication.yml does not have; known: Calder East, Calder North, Calder South"
    ):
        load(borough)


def test_frameworks_and_criteria_hold_between_their_dates(borough):
    borough.edit("criteria.yml", "    set:\n", "    set:\n      crime_asb.asb.effective_to: 2026-11-22\n")
    borough.edit("criteria.yml", "  - framework: tf-2015\n", "  - framework: tf-2015\n    set: {effective_from: 2027-01-01}\n")
    known = load(borough)
    assert [(f.id, len(f.criteria)) for f in known.at(AS_OF)] == [("tf-2012", 8)]
    with pytest.raises(BadConfiguration, match="'tf-2015' is not in force at 2026-11-23"):
        criteria.in_force(known, AS_OF, "tf-2015")
    with pytest.raises(BadConfiguration, match="has no framework 'tf-20012'; did you mean 'tf-2012'"):
        criteria.in_force(known, AS_OF, "tf-20012")
