"""What delivered files tell of each person of a borough whose truth is known, read in plain Python with none of the product's functions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from dateutil.easter import easter
from openpyxl import load_workbook

from tests.support.borough import BoroughOnDisk

RESPONSIBLE = {"SUS", "SUSPECT", "OFF", "OFFENDER", "PERP"}
DISPOSALS = {"CAU": "caution", "YC": "youth_caution", "YCC": "youth_caution", "CONV": "conviction"}
REGIMES = {
    "NWR": "no_work_related",
    "WFI": "work_focused_interview",
    "WP": "work_preparation",
    "IWS": "searching",
    "WE": "working_no_requirements",
    "LT": "working_with_requirements",
}
STANDINGS = {"C": "current", "M": "dual_main", "S": "dual_subsidiary", "P": "alternative_provision", "L": "off_roll", "X": "not_on_roll"}
STAGES = {"S01": "letter", "S02": "letter", "NTS": "notice_served", "S05": "court", "SPO": "possession_order", "PPO": "possession_order", "EVI": "eviction"}
NEEDS = {
    "youth_justice": {"O": "proven_offence", "I": "youth_justice_intervention"},
    "social_care": {
        "CIN": "child_in_need",
        "CPP": "child_protection_plan",
        "CLA": "looked_after",
        "CLA-P": "placed_with_parents",
        "EDGE": "edge_of_care",
        "MISS": "missing_or_exploited",
    },
    "domestic_abuse": {"DA": "domestic_abuse_incident", "MARAC": "marac"},
    "early_help": {"EHA": "early_help_assessment", "PAR": "parenting_support", "CONF": "parental_conflict", "ARR": "new_arrival"},
    "careers": {"NEET": "neet"},
    "housing_options": {"HOM": "homelessness_application", "UNS": "unsuitable_housing"},
    "health": {"MH": "mental_health_referral", "SM": "substance_misuse_referral", "PR": "pregnancy"},
    "substance_misuse": {"TRT": "drug_or_alcohol_treatment"},
    "probation": {"SUP": "supervision", "REL": "release_from_prison"},
    "early_years": {"DEV": "development_need", "ENT": "entitlement_not_taken_up"},
}


@dataclass
class Known:
    """What the accepted rows tell of one person."""

    school: dict = field(default_factory=dict)  # (school, year, term) -> row
    police: dict = field(default_factory=dict)  # occurrence -> (day, kind, disposal)
    awards: dict = field(default_factory=dict)  # (nino, type, start) -> (benefit, start, end, regime)
    accounts: dict = field(
        default_factory=dict
    )  # account -> (start, end, rent in pence, arrears in pence that are not technical, stage, is in a breathing space)
    needs: dict = field(default_factory=dict)  # (optional source, reference, need) -> (first day, last day or None, disposal of an offence)


def term_days(year: int, term: str) -> tuple[date, date]:
    """First and last day of the term of the school year that starts in `year`."""
    sunday = easter(year + 1)
    spans = {
        "Autumn": (date(year, 8, 1), date(year, 12, 31)),
        "Spring": (date(year + 1, 1, 1), sunday),
        "Summer": (sunday + timedelta(days=1), date(year + 1, 7, 31)),
    }
    return next(span for name, span in spans.items() if name.startswith(term[:3]))


def everything_known(borough: BoroughOnDisk) -> dict[str, Known]:
    """Person -> what accepted rows tell."""
    seen = borough.truth("appearance")
    refused = {(row["source"], row["source_row"]) for row in seen if row["is_fatal"]}
    who = {(row["source"], row["source_row"]): row["person_id"] for row in seen if row["role"] not in ("parent", "partner")}
    known: dict[str, Known] = defaultdict(Known)
    readers = {"school_attendance": read_school, "police_asb": read_police, "dwp_benefit": read_benefit, "housing_arrears": read_account}
    readers |= {source: partial(read_need, source) for source in NEEDS if (borough.landing / source).exists()}
    for source, read in readers.items():
        for row in sheet(borough) if source == "housing_arrears" else borough.delivered(source):
            key = (source, int(row["#"]))
            if key not in refused and who.get(key) is not None:
                read(known[who[key]], row)
    return known


def read_school(person: Known, row: dict) -> None:
    """A pupil's term at a school."""
    person.school[row["School URN"], *term_days(int(row["Academic Year"][:4]), row["Term"])] = row


def read_police(person: Known, row: dict) -> None:
    """A part in an occurrence, where it makes the person responsible."""
    if row["ROLE"] in RESPONSIBLE:
        day = datetime.strptime(row["INCIDENT_DT"][:10], "%d/%m/%Y").date()  # noqa: DTZ007 - a day has no zone
        person.police[row["OCCURRENCE_NO"], row["RECORD_TYPE"]] = (day, row["RECORD_TYPE"], DISPOSALS.get(row["DISPOSAL"]))


def read_benefit(person: Known, row: dict) -> None:
    """An award of the claimant."""
    texts = (row["AWARD_START"], row["AWARD_END"])
    start, end = (None if text in ("", "99991231") else datetime.strptime(text, "%Y%m%d").date() for text in texts)  # noqa: DTZ007 - a day has no zone
    benefit = row["BEN_TYPE"][:3]
    person.awards[row["NINO"], benefit, start] = (benefit, start, end, REGIMES.get(row["COND_REGIME"]))


def read_need(source: str, person: Known, row: dict) -> None:
    """A need that an agency knows the person to have, whatever the person's part in it; or an offence that youth justice tells of."""
    start, end = (datetime.strptime(text, "%d/%m/%Y").date() if text else None for text in (row["From"], row["To"]))  # noqa: DTZ007 - a day has no zone
    need = NEEDS[source][row["Need"]]
    person.needs[source, row["Reference"], need] = (start, end, DISPOSALS.get(row.get("Outcome")))


def read_account(person: Known, row: dict) -> None:
    """A rent account of a tenant."""
    if row["Tenant Flag"] in ("F", "O"):
        person.accounts[row["Account Reference"]] = account(row)


def sheet(borough: BoroughOnDisk) -> Iterable[dict]:
    """Rows of the landlord's workbook, which has a title above its header."""
    _title, header, *rows = load_workbook(borough.file("housing_arrears")).active.iter_rows(values_only=True)
    return [{**dict(zip(header, row, strict=False)), "#": n} for n, row in enumerate(rows, start=3)]


def account(row: dict) -> tuple:
    """A rent account's first and last day, rent and arrears in pence, stage and breathing space."""

    def day(value):
        return value.date() if isinstance(value, datetime) else datetime.strptime(value, "%d-%b-%Y").date() if value else None  # noqa: DTZ007

    start = day(row["TenancyStartDate"]) or day(row["BalanceDate"])
    stage = STAGES.get(row["Action Stage"], "none")
    owed = -round(row["CurrentBalance"] * 100) - round((row["BenefitDue"] or 0) * 100)
    return start, day(row["TenancyEndDate"]), round(row["Weekly Rent"] * 100), owed, stage, row["BreathingSpace"] == "TRUE"
