"""What a school's contact is to the pupil, read from the school's own words."""

import re
from typing import NamedTuple

from pipelines.values.text import folded


class Kinship(NamedTuple):
    """`relationship_type` is null for people who are neither a parent nor of the household; `sex` where the word tells it."""

    relationship_type: str | None
    sex: str | None
    years_older: int | None
    """Least age above the pupil's that the word implies."""


PARENT_YEARS = 13
GRANDPARENT_YEARS = 28

_FEMALE = re.compile(
    r"\b(MOTHER|MUM|MUMMY|MOM|STEPMOTHER|STEPMUM|GRANDMOTHER|GRAN|GRANNY|GRANDMA|NAN|NANA|AUNT|AUNTIE|AUNTY|SISTER|STEPSISTER|HALFSISTER|WIFE)\b"
)
_MALE = re.compile(r"\b(FATHER|DAD|DADDY|STEPFATHER|STEPDAD|GRANDFATHER|GRANDAD|GRANDPA|UNCLE|BROTHER|STEPBROTHER|HALFBROTHER|HUSBAND)\b")
_GRANDPARENT = re.compile(r"\bGRAN|\bNANA?\b|\bGREAT")
_PARENT = re.compile(r"MOTHER|FATHER|\bMUM|\bMOM\b|\bDAD|PARENT|STEPMUM|STEPDAD|CARER|GUARDIAN|\bFOSTER|ADOPTIVE|ADOPTER|PARENTAL|\bPRIMARY CARE")
_OTHER_KIN = re.compile(r"SISTER|BROTHER|SIBLING|AUNT|UNCLE|COUSIN|RELATIVE|FAMILY|HUSBAND|WIFE|PARTNER|LODGER")
_OUTSIDE = re.compile(r"MINDER|SOCIAL WORKER|NEIGHBOUR|FRIEND|SCHOOL|AGENCY|NANNY|AU PAIR|DOCTOR|KEY ?WORKER|SUPPORT WORKER|EMERGENCY|LOCAL AUTHORITY|TAXI")


def kinship(text: str | None) -> Kinship:
    """Mother, step-father, carer and guardian are parents; grandparents and other kin are of the household only where the pupil lives with them."""
    word = folded(text).replace("-", "").replace("STEP ", "STEP").replace("HALF ", "HALF").replace("GRAND ", "GRAND")
    sex = "F" if _FEMALE.search(word) else "M" if _MALE.search(word) else None
    if _OUTSIDE.search(word) and not _PARENT.search(word):
        return Kinship(None, sex, None)
    if _GRANDPARENT.search(word):
        return Kinship("household_member_of", sex, GRANDPARENT_YEARS)
    if _PARENT.search(word):
        # A carer or guardian may be an elder sister or an aunt; only a parent's word says how much older.
        return Kinship("parent_of", sex, PARENT_YEARS if not re.search(r"CARER|GUARDIAN|PRIMARY", word) else None)
    return Kinship("household_member_of" if _OTHER_KIN.search(word) else None, sex, None)
