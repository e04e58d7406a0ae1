"""Names of many cultures with their real skew: the lists are the two CSV files beside this module."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from pipelines.synthetic.frame import Array, Rng, repeated, texts, zipf

# Shares of households; the names' lists are in forenames.csv and surnames.csv.
COMMUNITIES: dict[str, float] = {
    "english": 0.555,
    "irish": 0.035,
    "pakistani": 0.085,
    "bangladeshi": 0.035,
    "gujarati": 0.025,
    "punjabi_sikh": 0.025,
    "somali": 0.03,
    "west_african": 0.05,
    "caribbean": 0.035,
    "polish": 0.04,
    "romanian": 0.02,
    "portuguese": 0.015,
    "chinese": 0.012,
    "vietnamese": 0.006,
    "arabic": 0.02,
    "turkish": 0.012,
}
_SHARED_FORENAMES = {"irish": 0.45, "caribbean": 0.35, "west_african": 0.1, "chinese": 0.15}  # who also use English forenames
# Shares of surnames from the long tail, which is made of morphemes.
_MADE_UP_SHARE = {"english": 0.42, "polish": 0.5, "romanian": 0.4, "turkish": 0.4, "arabic": 0.35, "west_african": 0.35, "gujarati": 0.25}


@dataclass(frozen=True, slots=True)
class Pool:
    """Names in order of frequency and their probabilities."""

    names: Array
    p: Array

    def draw(self, rng: Rng, count: int) -> Array:
        """So many names."""
        return self.names[rng.choice(len(self.names), size=count, p=self.p)]


def rows(file: str) -> list[dict[str, str]]:
    """A list's rows."""
    text = files("pipelines.synthetic").joinpath(file).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _pool(names: str, exponent: float) -> Pool:
    values = texts(names.split(";"))
    return Pool(values, zipf(len(values), exponent))


@cache
def forename_pools() -> dict[tuple[str, str], list[tuple[int, int, Pool]]]:
    """By community and sex: birth years from and to, and the pool."""
    pools: dict[tuple[str, str], list[tuple[int, int, Pool]]] = {}
    for row in rows("forenames.csv"):
        exponent = 0.9 if row["community"] in {"pakistani", "bangladeshi", "somali", "arabic"} else 0.6
        pools.setdefault((row["community"], row["sex"]), []).append((int(row["born_from"]), int(row["born_to"]), _pool(row["names"], exponent)))
    return pools


@cache
def surname_pools() -> dict[tuple[str, str], Pool]:
    """By community and kind: family, and woman where women bear their own."""
    lists = {(row["community"], row["kind"]): row["names"] for row in rows("surnames.csv")}
    pools = {key: _pool(names, 0.75) for key, names in lists.items() if key[1] in {"family", "woman"}}
    for community, share in _MADE_UP_SHARE.items():
        made = _made(lists[community, "first_morpheme"], lists[community, "last_morpheme"])
        real = pools[community, "family"]
        p = np.concatenate([real.p * (1 - share), zipf(len(made), 0.5) * share])
        pools[community, "family"] = Pool(np.concatenate([real.names, made]), p)
    return pools


def _made(first: str, last: str) -> Array:
    """The long tail: names put together of morphemes, in an order that is always the same."""
    made = texts(sorted({a + b for a in first.split(";") for b in last.split(";")}))
    return made[np.random.default_rng(7).permutation(len(made))]


def communities(rng: Rng, count: int) -> Array:
    """A community for each household."""
    shares = np.array(list(COMMUNITIES.values()))
    return texts(list(COMMUNITIES))[rng.choice(len(shares), size=count, p=shares / shares.sum())]


def forenames(rng: Rng, community: Array, sex: Array, birth_year: Array) -> Array:
    """A forename for each person by community, sex and birth year."""
    result = repeated(None, len(community))
    source = community.copy()
    for name, share in _SHARED_FORENAMES.items():
        source[(community == name) & (rng.random(len(community)) < share)] = "english"
    for (name, of_sex), pools in forename_pools().items():
        here = (source == name) & (sex == of_sex)
        for born_from, born_to, pool in pools:
            index = np.flatnonzero(here & (birth_year >= born_from) & (birth_year <= born_to))
            result[index] = pool.draw(rng, len(index))
    return result


def surnames(rng: Rng, community: Array) -> Array:
    """A family surname for each community given."""
    result = repeated(None, len(community))
    for (name, kind), pool in surname_pools().items():
        if kind == "family":
            index = np.flatnonzero(community == name)
            result[index] = pool.draw(rng, len(index))
    return result


def womens_surnames(rng: Rng, community: Array, surname: Array) -> Array:
    """What a woman of the family is called: an own name in South Asian communities, the feminine form in Polish."""
    result = surname.copy()
    for (name, kind), pool in surname_pools().items():
        if kind == "woman":
            index = np.flatnonzero((community == name) & (rng.random(len(community)) < 0.5))
            result[index] = pool.draw(rng, len(index))
    return polish_feminine(community, result)


def polish_feminine(community: Array, surname: Array) -> Array:
    """Kowalski becomes Kowalska."""
    result = surname.copy()
    for i in np.flatnonzero(community == "polish"):
        if result[i] and result[i].endswith(("ski", "cki", "dzki")):
            result[i] = result[i][:-1] + "a"
    return result
