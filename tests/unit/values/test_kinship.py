import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.values.kinship import kinship


@pytest.mark.parametrize(
    ("word", "relationship_type", "sex", "years_older"),
    [
        ("Mother", "parent_of", "F", 13),
        ("MUM", "parent_of", "F", 13),
        ("Father", "parent_of", "M", 13),
        ("Step-Father", "parent_of", "M", 13),
        ("Step mother", "parent_of", "F", 13),
        ("Parent", "parent_of", None, 13),
        ("Carer", "parent_of", None, None),
        ("Guardian", "parent_of", None, None),
        ("Foster Carer", "parent_of", None, None),
        ("Grandmother", "household_member_of", "F", 28),
        ("Grand father", "household_member_of", "M", 28),
        ("Nan", "household_member_of", "F", 28),
        ("Aunt", "household_member_of", "F", None),
        ("Sister", "household_member_of", "F", None),
        ("Step-brother", "household_member_of", "M", None),
        ("Childminder", None, None, None),
        ("Family friend", None, None, None),
        ("Social Worker", None, None, None),
        ("", None, None, None),
        (None, None, None, None),
    ],
)
def test_a_contacts_word_says_what_they_are_to_the_pupil(word, relationship_type, sex, years_older):
    assert kinship(word) == (relationship_type, sex, years_older)


@given(st.text(max_size=30))
def test_no_word_breaks_the_reading_of_kinship(word):
    assert kinship(word).relationship_type in (None, "parent_of", "household_member_of")
