"""The edges at which rules are got wrong: each has worked cases on both of its sides, in the library, where they run before every list."""

from typing import NamedTuple

import pytest

from pipelines import cases, criteria
from schemas.extracts.attendance_codes import ATTENDANCE_CODES, LAST_DAY_OF_OLD_CODES, NEW_CODES, NEW_CODES_FROM, OLD_CODES


class Side(NamedTuple):
    """A worked case of the library, and what it says of a criterion."""

    framework: str
    case: str
    criterion: str
    assessment: str


EDGES = {
    "exactly at the threshold": [
        Side("tf-2012", "exactly 15% (57 of 380)", "unauthorised_absence", "met"),
        Side("tf-2012", "one session under 15% (56 of 380), much of it authorised on top", "unauthorised_absence", "not_met"),
        Side("tf-2012", "exactly eight weeks", "rent_arrears", "met"),
        Side("tf-2012", "a penny short of eight weeks", "rent_arrears", "not_met"),
    ],
    "the first day of the window": [
        Side("tf-2012", "convicted exactly 365 days ago, the first day of the window", "proven_offence", "met"),
        Side("tf-2012", "convicted 366 days ago, the day before the window", "proven_offence", "not_met"),
    ],
    "the last day of the window": [
        Side("tf-2012", "convicted today, the last day of the window", "proven_offence", "met"),
        Side("tf-2012", "a conviction of tomorrow is nothing that could be known today", "proven_offence", "not_met"),
        Side("tf-2012", "an award whose last day is the as-of date", "out_of_work_benefit", "met"),
        Side("tf-2012", "an award that ended the day before", "out_of_work_benefit", "not_met"),
    ],
    "a child of 18 today": [
        Side("tf-2012", "seventeen until tomorrow, so a child's offence", "proven_offence", "met"),
        Side("tf-2012", "eighteen at the as-of date, so no child's offence", "proven_offence", "not_met"),
    ],
    "an exclusion that was reinstated": [
        Side("tf-2012", "excluded twice, one of the two reinstated, so that the term counts one", "permanent_exclusion", "met"),
        Side("tf-2012", "an exclusion that was reinstated counts none", "permanent_exclusion", "not_met"),
    ],
    "the codes of August 2024": [
        Side(
            "supporting-families-2022",
            "sessions that were not possible (codes Q, Y1, D, X here) are in no denominator",
            "overall_absence",
            "met",
        ),
        Side("supporting-families-2022", "the same absences where the other sessions were attended are half as much", "overall_absence", "not_met"),
    ],
    "Easter": [
        Side("supporting-families-2022", "Easter Sunday belongs to spring, Easter Monday to summer", "overall_absence", "met"),
        Side(
            "supporting-families-2022",
            "on Easter Sunday itself spring is not complete, so autumn and the summer before it are looked at",
            "overall_absence",
            "not_met",
        ),
    ],
    "two terms instead of three": [
        Side("tf-2012", "known for two terms instead of three, and exactly 15% of those (36 of 240)", "unauthorised_absence", "met"),
        Side("tf-2012", "known for two terms instead of three, and a term before the window does not make up the third", "unauthorised_absence", "not_met"),
        Side("supporting-families-2022", "known for one of the two terms only, nobody can say that it lasted", "severe_absence", "not_assessed"),
    ],
    "Universal Credit in work": [
        Side("tf-2012", "Universal Credit while searching for work, from today", "out_of_work_benefit", "met"),
        Side("tf-2012", "Universal Credit in work is no out-of-work benefit, nor is housing benefit or pension credit", "out_of_work_benefit", "not_met"),
        Side("tf-2012", "Universal Credit without a regime says nothing either way", "out_of_work_benefit", "not_assessed"),
    ],
    "arrears that are technical": [
        Side("tf-2012", "ten weeks behind, of which benefit that is due explains two", "rent_arrears", "met"),
        Side("tf-2012", "ten weeks behind, of which benefit that is due explains two weeks and a penny", "rent_arrears", "not_met"),
    ],
    "breathing space": [
        Side("tf-2012", "the same account when the breathing space is over", "rent_arrears", "met"),
        Side("tf-2012", "twenty weeks behind and at court, in a breathing space", "rent_arrears", "not_met"),
    ],
    "a victim must not count": [
        Side("tf-2012", "a mother named as perpetrator of a noise nuisance", "asb", "met"),
        Side("tf-2012", "victim, witness and caller never count, even when a source files them as incidents", "asb", "not_met"),
    ],
}
SIDES = [pytest.param(side, id=f"{edge}: {side.assessment}: {side.case[:40]}") for edge, sides in EDGES.items() for side in sides]


@pytest.fixture(scope="module")
def library():
    return criteria.shipped()


@pytest.fixture(scope="module")
def worked(library):
    return criteria.shipped_cases(library)


def place(worked, side):
    """Where the one case of that name stands among them."""
    (found,) = [n for n, one in enumerate(worked) if one.case.case == side.case and side.framework in one.case.frameworks]
    return found


@pytest.mark.parametrize("side", SIDES)
def test_the_library_has_a_case_for_each_side_of_the_edge(library, worked, side):
    framework = next(f for f in library.frameworks if f.id == side.framework)
    case = worked[place(worked, side)].case
    said = {cases.find(framework, name): assessment for name, assessment in case.expect.items()}
    assert said[cases.find(framework, side.criterion)] == side.assessment


def test_every_edge_shows_what_counts_and_what_does_not():
    for edge, sides in EDGES.items():
        assert {"met", "not_met"} <= {side.assessment for side in sides}, edge


def test_the_statements_that_score_families_put_each_case_on_its_side(library, worked):
    chosen = [worked[place(worked, side)] for sides in EDGES.values() for side in sides]
    assert cases.failures(chosen, library) == []


def test_a_case_moved_over_its_edge_no_longer_holds(library, worked):
    """What each edge is about decides its case: a day, a session, a penny, a role, a regime less or more."""
    moved = {
        "exactly 15% (57 of 380)": (0, {"unauthorised": 56}),
        "exactly eight weeks": (0, {"arrears": 800.79}),
        "convicted exactly 365 days ago, the first day of the window": (0, {"days_ago": 366}),
        "convicted today, the last day of the window": (0, {"days_ago": -1}),
        "excluded twice, one of the two reinstated, so that the term counts one": (0, {"reinstated": True}),
        "an exclusion that was reinstated counts none": (0, {"reinstated": False}),
        "sessions that were not possible (codes Q, Y1, D, X here) are in no denominator": (4, {"code": "/"}),
        "known for two terms instead of three, and exactly 15% of those (36 of 240)": (1, {"unauthorised": 29}),
        "Universal Credit in work is no out-of-work benefit, nor is housing benefit or pension credit": (0, {"qualifier": "searching"}),
        "ten weeks behind, of which benefit that is due explains two weeks and a penny": (0, {"technical_arrears": 200}),
        "twenty weeks behind and at court, in a breathing space": (0, {"breathing_space": False}),
        "victim, witness and caller never count, even when a source files them as incidents": (1, {"role": "suspect"}),
        "Easter Sunday belongs to spring, Easter Monday to summer": (2, {"unauthorised": 17}),
    }
    chosen = [one for title in moved for one in worked if one.case.case == title]
    failed = cases.failures([_with_event(one, *moved[one.case.case]) for one in chosen], library)
    assert {chosen[n].case.case for n, _ in failed} == set(moved)


def _with_event(one, position, update):
    events = list(one.case.events)
    events[position] = events[position].model_copy(update=update)
    return cases.Worked(one.case.model_copy(update={"events": tuple(events)}), one.as_of, one.path, one.position, is_shipped=True)


def test_what_the_codes_of_august_2024_count_as_is_what_the_old_ones_do_not_say():
    counts_as = {code.code: code.counts_as for code in ATTENDANCE_CODES}
    assert (NEW_CODES_FROM - LAST_DAY_OF_OLD_CODES).days == 1
    assert f"{NEW_CODES_FROM}" == "2024-08-19"
    assert (counts_as["J"], counts_as["J1"]) == ("present", "authorised")
    assert {counts_as[code] for code in ("Y", "Q", *(f"Y{n}" for n in range(1, 8)))} == {"unable"}
    assert set(OLD_CODES) == {"H", "J", "Y"}
    assert not set(OLD_CODES) & set(NEW_CODES)
