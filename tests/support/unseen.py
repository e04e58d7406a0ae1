"""Files of suppliers nobody has described: the borough's rows under other headers and in other formats, with what each column truly is."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineWorkbook

from tests.support.borough import BoroughOnDisk

Cell = Callable[[dict[str, Any]], Any]
Layout = dict[str, tuple[str | None, Cell]]
"""Header: the contract column it is, and what stands in a row."""


@dataclass(frozen=True)
class Unseen:
    """A file, its source, and the contract column of each header; None for columns nobody asked for."""

    source: str
    path: Path
    truth: dict[str, str | None]


def every_unseen_file(folder: Path, borough: BoroughOnDisk) -> list[Unseen]:
    """The landlord's workbook, the schools' delimited text, the police's tab-separated text and the benefit office's rows."""
    return [_landlord(folder, borough), _schools(folder, borough), _police(folder, borough), _benefits(folder, borough)]


def _of(header: str) -> Cell:
    return lambda row: row.get(header) or ""


def _coded(header: str, codes: dict[str, str]) -> Cell:
    return lambda row: codes.get(str(row.get(header) or ""), "")


def _dated(header: str, form: str, other: str) -> Cell:
    def cell(row: dict[str, Any]) -> str:
        text = str(row.get(header) or "")
        try:
            return datetime.strptime(text, form).strftime(other)  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            return text

    return cell


def _grid(layout: Layout, rows: list[dict[str, Any]]) -> list[list[Any]]:
    return [list(layout), *([cell(row) for _, cell in layout.values()] for row in rows)]


def _unseen(source: str, path: Path, layout: Layout) -> Unseen:
    return Unseen(source, path, {header: column for header, (column, _) in layout.items()})


def _landlord(folder: Path, borough: BoroughOnDisk) -> Unseen:
    """A workbook with a sheet of notes before it, a title above, real dates, arrears above nought."""
    import xlsxwriter

    cells = CalamineWorkbook.from_path(str(borough.file("housing_arrears"))).get_sheet_by_index(0).to_python()
    rows = [dict(zip(map(str, cells[1]), ("" if value == "." else value for value in row), strict=True)) for row in cells[2:-1]]
    day = lambda header: lambda row: _day(row[header])  # noqa: E731
    layout: Layout = {
        "Tenancy A/C No": ("account_id", _of("Account Reference")),
        "Cust. Number": ("source_person_id", _of("Person Reference")),
        "Household Position": ("tenant_role", _coded("Tenant Flag", {"F": "Lead Tenant", "O": "Joint Tenant", "H": "Occupant"})),
        "Salutation": ("title", _of("Title")),
        "Fore Name": ("forename", _of("TenantFirstName")),
        "Last Name": ("surname", _of("TenantSurName")),
        "Born On": ("birth_date", day("Date of Birth")),
        "Nat. Ins. No.": ("nino", _of("NI Number")),
        "Dwelling Address": ("address_line_1", lambda row: ", ".join(filter(None, (row["Address1"], row["Address2"])))),
        "Town / City": ("address_line_3", _of("Address3")),
        "Postal Code": ("postcode", _of("PostCode")),
        "LLPG Ref": ("uprn", _of("UPRN")),
        "Ten. Commenced": ("tenancy_from_date", day("TenancyStartDate")),
        "Ten. Ended": ("tenancy_to_date", day("TenancyEndDate")),
        "Rent p.w. (GBP)": ("weekly_rent_gbp", _of("Weekly Rent")),
        "Arrears Bal": ("arrears_gbp", lambda row: -row["CurrentBalance"] if row["CurrentBalance"] != "" else ""),
        "Position At": ("balance_date", _of("BalanceDate")),
        "Recovery Action": (
            "arrears_stage",
            _coded(
                "Action Stage",
                {"": "No action", "S01": "Letter 1", "S02": "Letter 2", "NTS": "NOSP", "S05": "Court hearing", "SPO": "SPO", "PPO": "PPO", "EVI": "Warrant"},
            ),
        ),
        "Breathing Space?": ("is_breathing_space", _coded("BreathingSpace", {"TRUE": "Yes", "FALSE": "No"})),
        "Patch": (None, lambda row: "North"),
        "Housing Officer Email": (None, lambda row: "officer@example.org"),
    }
    path = folder / "Arrears listing 2026-11-20.xlsx"
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as book:
        book.add_worksheet("Read me").write_row(0, 0, ["Weekly arrears listing", "Prepared for the council"])
        sheet = book.add_worksheet("Listing")
        sheet.write_string(0, 0, "Riverside Homes - arrears listing")
        for number, row in enumerate(_grid(layout, rows), start=2):
            sheet.write_row(number, 0, ["" if cell is None else cell for cell in row])
    return _unseen("housing_arrears", path, layout)


def _day(value: Any) -> Any:
    if isinstance(value, str):
        try:
            day = datetime.strptime(value, "%d-%b-%Y")  # noqa: DTZ007 - a day has no time zone
            # Excel has no such day: systems that mean "not known" by it write it as text.
            return day if day.year > 1900 else day.strftime("%d/%m/%Y")
        except ValueError:
            return value
    return value if isinstance(value, date) else ""


def _schools(folder: Path, borough: BoroughOnDisk) -> Unseen:
    """Semicolons, ISO dates, term and year in one cell, names of pupils in one column."""
    status = {"C": "Current", "M": "Main dual", "S": "Guest", "P": "PRU", "L": "Leaver", "X": "CME"}
    layout: Layout = {
        "MIS Pupil Ref": ("source_person_id", _of("Pupil ID")),
        "Unique Pupil No.": ("upn", _of("UPN")),
        "Pupil Surname": ("surname", _of("Legal Surname")),
        "Pupil First Name": ("forename", _of("Legal Forename")),
        "Other Forenames": ("middle_names", _of("Middle Name(s)")),
        "Prev. Surname": ("former_surname", _of("Former Surname")),
        "Dt of Birth": ("birth_date", _dated("DOB", "%d/%m/%Y", "%Y-%m-%d")),
        "M/F Gender": ("sex", _of("Gender")),
        "Addr Line 1": ("address_line_1", _of("Address Line 1")),
        "Addr Line 2": ("address_line_2", _of("Address Line 2")),
        "Addr Town": ("address_line_3", _of("Town")),
        "PCode": ("postcode", _of("Postcode")),
        "Parent 1 Full Name": ("contact_1_full_name", _of("Contact 1 Name")),
        "Parent 1 Reln": ("contact_1_relationship", _of("Contact 1 Relationship")),
        "Parent 1 Resident": ("contact_1_lives_with", _of("Contact 1 Lives With")),
        "Parent 2 Full Name": ("contact_2_full_name", _of("Contact 2 Name")),
        "Parent 2 Reln": ("contact_2_relationship", _of("Contact 2 Relationship")),
        "Parent 2 Resident": ("contact_2_lives_with", _of("Contact 2 Lives With")),
        "Parent 2 Addr": ("contact_2_address", _of("Contact 2 Address")),
        "Parent 2 PCode": ("contact_2_postcode", _of("Contact 2 Postcode")),
        "Estab URN": ("school_urn", _of("School URN")),
        "Roll Status": ("enrolment_status", _coded("Enrolment Status", status)),
        "Reporting Term": ("term", lambda row: f"{row['Term']} {row['Academic Year']}"),
        "Sess. Poss.": ("sessions_possible", _of("Possible Sessions")),
        "Sess. Auth. Abs.": ("sessions_authorised", _of("Authorised Absences")),
        "Sess. Unauth. Abs.": ("sessions_unauthorised", _of("Unauthorised Absences")),
        "No. of Suspensions": ("suspension_count", _of("Fixed Term Exclusions")),
        "Perm. Exclusions": ("permanent_exclusion_count", _of("Permanent Exclusions")),
        "Free School Meals": (None, lambda row: "N"),
        "Form Group": (None, lambda row: "7B"),
    }
    path = folder / "pupil_absence_20261120.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file, delimiter=";").writerows(_grid(layout, borough.delivered("school_attendance")))
    return _unseen("school_attendance", path, layout)


def _police(folder: Path, borough: BoroughOnDisk) -> Unseen:
    """Tab-separated, codes as words, names as one column in capitals, dates with times in ISO form."""
    role = {
        "SUS": "Suspect",
        "SUSPECT": "Suspect",
        "OFF": "Offender",
        "OFFENDER": "Offender",
        "PERP": "Perpetrator",
        "VIC": "Complainant",
        "VICTIM": "Complainant",
        "WIT": "Witness",
        "WITNESS": "Witness",
        "CALLER": "Reporter",
        "OTH": "Involved",
    }
    outcome = {
        "": "",
        "NFA": "NFA",
        "CAU": "Adult caution",
        "YC": "Youth caution",
        "YCC": "Youth conditional caution",
        "CONV": "Convicted",
        "CR": "Community resolution",
    }
    layout: Layout = {
        "Event Ref": ("occurrence_id", _of("OCCURRENCE_NO")),
        "Person Unique Ref": ("source_person_id", _of("NOMINAL_REF")),
        "Person Name": ("full_name", _of("NOMINAL_NAME")),
        "Birth Date": ("birth_date", _dated("DOB", "%d/%m/%Y", "%d-%m-%Y")),
        "Gender Code": ("sex", _of("SEX")),
        "Home Addr": ("address_line_1", _of("HOME_ADDRESS")),
        "Home P/Code": ("postcode", _of("HOME_POSTCODE")),
        "Involvement Type": ("person_role", _coded("ROLE", role)),
        "Event Type": ("record_type", _coded("RECORD_TYPE", {"INC": "ASB incident", "CRI": "Crimed", "INT": "Intervention"})),
        "Event Description": ("incident_type", _of("INCIDENT_TYPE")),
        "ASB Qualifier": ("qualifier", _coded("NSIR_QUALIFIER", {"P": "Personal", "N": "Nuisance", "E": "Environmental"})),
        "Event Start": ("incident_date", _dated("INCIDENT_DT", "%d/%m/%Y %H:%M", "%Y-%m-%d %H:%M:%S")),
        "Result": ("disposal", _coded("DISPOSAL", outcome)),
        "Beat": (None, lambda row: "C4"),
        "Collar No": (None, lambda row: "4711"),
    }
    path = folder / "Neighbourhood export 20261120.txt"
    with path.open("w", newline="", encoding="cp1252") as file:
        csv.writer(file, delimiter="\t").writerows(_grid(layout, borough.delivered("police_asb")))
    return _unseen("police_asb", path, layout)


def _benefits(folder: Path, borough: BoroughOnDisk) -> Unseen:
    """Commas, days first, benefits and regimes as words."""
    benefits = {
        "UC": "Universal Credit",
        "JSA": "Jobseekers Allowance",
        "ESA": "Employment & Support Allowance",
        "IS": "Income Support",
        "IB": "Incapacity Benefit",
        "SDA": "Severe Disablement Allowance",
        "CA": "Carers Allowance",
        "PC": "Pension Credit",
        "HB": "Housing Benefit",
        "JSAC": "Jobseekers Allowance",
        "JSAI": "Jobseekers Allowance",
        "ESAC": "Employment & Support Allowance",
        "ESAI": "Employment & Support Allowance",
    }
    regimes = {
        "NWR": "No work requirements",
        "WFI": "Work focused interviews",
        "WP": "Preparing for work",
        "IWS": "Searching for work",
        "WE": "Working - no requirements",
        "LT": "Light touch",
    }
    layout: Layout = {
        "Cust NINO": ("nino", _of("NINO")),
        "Cust Title": ("title", _of("TITLE")),
        "Cust Family Name": ("surname", _of("SURNAME")),
        "Cust Given Names": ("forename", _of("FORENAMES")),
        "Cust DoB": ("birth_date", _dated("DATE_OF_BIRTH", "%Y%m%d", "%d/%m/%Y")),
        "Cust Sex": ("sex", _of("SEX")),
        "Addr 1": ("address_line_1", _of("ADDR1")),
        "Addr 2": ("address_line_2", _of("ADDR2")),
        "Post Cd": ("postcode", _of("PCODE")),
        "Benefit Name": ("benefit_type", _coded("BEN_TYPE", benefits)),
        "Entitled From": ("award_from_date", _dated("AWARD_START", "%Y%m%d", "%d/%m/%Y")),
        "Entitled To": ("award_to_date", lambda row: "" if row["AWARD_END"] == "99991231" else _dated("AWARD_END", "%Y%m%d", "%d/%m/%Y")(row)),
        "Labour Mkt Regime": ("conditionality", _coded("COND_REGIME", regimes)),
        "Spouse/Partner NINO": ("partner_nino", _of("PARTNER_NINO")),
        "Spouse/Partner Family Name": ("partner_surname", _of("PARTNER_SURNAME")),
        "Spouse/Partner Given Names": ("partner_forename", _of("PARTNER_FORENAMES")),
        "Spouse/Partner DoB": ("partner_birth_date", _dated("PARTNER_DOB", "%Y%m%d", "%d/%m/%Y")),
        "Snapshot Dt": ("as_at_date", _dated("AS_AT", "%Y%m%d", "%d/%m/%Y")),
        "Office": (None, lambda row: "Calderbrook JCP"),
    }
    path = folder / "jcp-share-2026-11-20.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(_grid(layout, borough.delivered("dwp_benefit")))
    return _unseen("dwp_benefit", path, layout)
