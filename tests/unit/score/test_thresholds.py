"""Measures at their thresholds and window edges, for values nobody thought of."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pipelines import assessment, authority, criteria, warehouse
from pipelines.settings import Settings
from tests.support.families import AS_OF, a_family, a_member, an_event, lay

SLOW = hypothesis_settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def frameworks():
    return criteria.load(authority.find("calderbrook", Settings())).at(AS_OF)


@pytest.fixture(scope="module")
def con(tmp_path_factory):
    with warehouse.connection(Settings(home=tmp_path_factory.mktemp("score"), threads=1)) as con:
        yield con


def assessed(con, frameworks, criterion, families):
    """Assessment and value by family for one criterion of the 2012 framework."""
    lay(con, families, "run")
    assessment.choose_households(con)
    assessment.assess(con, frameworks, AS_OF, 0.95)
    query = "select household_id, assessment, value from cohort.household_criterion where framework_id = 'tf-2012' and criterion_id = $criterion"
    return {row[0]: (row[1], row[2]) for row in con.execute(query, {"criterion": criterion}).fetchall()}


@SLOW
@given(st.lists(st.integers(min_value=0, max_value=800), min_size=1, max_size=40, unique=True))
def test_offences_count_from_365_days_ago_to_today(con, frameworks, days):
    offence = {"person_role": "offender", "qualifier": "conviction"}
    families = [a_family(f"{d}", an_event("son", "proven_offence", days_ago=d, **offence)) for d in days]
    found = assessed(con, frameworks, "crime_asb.proven_offence", families)
    assert {d: found[f"{d}"][0] for d in days} == {d: "met" if d <= 365 else "not_met" for d in days}


@SLOW
@given(st.lists(st.tuples(st.integers(1, 180), st.integers(0, 180)), min_size=1, max_size=40, unique=True))
def test_absence_is_met_exactly_from_the_threshold_on(con, frameworks, terms):
    terms = [(possible, min(missed, possible)) for possible, missed in terms]
    families = [
        a_family(f"{n}", an_event("son", "attendance", term="2025/26 summer", sessions_possible=possible, sessions_unauthorised=missed))
        for n, (possible, missed) in enumerate(terms)
    ]
    found = assessed(con, frameworks, "education.unauthorised_absence", families)
    expected = {f"{n}": "met" if 100 * missed >= 15 * possible else "not_met" for n, (possible, missed) in enumerate(terms)}
    assert {household: row[0] for household, row in found.items()} == expected


@SLOW
@given(st.lists(st.tuples(st.integers(100, 40_000), st.integers(-1000, 400_000)), min_size=1, max_size=40))
def test_arrears_are_met_exactly_from_eight_weeks_rent_on(con, frameworks, accounts):
    accounts += [(rent, rent * 8) for rent, _ in accounts] + [(rent, rent * 8 - 1) for rent, _ in accounts]
    pounds = [(str(Decimal(rent) / 100), str(Decimal(owed) / 100)) for rent, owed in accounts]
    families = [
        a_family(f"{n}", an_event("mother", "rent_account", days_ago=500, code="letter", weekly_rent_gbp=rent, arrears_gbp=owed))
        for n, (rent, owed) in enumerate(pounds)
    ]
    found = assessed(con, frameworks, "local.rent_arrears", families)
    assert {household: row[0] for household, row in found.items()} == {
        f"{n}": "met" if owed >= 8 * rent else "not_met" for n, (rent, owed) in enumerate(accounts)
    }


@SLOW
@given(st.lists(st.tuples(st.integers(-5, 5), st.one_of(st.none(), st.integers(-5, 5))), min_size=1, max_size=30, unique=True))
def test_an_award_counts_while_it_runs_both_ends_included(con, frameworks, spans):
    families = [
        a_family(f"{n}", an_event("mother", "benefit", days_ago=start, code="ESA", to_date=None if end is None else AS_OF - timedelta(days=end)))
        for n, (start, end) in enumerate(spans)
    ]
    found = assessed(con, frameworks, "work.out_of_work_benefit", families)
    expected = {f"{n}": "met" if start >= 0 and (end is None or end <= 0) else "not_met" for n, (start, end) in enumerate(spans)}
    assert {household: row[0] for household, row in found.items()} == expected


def test_the_value_is_the_highest_in_the_household(con, frameworks):
    pupils = [an_event(who, "attendance", term="2025/26 summer", sessions_possible=100, sessions_unauthorised=n) for who, n in (("son", 20), ("daughter", 30))]
    family = a_family("home", *pupils, members=[a_member("mother", 34), a_member("son", 13), a_member("daughter", 9)])
    assert assessed(con, frameworks, "education.unauthorised_absence", [family])["home"] == ("met", 30.0)
