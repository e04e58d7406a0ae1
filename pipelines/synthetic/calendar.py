"""School terms as the national absence statistics count them: autumn to 31 December, spring to Easter Sunday, summer to 31 July."""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.easter import easter

_SESSIONS = {"autumn": 142, "spring": 118, "summer": 120}


@dataclass(frozen=True, slots=True)
class Term:
    """One term; `is_complete` is false for the one the as-of date lies in."""

    academic_year: int
    name: str
    start: date
    end: date
    is_complete: bool
    sessions: int


def terms(as_of: date, delivered: date) -> list[Term]:
    """The last three complete terms and then the current one so far, once lessons have begun."""
    found = [term for year in (as_of.year - 2, as_of.year - 1, as_of.year) for term in _of_year(year, as_of, delivered)]
    complete = [term for term in found if term.is_complete]
    current = [term for term in found if term.start <= as_of <= term.end and term.sessions]
    return complete[-3:] + current


def all_terms(drawn: date, after: int, as_of: date, delivered: date) -> list[Term]:
    """Every term that some delivery may hold which a borough drawn that day makes within so many days."""
    last = (drawn + timedelta(days=after)).year
    return [term for year in range(drawn.year - 2, last + 1) for term in _of_year(year, as_of, delivered)]


def _of_year(year: int, as_of: date, delivered: date) -> list[Term]:
    easter_day = easter(year + 1)
    spans = (
        ("autumn", date(year, 8, 1), date(year, 12, 31)),
        ("spring", date(year + 1, 1, 1), easter_day),
        ("summer", easter_day + timedelta(days=1), date(year + 1, 7, 31)),
    )
    return [Term(year, name, start, end, end < as_of, _sessions(name, start, end, delivered)) for name, start, end in spans]


def _sessions(name: str, start: date, end: date, delivered: date) -> int:
    """All of a past term's sessions, those so far of the current one: two a school day, lessons start a month into autumn."""
    if delivered > end:
        return _SESSIONS[name]
    lessons = start + timedelta(days=33 if name == "autumn" else 4)
    return max(0, min(_SESSIONS[name], (delivered - lessons).days * 10 // 7))
