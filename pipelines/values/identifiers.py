"""National Insurance, unique pupil and unique property reference numbers: mended where typing is at fault, null where wrong."""

import re

from pipelines.values.text import folded

# HM Revenue & Customs, NIM39110: prefixes never given out; TN begins temporary numbers.
_NINO = re.compile(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[ABCEGHJ-PRSTW-Z][ABCEGHJ-NPRSTW-Z]\d{6}[A-D]?")
# Department for Education, Unique pupil numbers: the check letter's alphabet leaves out I, O and S.
_CHECK_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN = re.compile(r"[A-Z]\d{11}[0-9A-HJ-NP-RT-Z]")
_UPN_WITHOUT_CHECK = re.compile(r"\d{12}")
_UPRN = re.compile(r"(\d{1,15})(\.0*)?")
_NOT_ALPHANUMERIC = re.compile(r"[^A-Z0-9]")
_TO_DIGIT = str.maketrans("OILQ", "0110")
_TO_LETTER = str.maketrans("01", "OI")


def nino(text: str | None) -> str | None:
    """The eight characters before the suffix; null when temporary, all one digit or not of the form HMRC gives out."""
    value = _NOT_ALPHANUMERIC.sub("", folded(text))
    value = value[:2].translate(_TO_LETTER) + value[2:8].translate(_TO_DIGIT) + value[8:]
    if not _NINO.fullmatch(value) or len(set(value[2:8])) == 1:
        return None
    return value[:8]


def upn(text: str | None) -> str | None:
    """Thirteen characters with a right check letter; a check letter lost in a spreadsheet is worked out again."""
    value = _NOT_ALPHANUMERIC.sub("", folded(text))
    if _UPN_WITHOUT_CHECK.fullmatch(value):
        return None if len(set(value)) == 1 else upn_check_letter(value) + value
    value = value[:1].translate(_TO_LETTER) + value[1:12].translate(_TO_DIGIT) + value[12:].translate(str.maketrans("OIS", "015"))
    if not _UPN.fullmatch(value) or upn_check_letter(value[1:]) != value[0]:
        return None
    return value


def upn_check_letter(body: str) -> str:
    """Check letter of a UPN's last twelve characters: their values times 2 to 13, summed, modulo 23."""
    return _CHECK_LETTERS[sum(place * _check_value(character) for place, character in enumerate(body, 2)) % 23]


def uprn(text: str | None) -> str | None:
    """Up to twelve digits without leading zeros; null when a spreadsheet has rounded it (1.0002E+11) or it is all zeros."""
    match = _UPRN.fullmatch(folded(text).replace(" ", "").replace(",", ""))
    value = match.group(1).lstrip("0") if match else ""
    return value if 0 < len(value) <= 12 and set(value) != {"9"} else None


def _check_value(character: str) -> int:
    return int(character) if character.isdigit() else _CHECK_LETTERS.index(character)
