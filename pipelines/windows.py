"""Windows of measures: which days a criterion looks at from an as-of date. Pure, so that its edges can be tested by themselves."""

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from pipelines.values.dates import term_dates
from schemas.criterion import Window
from schemas.extracts import TERMS


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day looked at, both included."""

    first: date
    last: date


def span(window: Window, as_of: date) -> Span:
    """The days a window means: `count` days or months back and the as-of date itself, `count` complete terms, or the as-of date alone."""
    if window.kind == "days":
        return Span(as_of - timedelta(days=window.count), as_of)
    if window.kind == "months":
        return Span(as_of - relativedelta(months=window.count), as_of)
    if window.kind == "terms":
        terms = complete_terms(as_of, window.count)
        return Span(terms[0].first, as_of if window.include_current else terms[-1].last)
    return Span(as_of, as_of)


def complete_terms(as_of: date, count: int) -> list[Span]:
    """The last `count` terms that ended before the as-of date, the earliest first. Holidays belong to a term, so terms follow without a gap."""
    years = range(as_of.year - count // 3 - 2, as_of.year + 1)
    ended = [term for year in years for name in TERMS if (term := Span(*term_dates(year, name))).last < as_of]
    return ended[-count:]


def school_year_eve(as_of: date) -> date:
    """31 August before the school year the date lies in: who is 15 or younger then is of compulsory school age all year."""
    return date(as_of.year if as_of.month >= 9 else as_of.year - 1, 8, 31)
