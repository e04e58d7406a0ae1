"""A neighbourhood of invented people: builders of the staging and linked tables that households are formed from."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import duckdb

from matching import households
from matching.households import Rules
from pipelines import warehouse
from schemas import linked, staging
from schemas.table import Table

AS_OF = date(2026, 11, 23)
RULES = Rules(AS_OF, membership_probability=0.80, size_limit=15)

ROLE_SOURCES = {
    "pupil": "school_attendance",
    "parent": "school_attendance",
    "nominal": "police_asb",
    "claimant": "dwp_benefit",
    "partner": "dwp_benefit",
    "tenant": "housing_arrears",
    "joint_tenant": "housing_arrears",
    "household_member": "housing_arrears",
    "liable": "council_tax",
    "joint_liable": "council_tax",
    "occupant": "council_tax",
}


@dataclass(frozen=True)
class Address:
    """An address as a source writes it."""

    paon: str
    street: str = "MILL LANE"
    postcode: str = "ZC1 1AA"
    saon: str | None = None
    uprn: str | None = None
    kind: str = "dwelling"

    @property
    def key(self) -> str:
        """The key STANDARDISE gives: the UPRN where known, else the parts."""
        return f"uprn:{self.uprn}" if self.uprn else "|".join(filter(None, (self.postcode, self.paon, self.saon)))


@dataclass
class Neighbourhood:
    """People, where the sources put them, and what the sources declare about them. Names stand for people, so keep them apart."""

    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    records: list[dict[str, Any]] = field(default_factory=list)
    spells: list[dict[str, Any]] = field(default_factory=list)
    relationships: list[dict[str, Any]] = field(default_factory=list)
    scored_pairs: list[dict[str, Any]] = field(default_factory=list)
    awards: list[dict[str, Any]] = field(default_factory=list)
    decisions: list[tuple[str, str, str, str]] = field(default_factory=list)

    def a_person(self, name: str, *, age: int | None = None, sex: str | None = None, former_surname: str | None = None) -> str:
        """A person called `FORENAME SURNAME`, so old at the as-of date; returns the name, by which the others know it."""
        forename, _, surname = name.partition(" ")
        born = date(AS_OF.year - age, 6, 1) if age is not None else None
        self.people[name] = {"forename": forename, "surname": surname, "birth_date": born, "sex": sex, "former_surname": former_surname}
        return name

    def lives_at(
        self,
        name: str,
        address: Address | None,
        *,
        role: str,
        seen: date = AS_OF,
        until: date | None = None,
        since: date | None = None,
        surname: str | None = None,
    ) -> str:
        """A record of the person in that role's source, at the address if it places anybody; returns the record's id."""
        person = self.people[name]
        record_id = f"R{len(self.records):04d}"
        record = {
            "record_id": record_id,
            "source": ROLE_SOURCES[role],
            "role": role,
            "forename": person["forename"],
            "surname": surname or person["surname"],
            "former_surname": person["former_surname"],
            "birth_date": person["birth_date"],
            "birth_date_quality": "full" if person["birth_date"] else "missing",
            "sex": person["sex"],
            "address_kind": address.kind if address else "unknown",
            "seen_date": seen,
            "person": name,
        }
        self.records.append(record | _address(address))
        if address and address.kind not in ("care_of", "no_fixed_abode"):
            spell = {k: record[k] for k in ("record_id", "source", "address_kind", "seen_date")}
            self.spells.append(spell | _address(address) | {"from_date": since, "to_date": until})
        return record_id

    def parent_of(
        self, parent: str, child: str, *, at: Address | None = None, same_address: bool | None = True, lives_with: bool | None = None, rank: int = 1
    ) -> None:
        """The school names the parent of its pupil, first or second; with `at` also where the parent lives."""
        pair = self.lives_at(parent, at, role="parent"), self._record(child, "pupil")
        together = same_address if lives_with is None else lives_with
        self._declare("parent_of", *pair, same_address, "school_attendance", lives_with=together, rank=rank)

    def claims_alone(self, name: str, at: Address | None, *, benefit: str = "UC") -> None:
        """The person claims, and nobody with the person."""
        record_id = self.lives_at(name, at, role="claimant")
        row = {"event_id": f"V{record_id}", "record_id": record_id, "source": "dwp_benefit", "extract_id": "B1", "source_row": len(self.awards) + 2}
        self.awards.append(row | {"event_type": "benefit", "code": benefit, "from_date": AS_OF, "as_at_date": AS_OF})

    def partner_of(self, claimant: str, partner: str, at: Address) -> None:
        """Both are on one award."""
        pair = self.lives_at(claimant, at, role="claimant"), self.lives_at(partner, at, role="partner")
        self._declare("partner_of", *pair, True, "dwp_benefit", lives_with=True)

    def joint_tenants(self, first: str, second: str, at: Address) -> None:
        """Both are on one tenancy."""
        pair = self.lives_at(first, at, role="tenant"), self.lives_at(second, at, role="joint_tenant")
        self._declare("joint_tenant_of", *pair, True, "housing_arrears")

    def household_member(self, member: str, tenant: str, at: Address) -> None:
        """The landlord lists the member on the tenant's account."""
        pair = self.lives_at(member, at, role="household_member"), self.lives_at(tenant, at, role="tenant")
        self._declare("household_member_of", *pair, True, "housing_arrears")

    def pays_council_tax(self, name: str, at: Address, *, single: bool = False, until: date | None = None) -> None:
        """The person is liable there; `single` with the discount of one who is the only adult."""
        record_id = self.lives_at(name, at, role="liable", until=until)
        row = {"event_id": f"V{record_id}", "record_id": record_id, "source": "council_tax", "extract_id": "C1", "source_row": len(self.awards) + 2}
        row |= {"event_type": "council_tax", "code": "single_person" if single else "none", "person_role": "liable"}
        self.awards.append(row | {"from_date": AS_OF, "to_date": until, "as_at_date": AS_OF})

    def jointly_liable(self, first: str, second: str, at: Address) -> None:
        """Both are liable for the council tax of one dwelling."""
        pair = self.lives_at(first, at, role="liable"), self.lives_at(second, at, role="joint_liable")
        self._declare("jointly_liable_with", *pair, True, "council_tax")

    def pupil(self, name: str, at: Address | None, *, parents: tuple[str, ...] = ()) -> None:
        """The school has the child at the address, and its parents, first and second, with it."""
        self.lives_at(name, at, role="pupil")
        for rank, parent in enumerate(parents, start=1):
            self.parent_of(parent, name, at=at, rank=rank)

    def looks_like_one_household(self, first: str, second: str, probability: float = 0.9) -> None:
        """The linkage model took a pair of their records for two people of one household."""
        self._score(first, second, match_probability=0.01, household_probability=probability)

    def may_be_one_person(self, first: str, second: str, probability: float = 0.6) -> None:
        """Linkage could not decide whether they are one person."""
        self._score(first, second, match_probability=probability, household_probability=0.01)

    def decided(self, subject: str, other: str, decision: str) -> None:
        """A person decided that the two belong in one household, or apart."""
        self.decisions.append((*sorted((subject, other)), subject, decision))

    @contextmanager
    def open(self, rules: Rules = RULES) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection that holds the tables, with households formed."""
        with duckdb.connect(":memory:", config={"threads": 2}) as con:
            self.write(con)
            households.form(con, rules)
            yield con

    def households(self, rules: Rules = RULES) -> set[frozenset[str]]:
        """The households, each as the names in it."""
        groups: dict[int, set[str]] = {}
        for name, group, *_ in self._memberships(rules):
            groups.setdefault(group, set()).add(name)
        return {frozenset(names) for names in groups.values()}

    def memberships(self, name: str, rules: Rules = RULES) -> list[tuple[float, str, bool]]:
        """Probability, basis and whether it is the main one, of each household the person is in."""
        return [(probability, basis, primary) for who, _, probability, basis, primary in self._memberships(rules) if who == name]

    def doubts(self, rules: Rules = RULES) -> set[str]:
        """People whom the table of doubt holds."""
        with self.open(rules) as con:
            return {row[0] for row in con.execute("select p.person_id from household_doubt inner join household_person as p using (n)").fetchall()}

    def write(self, con: duckdb.DuckDBPyConnection) -> None:
        """Make the staging and linked tables in the connection's default database."""
        _insert(con, staging.PERSON_RECORD, self.records)
        _insert(con, staging.ADDRESS_SPELL, self.spells)
        _insert(con, staging.RELATIONSHIP, self.relationships)
        _insert(con, staging.EVENT, self.awards)
        _insert(con, staging.RECORD_SOURCE, [])
        _insert(con, linked.SCORED_PAIR, self.scored_pairs)
        con.execute("create temp table decided_membership (person_id_l varchar, person_id_r varchar, subject_id varchar, decision varchar)")
        for row in self.decisions:
            con.execute("insert into decided_membership values (?, ?, ?, ?)", row)
        _insert(
            con,
            linked.PERSON_RECORD,
            [{"record_id": r["record_id"], "person_id": r["person"], "link_probability": 1.0, "is_confirmed": False} for r in self.records],
        )
        seen = {record["person"] for record in self.records}
        counts = {"record_count": 1, "source_count": 1, "sources": "school_attendance", "link_confidence": 1.0}
        _insert(con, linked.PERSON, [{"person_id": name, **person, **counts} for name, person in self.people.items() if name in seen])

    def _memberships(self, rules: Rules) -> list[tuple[str, int, float, str, bool]]:
        query = "select person_id, group_n, probability, basis, is_primary from household_membership inner join household_person using (n) order by all"
        with self.open(rules) as con:
            return con.execute(query).fetchall()

    def _record(self, name: str, role: str | None = None) -> str:
        return str(next(r["record_id"] for r in self.records if r["person"] == name and role in (None, r["role"])))

    def _score(self, first: str, second: str, **probabilities: float) -> None:
        left, right = sorted((self._record(first), self._record(second)))
        values = {"levels": "", "weights": "", "match_weight": -9.0, "is_vetoed": True, "outcome": "review"}
        self.scored_pairs.append({"record_id_l": left, "record_id_r": right, **values, **probabilities})

    def _declare(
        self, kind: str, left: str, right: str, same_address: bool | None, source: str, *, lives_with: bool | None = None, rank: int | None = None
    ) -> None:
        row = {"record_id_l": left, "record_id_r": right, "relationship_type": kind, "source": source, "extract_id": "E1", "source_row": 2}
        self.relationships.append(row | {"is_same_address": same_address, "is_living_together": lives_with, "contact_rank": rank, "seen_date": AS_OF})


def families(*households: tuple[str, ...]) -> set[frozenset[str]]:
    """The expected households, each as the names in it."""
    return {frozenset(names) for names in households}


def _address(address: Address | None) -> dict[str, Any]:
    if address is None:
        return {}
    parts = {name: getattr(address, name) for name in ("paon", "street", "postcode", "saon", "uprn")}
    return parts | {"address_key": address.key, "address_kind": address.kind}


def _insert(con: duckdb.DuckDBPyConnection, table: Table, rows: list[dict[str, Any]]) -> None:
    warehouse.create(con, table)
    marks = ", ".join("?" for _ in table)
    if rows:
        con.executemany(f"insert into {table.qualified} values ({marks})", [[row.get(name) for name in table.column_names] for row in rows])  # noqa: S608 - a declared table
