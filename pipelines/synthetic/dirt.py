"""The mistakes real extracts hold (typing, swapping, forgetting), each a small function on one value."""

import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

import numpy as np

from pipelines.synthetic import names
from pipelines.synthetic.frame import Array, Rng, blank, change, where
from pipelines.synthetic.people import EPOCH

_NEAR = {"a": "s", "e": "r", "i": "o", "o": "p", "s": "d", "r": "t", "n": "m", "m": "n", "l": "k", "t": "r", "c": "v", "y": "u", "u": "i", "d": "f", "h": "j"}


def typing_error(text: str, rng: Rng) -> str:
    """One slip: two letters swapped, one lost, one doubled or one replaced by its neighbour on the keyboard."""
    if len(text) < 4:
        return text
    at = int(rng.integers(1, len(text) - 1))
    slips: tuple[Callable[[], str], ...] = (
        lambda: text[:at] + text[at + 1] + text[at] + text[at + 2 :],
        lambda: text[:at] + text[at + 1 :],
        lambda: text[: at + 1] + text[at:],
        lambda: text[:at] + _NEAR.get(text[at].lower(), "e") + text[at + 1 :],
    )
    return slips[int(rng.integers(len(slips)))]()


@cache
def _familiar() -> dict[str, list[str]]:
    """Familiar forms, a list of the generator's own: the product's is not tested against itself."""
    return {row["forename"]: row["familiar_forms"].split(";") for row in names.rows("nicknames.csv")}


def nickname(forename: str, rng: Rng) -> str:
    """A familiar form of the forename, or the forename itself where none is known."""
    forms = _familiar().get(forename)
    return forms[int(rng.integers(len(forms)))] if forms else forename


def one_half(surname: str, rng: Rng) -> str:
    """One half of a double-barrelled name."""
    halves = surname.replace("-", " ").split()
    return halves[int(rng.integers(len(halves)))] if len(halves) > 1 and "-" in surname else surname


def plain_capitals(text: str) -> str:
    """Capitals without accents, as mainframes write."""
    letters = text.translate(str.maketrans("łŁıøØđĐ", "lLioOdD"))
    return "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c)).upper()


def no_apostrophe(surname: str, _: Rng) -> str:
    """O'Brien becomes OBrien or O Brien."""
    return surname.replace("'", "")


def untidy(identifier: str, rng: Rng) -> str:
    """Lower case, or spaces inside or around."""
    return (identifier.lower(), f" {identifier}", f"{identifier} ", f"{identifier[:2]} {identifier[2:]}")[int(rng.integers(4))]


def date_texts(day: Array, form: str) -> Array:
    """Days since 1970 as text; formatted once for each distinct day."""
    distinct, back = np.unique(day, return_inverse=True)
    return np.array([(EPOCH + timedelta(days=d)).strftime(form) for d in distinct.tolist()], dtype=object)[back]


def wrong_birth_day(rng: Rng, birth: Array, share: float) -> Array:
    """Days of birth of which a share is wrong: day and month swapped, a digit mistyped, the year one off or 1 January put in."""
    result = birth.copy()
    for i in np.flatnonzero(rng.random(len(birth)) < share):
        result[i] = _misread(EPOCH + timedelta(days=int(birth[i])), rng)
    return result


def _misread(born: date, rng: Rng) -> int:
    kind = rng.random()
    wrong = born
    if kind < 0.35 and born.day <= 12:
        wrong = date(born.year, born.day, born.month)
    elif kind < 0.7:
        wrong = born + timedelta(days=int(rng.choice((-10, -1, 1, 10))))
    elif kind < 0.85:
        wrong = date(born.year + int(rng.choice((-1, 1))), born.month, min(born.day, 28))
    else:
        wrong = date(born.year, 1, 1)
    return (wrong - EPOCH).days


def birth_texts(rng: Rng, birth: Array, form: str, *, wrong: float, lost: float, nineteen_hundred: float = 0.0) -> Array:
    """Dates of birth as a source writes them; missing ones are None."""
    text = date_texts(wrong_birth_day(rng, birth, wrong), form)
    text = blank(rng, text, lost)
    return blank(rng, text, nineteen_hundred, date(1900, 1, 1).strftime(form)) if nineteen_hundred else text


def impossible(text: str, _: Rng) -> str:
    """A date no calendar holds, in the same layout, which the row must be rejected for."""
    return {"/": "31/02/", "-": "31-Feb-"}.get(text[2], "") + text[-4:] if not text.isdigit() else f"{text[:4]}0231"


def clerk_names(rng: Rng, forename: Array, surname: Array, *, typo: float, nick: float, swap: float = 0.0) -> tuple[Array, Array]:
    """Forename and surname as a clerk at that rate of error puts them down."""
    first = change(rng, change(rng, forename, nick, nickname), typo, typing_error)
    last = change(rng, change(rng, surname, typo, typing_error), 0.25, one_half)
    last = change(rng, last, 0.15, no_apostrophe)
    swapped = rng.random(len(first)) < swap
    return where(swapped, last, first), where(swapped, first, last)
