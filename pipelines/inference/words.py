"""How alike a header and a contract's column are by their words; apart from values, whose evidence is of another kind."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipelines import authority
from schemas.extracts import CONTRACTS

HEADER_WORDS = authority.LAYOUTS.parent / "header_words.yml"

# Words that many columns share, so that having them in common says little.
_COMMON = {"reference", "type", "code", "line", "unique", "indicator", "flag", "date", "name", "amount"}
_COMMON_WEIGHT = 0.5
# Names a letter or two apart are taken for one; shorter words are too easily alike.
_ALIKE, _LONG = 0.92, 5
_OTHER_QUALIFIER = 0.35
# D_O_B and p.w. are one word each, and so are A/C and P/Code.
_SPELLED = re.compile(r"(?<![A-Za-z])([A-Za-z])[/._ ](?=[A-Za-z](?![A-Za-z]))")
_SLASHED = re.compile(r"(?<![A-Za-z])([A-Za-z])/(?=[A-Za-z])")
_WORD = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way of calling a column: its words, and the text they come from."""

    words: Words
    text: str


@cache
def known() -> dict[str, Any]:
    """The file of header words."""
    found: dict[str, Any] = authority.read_yaml(HEADER_WORDS)
    return found


@cache
def words(header: str) -> Words:
    """The header's words in one spelling: camel case and signs taken apart, abbreviations written out, noise left out."""
    joined = _SLASHED.sub(r"\1", _SPELLED.sub(r"\1", header))
    listed = [word.lower() for token in re.findall(r"[^\W_]+", joined) for word in _taken_apart(token)]
    spelled = [word for written in _counted(" ".join(listed)).split() for word in _written_out(written)]
    kept = [word for word in spelled if word not in known()["noise"]]
    return frozenset(_together(kept or spelled))


def _counted(text: str) -> str:
    """First and second contacts as contacts 1 and 2, before "first" is taken for a forename."""
    for several, one in known()["ordinals"].items():
        text = re.sub(rf"\b{several}\b", str(one), text)
    return text


def _taken_apart(token: str) -> list[str]:
    """TenantSurName in three words; what is an abbreviation as it stands, such as DoB, in one."""
    return [token] if token.lower() in known()["abbreviations"] else _WORD.findall(token)


def _written_out(word: str) -> list[str]:
    abbreviations = known()["abbreviations"]
    seen = {word}
    found = [word]
    while any(part in abbreviations for part in found):
        found = [whole for part in found for whole in str(abbreviations.get(part, part)).split()]
        if seen >= set(found):
            break
        seen |= set(found)
    return found


def _together(listed: list[str]) -> Iterator[str]:
    """'Sur name', 'fore name' and 'post code' as one word."""
    text = " ".join(listed)
    for first, second in (("sur", "name"), ("fore", "name"), ("post", "code")):
        text = text.replace(f"{first} {second}", first + second)
    yield from text.split()


@cache
def likeness(header: str, source: str, column: str) -> tuple[float, str]:
    """0 to 1, and the phrase that is most like the header."""
    own = words(header)
    return max(((_alike(own, phrase.words, source), phrase.text) for phrase in phrases(source)[column]), default=(0.0, ""))


@cache
def phrases(source: str) -> dict[str, tuple[Phrase, ...]]:
    """Every phrase of each column of a source: those of the file, the headers of the library's layouts, and the contract's own name."""
    told = {column.name: [*_told(source, column.name), column.name.replace("_", " ")] for column in CONTRACTS[source].delivered}
    for name in authority.layout_names(source):
        layout = authority.read_yaml(authority.LAYOUTS / source / f"{name}.yml")
        for column, headers in layout["columns"].items():
            if column not in layout.get("split", {}) and column not in layout.get("combined", {}):
                told[column] += headers
    return {column: tuple({words(text): Phrase(words(text), text) for text in reversed(texts)}.values()) for column, texts in told.items()}


def _told(source: str, column: str) -> list[str]:
    file = known()
    own = list(file["columns"].get(source, file["columns"]["need"]).get(column, ()))
    of_people = {**file["person"], **file["address"]}
    for prefix, called in file["prefixes"].items():
        if column.startswith(prefix):
            own += [f"{who} {phrase}" for who in called for phrase in of_people.get(column.removeprefix(prefix), ())]
    return own + list(of_people.get(column, ()))


def _alike(header: Words, phrase: Words, source: str) -> float:
    """Shared words of all words, the common ones counting half; qualifiers that one side lacks make them strangers."""
    subjects = set(known()["subjects"].get(source, ()))
    # A column called by its people alone, such as "Tenant", holds their names.
    header, phrase = header - subjects or frozenset({"name"}), phrase - subjects or phrase
    shared = 0.0
    for word in phrase:
        shared += _weight(word) * max((_same(word, other) for other in header), default=0.0)
    whole = sum(map(_weight, header)) + sum(map(_weight, phrase))
    score = 2 * shared / whole if whole else 0.0
    qualifiers = set(known()["qualifiers"])
    return min(score, 1.0) * (1.0 if header & qualifiers == phrase & qualifiers else _OTHER_QUALIFIER)


def _weight(word: str) -> float:
    return _COMMON_WEIGHT if word in _COMMON else 1.0


@cache
def _same(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if min(len(one), len(other)) < _LONG:
        return 0.0
    import jellyfish

    found = jellyfish.jaro_winkler_similarity(one, other)
    return float(found) if found >= _ALIKE else 0.0
