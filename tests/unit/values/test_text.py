import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.values.text import folded, mended


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("JosÃ©", "José"),
        ("Oâ€™Neill", "O\u2019Neill"),
        ("MÃ¼ller", "Müller"),
        ("Å\x81ukasz", "Łukasz"),
        ("José", "José"),
        ("Ã", "Ã"),
        ("PÃO", "PÃO"),
        ("Zoë JosÃ©", "Zoë José"),
    ],
)
def test_text_read_in_the_wrong_encoding_is_mended_where_certain(written, meant):
    assert mended(written) == meant


@pytest.mark.parametrize(
    ("written", "plain"), [("Łukasz", "LUKASZ"), ("Straße", "STRASSE"), ("Ørsted", "ORSTED"), ("  a\tb  c ", "A B C"), ("o\u2019neill", "O'NEILL"), (None, "")]
)
def test_letters_are_folded_to_ascii_capitals(written, plain):
    assert folded(written) == plain


@given(st.text(max_size=60))
def test_folding_never_raises_and_is_done_once(text):
    once = folded(text)
    assert once.isascii()
    assert folded(once) == once


@given(st.text(alphabet=st.characters(min_codepoint=0xC0, max_codepoint=0x17F), min_size=1, max_size=10))
def test_a_name_broken_by_a_wrong_encoding_folds_as_the_name_does(text):
    broken = text.encode().decode("cp1252", errors="replace")
    if "\ufffd" not in broken and "\u00a0" not in broken:
        assert folded(broken) == folded(text)
