"""wards.csv: places of three kinds, and every mistake told at once with file, line and remedy."""

import pytest

from pipelines import authority, configuration, criteria
from pipelines.errors import BadConfiguration
from pipelines.settings import Settings
from schemas.authority import WardPlace
from tests.support.families import a_borough, a_troubled_family
from tests.support.verified import statuses, verified

HEADER = "place,ward,district\n"


@pytest.fixture
def borough(tmp_path):
    return a_borough(tmp_path)


def council(borough):
    return authority.find("calderbrook", borough.settings)


def write(borough, content):
    path = borough.home / "authorities" / "calderbrook" / "wards.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def told(borough, content):
    """The refusal's lines under its first."""
    write(borough, content)
    with pytest.raises(BadConfiguration) as refused:
        configuration.check(council(borough))
    assert refused.value.exit_code == 3
    return [line for line in str(refused.value).splitlines() if line.startswith("wards.csv, line ")]


def test_a_place_is_a_uprn_a_postcode_or_a_sector_however_it_is_typed(borough):
    write(
        borough,
        b'\xef\xbb\xbfPlace, Ward ,DISTRICT\r\n0010001,Old  Town,Calder North\r\n\r\nzc11qf,Old Town,Calder North\r\n,,\r\nZC2 1,"Fen, the",Calder South\r\n',
    )
    assert council(borough).wards == (
        WardPlace("uprn", "10001", "Old Town", "Calder North"),
        WardPlace("postcode", "ZC1 1QF", "Old Town", "Calder North"),
        WardPlace("sector", "ZC2 1", "Fen, the", "Calder South"),
    )


def test_two_districts_may_have_wards_of_one_name_and_a_postcode_may_lie_across_a_boundary(borough):
    write(borough, HEADER + "ZC1 1,Town,Calder North\nZC2 1,Town,Calder South\nZC1 1QF,Town,Calder South\n")
    assert [place.district for place in council(borough).wards] == ["Calder North", "Calder South", "Calder South"]


def test_a_check_counts_wards_and_places(borough):
    found = configuration.check(council(borough))
    assert (found["ward_count"], found["ward_place_count"]) == (9, len(council(borough).wards))


def test_without_the_file_there_are_no_wards(borough):
    (borough.home / "authorities" / "calderbrook" / "wards.csv").unlink()
    assert council(borough).wards == ()
    assert authority.find("example-all", Settings()).wards == ()


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("ZC1 1,Town,Calder Nroth\n", "line 2: publication.yml has no district 'Calder Nroth'; did you mean 'Calder North'?"),
        ("ZC1 1,Town,Calder North\nzc1 1,Town,Calder North\n", "line 3: sector 'ZC1 1' stands in line 2 already; leave it in one of them"),
        ("\n10001,Town,Calder North\n010001,Fen,Calder North\n", "line 4: this UPRN stands in line 3 already; leave it in one of them"),
        ("ZC14,Town,Calder North\n", "line 2: 'ZC14' is no UPRN, postcode or postcode sector; write up to 12 digits, ZC1 4AB, or ZC1 4"),
        ("ZC1 IQF,Town,Calder North\n", "line 2: 'ZC1 IQF' is no postcode; did you mean 'ZC1 1QF'?"),
        ("1.0002E+11,Town,Calder North\n", "line 2: this is no UPRN of up to 12 digits; where a spreadsheet has rounded it (1.0002E+11), take it from"),
        ("1234567890123,Town,Calder North\n", "line 2: this is no UPRN of up to 12 digits"),
        ("000,Town,Calder North\n", "line 2: this is no UPRN of up to 12 digits"),
        ("ZC1 1,,Calder North\n", "line 2: its ward is empty; write it, or leave the line out"),
        (",Town,Calder North\n", "line 2: its place is empty; write it, or leave the line out"),
        ("ZC1 1,Town\n", "line 2: it has 2 fields; place, ward, district are needed"),
        ("ZC1 1,Fen, the,Calder North\n", "line 2: it has 4 fields; place, ward, district are needed, and a name with a comma stands in quotation marks"),
        ("ZC1 1,Unplaced,Calder North\n", "line 2: a ward cannot be called 'Unplaced'"),
        ("ZC1 1,Old Town,Calder North\nZC1 2,Old town,Calder North\n", "line 3: ward 'Old town' is written 'Old Town' in line 2; write it one way"),
        ("ZC1 1,Town,Calder South\n", "line 2: sector 'ZC1 1' is in district 'Calder North' in publication.yml and in 'Calder South' here; mend one of them"),
        ('ZC1 1,"Town,Calder North\n', "a quotation mark is opened and not closed"),
        ("", "line 1: it holds no place; write one in each line under place,ward,district, or delete the file"),
    ],
)
def test_a_mistake_is_told_once_with_its_line_and_a_remedy(borough, lines, message):
    found = told(borough, HEADER + lines)
    assert len(found) == 1
    assert message in found[0]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "line 1: it is empty; write place,ward,district in its first line"),
        (b" \r\n", "line 1: it is empty"),
        (b"ward,place,district\nTown,ZC1 1,Calder North\n", "line 1: the first line must be place,ward,district"),
        (b"place;ward;district\nZC1 1;Town;Calder North\n", "line 1: the first line must be place,ward,district; its fields are parted by semicolons"),
        (b"ZC1 1,Town,Calder North\n", "line 1: the first line must be place,ward,district"),
        ("place,ward,district\nZC1 1,Bäd,Calder North\n".encode("latin-1"), "line 1: it is not UTF-8; save it as CSV UTF-8 and run again"),
    ],
)
def test_a_file_that_is_no_table_of_wards_is_told(borough, content, message):
    found = told(borough, content)
    assert len(found) == 1
    assert message in found[0]


def test_all_mistakes_are_told_together_in_the_order_of_the_file_with_those_of_other_files(borough):
    borough.edit("linkage.yml", "model: people", "model: peple")
    write(borough, HEADER + "".join(f"ZC1 {n},Town,Nowhere\n" for n in range(60)))
    with pytest.raises(BadConfiguration) as refused:
        configuration.check(council(borough))
    text = str(refused.value)
    assert "no linkage model 'peple'" in text
    assert "wards.csv has 60 mistake(s)" in text
    assert [int(line.split()[2].rstrip(":")) for line in text.splitlines() if line.startswith("wards.csv, line ")] == list(range(2, 52))
    assert "... and 10 more." in text


def test_a_changed_byte_or_a_file_that_is_gone_is_another_configuration(borough):
    path = borough.home / "authorities" / "calderbrook" / "wards.csv"
    hashes = [council(borough).sha256()]
    path.write_bytes(path.read_bytes() + b"ZC9 9,Beckfold,Calder North\n")
    hashes.append(council(borough).sha256())
    path.unlink()
    hashes.append(council(borough).sha256())
    assert len(set(hashes)) == 3


def limited(borough, key, wards):
    """Values under `set` that limit a rule or a criterion to wards; the library's other rule is left with more than anybody has."""
    lines = f"      {key}.wards: [{wards}]\n      qualification.two_national_and_local.count: 3\n"
    borough.edit("criteria.yml", "    set:\n", f"    set:\n{lines}")


@pytest.mark.parametrize("key", ["qualification.all_national", "crime_asb.asb"])
def test_a_rule_or_criterion_with_wards_holds_for_homes_there_only(borough, key):
    write(borough, HEADER + "ZC1 1QF,Beckfold,Calder North\nZC2 1,Fenside,Calder South\n")
    limited(borough, key, "Beckfold")
    families = [a_troubled_family("there"), a_troubled_family("elsewhere", postcode="ZC2 1AA"), a_troubled_family("nowhere", postcode=None)]
    assert statuses(verified(borough, *families)) == {"there": "verified", "elsewhere": "near_miss", "nowhere": "near_miss"}


def test_wards_of_one_name_are_told_apart_by_their_district(borough):
    write(borough, HEADER + "ZC1 1QF,Old Town,Calder North\nZC2 1,Old Town,Calder South\n")
    limited(borough, "qualification.all_national", "Old Town")
    borough.edit("criteria.yml", "    set:\n", "    set:\n      qualification.all_national.districts: [Calder South]\n")
    families = [a_troubled_family("north"), a_troubled_family("south", postcode="ZC2 1AA")]
    assert statuses(verified(borough, *families))["south"] == "verified"
    assert statuses(borough.runs[-1])["north"] != "verified"


def test_a_ward_that_is_none_is_told_with_its_line_and_the_nearest(borough):
    write(borough, HEADER + "ZC1 1QF,Beckfold,Calder North\n")
    limited(borough, "qualification.all_national", "Bekfold")
    with pytest.raises(BadConfiguration, match=r"criteria.yml, line \d+: tf-2012 names ward 'Bekfold', which wards.csv does not have; did you mean 'Beckfold'"):
        criteria.load(council(borough))
