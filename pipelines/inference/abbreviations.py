"""Words a supplier has cut short, written out by the words its contract uses: CLMT is a claimant; apart from likeness, which compares whole words."""

from collections.abc import Collection

# So many of a word's consonants must stand in what is taken for it.
_ENOUGH = 0.6
_SHORTEST = 3


def whole_word(token: str, vocabulary: Collection[str]) -> str | None:
    """The one word of the vocabulary that the token cuts short; None where none or several are as near."""
    if len(token) < _SHORTEST or not token.isalpha():
        return None
    scored = sorted(((nearness, word) for word in vocabulary if (nearness := _nearness(token, word)) >= _ENOUGH), reverse=True)
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1]


def _nearness(token: str, word: str) -> float:
    """0 to 1: how much of the word the token keeps, its letters in their order and its first letter first."""
    if len(word) < len(token) + 2 or not word.isalpha() or token[0] != word[0]:
        return 0.0
    if word.startswith(token):
        return 1.0
    if not _in_order(token, word) or _consonants(token)[-1:] != _consonants(word)[-1:]:
        return 0.0
    return len(_consonants(token)) / len(_consonants(word))


def _in_order(token: str, word: str) -> bool:
    letters = iter(word)
    return all(letter in letters for letter in token)


def _consonants(word: str) -> str:
    return "".join(letter for letter in word if letter not in "aeiou")
