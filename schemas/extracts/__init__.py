"""The contract for each partner's extract: what a row must hold once the supplier's columns are mapped; one module a source."""

from schemas.extracts.attendance_codes import ATTENDANCE_CODES
from schemas.extracts.changes import of_changes
from schemas.extracts.contract import Contract
from schemas.extracts.council_tax import COUNCIL_TAX
from schemas.extracts.dwp_benefit import BENEFIT_TYPES, CONDITIONALITY, DWP_BENEFIT
from schemas.extracts.gazetteer import CLASS_USES, GAZETTEER
from schemas.extracts.housing_arrears import ARREARS_STAGES, HOUSING_ARREARS
from schemas.extracts.needs import NEED_CONTRACTS
from schemas.extracts.police_asb import POLICE_ASB
from schemas.extracts.receipts import PART, REASON, RECEIPT, REJECTED, REPAIR
from schemas.extracts.school_attendance import ENROLMENT_STATUSES, SCHOOL_ATTENDANCE, TERMS
from schemas.extracts.sets import MAIN, SETS

__all__ = [
    "ARREARS_STAGES",
    "ATTENDANCE_CODES",
    "BENEFIT_TYPES",
    "CLASS_USES",
    "CONDITIONALITY",
    "CONTRACTS",
    "ENROLMENT_STATUSES",
    "GAZETTEER",
    "MAIN",
    "MAIN_OF_SETS",
    "PART",
    "PARTS",
    "REASON",
    "RECEIPT",
    "REJECTED",
    "REPAIR",
    "SETS",
    "TERMS",
    "Contract",
    "main_contract",
    "of_changes",
]

CONTRACTS = {contract.source: contract for contract in (SCHOOL_ATTENDANCE, POLICE_ASB, DWP_BENEFIT, HOUSING_ARREARS, *NEED_CONTRACTS, COUNCIL_TAX, GAZETTEER)}

# Sources that may come as a set of files: the contract of the set's main file, and of its other parts by their name in extracts.yml.
MAIN_OF_SETS = {source: files.main for source, files in SETS.items()}
PARTS = {source: files.parts for source, files in SETS.items()}


def main_contract(source: str, *, is_set: bool) -> Contract:
    """The contract of the source's file, or of the main file of its set."""
    return MAIN_OF_SETS[source] if is_set else CONTRACTS[source]
