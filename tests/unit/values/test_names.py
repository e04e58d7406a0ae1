import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.values.names import Name, name, phonetic

WHOLE_NAMES = """
SMITH, John Paul                -> -    JOHN      PAUL      SMITH          -
Turing, MR Alan Mathison        -> MR   ALAN      MATHISON  TURING         -
Mrs Jane Smith                  -> MRS  JANE      -         SMITH          -
Mrs. J. Smith                   -> MRS  J         -         SMITH          -
Mr & Mrs J Smith                -> -    J         -         SMITH          -
John and Jane Smith             -> -    JOHN      -         SMITH          -
Miss A-M O'Neill                -> MISS A_M       -         ONEILL         -
John O\u2019Neill                    -> -    JOHN      -         ONEILL         -
Dr Mary-Jane van der Berg       -> DR   MARY_JANE -         VAN_DER_BERG   -
DE LA CRUZ, Maria               -> -    MARIA     -         DE_LA_CRUZ     -
Smith-Jones, Anna               -> -    ANNA      -         SMITH_JONES    -
Abdi Mohamed Ali                -> -    ABDI      MOHAMED   ALI            -
McDonald, Ronnie                -> -    RONNIE    -         MCDONALD       -
Mc Donald, Ronnie               -> -    RONNIE    -         MCDONALD       -
JONES, Tom AKA SMITH            -> -    TOM       -         JONES          SMITH
JONES, Tom (AKA Tommy Smith)    -> -    TOM       -         JONES          SMITH
JONES, Tom AKA SMITH, Tommy     -> -    TOM       -         JONES          SMITH
JONES, Tom AKA T                -> -    TOM       -         JONES          -
Jordan JONES AKA JORDAN         -> -    JORDAN    -         JONES          -
Oluwaseun ADEYEMI alias OKAFOR  -> -    OLUWASEUN -         ADEYEMI        OKAFOR
Jordan Ryan JONES AKA J         -> -    JORDAN    RYAN      JONES          -
Maria Ana DA SILVA COSTA        -> -    MARIA     ANA       DA_SILVA_COSTA -
Mr Tom JONES AKA BROWN, Tom     -> MR   TOM       -         JONES          BROWN
Mary Smith née Jones            -> -    MARY      -         SMITH          JONES
SMITH (formerly BROWN), Mary    -> -    MARY      -         SMITH          BROWN
J0hn Sm1th (Decd)               -> -    JOHN      -         SMITH          -
Wi11iam 1ewis dec'd             -> -    WILLIAM   -         LEWIS          -
Mr. John Smith Jr               -> MR   JOHN      -         SMITH          -
& Zoë Núñez                     -> -    ZOE       -         NUNEZ          -
BABY SMITH                      -> -    -         -         SMITH          -
SMITH                           -> -    -         -         SMITH          -
Mrs Smith                       -> MRS  -         -         SMITH          -
"""

NOBODY = [
    ".",
    "",
    "  ",
    "UNKNOWN",
    "Not known",
    "N/K",
    "n/a",
    "TEST TEST",
    "The Occupier",
    "Calder Housing Ltd",
    "Exors of John Smith",
    "REPS OF MRS JONES",
    "VOID",
    "Mum",
    "***",
]


@pytest.mark.parametrize("line", [line for line in WHOLE_NAMES.split("\n") if line])
def test_a_whole_name_is_split_and_folded(line):
    written, expected = line.split(" -> ")
    title, forename, middle_names, surname, former = (None if word == "-" else word.replace("_", " ") for word in expected.split())
    read = name(full_name=written.strip())
    assert read[:5] == (title, forename, middle_names, surname, former)


@pytest.mark.parametrize("written", NOBODY)
def test_what_names_nobody_becomes_null(written):
    assert name(full_name=written)[1:5] == (None, None, None, None)
    assert name(surname=written).surname is None


def test_further_forenames_in_the_forename_field_are_middle_names():
    assert name(forename="John Paul", middle_names="Lee", surname="Smith")[1:4] == ("JOHN", "PAUL LEE", "SMITH")


def test_a_title_in_front_of_the_forename_is_taken_off():
    read = name(forename="Miss Anna", surname="Smith")
    assert (read.title, read.forename, read.title_sex) == ("MISS", "ANNA", "F")


def test_parts_win_over_the_whole_name():
    assert name(forename="Anna", surname="Smith", full_name="JONES, Beth").surname == "SMITH"


def test_a_missing_forename_is_looked_for_in_the_whole_name():
    assert name(surname="Smith", full_name="SMITH, Anna").forename == "ANNA"


def test_a_whole_name_in_the_surname_field_is_split():
    assert name(surname="SMITH, Anna")[1:4] == ("ANNA", None, "SMITH")


def test_a_former_surname_that_is_the_surname_says_nothing():
    assert name(forename="Anna", surname="Smith", former_surname="SMITH").former_surname is None


@pytest.mark.parametrize(("title", "sex"), [("Mr", "M"), ("Mrs.", "F"), ("Miss", "F"), ("Dr", None), ("Mx", None), ("Countess", None)])
def test_a_title_tells_the_sex_where_it_can(title, sex):
    assert name(title=title, forename="Sam", surname="Smith").title_sex == sex


def test_spellings_of_one_sound_share_a_phonetic_key():
    assert phonetic("CATHERINE") == phonetic("KATHERINE")
    assert phonetic("SMYTH") == phonetic("SMITH")
    assert phonetic(None) is None


@given(st.lists(st.none() | st.text(max_size=40), min_size=6, max_size=6))
def test_no_text_breaks_the_reading_of_a_name(parts):
    read = name(*parts)
    for value in read[1:5]:
        assert value is None or (value and value == " ".join(value.split()) and value.replace(" ", "").isalpha() and value.isascii() and value.isupper())


@given(st.text(alphabet="BEGHIJKRSbeg'\u2019-. ,&/()01éłÃ©", max_size=30), st.text(alphabet="BEGHIJKRSbeg'\u2019-. ()01é", max_size=30))
def test_a_standardised_name_stays_as_it_is(forename, surname):
    once = name(forename=forename, surname=surname)
    again = name(once.title, once.forename, once.middle_names, once.surname, once.former_surname)
    # A space in a forename stood for a hyphen; read again, it parts two names.
    assert [word for part in again[1:3] if part for word in part.split()] == [word for part in once[1:3] if part for word in part.split()]
    assert (again.title, again.surname, again.former_surname) == (once.title, once.surname, once.former_surname)


def test_a_name_read_in_the_wrong_encoding_is_mended():
    assert name(full_name="Łukasz Świątek".encode().decode("latin-1"))[1:4] == ("LUKASZ", None, "SWIATEK")


def test_the_short_cut_for_plain_names_agrees_with_nameparser():
    from nameparser import HumanName

    for written in ("Anna Smith", "Anna Mary Smith", "Mrs Anna Smith", "SMITH, Anna", "Smith-Jones, Anna Mary", "Wei Zhang", "Oluwaseun Adeyemi Okafor"):
        human, read = HumanName(written), name(full_name=written)
        assert isinstance(read, Name)
        assert (read.forename, read.middle_names or "", read.surname) == (human.first.upper(), human.middle.upper(), human.last.upper().replace("-", " "))
