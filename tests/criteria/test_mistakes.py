"""A mistake in criteria.yml is told in plain words, once, with file, line and remedy: those of shape and those of meaning together."""

from itertools import zip_longest
from pathlib import Path

import pytest

from pipelines import authority, cli, criteria, frameworks
from pipelines.errors import BadConfiguration
from tests.support.criteria_mistakes import OWN_MISTAKES, USE_MISTAKES
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


@pytest.fixture
def checked(borough, capsys, monkeypatch):
    """What `families authority check` says of a text of criteria.yml, each message as (line, message)."""
    monkeypatch.setenv("FAMILIES_AUTHORITIES", str(borough.home / "authorities"))

    def check(text):
        write(borough, text)
        monkeypatch.setattr("sys.argv", ["families", "authority", "check", "--authority", "calderbrook", "--home", str(borough.home)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        lines = capsys.readouterr().err.splitlines()
        assert ended.value.code == 3, lines
        assert lines[0].endswith(f"criteria.yml has {len(lines) - 1} mistake(s); mend them and run again:")
        messages = [line.removeprefix("criteria.yml, line ").partition(": ") for line in lines[1:]]
        return [(int(line), message) for line, _, message in messages]

    return check


def first_difference(right, wrong):
    return next(n for n, (one, other) in enumerate(zip_longest(right.splitlines(), wrong.splitlines()), start=1) if one != other)


def line_of_mistake(right, wrong, new):
    """The line that was changed; of a key that was left out that of its criterion, of a part with several lines that of its entry."""
    lines, line = wrong.splitlines(), first_difference(right, wrong)
    if not new:
        return max(n for n, one in enumerate(lines, start=1) if n <= line and one.startswith("      - id: "))
    return next(n for n, one in enumerate(lines, start=1) if "name: top" in one) if "name: top" in new else line


def test_there_are_more_than_thirty_prepared_mistakes():
    assert len(OWN_MISTAKES) + len(USE_MISTAKES) >= 30


@pytest.mark.parametrize(("old", "new", "message"), OWN_MISTAKES, ids=[f"own {n}" for n in range(len(OWN_MISTAKES))])
def test_a_mistake_in_a_framework_of_ones_own_is_told_once_by_the_command_with_its_line(checked, old, new, message):
    right = indented(OWN)
    assert old in right
    wrong = right.replace(old, new, 1)
    found = checked(wrong)
    assert found == [(line_of_mistake(right, wrong, new), message)]


@pytest.mark.parametrize(("old", "new", "message"), USE_MISTAKES, ids=[f"use {n}" for n in range(len(USE_MISTAKES))])
def test_a_mistake_in_the_use_of_the_library_is_told_once_by_the_command_with_its_line(borough, checked, old, new, message):
    right = (borough.home / "authorities/calderbrook/criteria.yml").read_text(encoding="utf-8")
    assert old in right
    found = checked(right.replace(old, new, 1))
    wrong = right.replace(old, new, 1)
    assert found == [(first_difference(right, wrong), message)]


@pytest.mark.parametrize("written", ["15%", "'15 %'", "15.0", "15"])
def test_a_threshold_in_percent_may_be_written_with_its_sign(borough, written):
    write(borough, indented(OWN).replace("threshold: 15\n", f"threshold: {written}\n", 1))
    own = load(borough)
    write(borough, f"use:\n  - framework: tf-2012\n    set:\n      education.unauthorised_absence.threshold: {written}\n")
    for framework in (own.frameworks[0], load(borough).frameworks[0]):
        assert [c.threshold for c in framework.criteria if c.id == "education.unauthorised_absence"] == [15]


def test_a_headline_goes_with_its_last_criterion_where_its_rules_can_do_without_it(borough):
    borough.edit("criteria.yml", "  - framework: tf-2015\n", "  - framework: tf-2015\n    drop: [health.referral]\n")
    framework = load(borough).frameworks[1]
    assert "health" not in framework.headlines
    assert framework.qualification[0].require[0].of == ("crime_asb", "education", "child_help", "work_finance", "domestic_abuse")
    assert "two of the five" in framework.qualification[0].words


def test_a_rule_may_be_dropped_with_the_criterion_that_it_asks_for(borough):
    borough.edit("criteria.yml", "    set:\n", "    drop: [local.rent_arrears, qualification.two_national_and_local]\n    set:\n")
    borough.edit("criteria.yml", "      local.rent_arrears.citation", "      crime_asb.asb.citation")
    framework = load(borough).frameworks[0]
    assert [rule.name for rule in framework.qualification] == ["all_national"]
    assert list(framework.headlines) == ["crime_asb", "education", "work"]


def test_the_example_of_use_in_the_docs_is_well_formed(borough):
    text = Path("docs/criteria.md").read_text(encoding="utf-8")
    example = text[text.index("use:\n         - framework") :].partition("\n\n")[0]
    write(borough, "\n".join(line.removeprefix("       ") for line in example.splitlines() if "[...]" not in line) + "\n")
    framework = load(borough).frameworks[0]
    assert "local" not in framework.headlines
    assert framework.household.expectant_parent


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
    ("text", "message"),
    [
        ("use: [\n", "not valid YAML"),
        ("use: []\n", "name at least one framework under 'use' or 'frameworks'"),
        ("[]\n", "mapping"),
        ("", "mapping"),
        ("use: tf-2012\n", "'use' must be a list"),
    ],
)
def test_text_that_is_no_criteria_file_is_told(borough, text, message):
    write(borough, text)
    for read in (criteria.load, criteria.check_authority):
        with pytest.raises(BadConfiguration, match=message):
            read(authority.find("calderbrook", borough.settings))


def test_where_no_framework_is_free_of_mistakes_those_in_the_cases_are_told_still(borough):
    write(borough, "use: []\n")
    borough.edit("cases.yml", "events:", "evnets:")
    with pytest.raises(BadConfiguration, match=r"cases.yml, line \d+: 'evnets' is not a known key; did you mean 'events'"):
        criteria.check_authority(authority.find("calderbrook", borough.settings))


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
