"""Families of invented people, laid straight into the tables that scoring and verifying read, without the stages before them."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

from pipelines import decisions, provenance, warehouse
from pipelines.case_rows import EVENT_SOURCES
from pipelines.provenance import Manifest, Run, UsedExtract
from pipelines.settings import Settings, prepare_home
from pipelines.values.dates import term_dates
from schemas import cohort, linked, staging
from schemas.staging import SOURCES

AS_OF = date(2026, 11, 23)
SHIPPED = Path(str(files("schemas").joinpath("authorities")))
_ROLES = {"school_attendance": "pupil", "police_asb": "suspect", "dwp_benefit": "claimant", "housing_arrears": "tenant"}
_TABLES = (
    linked.HOUSEHOLD,
    linked.HOUSEHOLD_MEMBER,
    linked.HOUSEHOLD_DOUBT,
    linked.PERSON,
    linked.PERSON_RECORD,
    linked.SCORED_PAIR,
    staging.EVENT,
    *cohort.REGISTER_TABLES,
)


@dataclass(frozen=True)
class Member:
    """A person in a family; `birth` is None where nobody knows it."""

    name: str
    birth: date | None
    membership: float = 1.0
    is_confirmed: bool = False


@dataclass(frozen=True)
class Event:
    """Something known of a member, on a record that is theirs with probability `link`."""

    who: str
    event: str
    values: dict[str, Any]
    link: float = 1.0
    is_link_confirmed: bool = False


@dataclass(frozen=True)
class Family:
    """A household: its people and what is known of them."""

    id: str
    members: tuple[Member, ...]
    events: tuple[Event, ...] = ()
    postcode: str | None = "ZC1 1QF"
    uprn: str | None = None
    kind: str = "private"
    first_identified: date | None = None


@dataclass(frozen=True)
class OpenPair:
    """A doubt: whether what is known of somebody else is known of this person, as (family, person) each; `decision` where a person spoke.

    It is about each record of the other, or about the first only, which no event stands on.
    """

    person: tuple[str, str]
    other: tuple[str, str]
    probability: float = 0.5
    outcome: str = "review"
    decision: str | None = None
    is_of_one_record: bool = False


@dataclass(frozen=True)
class LeftOut:
    """Somebody, as (family, person), who was left out of a household that they may belong to."""

    person: tuple[str, str]
    household: str
    probability: float = 0.6


@dataclass(frozen=True)
class Lineage:
    """What became of a household's id."""

    id: str
    act: str
    other_id: str = ""
    run_id: str | None = None


def a_member(name: str, age: int | None, **given: Any) -> Member:
    """Somebody whose birthday was a month ago."""
    birth = None if age is None else date(AS_OF.year - age, AS_OF.month - 1, AS_OF.day)
    return Member(name, birth, **given)


def an_event(
    who: str, event: str, days_ago: int | None = None, term: str | None = None, link: float = 1.0, is_link_confirmed: bool = False, **given: Any
) -> Event:
    """An event so many days before the as-of date, or in a term such as '2025/26 spring'."""
    first, last = (AS_OF - timedelta(days=days_ago), None) if term is None else term_dates(int(term[:4]), term[8:])
    return Event(who, event, {"from_date": first, "to_date": last, **given}, link, is_link_confirmed)


def asb(who: str, **given: Any) -> Event:
    """An incident last month that names the person."""
    return an_event(who, "asb_incident", days_ago=30, **given)


def suspended(who: str, count: int = 3, **given: Any) -> Event:
    """Suspensions last spring."""
    return an_event(who, "suspension", term="2025/26 spring", occurrence_count=count, **given)


def out_of_work(who: str, **given: Any) -> Event:
    """Jobseeker's allowance for a year."""
    return an_event(who, "benefit", days_ago=365, code="JSA", **given)


def in_arrears(who: str, **given: Any) -> Event:
    """Notice served for rent."""
    return an_event(who, "rent_account", days_ago=900, code="notice_served", weekly_rent_gbp=100, arrears_gbp=300, **given)


def a_family(family_id: str, *events: Event, members: Sequence[Member] | None = None, **given: Any) -> Family:
    """A mother of 34 with a son of 13, unless other members are given."""
    return Family(family_id, tuple(members or (a_member("mother", 34), a_member("son", 13))), events, **given)


def a_troubled_family(family_id: str, **given: Any) -> Family:
    """A family with all three national headline problems."""
    return a_family(family_id, asb("son"), suspended("son"), out_of_work("mother"), **given)


@dataclass
class Borough:
    """A home with an authority of its own, where one run follows on another."""

    home: Path
    runs: list[Run] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        """Settings whose authorities are this borough's copy."""
        return Settings(home=self.home, authorities=self.home / "authorities", key="0" * 64)

    def edit(self, file: str, old: str, new: str) -> None:
        """Change a part of one of the authority's files; the part must be there."""
        path = self.home / "authorities" / "calderbrook" / file
        text = path.read_text(encoding="utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def a_run(
        self,
        *families: Family,
        as_of: date = AS_OF,
        stale: Sequence[str] = (),
        missing: Sequence[str] = (),
        lineage: Sequence[Lineage] = (),
        doubts: Sequence[OpenPair] = (),
        left_out: Sequence[LeftOut] = (),
        decisions_through: int = 0,
        criteria_sha256: str = "c" * 64,
        configuration_sha256: str = "",
        framework: str = "tf-2012",
        after: Run | None = None,
    ) -> Run:
        """A run whose linked, staging and register tables hold the families."""
        used = tuple(UsedExtract(s, None if s in missing else f"{s}-1", None if s in missing else as_of, s in stale or s in missing) for s in SOURCES)
        name = f"{len(self.runs)}"  # as if by another version of the program each, so that no two are one run
        known = decisions.sha256(self.settings, decisions_through)
        manifest = Manifest(
            as_of, "calderbrook", framework, used, after.run_id if after else None, decisions_through, known, configuration_sha256, criteria_sha256, name
        )
        run = provenance.start(manifest, self.settings)
        with run.open() as con:
            lay(con, families, run.run_id, lineage, doubts)
            warehouse.insert_rows(con, linked.HOUSEHOLD_DOUBT, [_left_out_row(one) for one in left_out])
        self.runs.append(run)
        return run


def a_borough(home: Path) -> Borough:
    """A new home with a copy of the shipped authority."""
    umask = os.umask(0o077)
    prepare_home(Settings(home=home, key="0" * 64))
    os.umask(umask)
    shutil.copytree(SHIPPED / "calderbrook", home / "authorities" / "calderbrook")
    return Borough(home)


def lay(con: warehouse.Connection, families: Sequence[Family], run_id: str, lineage: Sequence[Lineage] = (), doubts: Sequence[OpenPair] = ()) -> None:
    """Put families into the tables that scoring and verifying read."""
    for table in _TABLES:
        warehouse.create(con, table)
    everyone = [(family, member) for family in families for member in family.members]
    events = [(family, n, event) for family in families for n, event in enumerate(family.events)]
    people = {f"{f.id} {m.name}" if not m.name.startswith("shared") else m.name: m for f, m in everyone}
    records = {f"{person_id} base": (person_id, 1.0, False) for person_id in people}
    records |= {_record(f, e): (_person(f.id, e.who), e.link, e.is_link_confirmed) for f, _, e in events}
    warehouse.insert_rows(con, linked.HOUSEHOLD, [_household_row(f) for f in families])
    warehouse.insert_rows(con, linked.HOUSEHOLD_MEMBER, [_member_row(f, m) for f, m in everyone])
    warehouse.insert_rows(con, linked.PERSON, [_person_row(person_id, m) for person_id, m in people.items()])
    warehouse.insert_rows(
        con, linked.PERSON_RECORD, [{"record_id": r, "person_id": p, "link_probability": q, "is_confirmed": c} for r, (p, q, c) in records.items()]
    )
    warehouse.insert_rows(con, linked.SCORED_PAIR, [row for doubt in doubts for row in _pair_rows(doubt, records)])
    warehouse.insert_rows(con, staging.EVENT, [_event_row(f, n, e) for f, n, e in events])
    warehouse.insert_rows(con, cohort.REGISTER_PERSON, [{"record_id": r, "person_id": p, **_known(run_id)} for r, (p, _, _) in records.items()])
    warehouse.insert_rows(con, cohort.REGISTER_HOUSEHOLD, [_register_row(f, m, run_id) for f, m in everyone])
    warehouse.insert_rows(con, cohort.LINEAGE, [_lineage_row(entry, run_id) for entry in lineage])


def _person(family_id: str, name: str) -> str:
    """A name that starts with 'shared' is one person in several families."""
    return name if name.startswith("shared") else f"{family_id} {name}"


def _source(event: Event) -> str:
    """Who tells of it: of a need, the source that the event names."""
    return EVENT_SOURCES.get(event.event) or str(event.values["source"])


def _record(family: Family, event: Event) -> str:
    return f"{_person(family.id, event.who)} {_source(event)} {event.link} {event.is_link_confirmed}"


def _pair_rows(doubt: OpenPair, records: dict[str, tuple[str, float, bool]]) -> list[dict[str, Any]]:
    """The doubt as pairs: the person's first record with each record of the other, or with the other's first."""
    own, other = _person(*doubt.person), _person(*doubt.other)
    found = {"levels": "", "weights": "", "match_weight": 0.0, "household_probability": 0.0, "is_vetoed": False}
    found |= {"match_probability": doubt.probability, "outcome": doubt.outcome, "decision": doubt.decision}
    others = [f"{other} base"] if doubt.is_of_one_record else [record for record, (person, _, _) in records.items() if person == other]
    return [{"record_id_l": f"{own} base", "record_id_r": record, **found} for record in others]


def _left_out_row(one: LeftOut) -> dict[str, Any]:
    about = {"household_id": one.household, "person_id": _person(*one.person)}
    return {**about, "membership_probability": one.probability, "basis": "surname_and_address"}


def _role(member: Member) -> str:
    if member.birth is None:
        return "unknown"
    years = AS_OF.year - member.birth.year - ((AS_OF.month, AS_OF.day) < (member.birth.month, member.birth.day))
    return "adult" if years >= 18 else "child"


def _household_row(family: Family) -> dict[str, Any]:
    roles = [_role(m) for m in family.members]
    return {
        "household_id": family.id,
        "household_kind": family.kind,
        "postcode": family.postcode,
        "uprn": family.uprn,
        "address": "1 Gloamhaven Rise",
        "adult_count": roles.count("adult"),
        "child_count": roles.count("child"),
        "household_confidence": 1,
    }


def _member_row(family: Family, member: Member) -> dict[str, Any]:
    return {
        "household_id": family.id,
        "person_id": _person(family.id, member.name),
        "member_role": _role(member),
        "is_primary": True,
        "membership_probability": member.membership,
        "basis": "parental_contact",
        "is_confirmed": member.is_confirmed,
    }


def _person_row(person_id: str, member: Member) -> dict[str, Any]:
    counts = {"record_count": 1, "source_count": 1, "sources": "", "link_confidence": 1}
    return {"person_id": person_id, "forename": "ZEBEDEE", "surname": "QUILLFEATHER", "birth_date": member.birth, **counts}


def _event_row(family: Family, n: int, event: Event) -> dict[str, Any]:
    source = _source(event)
    given = {"person_role": _ROLES.get(source, "subject"), "occurrence_id": f"{n}", "as_at_date": AS_OF, "sessions_authorised": 0, "sessions_unauthorised": 0}
    identity = {"event_id": f"{family.id} {n}", "record_id": _record(family, event), "source": source, "extract_id": f"{source}-1", "source_row": n + 2}
    return {**given, **identity, "event_type": event.event, **event.values}


def _register_row(family: Family, member: Member, run_id: str) -> dict[str, Any]:
    identity = {"household_id": family.id, "person_id": _person(family.id, member.name), "is_primary": True, "is_confirmed": False, "is_present": True}
    return {**identity, "first_seen_run_id": run_id, "last_seen_run_id": run_id, "first_identified_date": family.first_identified}


def _lineage_row(entry: Lineage, run_id: str) -> dict[str, Any]:
    act = {"identity_kind": "household", "identity_id": entry.id, "act": entry.act, "other_id": entry.other_id}
    return {**act, "reason": "Told by the test.", "run_id": entry.run_id or run_id}


def _known(run_id: str) -> dict[str, Any]:
    return {"first_seen_run_id": run_id, "last_seen_run_id": run_id, "is_present": True}
