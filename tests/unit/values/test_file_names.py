import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.values.file_names import shown, shown_lines


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("asb_extract_20261120.csv", "asb_extract_20261120.csv"),
        ("Zoë's pupils.csv", "Zoë's pupils.csv"),
        ("a\x1b[31mb.csv", r"a\x1b[31mb.csv"),
        ("a\nb.csv", r"a\nb.csv"),
        ("a\x9b2Jb.csv", r"a\x9b2Jb.csv"),
        ("a\u202egnp.csv", r"a\u202egnp.csv"),
        ("a\udce9.csv", r"a\udce9.csv"),
    ],
)
def test_letters_that_do_not_print_as_themselves_are_escaped(name, expected):
    assert shown(name) == expected


@given(st.text())
def test_whatever_the_name_what_is_shown_prints_on_one_line(name):
    assert shown(name).isprintable()
    assert shown(shown(name)) == shown(name)


@given(st.text(alphabet=string.ascii_letters + string.digits + " -_.,()'éüŁ"))
def test_a_name_of_ordinary_letters_is_shown_as_it_is(name):
    assert shown(name) == name


def test_a_message_keeps_its_lines_and_nothing_else_of_the_kind():
    assert shown_lines("one\ntwo\x1b[0m\r") == "one\ntwo\\x1b[0m\\r"
