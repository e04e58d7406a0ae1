"""Each comparison level, by example."""

import pytest

from matching import blocking, scoring
from matching.comparison import levels_in_words
from matching.specification import PEOPLE
from tests.support.records import a_record, staged

NAMED = {"forename": "SARAH", "surname": "JONES"}
HOME = {"postcode": "ZC1 2AB", "paon": "12", "street": "MILL LANE"}

# field         | left                                        | right                                        | level
EXAMPLES = """
forename        | forename=SARAH                              | forename=SARAH                               | exact
forename        | forename=SARAH                              | forename=                                    | -
forename        | forename=SARAH                              | forename=GRACE                               | different
forename        | forename=SARAH                              | forename=S                                   | initial
forename        | forename=SARAH                              | forename=G                                   | different
forename        | forename=KATE                               | forename=CATHERINE                           | nickname
forename        | forename=SAM                                | forename=SAMANTHA                            | nickname
forename        | forename=SAMUEL                             | forename=SAMANTHA                            | different
forename        | forename=STEPHEN                            | forename=STEHPEN                             | typing_error
forename        | forename=PAUL middle_names=JOHN             | forename=JOHN                                | close
forename        | forename=TRACEY                             | forename=TRA                                 | close
forename        | forename=GEORGIA                            | forename=JORJA                               | sound
forename        | forename=THUY surname=NGUYEN                | forename=NGUYEN surname=THUY                 | swapped
forename        | forename=HARPREET surname=GILL              | forename=GILL surname=H                      | swapped
forename        | forename=POPPY surname=GILL                 | forename=GILL surname=MATTHEW                | different
surname         | forename=THUY surname=NGUYEN                | forename=NGUYEN surname=THUY                 | -
surname         | surname=JONES                               | surname=JONES                                | exact
surname         | surname=JONES                               | surname=                                     | -
surname         | surname=JONES                               | surname=SMITH                                | different
surname         | surname=KOWALSKA                            | surname=KOWALSKI                             | close
surname         | surname=HOLMES                              | surname=HOLMSE                               | close
surname         | surname=FISHER HOLMES                       | surname=HOLMES                               | part
surname         | surname=FISHER HOLMES                       | surname=FISHERHOLMES                         | exact
surname         | surname=JONES                               | surname=KHAN former_surname=JONES            | part
surname         | surname=READ                                | surname=REID                                 | sound
middle_names    | middle_names=ANN                            | middle_names=ANN                             | exact
middle_names    | middle_names=A                              | middle_names=ANN                             | initial
middle_names    | middle_names=MAY                            | middle_names=ANN                             | different
middle_names    | middle_names=MAY                            | middle_names=                                | -
birth_date      | birth_date=2010-03-04                       | birth_date=2010-03-04                        | exact
birth_date      | birth_date=2010-03-04                       | birth_date=2010-04-03                        | close
birth_date      | birth_date=2010-03-04                       | birth_date=2010-03-14                        | close
birth_date      | birth_date=2010-03-04                       | birth_date=2009-03-04                        | close
birth_date      | birth_date=2010-03-24                       | birth_date=2010-03-19                        | part
birth_date      | birth_date=2010-03-24                       | birth_date=1978-03-24                        | part
birth_date      | birth_date=2010-03-24                       | birth_date=2010-08-19                        | year
birth_date      | birth_date=2010-03-24                       | birth_date=1978-08-19                        | different
birth_date      | birth_date=2010-01-01 birth_date_quality=placeholder | birth_date=2010-08-19               | year
birth_date      | birth_date=2010-01-01 birth_date_quality=placeholder | birth_date=2011-08-19               | different
birth_date      | birth_date=2010-03-04                       | birth_date=                                  | -
age             | birth_date_latest=1998-05-01                | birth_date=1990-02-02                        | possible
age             | birth_date_latest=1998-05-01                | birth_date=2010-02-02                        | impossible
age             | birth_date_latest=1998-05-01                | birth_date_latest=2001-05-01                 | -
age             | birth_date=1990-02-02                       | birth_date=1990-02-02                        | -
sex             | sex=F                                       | sex=F                                        | exact
sex             | sex=F                                       | sex=M                                        | different
sex             | sex=F                                       | sex=                                         | -
nino            | nino=AB123456                               | nino=AB123456                                | exact
nino            | nino=AB123456                               | nino=AB123465                                | close
nino            | nino=AB123456                               | nino=CE999999                                | different
upn             | upn=A123456789012                           | upn=A123456789012                            | exact
upn             | upn=A123456789012                           | upn=B999999999999                            | different
address         | postcode=ZC1 2AB paon=12                    | postcode=ZC1 2AB paon=12                     | dwelling
address         | postcode=ZC1 2AB paon=12 saon=FLAT 1        | postcode=ZC1 2AB paon=12 saon=FLAT 2         | building
address         | postcode=ZC1 2AB paon=12 address_kind=hmo   | postcode=ZC1 2AB paon=12                     | building
address         | postcode=ZC1 2AB paon=12 address_key=100    | postcode=ZC1 2AB paon=12                     | dwelling
address         | postcode=ZC1 2AB paon=12                    | postcode=ZC1 2AB paon=14                     | postcode
address         | postcode=ZC1 2AB paon=12                    | postcode=ZC1 2XY paon=14                     | area
address         | postcode=ZC1 2AB paon=12                    | postcode=ZC3 4AB paon=12                     | elsewhere
address         | postcode=ZC1 2AB paon=12                    | paon=12                                      | -
"""


def _values(text: str) -> dict[str, str | None]:
    """Read `name=value` parts; a value may hold spaces, and an empty one is null."""
    parts: list[str] = []
    for word in text.split():
        if "=" in word:
            parts.append(word)
        else:
            parts[-1] += f" {word}"
    return {name: value or None for name, value in (part.split("=") for part in parts)}


CASES = [[cell.strip() for cell in line.split("|")] for line in EXAMPLES.strip().splitlines()]


def compared_pair(left: dict, right: dict) -> dict[str, object]:
    """The one compared pair of two records, as a row by column name."""
    with staged([a_record("a", **left), a_record("b", **right)]) as con:
        blocking.prepare_records(con)
        con.execute("create temp table candidate_pair as select 1 as n_l, 2 as n_r, 1 as position")
        scoring.compare(con, PEOPLE)
        result = con.execute("from compared_pair")
        return dict(zip([column[0] for column in result.description], result.fetchall()[0], strict=True))


@pytest.mark.parametrize(("field", "left", "right", "level"), CASES, ids=[" ".join(" ".join(case).split()) for case in CASES])
@pytest.mark.parametrize("is_turned", [False, True], ids=["as given", "turned"])
def test_a_level_by_example(field: str, left: str, right: str, level: str, is_turned: bool):
    sides = [NAMED | _values(left), NAMED | _values(right)]
    pattern = compared_pair(*(sides[::-1] if is_turned else sides))["pattern"]
    found = PEOPLE.by_name[field].level(pattern)
    assert (PEOPLE.by_name[field].levels[found - 1] if found else "-") == level


@pytest.mark.parametrize(
    ("left", "right", "is_vetoed"),
    [
        ({"birth_date_latest": "1998-05-01"}, {"birth_date": "2010-02-02"}, True),
        ({"birth_date_latest": "1998-05-01"}, {"birth_date": "1980-02-02"}, False),
        ({"upn": "A1", "birth_date": "2010-02-02"}, {"upn": "B2", "birth_date": "2012-07-28"}, True),
        ({"upn": "A1", "birth_date": "2010-02-02"}, {"upn": "B2", "birth_date": "2010-02-02"}, False),
        ({"upn": "A1", "birth_date": "2010-02-02", "forename": "ADAM"}, {"upn": "B2", "birth_date": "2010-02-02", "forename": "JACK"}, True),
        ({"birth_date": "1979-08-19"}, {"birth_date": "2011-02-03"}, True),
        ({"birth_date": "1979-08-19"}, {"birth_date": "1983-02-03"}, False),
        ({"birth_date": "1979-08-19", "nino": "AB123456"}, {"birth_date": "2011-02-03", "nino": "AB123456"}, False),
        ({"forename": "OLIVER", "sex": "M"}, {"forename": "GRACE", "sex": "F"}, True),
        ({"forename": "OLIVER", "sex": "M"}, {"forename": "OLIVER", "sex": "F"}, False),
    ],
    ids=[
        "a parent's namesake child",
        "a parent of possible age",
        "two pupils of other numbers and dates",
        "one pupil with two numbers",
        "twins by their numbers",
        "namesakes a generation apart",
        "one person with a wrong date",
        "one person by the number with a wrong date",
        "sister and brother",
        "a sex keyed wrong",
    ],
)
def test_what_cannot_be_one_person_is_vetoed(left: dict, right: dict, is_vetoed: bool):
    assert compared_pair(NAMED | left, NAMED | right)["is_vetoed"] is is_vetoed


def test_two_records_that_say_nothing_have_an_empty_pattern():
    assert compared_pair({}, {})["pattern"] == 0


def test_the_fields_do_not_overlap_in_a_pattern():
    taken = [shift for field in PEOPLE.fields for shift in range(field.shift, field.shift + 4)]
    assert len(taken) == len(set(taken))
    assert all(len(field.levels) < 16 for field in PEOPLE.fields)


def test_a_pattern_in_words_leaves_missing_fields_out():
    pattern = PEOPLE.by_name["sex"].exact << PEOPLE.by_name["sex"].shift
    assert levels_in_words(pattern, PEOPLE.fields) == "sex=exact"
