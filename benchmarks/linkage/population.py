"""A population with known truth, seen by several sources; a seed gives one result.

Independent of pipelines/synthetic, so that nothing is tuned to one generator.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.linkage import population_errors as errors
from benchmarks.linkage.population_names import Texts, names
from benchmarks.linkage.population_people import Flags, Mix, Numbers, People, people

Columns = dict[str, Texts]


@dataclass(frozen=True)
class Source:
    """How one source sees people: whom it holds (ages and share), how often things are missing, wrong or out of date, and which columns it has."""

    name: str
    ages: tuple[int, int]
    share: float
    old_address: float
    old_surname: float
    typing: float
    no_birth_date: float
    wrong_birth_date: float = 0.015
    short_forename: float = 0.01
    no_address: float = 0.02
    twice: float = 0.05
    middle: float = 0.5
    no_sex: float = 0.02
    uprn: float = 0.0
    flat_first: bool = True
    short_streets: bool = False


@dataclass(frozen=True)
class Setting:
    """A place and its sources; `records_a_person` is measured, so that a wanted number of records can be made."""

    mix: Mix
    sources: tuple[Source, ...]
    records_a_person: float


FOUR_SOURCES = Setting(
    Mix(kinds=(0.29, 0.27, 0.22, 0.03, 0.09, 0.03, 0.07)),
    (
        Source("health", (0, 120), 0.97, 0.35, 0.5, 0.02, 0.002, twice=0.06, middle=0.8),
        Source("council", (17, 120), 0.93, 0.15, 0.25, 0.035, 0.3, short_forename=0.05, uprn=0.9, middle=0.3, short_streets=True, no_sex=0.4, twice=0.1),
        Source("benefits", (0, 67), 0.86, 0.2, 0.3, 0.03, 0.01, middle=0.6, no_address=0.03, short_streets=True),
        Source(
            "services",
            (0, 120),
            0.85,
            0.3,
            0.4,
            0.06,
            0.12,
            wrong_birth_date=0.05,
            short_forename=0.04,
            no_address=0.06,
            middle=0.1,
            flat_first=False,
            twice=0.12,
        ),
    ),
    3.53,
)
DENSE = Setting(
    Mix(kinds=(0.03, 0.07, 0.2, 0.3, 0.15, 0.2, 0.05), surname_variety=0.1, twins=0.06, namesakes=0.05, like_initials=0.35, movers=0.12),
    (
        Source("register", (0, 120), 0.95, 0.1, 0.2, 0.03, 0.01, middle=0.7),
        Source("survey", (0, 120), 0.6, 0.1, 0.2, 0.06, 0.1, wrong_birth_date=0.06, short_forename=0.06, twice=0.02),
        Source("programme", (0, 70), 0.8, 0.15, 0.3, 0.04, 0.03, wrong_birth_date=0.04),
        Source("tax", (16, 120), 0.9, 0.2, 0.3, 0.03, 0.25, middle=0.3, no_sex=1.0),
        Source("clinic", (0, 120), 0.9, 0.25, 0.4, 0.05, 0.02, short_forename=0.02, flat_first=False),
    ),
    4.0,
)
SETTINGS = {"population": FOUR_SOURCES, "dense": DENSE}

_KINDS = (("STREET", "ST"), ("ROAD", "RD"), ("AVENUE", "AVE"), ("CLOSE", "CL"), ("LANE", "LN"), ("DRIVE", "DR"), ("CRESCENT", "CRES"), ("GARDENS", "GDNS"))
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


def records(setting: Setting, count: int, seed: int = 1) -> Columns:
    """About `count` records, one array a column, the true person and household among them, in an order that tells nothing."""
    rng = np.random.default_rng(seed)
    everyone = people(round(count / setting.records_a_person), setting.mix, rng)
    parts = [_seen(everyone, source, rng) for source in setting.sources]
    columns = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = rng.permutation(len(columns["source"]))
    columns = {name: values[order] for name, values in columns.items()}
    return {"record_id": np.array([f"r{number:07d}" for number in range(len(order))], dtype=object), **columns}


def write(path: Path, setting: str, count: int, seed: int = 1) -> int:
    """Write the records of a named setting as Parquet; returns how many."""
    import polars as pl

    columns = records(SETTINGS[setting], count, seed)
    pl.DataFrame({name: pl.Series(name, values.tolist(), dtype=pl.String) for name, values in columns.items()}).write_parquet(path)
    return len(columns["record_id"])


def _seen(everyone: People, source: Source, rng: np.random.Generator) -> Columns:
    """One source's records: who it holds, some of them twice, each as it has them."""
    held = (everyone.age >= source.ages[0]) & (everyone.age <= source.ages[1]) & (rng.random(len(everyone)) < source.share)
    once = np.flatnonzero(held)
    again = once[rng.random(len(once)) < source.twice]
    person = np.concatenate([once, again])
    # A second record is there because something changed, so it is likelier to show the former state.
    staleness = np.concatenate([np.ones(len(once)), np.full(len(again), 2.5)])
    called = _names(everyone, person, source, staleness, rng)
    home = np.where(
        (everyone.former_home[person] >= 0) & (rng.random(len(person)) < source.old_address * staleness), everyone.former_home[person], everyone.home[person]
    )
    birth = np.datetime_as_string(everyone.birth[person]).astype(object)
    birth = errors.blank(errors.spoiled(birth, rng.random(len(person)) < source.wrong_birth_date, errors.date_mistake, rng), source.no_birth_date, rng)
    return {
        "source": np.full(len(person), source.name, dtype=object),
        **called,
        "birth_date": birth,
        "sex": errors.blank(everyone.sex[person], source.no_sex, rng),
        **_addresses(home, source, rng),
        "person_id": np.array([f"p{number}" for number in person.tolist()], dtype=object),
        # Sharers of a house are strangers to one another: each is a household.
        "household_id": np.where(everyone.is_sharer[person], np.char.add("s", person.astype(str)), np.char.add("h", everyone.household[person].astype(str))),
    }


def _names(everyone: People, person: Numbers, source: Source, staleness: np.ndarray, rng: np.random.Generator) -> Columns:
    count = len(person)
    forename, surname, former = everyone.forename[person], everyone.surname[person], everyone.former_surname[person]
    surname = np.where((former != None) & (rng.random(count) < source.old_surname * staleness), former, surname)  # noqa: E711 - element by element
    for share, spoil in ((source.typing * 0.6, errors.typing), (source.typing * 0.4, errors.hearing)):
        forename = errors.spoiled(forename, rng.random(count) < share, spoil, rng)
        surname = errors.spoiled(surname, rng.random(count) < share, spoil, rng)
    forename = errors.spoiled(forename, rng.random(count) < source.typing, errors.nickname, rng)
    forename = errors.spoiled(forename, rng.random(count) < source.short_forename, errors.initial, rng)
    swapped = rng.random(count) < 0.006
    forename, surname = np.where(swapped, surname, forename), np.where(swapped, forename, surname)
    middle = errors.blank(everyone.middle[person], 1 - source.middle, rng)
    middle = errors.spoiled(middle, rng.random(count) < 0.3, errors.initial, rng)
    return {"forename": errors.blank(forename, 0.004, rng), "middle_names": middle, "surname": errors.blank(surname, 0.003, rng)}


def _addresses(home: Numbers, source: Source, rng: np.random.Generator) -> Columns:
    """Fifteen dwellings share a postcode and a street; every eighth postcode is a block of flats."""
    street_at, in_street = home // 15, home % 15
    flats: Flags = street_at % 8 == 0
    streets = np.array([_street(number, source.short_streets) for number in range(int(street_at.max()) + 1)], dtype=object)
    codes = np.array([_postcode(number) for number in range(int(street_at.max()) + 1)], dtype=object)
    block, unit = (street_at * 7 % 90 + 1).astype(str).astype(object), (in_street + 1).astype(str).astype(object)
    as_flat = "FLAT " + unit + " " + block if source.flat_first else block + "/" + unit
    house = np.where(flats, as_flat, (in_street * 2 + 1 + street_at % 2).astype(str).astype(object))
    missing = rng.random(len(home)) < source.no_address
    street = errors.spoiled(streets[street_at], rng.random(len(home)) < source.typing, errors.typing, rng)
    postcode = np.where(rng.random(len(home)) < 0.01, codes[(street_at + 1) % len(codes)], codes[street_at])
    uprn = np.where(rng.random(len(home)) < source.uprn, np.char.add("1000", (10_000_000 + home * 13).astype(str)).astype(object), None)
    return {
        "house": np.where(missing, None, house),
        "street": np.where(missing, None, street),
        "postcode": errors.blank(np.where(missing, None, postcode), 0.02, rng),
        "uprn": uprn,
    }


def _street(number: int, short: bool) -> str:
    streets = names()["streets"]
    kind = _KINDS[number // len(streets) % len(_KINDS)]
    return f"{streets[number * 17 % len(streets)]} {kind[1 if short else 0]}"


def _postcode(number: int) -> str:
    sector, unit = divmod(number, len(_LETTERS) ** 2)
    first, second = divmod(unit * 37 % len(_LETTERS) ** 2, len(_LETTERS))
    return f"QX{sector // 10 + 1} {sector % 10}{_LETTERS[first]}{_LETTERS[second]}"
