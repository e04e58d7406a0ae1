"""Dates that follow from a rule: a term's first and last day, with Easter computed."""

from datetime import date, timedelta

from dateutil.easter import easter


def term_dates(academic_year: int, term: str) -> tuple[date, date]:
    """First and last day of a term of the academic year that starts in August of `academic_year`.

    The Department for Education's boundaries for absence: autumn 1 August to 31 December, spring 1 January to Easter Sunday,
    summer Easter Monday to 31 July. They are the same for every authority. Raises KeyError for an unknown term.
    """
    easter_sunday = easter(academic_year + 1)
    return {
        "autumn": (date(academic_year, 8, 1), date(academic_year, 12, 31)),
        "spring": (date(academic_year + 1, 1, 1), easter_sunday),
        "summer": (easter_sunday + timedelta(days=1), date(academic_year + 1, 7, 31)),
    }[term]
