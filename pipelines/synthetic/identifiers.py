"""National Insurance numbers and unique pupil numbers: valid in form, each given once, none of them anyone's."""

from itertools import product

import numpy as np

from pipelines.synthetic.frame import Array, Columns, Rng, texts

_FIRST = "ABCEGHJKLMNOPRSTWXYZ"
_SECOND = "ABCEGHJKLMNPRSTWXYZ"
_UNUSED = {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}
PREFIXES = [a + b for a, b in product(_FIRST, _SECOND) if a + b not in _UNUSED]
_STRIDE = 7_368_787  # a prime: numbers of neighbours lie far apart, and none repeats
UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_AUTHORITY = 928  # an authority that was abolished: none gives these numbers out any more
_RECEPTION_AGE = 4.5


def ninos(rng: Rng, number: Array) -> Array:
    """A NINO for each of these distinct numbers."""
    place = (number.astype(np.int64) * _STRIDE + 123_457) % (len(PREFIXES) * 1_000_000)
    suffix = rng.choice(list("ABCD"), size=len(number))
    return texts([f"{PREFIXES[p // 1_000_000]}{p % 1_000_000:06d}{s}" for p, s in zip(place.tolist(), suffix, strict=True)])


def upns(people: Columns, number: Array) -> Array:
    """A UPN for everyone of school age, None for others; siblings', and so twins', run on."""
    result = np.full(len(number), None, dtype=object)
    pupil = np.flatnonzero((people["age"] >= 3) & (people["age"] < 19))
    year = np.floor(1970 + (people["birth"][pupil] + _RECEPTION_AGE * 365.25) / 365.25).astype(int) % 100
    school = 2000 + number[pupil] // 1_000 % 6000
    for i, s, y, n in zip(pupil, school.tolist(), year.tolist(), (number[pupil] % 1_000).tolist(), strict=True):
        result[i] = with_check_letter(f"{_AUTHORITY}{s:04d}{y:02d}{n:03d}")
    return result


def with_check_letter(digits: str) -> str:
    """The UPN of 12 digits: the weighted sum of positions 2 to 13, modulo 23, gives the letter (DfE UPN guide)."""
    total = sum(int(d) * i for i, d in enumerate(digits, start=2))
    return UPN_LETTERS[total % 23] + digits


def wrong_check_letter(upn: str) -> str:
    """The same digits with the next letter, which is wrong."""
    return UPN_LETTERS[(UPN_LETTERS.index(upn[0]) + 1) % 23] + upn[1:]
