"""The contract for each partner's extract: what a row must hold once the supplier's columns are mapped; one module a source."""

from schemas.extracts.contract import Contract
from schemas.extracts.dwp_benefit import BENEFIT_TYPES, CONDITIONALITY, DWP_BENEFIT
from schemas.extracts.housing_arrears import ARREARS_STAGES, HOUSING_ARREARS
from schemas.extracts.police_asb import POLICE_ASB
from schemas.extracts.receipts import RECEIPT, REJECTED, REPAIR
from schemas.extracts.school_attendance import ENROLMENT_STATUSES, SCHOOL_ATTENDANCE, TERMS

__all__ = [
    "ARREARS_STAGES",
    "BENEFIT_TYPES",
    "CONDITIONALITY",
    "CONTRACTS",
    "ENROLMENT_STATUSES",
    "RECEIPT",
    "REJECTED",
    "REPAIR",
    "TERMS",
    "Contract",
]

CONTRACTS = {contract.source: contract for contract in (SCHOOL_ATTENDANCE, POLICE_ASB, DWP_BENEFIT, HOUSING_ARREARS)}
