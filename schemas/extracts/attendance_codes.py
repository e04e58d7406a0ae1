"""The attendance codes of the Department for Education, what each counts as and when it was in use; apart because guidance changes them by date."""

from dataclasses import dataclass
from datetime import date

# The School Attendance (Pupil Registration) (England) Regulations 2024 (SI 2024/208, regulation 10) came into force on this day.
NEW_CODES_FROM = date(2024, 8, 19)
LAST_DAY_OF_OLD_CODES = date(2024, 8, 18)
# Counts of codes are by term: the old codes end with the academic year that starts in 2023.
NEW_CODES_FROM_YEAR, LAST_YEAR_OF_OLD_CODES = 2024, 2023

PRESENT, AUTHORISED, UNAUTHORISED, UNABLE, NOT_POSSIBLE = COUNTS_AS = ("present", "authorised", "unauthorised", "unable", "not_possible")


@dataclass(frozen=True, slots=True)
class AttendanceCode:
    """One code. `unable` to attend is neither an absence nor a possible session; `not_possible` is no session of that school's at all."""

    code: str
    meaning: str
    counts_as: str


ATTENDANCE_CODES = tuple(
    AttendanceCode(code, meaning, counts_as)
    for counts_as, codes in (
        (
            PRESENT,
            {
                "/": "present in the morning",
                "\\": "present in the afternoon",
                "L": "late, before the register closed",
                "K": "attending education arranged by the authority",
                "V": "educational visit",
                "P": "sporting activity",
                "W": "work experience",
                "B": "other approved education",
                "J": "interview (until 2024)",
            },
        ),
        (
            AUTHORISED,
            {
                "C": "leave for exceptional circumstances",
                "C1": "regulated performance or employment abroad",
                "C2": "part-time timetable",
                "E": "suspended or excluded, without other provision",
                "H": "agreed family holiday (until 2024)",
                "I": "illness",
                "J1": "interview",
                "M": "medical appointment",
                "R": "religious observance",
                "S": "study leave",
                "T": "mobile child, parent travelling for work",
            },
        ),
        (
            UNAUTHORISED,
            {"G": "holiday that was not agreed", "N": "no reason given yet", "O": "other absence without leave", "U": "late, after the register closed"},
        ),
        (
            UNABLE,
            {
                "Q": "the authority's arrangements for access failed",
                "Y": "unable to attend (until 2024)",
                "Y1": "transport not available",
                "Y2": "widespread travel disruption",
                "Y3": "part of the school closed",
                "Y4": "school site closed unexpectedly",
                "Y5": "in criminal justice detention",
                "Y6": "public health guidance",
                "Y7": "other unavoidable cause",
            },
        ),
        (
            NOT_POSSIBLE,
            {
                "D": "dual registered, at the other school",
                "X": "not required to attend: not of compulsory school age",
                "Z": "prospective pupil, not yet on the roll",
                "#": "planned whole-school closure",
            },
        ),
    )
    for code, meaning in codes.items()
)
MARKS = tuple(code.code for code in ATTENDANCE_CODES)
NEW_CODES = ("K", "C1", "C2", "J1", "Q", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7")
OLD_CODES = ("H", "J", "Y")
