"""A town of invented people as its partners deliver it: each line a test writes is a row of a supplier's file, and the whole flow runs on it."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pipelines import flow, provenance
from pipelines.provenance import Run
from pipelines.synthetic import identifiers
from tests.support import deliveries

AS_OF = deliveries.AS_OF
_DELIMITERS = {"dwp_benefit": "|"}


@dataclass(frozen=True)
class Place:
    """A home as it is written: the line before the town, the postcode, and the number of the property where a source gives one."""

    line: str
    postcode: str
    uprn: str = ""


@dataclass(frozen=True)
class Someone:
    """An invented person; `nino` follows from the order in which people are made."""

    forename: str
    surname: str
    born: date
    sex: str
    nino: str

    @property
    def name(self) -> str:
        """Forename and surname."""
        return f"{self.forename} {self.surname}"


@dataclass
class Town:
    """People and what the four partners write of them."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    people: list[Someone] = field(default_factory=list)

    def person(self, name: str, born: str, sex: str = "F") -> Someone:
        """Somebody born on a day such as 2014-03-05."""
        forename, _, surname = name.rpartition(" ")
        made = Someone(forename, surname, date.fromisoformat(born), sex, f"AB{100000 + len(self.people)}C")
        self.people.append(made)
        return made

    def pupil(self, child: Someone, at: Place, *contacts: tuple[Someone, str, bool, Place | None], suspended: int = 0, has_upn: bool = True) -> None:
        """A school's row: its contacts are (who, relationship, lives with, address where the school knows another)."""
        row = {
            **{
                "Pupil ID": child.nino,
                "UPN": _upn(child) if has_upn else "",
                "Legal Surname": child.surname,
                "Legal Forename": child.forename,
                "DOB": f"{child.born:%d/%m/%Y}",
            },
            **{"Gender": child.sex, "Address Line 1": at.line, "Postcode": at.postcode, "UPRN": at.uprn, "Contact 1 Name": "", "Contact 1 Relationship": ""},
            **{"Contact 1 Lives With": "", "Unauthorised Absences": "0", "Fixed Term Exclusions": str(suspended)},
        }
        for number, (who, relationship, lives_with, place) in enumerate(contacts, 1):
            told = {"Name": who.name, "Relationship": relationship, "Lives With": "Y" if lives_with else "N"}
            told |= {"Address": f"{place.line}, Calderbrook", "Postcode": place.postcode} if place else {}
            row |= {f"Contact {number} {name}": value for name, value in told.items()}
        self._add("school_attendance", row)

    def claim(self, claimant: Someone, at: Place, partner: Someone | None = None, surname: str | None = None) -> None:
        """An award of Universal Credit, to one who looks for work."""
        row = {
            **{"NINO": claimant.nino, "TITLE": "", "SURNAME": (surname or claimant.surname).upper(), "FORENAMES": claimant.forename.upper()},
            **{"DATE_OF_BIRTH": f"{claimant.born:%Y%m%d}", "SEX": "2" if claimant.sex == "F" else "1", "ADDR1": at.line.upper(), "PCODE": at.postcode},
        }
        if partner:
            row |= {"PARTNER_NINO": partner.nino, "PARTNER_SURNAME": partner.surname.upper(), "PARTNER_FORENAMES": partner.forename.upper()}
            row |= {"PARTNER_DOB": f"{partner.born:%Y%m%d}"}
        self._add("dwp_benefit", row)

    def tenancy(self, account: str, at: Place, *tenants: Someone, surname: str | None = None, until: str = "") -> None:
        """A rent account under notice; the first is the tenant and the others joint ones."""
        for flag, tenant in zip("FOOO", tenants, strict=False):
            row = {
                **{"Account Reference": account, "Person Reference": f"T{tenant.nino}", "Tenant Flag": flag, "Title": "", "TenantFirstName": tenant.forename},
                **{"TenantSurName": surname or tenant.surname, "Date of Birth": f"{tenant.born:%d-%b-%Y}", "Address1": at.line, "PostCode": at.postcode},
                **{"UPRN": at.uprn, "TenancyEndDate": until},
            }
            self._add("housing_arrears", row)

    def incident(self, who: Someone, at: Place, surname: str | None = None) -> None:
        """An incident of which the police suspect the person."""
        row = {
            **{"OCCURRENCE_NO": f"O{len(self.rows['police_asb']):04d}", "NOMINAL_REF": f"N{who.nino}", "DOB": f"{who.born:%d/%m/%Y}", "SEX": who.sex},
            **{"NOMINAL_NAME": f"{(surname or who.surname).upper()}, {who.forename}", "HOME_ADDRESS": f"{at.line}, Calderbrook", "HOME_POSTCODE": at.postcode},
        }
        self._add("police_asb", row)

    def refreshed(self, folder: Path) -> "Found":
        """Deliver, refresh and publish."""
        settings = deliveries.home(folder)
        for source, rows in self.rows.items():
            deliveries.put(settings, source, deliveries.csv_text(rows, delimiter=_DELIMITERS.get(source, ",")))
        return Found(provenance.load(flow.refresh("calderbrook", None, AS_OF, settings, lambda step, counts: None), settings))

    def _add(self, source: str, row: dict[str, Any]) -> None:
        self.rows[source].append(deliveries.ROWS[source] | row)


def _upn(child: Someone) -> str:
    """A pupil's number, of an authority that was abolished."""
    return identifiers.with_check_letter(f"9282000{child.born:%y}{child.nino[5:8]}")


@dataclass(frozen=True)
class Found:
    """What the flow made of the town. People are known by their forenames, which a town gives once."""

    run: Run

    def rows(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        """Rows of a query on the run's file."""
        with self.run.open(read_only=True) as con:
            return con.execute(query, values or None).fetchall()

    def homes(self, *people: Someone) -> set[frozenset[str]]:
        """Each household that any of the people is in, as the forenames of all in it."""
        query = """
            select list(distinct person.forename)
            from linked.household_member as member inner join linked.person as person using (person_id)
            group by member.household_id
            having list_has_any(list(person.forename), $names)
        """
        return {frozenset(names) for (names,) in self.rows(query, names=[who.forename.upper() for who in people])}

    def households_of(self, who: Someone) -> set[str]:
        """Ids of the households that the person is in."""
        query = "select household_id from linked.household_member inner join linked.person using (person_id) where forename = $forename"
        return {row[0] for row in self.rows(query, forename=who.forename.upper())}


def homes(*households: tuple[Someone, ...]) -> set[frozenset[str]]:
    """The expected households, each as the forenames in it."""
    return {frozenset(who.forename.upper() for who in household) for household in households}
