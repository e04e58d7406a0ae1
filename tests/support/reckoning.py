"""Criteria reckoned in plain Python, straight from delivered files and the truth about who is who: no SQL, and none of the product's functions.

Values (thresholds, windows, codes) come from the frameworks' files, since they are what is to be reckoned with; what they mean is written here again
from docs/criteria.md.
"""

from collections import defaultdict
from datetime import date, timedelta

from tests.support.reckoned_needs import COUNTED, agencies_of_needs, needs_counted, offences
from tests.support.told import STANDINGS, Known, term_days

OUT_OF_WORK = {"JSA", "ESA", "IS", "IB", "SDA", "CA"}
NOT_WORKING = {"no_work_related", "work_focused_interview", "work_preparation", "searching"}
UNKNOWN = "unknown"


def years(birth: date, day: date) -> int:
    """Whole years of age."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def months(first: date, last: date) -> int:
    """Whole months between two days."""
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def months_before(day: date, count: int) -> date:
    """The same day so many months before; not needed for days that some months lack."""
    index = day.year * 12 + day.month - 1 - count
    return date(index // 12, index % 12 + 1, day.day)


class Reckoner:
    """Reckons a measure of a person: a value, None where no row tells anything, or UNKNOWN where a row decides nothing."""

    def __init__(self, as_of: date, newest_term: date) -> None:
        self.as_of = as_of
        self.newest_term = newest_term
        terms = [term_days(year, name) for year in range(as_of.year - 4, as_of.year + 1) for name in ("Autumn", "Spring", "Summer")]
        self.complete = sorted(span for span in terms if span[1] < as_of)

    def window(self, window) -> tuple[date, date]:
        """First and last day."""
        if window.kind == "days":
            return self.as_of - timedelta(days=window.count), self.as_of
        if window.kind == "months":
            return months_before(self.as_of, window.count), self.as_of
        if window.kind == "terms":
            return self.complete[-window.count][0], self.as_of if window.include_current else self.complete[-1][1]
        return self.as_of, self.as_of

    def value(self, criterion, person: Known):
        """The measure's value, and whether a code meets it by itself."""
        first, last = self.window(criterion.window)
        if criterion.measure in COUNTED:
            return needs_counted(criterion, person, first, last)
        return getattr(self, criterion.measure)(criterion, person, first, last)

    def _absence(self, criterion, person, first, last, *columns):
        rows = [(start, row) for (_, start, end), row in person.school.items() if first <= start and end <= last and int(row["Possible Sessions"]) > 0]
        if not rows:
            return None
        by_term = defaultdict(lambda: [0, 0])
        for start, row in rows:
            by_term[start][0] += sum(int(row[column]) for column in columns)
            by_term[start][1] += int(row["Possible Sessions"])
        if criterion.window.sustained:
            return UNKNOWN if len(by_term) < criterion.window.count else min(100 * missed / possible for missed, possible in by_term.values())
        return 100 * sum(missed for missed, _ in by_term.values()) / sum(possible for _, possible in by_term.values())

    def unauthorised_absence(self, criterion, person, first, last):
        return self._absence(criterion, person, first, last, "Unauthorised Absences")

    def overall_absence(self, criterion, person, first, last):
        return self._absence(criterion, person, first, last, "Authorised Absences", "Unauthorised Absences")

    def _counted(self, person, first, last, column):
        rows = [row for (_, start, _), row in person.school.items() if first <= start <= last]
        return sum(int(row[column] or 0) for row in rows) if rows else None

    def suspensions(self, _, person, first, last):
        return self._counted(person, first, last, "Fixed Term Exclusions")

    def permanent_exclusions(self, _, person, first, last):
        return self._counted(person, first, last, "Permanent Exclusions")

    def school_roll_status(self, criterion, person, first, last):
        standings = {STANDINGS[row["Enrolment Status"]] for (_, start, _), row in person.school.items() if start == self.newest_term}
        if not standings:
            return None
        off = {"not_on_roll", "off_roll"}
        matching = standings & set(criterion.codes)
        return int(bool(matching - off) or (bool(matching & off) and standings <= off))

    def proven_offence(self, criterion, person, first, last):
        return offences(person, criterion.qualifiers, first, last) or None

    def asb(self, _, person, first, last):
        return sum(kind in ("INC", "INT") and first <= day <= last for day, kind, _ in person.police.values()) or None

    @staticmethod
    def is_out_of_work(award, codes, regimes):
        """True, False, or None where Universal Credit does not say."""
        benefit, _, _, regime = award
        if benefit not in codes:
            return False
        return True if benefit != "UC" else None if regime is None else regime in regimes

    def out_of_work_benefit(self, criterion, person, first, last):
        running = [award for award in person.awards.values() if award[1] <= last and (award[2] is None or award[2] >= first)]
        said = [self.is_out_of_work(award, criterion.codes, criterion.qualifiers) for award in running]
        return sum(answer is True for answer in said) or (UNKNOWN if None in said else None)

    def benefit_duration(self, criterion, person, first, last):
        awards = [award for award in person.awards.values() if award[1] <= last]
        said = [
            (award[1], award[2] or last, award[2] is None or award[2] >= first, self.is_out_of_work(award, criterion.codes, criterion.qualifiers))
            for award in awards
        ]
        out = sorted((start, end, running) for start, end, running, answer in said if answer)
        spells: list[list] = []
        for start, end, running in out:
            if spells and start <= spells[-1][1] + timedelta(days=28):
                spells[-1][1] = max(spells[-1][1], end)
                spells[-1][2] |= running
            else:
                spells.append([start, end, running])
        present = [months(start, last) for start, _, running in spells if running]
        if present:
            return max(present)
        return UNKNOWN if any(answer is None and running for _, _, running, answer in said) else None

    @staticmethod
    def _running(person, first, last):
        return [a for a in person.accounts.values() if a[0] <= last and (a[1] is None or a[1] >= first) and not a[5]]

    def rent_arrears(self, criterion, person, first, last):
        running = self._running(person, first, last)
        if any(stage in criterion.codes for _, _, _, _, stage, _ in running):
            return float("inf")
        weeks = [0 if owed <= 0 else owed / rent if rent > 0 else UNKNOWN for _, _, rent, owed, _, _ in running]
        numbers = [value for value in weeks if value != UNKNOWN]
        if UNKNOWN in weeks and not any(value >= criterion.threshold for value in numbers):
            return UNKNOWN
        return max(numbers, default=None)

    def rent_stage(self, criterion, person, first, last):
        stages = [stage for _, _, _, _, stage, _ in self._running(person, first, last)]
        return max((int(stage in criterion.codes) for stage in stages), default=None)

    def agencies(self, person, first, last) -> set[str]:
        """Agencies that act on one person."""
        found = agencies_of_needs(person, first, last)
        if any(first <= day <= last and (kind != "CRI" or disposal) for day, kind, disposal in person.police.values()):
            found.add("police")
        if any(
            first <= start <= last and (int(row["Fixed Term Exclusions"] or 0) or int(row["Permanent Exclusions"] or 0))
            for (_, start, _), row in person.school.items()
        ):
            found.add("school")
        if any(
            award[1] <= last and (award[2] is None or award[2] >= last) and self.is_out_of_work(award, OUT_OF_WORK | {"UC"}, NOT_WORKING)
            for award in person.awards.values()
        ):
            found.add("dwp")
        if any(stage != "none" for _, _, _, _, stage, _ in self._running(person, last, last)):
            found.add("landlord")
        return found


def assess(reckoner: Reckoner, criterion, members: list[tuple[date, Known]], delivered: set[str]) -> str:
    """met, not_met or not_assessed for a household, given its members' dates of birth and what is known of them."""
    if not delivered & set(criterion.sources):
        return "not_assessed"
    is_partial = bool(set(criterion.sources) - delivered)
    if criterion.measure == "agency_count":
        first, last = reckoner.window(criterion.window)
        values = [len(set().union(*(reckoner.agencies(person, first, last) for _, person in members)))]
    else:
        values = [reckoner.value(criterion, person) for birth, person in members if covers(criterion, birth, reckoner.as_of)]
    if any(value is not None and value != UNKNOWN and _reaches(value, criterion) for value in values):
        return "met"
    if UNKNOWN in values or is_partial or is_silent(reckoner, criterion, members):
        return "not_assessed"
    return "not_met"


def _reaches(value, criterion) -> bool:
    return value > criterion.threshold if criterion.operator == ">" else value >= criterion.threshold


def covers(criterion, birth: date, as_of: date) -> bool:
    """Whether the criterion is about somebody born then."""
    age = years(birth, as_of)
    is_right_role = {"child": age < 18, "adult": age >= 18, "member": True}[criterion.subject]
    is_right_age = criterion.ages is None or criterion.ages.lowest <= age <= criterion.ages.highest
    return is_right_role and is_right_age and (not criterion.compulsory_school_age or of_school_age(birth, as_of))


def of_school_age(birth: date, as_of: date) -> bool:
    """Five, and no older than fifteen on the eve of the school year."""
    eve = date(as_of.year if as_of.month >= 9 else as_of.year - 1, 8, 31)
    return years(birth, as_of) >= 5 and years(birth, eve) <= 15


def is_silent(reckoner: Reckoner, criterion, members) -> bool:
    """Whether schools say nothing of some child of school age."""
    if criterion.sources != ("school_attendance",):
        return False
    pupils = [
        person
        for birth, person in members
        if of_school_age(birth, reckoner.as_of)
        and years(birth, reckoner.as_of) < 18
        and (criterion.ages is None or criterion.ages.lowest <= years(birth, reckoner.as_of) <= criterion.ages.highest)
    ]
    return any(reckoner.value(criterion, person) is None for person in pupils)
