"""How alike a header and a contract's column are by their words; apart from values, whose evidence is of another kind."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipelines import authority
from pipelines.inference import abbreviations, run_together
from pipelines.inference.spelling import counted, known, together, tokens, written_out
from pipelines.inference.targets import Target, every_target

# Words that many columns share, so that having them in common says little.
_COMMON = {"reference", "type", "code", "line", "unique", "indicator", "flag", "date", "name", "amount"}
_COMMON_WEIGHT = 0.5
# A word the contract does not know may be the system's name as well as another meaning.
_STRANGE_WEIGHT = 0.5
# Words that begin so many headers, and such a share of them, are what the system calls its people or things.
_OFTEN, _MANY = 4, 0.15
# Names a letter or two apart are taken for one; shorter words are too easily alike.
_ALIKE, _LONG = 0.92, 5
_OTHER_QUALIFIER = 0.35
_FIRST_OF_SEVERAL = 0.85
_SECOND_CHOICE = 0.75
_OTHER_OWNER = 0.9
Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way of calling a column: its words, and the text they come from."""

    words: Words
    text: str
    worth: float = 1.0


@cache
def words(header: str) -> Words:
    """The header's words in one spelling: camel case and signs taken apart, abbreviations written out, noise left out."""
    return _kept(" ".join(tokens(header)), written_out)


def words_in(header: str, key: str, subjects: Mapping[str, tuple[str, ...]]) -> Words:
    """The header's words as a supplier of this contract means them: what it calls its people left out, what it cuts short written out."""
    listed = tokens(header)
    if len(listed) > 1 and listed[0] in subjects:
        listed = (*subjects[listed[0]], *listed[1:])
    return _read(listed, key)


@cache
def _read(listed: tuple[str, ...], key: str) -> Words:
    return _kept(" ".join(listed), lambda word: _by_vocabulary(word, key))


def _kept(text: str, write_out: Callable[[str], list[str]]) -> Words:
    spelled = [word for written in counted(text).split() for word in write_out(written)]
    kept = [word for word in spelled if word not in known()["noise"]]
    found: Words = frozenset(together(kept or spelled))
    return found


def _by_vocabulary(word: str, key: str) -> list[str]:
    """A word written out by the list of abbreviations, or, where that leads to nothing the contract speaks of, by the contract's own words."""
    vocabulary = vocabulary_of(key)
    found = written_out(word)
    if word in known()["noise"] or any(part in vocabulary for part in found):
        return found
    pieces = run_together.taken_apart(word, _lexicon(key))
    if pieces:
        return [whole for piece in pieces for whole in written_out(piece)]
    initials = _by_initials(key).get(word)
    own = abbreviations.whole_word(word, sorted(vocabulary))
    return list(initials) if initials else [own] if own else found


@cache
def vocabulary_of(key: str) -> frozenset[str]:
    """Every word of the contract's phrases, and what it calls its people."""
    found: Words = _people(key).union(*(phrase.words for several in phrases(key).values() for phrase in several))
    return found


@cache
def _lexicon(key: str) -> frozenset[str]:
    """Every word that may stand in a header of the contract, as it is spelled and written out."""
    return vocabulary_of(key).union(known()["abbreviations"], known()["noise"])


@cache
def _by_initials(key: str) -> dict[str, tuple[str, ...]]:
    """Phrases of three words and more by their first letters: LMR is a labour market regime."""
    listed = [list(tokens(phrase.text)) for several in phrases(key).values() for phrase in several]
    return {"".join(word[0] for word in told): tuple(told) for told in listed if len(told) > 2}


def subjects_of(headers: Sequence[str], key: str) -> dict[str, tuple[str, ...]]:
    """Words that begin so many headers that they name the system's people or things (CLMT_, Asset, YP), each with the contract's words for them.

    None of those that tell the contract's columns apart. The first is the row's own person and needs no words; one under which the same is told again
    (ClmSurname, PtnSurname) is the next person the contract knows of, such as the partner.
    """
    told: dict[str, list[str]] = {}
    for listed in filter(lambda listed: len(listed) > 1, map(tokens, headers)):
        told.setdefault(listed[0], []).append(" ".join(listed[1:]))
    prefixes = [phrases for prefix in _prefixes(key) for phrases in known()["prefixes"][prefix][:1]]
    spoken = {word for prefix in _prefixes(key) for phrase in known()["prefixes"][prefix] for word in phrase.split()}
    many = [word for word, rest in told.items() if len(rest) >= max(_OFTEN, _MANY * len(headers))]
    plain = [word for word in many if not spoken & set(_by_vocabulary(word, key)) and _columns_with(word, key) <= 1]
    found: dict[str, tuple[str, ...]] = dict.fromkeys(plain, ())
    others = [word for word in plain[1:] if any(_tell_alike(told[word], told[before]) for before in plain[: plain.index(word)])]
    return found | {word: tuple(phrase.split()) for word, phrase in zip(others, prefixes, strict=False)}


def _tell_alike(own: Sequence[str], other: Sequence[str]) -> bool:
    """Whether most of what is told under one word is told under the other too."""
    return len(set(own) & set(other)) > len(set(own)) / 2


def _prefixes(key: str) -> list[str]:
    names = [column.name for column in every_target()[key].contract.delivered]
    return [prefix for prefix in known()["prefixes"] if any(name.startswith(prefix) for name in names)]


def _columns_with(word: str, key: str) -> int:
    meant = set(_by_vocabulary(word, key))
    return sum(any(meant & phrase.words for phrase in several) for several in phrases(key).values())


@cache
def _people(key: str) -> frozenset[str]:
    """What the contract calls its people."""
    told: dict[str, list[str]] = known()["subjects"]
    return frozenset(told.get(key) or told.get(every_target()[key].source) or told["need"])


def of_numbers(own: Words, key: str) -> Words:
    """The words of a column of numbers: one called by its people alone, such as "Person", is their reference and not their name."""
    return own | {"reference"} if own and own <= _people(key) else own


@cache
def likeness(own: Words, key: str, column: str) -> tuple[float, str]:
    """0 to 1, and the phrase that is most like the header's words; of what is called so only for want of better (a date reported) less."""
    return max(((_alike(own, phrase.words, key) * phrase.worth, phrase.text) for phrase in phrases(key)[column]), default=(0.0, ""))


@cache
def phrases(key: str) -> dict[str, tuple[Phrase, ...]]:
    """Every phrase of each column of a contract: those of the file, the headers of the library's layouts, and the contract's own name."""
    target = every_target()[key]
    told = {column.name: [*_told(target, column.name), column.name.replace("_", " ")] for column in target.contract.delivered}
    for name in authority.layout_names(target.source):
        layout = authority.read_yaml(authority.LAYOUTS / target.source / f"{name}.yml")
        layout = layout if target.is_main else layout.get("parts", {}).get(target.part, {})
        for column, headers in layout.get("columns", {}).items():
            if column in told and column not in layout.get("split", {}) and column not in layout.get("combined", {}):
                told[column] += headers
    return {column: (*_each(texts), *_each(_second_choice(target, column), _SECOND_CHOICE)) for column, texts in told.items()}


def _each(texts: Sequence[str], worth: float = 1.0) -> Iterator[Phrase]:
    yield from {words(text): Phrase(words(text), text, worth) for text in reversed(texts)}.values()


def _second_choice(target: Target, column: str) -> list[str]:
    found: list[str] = known()["second_choice"].get(target.source, {}).get(column, [])
    return found


def _told(target: Target, column: str) -> list[str]:
    file = known()
    listed = file["columns"]
    of_source = listed.get(target.source, listed["need"]).get(column, ())
    own = list(listed.get(target.key, {}).get(column, of_source))
    of_people = {**file["person"], **file["address"]}
    for prefix, called in file["prefixes"].items():
        if column.startswith(prefix):
            own += [f"{who} {phrase}" for who in called for phrase in of_people.get(column.removeprefix(prefix), ())]
    return own + list(of_people.get(column, ()))


def _alike(header: Words, phrase: Words, key: str) -> float:
    """Shared words of all words, those that tell little counting less; qualifiers that one side lacks make them strangers."""
    subjects = _people(key)
    whose = _same_owner(header, phrase, subjects)
    # A column called by its people alone, such as "Tenant", holds their names.
    header, phrase = header - subjects or frozenset({"name"}), phrase - subjects or phrase
    shared = 0.0
    for word in phrase:
        shared += _weight(word) * max((_same(word, other) for other in header), default=0.0)
    vocabulary = vocabulary_of(key)
    whole = sum(_weight(word) if word in vocabulary else _STRANGE_WEIGHT for word in header) + sum(map(_weight, phrase))
    score = 2 * shared / whole if whole else 0.0
    return min(score, 1.0) * _same_thing(header, phrase) * whose


def _same_owner(header: Words, phrase: Words, subjects: Words) -> float:
    """Less than 1 for a reference that one side says is a person's and the other does not: Ref beside Person is that of the thing."""
    plain = [side - subjects for side in (header, phrase)]
    if "reference" not in plain[0] & plain[1] or bool(header & subjects) == bool(phrase & subjects):
        return 1.0
    return _OTHER_OWNER if header & subjects or plain[0] <= _COMMON else 1.0


def _same_thing(header: Words, phrase: Words) -> float:
    """1 where both speak of the same person and end, less where not; the first of something numbered is often the only one."""
    qualifiers = set(known()["qualifiers"])
    differ = (header & qualifiers) ^ (phrase & qualifiers)
    if not differ:
        return 1.0
    return _FIRST_OF_SEVERAL if differ == {"1"} <= header else _OTHER_QUALIFIER


def qualified(own: Words) -> bool:
    """Whether the words say that the column is of somebody or something else than the row's person."""
    return bool(own & set(known()["qualifiers"]))


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
