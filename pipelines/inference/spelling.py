"""How a header is spelled: taken apart into words, abbreviations written out; apart from what the words mean in a contract."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from pipelines import authority

HEADER_WORDS = authority.LAYOUTS.parent / "header_words.yml"

# The shortest word that is still itself without its ending.
_LONG = 5
# D_O_B and p.w. are one word each, and so are A/C and P/Code.
_SPELLED = re.compile(r"(?<![A-Za-z])([A-Za-z])[/._ ](?=[A-Za-z](?![A-Za-z]))")
_SLASHED = re.compile(r"(?<![A-Za-z])([A-Za-z])/(?=[A-Za-z])")
_ENDING = re.compile(r"(ions?|ements?|ments?|ings?|ed|es|e|s)$")
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")


@cache
def known() -> dict[str, Any]:
    """The file of header words."""
    found: dict[str, Any] = authority.read_yaml(HEADER_WORDS)
    return found


@cache
def tokens(header: str) -> tuple[str, ...]:
    """The header taken apart, as it is spelled."""
    joined = _SLASHED.sub(r"\1", _SPELLED.sub(r"\1", header))
    return tuple(word.lower() for token in re.findall(r"[^\W_]+", joined) for word in _taken_apart(token))


def counted(text: str) -> str:
    """First and second contacts as contacts 1 and 2, before "first" is taken for a forename."""
    for several, one in known()["ordinals"].items():
        text = re.sub(rf"\b{several}\b", str(one), text)
    return text


def _taken_apart(token: str) -> list[str]:
    """TenantSurName in three words; what is an abbreviation as it stands, such as DoB, in one."""
    return [token] if token.lower() in known()["abbreviations"] else _WORD.findall(token)


def written_out(word: str) -> list[str]:
    """The words an abbreviation stands for, or one that differs from it by its ending; the word itself where it is none."""
    abbreviations = known()["abbreviations"]
    seen = {word}
    found = [word]
    if word not in abbreviations and word not in known()["noise"]:
        found = [_by_stem().get(_stem(word), word)] if len(word) >= _LONG else found
    while any(part in abbreviations for part in found):
        found = [whole for part in found for whole in str(abbreviations.get(part, part)).split()]
        if seen >= set(found):
            break
        seen |= set(found)
    return found


@cache
def _by_stem() -> dict[str, str]:
    """Long abbreviations by their stem: terminated is written out as termination is."""
    return {_stem(word): word for word in known()["abbreviations"] if len(word) > _LONG}


def _stem(word: str) -> str:
    stem = _ENDING.sub("", word)
    return stem if len(stem) >= _LONG else word


def together(listed: Sequence[str]) -> Iterator[str]:
    """'Sur name', 'fore name' and 'post code' as one word."""
    text = " ".join(listed)
    for first, second in (("sur", "name"), ("fore", "name"), ("post", "code")):
        text = text.replace(f"{first} {second}", first + second)
    yield from text.split()
