"""Words written as one, taken apart by words that are known: dateofbirth, accno; apart from abbreviations, which cut one word short."""

from collections.abc import Collection
from functools import cache

_SHORTEST_TOKEN = 5
_SHORTEST_WORD = 2
# Pieces shorter than this on average are found in any word.
_LONG_ENOUGH = 2.5
# A word nobody knows may stand at one end (termlysessionspossible), where the rest is long words and most of the whole.
_LONG_WORD, _MOST = 4, 0.6


def taken_apart(token: str, known: Collection[str]) -> list[str]:
    """The fewest known words that together are the token; empty where it is none, or is one itself."""
    if len(token) < _SHORTEST_TOKEN or not token.isalpha() or token in known:
        return []
    lexicon = frozenset(word for word in known if len(word) >= _SHORTEST_WORD)

    @cache
    def fewest(start: int) -> tuple[str, ...] | None:
        if start == len(token):
            return ()
        ends = [end for end in range(len(token), start + 1, -1) if token[start:end] in lexicon]
        found = [(token[start:end], *rest) for end in ends if (rest := fewest(end)) is not None]
        return min(found, key=len, default=None)

    pieces = fewest(0) or ()
    if pieces and len(token) / len(pieces) >= _LONG_ENOUGH:
        return list(pieces)
    for start in range(_LONG_WORD, int(len(token) * (1 - _MOST)) + 1):
        rest = fewest(start)
        if rest and min(map(len, rest)) >= _LONG_WORD:
            return [token[:start], *rest]
    return []
