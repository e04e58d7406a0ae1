"""Which names people bear: married, former and earlier fathers' names, twins, and sons named for their fathers."""

import numpy as np

from pipelines.synthetic import names
from pipelines.synthetic.frame import Array, Columns, Rng, is_filled, joined, where
from pipelines.synthetic.roles import CHILD, GRANDPARENT, HEAD, PARTNER, YEAR


def surnames(rng: Rng, frame: Columns, households: Columns, fathers: Array) -> None:
    """Who bears whose surname: married and former names, children of an earlier father, names that siblings do not share."""
    structure, community = households["structure"], households["community"]
    count = len(structure)
    own, his, earlier = (names.surnames(rng, c) for c in (community, households["partner_community"], community))
    linked = np.flatnonzero(fathers >= 0)
    earlier[linked] = own[fathers[linked]]
    married = (households["partners"] > 0) & (rng.random(count) < 0.62) & (structure != "foster")
    divorced = (structure == "lone_parent") & (rng.random(count) < 0.25)
    head_name = np.where(married, his, np.where(divorced, earlier, own))
    child_name = np.where(households["partners"] > 0, np.where(rng.random(count) < 0.93, his, own), np.where(rng.random(count) < 0.52, earlier, own))
    child_name = np.where(structure == "step_family", earlier, np.where(structure == "kinship", earlier, child_name))
    hyphen = (rng.random(count) < 0.035) & (own != his) & (households["partners"] > 0) & np.isin(community, ("english", "caribbean", "irish"))
    child_name[hyphen] = joined(own[hyphen], "-", his[hyphen])
    household, role = frame["household"], frame["role"]
    surname = np.where(role == HEAD, head_name[household], np.where(role == PARTNER, his[household], child_name[household]))
    half = (structure[household] == "step_family") & (role == CHILD) & (frame["rank"] == 0) & (rng.random(len(role)) < 0.5)
    surname[half] = his[household[half]]
    surname = np.where(role == GRANDPARENT, np.where(rng.random(count) < 0.5, his, own)[household], surname)
    frame["community"] = np.where(role == PARTNER, households["partner_community"][household], community[household])
    fostered = (structure[household] == "foster") & (role == CHILD)
    frame["community"][fostered] = names.communities(rng, int(fostered.sum()))
    surname[fostered] = names.surnames(rng, frame["community"][fostered])
    somali = (frame["community"] == "somali") & (rng.random(len(role)) < 0.7)
    surname[somali] = names.surnames(rng, frame["community"][somali])
    woman = (frame["sex"] == "F") & ((role != CHILD) | (rng.random(len(role)) < 0.15))
    surname[woman] = names.womens_surnames(rng, frame["community"][woman], surname[woman])
    girl = frame["sex"] == "F"
    surname[girl] = names.polish_feminine(frame["community"][girl], surname[girl])
    frame["surname"] = surname
    renamed = (role == HEAD) & (married | divorced)[household] & (frame["sex"] == "F") & (own[household] != surname)
    # Some children take the name of the family they now live in and are still known by the earlier one.
    child_renamed = (role == CHILD) & np.isin(structure[household], ("step_family", "lone_parent")) & (rng.random(len(role)) < 0.04)
    child_renamed &= earlier[household] != surname
    frame["former_surname"] = where(renamed, own[household], where(child_renamed, earlier[household], None))


def forenames(rng: Rng, frame: Columns) -> None:
    """Forenames, no two of one household alike, except a son named for his father; twins' often begin alike."""
    year = (1970 + frame["birth"] / YEAR).astype(int)
    forename = names.forenames(rng, frame["community"], frame["sex"], year)
    for _ in range(4):
        again = _repeats(frame["household"], forename)
        forename[again] = names.forenames(rng, frame["community"][again], frame["sex"][again], year[again])
    frame["forename"] = forename
    _alike_twins(rng, frame, year)
    _namesakes(rng, frame)
    middle = names.forenames(rng, frame["community"], frame["sex"], year)
    often = np.isin(frame["community"], ("english", "irish", "caribbean", "west_african", "polish"))
    # A name such as Mohammed is borne before the one that tells a man from his brothers.
    named_for = np.isin(frame["forename"], ("Mohammed", "Muhammad", "Mohammad", "Mohamed", "Md", "Abdul", "Syed", "Ghulam"))
    has_middle = rng.random(len(middle)) < np.where(named_for, 0.9, np.where(often, 0.6, 0.15))
    frame["middle_names"] = where(has_middle & (middle != frame["forename"]), middle, None)
    sikh = (frame["community"] == "punjabi_sikh") & (rng.random(len(middle)) < 0.7)
    frame["middle_names"][sikh] = np.where(frame["sex"][sikh] == "F", "Kaur", "Singh")


def _repeats(household: Array, forename: Array) -> Array:
    codes = np.unique(forename, return_inverse=True)[1] + household.astype(np.int64) * 100_000
    _, first = np.unique(codes, return_index=True)
    mask = np.ones(len(codes), dtype=bool)
    mask[first] = False
    return np.flatnonzero(mask)


def _alike_twins(rng: Rng, frame: Columns, year: Array) -> None:
    """Half of the twins of one sex get names with the same first letter, the hardest case for linkage."""
    for i in np.flatnonzero(frame["is_twin"] & (rng.random(len(year)) < 0.6)):
        if frame["sex"][i] != frame["sex"][i - 1] or not is_filled(frame["forename"][i - 1 : i])[0]:
            continue
        several = np.full(60, i)
        drawn = names.forenames(rng, frame["community"][several], frame["sex"][several], year[several])
        other = frame["forename"][i - 1]
        alike = sorted({name for name in drawn if name[0] == other[0] and name != other})
        if alike:
            frame["forename"][i] = alike[int(rng.integers(len(alike)))]


def _namesakes(rng: Rng, frame: Columns) -> None:
    """A father and son of one name at one address."""
    household = frame["household"]
    father = (frame["sex"] == "M") & ((frame["role"] == PARTNER) | (frame["role"] == HEAD))
    of_household = np.full(int(household.max()) + 1, -1)
    of_household[household[father]] = np.flatnonzero(father)
    son = (frame["role"] == CHILD) & (frame["sex"] == "M") & (of_household[household] >= 0) & ~frame["is_twin"]
    son &= rng.random(len(household)) < np.where(frame["age"] >= 18, 0.06, 0.02)
    index = np.flatnonzero(son)
    index = index[frame["surname"][index] == frame["surname"][of_household[household[index]]]]
    _, first = np.unique(household[index], return_index=True)
    index = index[first]
    frame["forename"][index] = frame["forename"][of_household[household[index]]]
