"""Builders of staging.person_record: single records by hand, and a simulated population whose truth is known."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import duckdb
import jellyfish
import polars as pl

from pipelines import warehouse
from schemas.staging import EVENT, PERSON_RECORD, RELATIONSHIP

AS_OF = date(2026, 11, 23)
Record = dict[str, Any]


def a_record(record_id: str, **values: Any) -> Record:
    """A record with all columns; phonetic keys, address key and date quality follow from what is given."""
    record: Record = dict.fromkeys(PERSON_RECORD.column_names)
    record |= {"record_id": record_id, "source": "police_asb", "role": "nominal", "address_kind": "dwelling", "seen_date": AS_OF}
    record |= values
    for name in ("birth_date", "birth_date_latest", "seen_date"):
        if isinstance(record[name], str):
            record[name] = date.fromisoformat(record[name])
    record["birth_date_quality"] = values.get("birth_date_quality", "full" if record["birth_date"] else "missing")
    for name in ("forename", "surname"):
        record[f"{name}_phonetic"] = jellyfish.metaphone(record[name]).replace(" ", "") or None if record[name] else None
    if record["postcode"] and record["paon"]:
        record["address_key"] = values.get("address_key") or "|".join(filter(None, (record["postcode"], record["paon"], record["saon"])))
    elif not record["postcode"]:
        record["address_kind"] = values.get("address_kind", "unknown")
    return record


@contextmanager
def staged(records: list[Record], threads: int = 1) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection whose default database holds staging.person_record with these records."""
    with duckdb.connect(":memory:", config={"threads": threads}) as con:
        stage(con, records)
        yield con


def stage(con: duckdb.DuckDBPyConnection, records: list[Record]) -> None:
    """Make staging.person_record anew from the records."""
    warehouse.create(con, PERSON_RECORD)
    columns = {c.name: pl.Date if c.type == "DATE" else pl.String for c in PERSON_RECORD}
    con.register("given_record", pl.DataFrame(records, schema=columns).to_arrow())
    warehouse.append(con, PERSON_RECORD, "select * from given_record")
    con.unregister("given_record")
    warehouse.create(con, RELATIONSHIP)
    warehouse.create(con, EVENT)


def declare(con: duckdb.DuckDBPyConnection, parent: str, child: str) -> None:
    """Have the school declare one record the parent of another."""
    columns = "record_id_l, record_id_r, relationship_type, source, extract_id, source_row, is_same_address, seen_date"
    con.execute(
        f"insert into staging.relationship ({columns}) values (?, ?, 'parent_of', 'school_attendance', 'school_attendance-1', 1, true, ?)",  # noqa: S608
        [parent, child, AS_OF],
    )


@dataclass(slots=True)
class Person:
    """A simulated person."""

    number: int
    forename: str
    middle: str | None
    surname: str
    former: str | None
    born: date
    sex: str
    home: Record
    old_home: Record
    upn: str = ""
    nino: str = ""


@dataclass(slots=True)
class Population:
    """Simulated records, and the person behind each."""

    records: list[Record] = field(default_factory=list)
    person_of: dict[str, int] = field(default_factory=dict)

    def true_pair_count(self) -> int:
        """Pairs of records that are one person."""
        return sum(n * (n - 1) // 2 for n in Counter(self.person_of.values()).values())


_PARTS = "HAR BEN WIL SON TON KOW LEY MAR DEL OSU FER BRA NOR WICK SHAW PAT KHA RID GRE VAN LOM TRE"
_SYLLABLES = tuple(_PARTS.split())
_GIRLS = "OLIVIA AMELIA SOPHIE EMILY JESSICA CHLOE MIA GRACE FATIMA AISHA ZOFIA HANNAH LAURA KELLY STACEY DONNA KAREN SUSAN ELIZABETH CATHERINE"
_BOYS = "OLIVER JACK HARRY MUHAMMAD THOMAS JAMES DANIEL RYAN LIAM CALLUM JAKUB ADAM DAVID PAUL STEPHEN ROBERT WILLIAM MICHAEL CHRISTOPHER ANTHONY"
_FORENAMES = {"F": _GIRLS.split(), "M": _BOYS.split()}
# The long tail of rare forenames.
_FORENAMES["F"] += [f"{a}{b}{c}A" for a in ("AL", "BR", "CH", "DE", "EL", "FR", "GW", "IS", "JO") for b in "AEIO" for c in ("NN", "L", "RI", "TT", "SH")]
_FORENAMES["M"] += [f"{a}{b}{c}" for a in ("AL", "BR", "CH", "DE", "EL", "FR", "GW", "IV", "JO") for b in "AEIO" for c in ("N", "LD", "RIC", "TT", "SH")]
_SHORT = {
    "ELIZABETH": "LIZ",
    "CATHERINE": "KATE",
    "ROBERT": "BOB",
    "WILLIAM": "BILL",
    "MICHAEL": "MIKE",
    "CHRISTOPHER": "CHRIS",
    "ANTHONY": "TONY",
    "DANIEL": "DAN",
}


def population(people: int, seed: int) -> Population:
    """About so many people in households, described by four sources with mistakes; the same seed gives the same records."""
    draw = random.Random(seed)  # noqa: S311 -- invented people, no secrets
    surnames = ["".join(draw.sample(_SYLLABLES, k=2)) for _ in range(max(50, people // 8))]
    made = Population()
    number = 0
    while number < people:
        for person in (members := _household(draw, number, surnames)):
            for record in _descriptions(draw, person, members):
                made.records.append(record)
                made.person_of[record["record_id"]] = person.number
        number += len(members)
    return made


def _household(draw: random.Random, number: int, surnames: list[str]) -> list[Person]:
    surname, home, old_home = _surname(draw, surnames), _address(draw), _address(draw)
    adults, children = draw.choice(((1, 1), (1, 2), (2, 1), (2, 2), (2, 3), (1, 0), (2, 0)))
    members: list[Person] = []
    for place in range(adults + children):
        is_adult = place < adults
        sex = "FM"[place] if is_adult else draw.choice("FM")
        born = AS_OF - timedelta(days=draw.randrange(12500, 19000) if is_adult else draw.randrange(1800, 5800))
        person = Person(number + place, _forename(draw, sex), _forename(draw, sex) if draw.random() < 0.5 else None, surname, None, born, sex, home, old_home)
        if is_adult and sex == "F" and draw.random() < 0.4:
            person.former = _surname(draw, surnames)
        if is_adult:
            person.nino = f"AB{person.number * 7919 % 10**6:06d}"
        else:
            person.upn = f"A{person.number * 7919000037 % 10**12:012d}"
        members.append(person)
    if children > 1 and draw.random() < 0.1:  # twins
        members[-1].born = members[-2].born
        while members[-1].forename == members[-2].forename:
            members[-1].forename = _forename(draw, members[-1].sex)
    if adults == 2 and children and members[-1].sex == "M" and draw.random() < 0.03:  # father and son of one name
        members[-1].forename = members[1].forename
    return members


def _descriptions(draw: random.Random, person: Person, members: list[Person]) -> Iterator[Record]:
    if person.upn:
        yield _described(draw, person, "school_attendance", "pupil", upn=person.upn, sex=person.sex)
    elif any(m.upn for m in members) and draw.random() < 0.9:
        youngest = min((m.born for m in members if m.upn), default=AS_OF)
        yield _described(draw, person, "school_attendance", "parent", birth_date=None, birth_date_latest=youngest - timedelta(days=12 * 365))
    if draw.random() < 0.3:
        yield _described(draw, person, "police_asb", "nominal", sex=person.sex, **({"birth_date": None} if draw.random() < 0.1 else {}))
    if person.nino and draw.random() < 0.5:
        yield _described(draw, person, "dwp_benefit", "claimant", sex=person.sex, nino=person.nino)
    if person.nino and draw.random() < 0.5:
        yield _described(draw, person, "housing_arrears", "tenant", nino=person.nino if draw.random() < 0.5 else None)


def _described(draw: random.Random, person: Person, source: str, role: str, **values: Any) -> Record:
    home = person.old_home if draw.random() < 0.08 else person.home
    surname = person.former if person.former and draw.random() < 0.15 else person.surname
    forename = _SHORT.get(person.forename, person.forename) if draw.random() < 0.1 else person.forename
    given = {
        "source": source,
        "role": role,
        "source_person_id": f"{source[0]}{person.number}",
        "forename": _typed(draw, forename),
        "surname": _typed(draw, surname),
        "middle_names": person.middle if draw.random() < 0.3 else None,
        "birth_date": _misdated(draw, person.born),
    }
    return a_record(f"{source}:{role}:{person.number}", **given | home | values)


def _typed(draw: random.Random, name: str) -> str:
    if draw.random() > 0.03:
        return name
    at = draw.randrange(1, len(name))
    return name[:at] + draw.choice("AEIORSTN") + name[at + 1 :] if draw.random() < 0.5 else name[:at] + name[at + 1 :]


def _misdated(draw: random.Random, born: date) -> date:
    chance = draw.random()
    if chance < 0.01 and born.day <= 12:
        return born.replace(month=born.day, day=born.month)
    return born.replace(year=born.year - 1, day=min(born.day, 28)) if chance > 0.99 else born


def _address(draw: random.Random) -> Record:
    postcode = f"ZC{draw.randrange(1, 4)} {draw.randrange(1, 5)}{draw.choice('ABDEFGHJ')}{draw.choice('ABDEFGHJLNP')}"
    return {"postcode": postcode, "paon": str(draw.randrange(1, 60)), "saon": None, "street": "MILL LANE"}


def _surname(draw: random.Random, surnames: list[str]) -> str:
    return surnames[int(len(surnames) * draw.random() ** 3)]


def _forename(draw: random.Random, sex: str) -> str:
    return _FORENAMES[sex][int(len(_FORENAMES[sex]) * draw.random() ** 1.5)]
