"""The corpus' bad deliveries in other layouts of the library: cells read in parts and together, signs behind amounts, a row a person on a claim."""

from collections.abc import Iterator

from tests.support.bad_deliveries import DWP, HOUSING, POLICE, SCHOOL, BadDelivery
from tests.support.deliveries import csv_text

NEC = {
    "PAY_REF": "000451",
    "PERSON_NO": "T001",
    "TENANCY_PERSON_TYPE": "MAIN",
    "PER_TITLE": "Mrs",
    "PER_FORENAME": "Ngozi",
    "PER_SURNAME": "Okafor",
    "PER_DATE_OF_BIRTH": "14/02/1986",
    "PER_NI_NO": "",
    "PRO_ADDRESS_1": "10 Mill Road",
    "PRO_ADDRESS_2": "",
    "PRO_ADDRESS_3": "Calderbrook",
    "PRO_POSTCODE": "ZC1 1AA",
    "PRO_UPRN": "",
    "TCY_START_DATE": "01/04/2019",
    "TCY_END_DATE": "",
    "WEEKLY_CHARGE": "110.50",
    "ACC_BALANCE": "1,204.75 DR",
    "HB_DUE": "",
    "BALANCE_AT": "19/11/2026",
    "LAST_ACTION": "NOSP",
    "BREATHING_SPACE_IND": "N",
    "LANDLORD_CODE": "CHS",
}
CLAIM = {
    "Claim Ref": "CL1",
    "Claimant Role": "C",
    "National Insurance Number": "AB123456C",
    "Title": "Mrs",
    "Surname": "Okafor",
    "First Names": "Ngozi",
    "DOB": "14/02/1986",
    "Gender": "Female",
    "Address 1": "10 Mill Road",
    "Address 2": "",
    "Address 3": "",
    "Postcode": "ZC1 1AA",
    "Benefit": "Universal Credit",
    "Start Date": "06/01/2025",
    "End Date": "31/12/9999",
    "Regime": "Intensive work search",
    "Data As At": "18/11/2026",
}

PUPIL = {
    **{
        "Admission Number": "P1",
        "Unique Pupil Number": "R201100018042",
        "Family Name": "Okafor",
        "Given Name": "Ada",
        "Other Names": "",
        "Previous Family Name": "",
    },
    **{"Date of Birth": "05/03/2014", "Sex": "Female", "House": "", "Street": "10 Mill Road", "Post Town": "Calderbrook", "Post Code": "ZC1 1AA", "UPRN": ""},
    **{"Parent/Carer 1": "Mrs Ngozi Okafor", "Relation 1": "Mother", "Same Home 1": "Yes", "Parent/Carer 2": "", "Relation 2": "", "Same Home 2": ""},
    **{"Other Address 2": "", "Other Post Code 2": "", "Establishment URN": "100001", "Registration": "Single", "Period": "Summer 2025/2026"},
    **{"Sessions Possible": "120", "Sessions Authorised": "4", "Sessions Unauthorised": "20", "Suspensions": "0", "Exclusions": "0"},
}
NOMINAL = {
    **{
        "Investigation Ref": "OCC1",
        "Person URN": "N1",
        "Family Name": "OKAFOR",
        "Given Names": "Emeka",
        "Alias Family Name": "",
        "Date Of Birth": "2009-09-07",
    },
    **{
        "Gender": "Male",
        "Residence": "10 Mill Road",
        "Residence Postcode": "ZC1 1AA",
        "Involvement": "Suspect",
        "Category": "Incident",
        "Classification": "NOISE",
        "District": "Calder North",
    },
    **{"ASB Strand": "Nuisance", "Occurred On": "2026-06-14T22:15", "Outcome": ""},
}
_GOOD = {HOUSING: ("nec", NEC, "PERSON_NO"), DWP: ("claimant_rows", CLAIM, "Claim Ref"), SCHOOL: ("mis_summary", PUPIL, "Admission Number")}
_GOOD |= {POLICE: ("athena", NOMINAL, "Investigation Ref")}


def other_layouts() -> Iterator[BadDelivery]:
    """Ten of them."""
    yield _row("a balance both owed and in credit", HOUSING, {"ACC_BALANCE": "1,204.75 CRDR"}, "amount")
    yield _row("a balance with a decimal comma and DR", HOUSING, {"ACC_BALANCE": "1204,75 DR"}, "amount")
    yield _row("a part in the tenancy nobody knows", HOUSING, {"TENANCY_PERSON_TYPE": "GHOST"}, "allowed")
    yield _row("a claimant without a number", DWP, {"National Insurance Number": ""}, "required")
    yield _row("a part in the claim nobody knows", DWP, {"Claimant Role": "Q"}, "allowed")
    yield _row("a term without its year", SCHOOL, {"Period": "Summer"}, "academic_year_format")
    yield _row("an academic year of two years in one cell with its term", SCHOOL, {"Period": "Summer 2025/2027"}, "academic_year_format")
    yield _row("a date of the usual layout in one that has another", POLICE, {"Occurred On": "14/06/2026"}, "date_format")
    table = [{name: value for name, value in PUPIL.items() if name != "Street"}]
    yield BadDelivery("half of a column read together", SCHOOL, csv_text(table).encode(), None, ("read together", "Ask"), layout="mis_summary")
    text = csv_text([NOMINAL], delimiter="\t").encode("utf-16")
    yield BadDelivery("tab-separated UTF-16 cut short", POLICE, text[:-1], None, ("not UTF-16", "Ask the supplier"), layout="athena")


def _row(name: str, source: str, change: dict[str, str], *rules: str) -> BadDelivery:
    """Seven rows, the last of which has these values."""
    layout, good, reference = _GOOD[source]
    table = [good | {reference: f"R{number:05d}"} for number in range(1, 8)]
    table[-1] |= change
    return BadDelivery(name, source, csv_text(table).encode(), (6, 1, 0, 0), ("1 row is", "rejection report"), frozenset(rules), layout=layout)
