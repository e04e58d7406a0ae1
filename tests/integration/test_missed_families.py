"""A family that truly qualifies and was not found is explained by its cause: the evaluation names the one that was made here."""

import shutil

import pytest

from pipelines import provenance, publications
from pipelines.synthetic.evaluation import evaluate
from tests.support import flow_runs

FRAMEWORK, CRITERION = "tf-2015", "work_finance.out_of_work_benefit"

# A listed family whose claimant is known by several records, with one of them as the criterion's only evidence; and the truth about it.
CHOSEN = """
select e.household_id, e.person_id, any_value(e.record_id)
from cohort.evidence as e
inner join cohort.family as f on f.household_id = e.household_id and f.framework_id = e.framework_id and f.status = 'verified'
inner join linked.person_record as r using (person_id)
where e.framework_id = $framework and e.criterion_id = $criterion
group by e.household_id, e.person_id
having count(distinct e.record_id) = 1 and count(distinct r.record_id) > 1
qualify count(*) over (partition by e.household_id) = 1
order by e.household_id
limit 1
"""

TAKEN = (
    "update cohort.family set status = 'near_miss' where household_id = $household and framework_id = $framework",
    "update cohort.household_criterion set assessment = $assessment"
    " where household_id = $household and framework_id = $framework and criterion_id = $criterion",
    "delete from cohort.evidence where household_id = $household and framework_id = $framework and criterion_id = $criterion",
)


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return flow_runs.refreshed(tmp_path_factory.mktemp("missed"))


@pytest.fixture
def run(home, tmp_path):
    shutil.copytree(home.home, tmp_path / "home", symlinks=True)
    settings = home.model_copy(update={"home": tmp_path / "home"})
    return provenance.load(publications.current_run_id(settings), settings)


def missed(run):
    return evaluate(run.path, run.settings.home / "truth", run.settings)["cohort"][FRAMEWORK]["missed"]


def lose(run, *statements, assessment="not_met"):
    """Do the changes to a listed family and take its criterion; returns what is missed now and was not before."""
    known = [family["true_household_id"] for family in missed(run)]
    with run.open() as con:
        chosen = dict(zip(("household", "person", "record"), con.execute(CHOSEN, {"framework": FRAMEWORK, "criterion": CRITERION}).fetchone(), strict=True))
        for statement in (*statements, *TAKEN):
            given = {**chosen, "framework": FRAMEWORK, "criterion": CRITERION, "assessment": assessment}
            con.execute(statement, {name: value for name, value in given.items() if f"${name}" in statement})
    return [family for family in missed(run) if family["true_household_id"] not in known]


def test_what_was_found_and_what_is_missed_are_all_that_qualify_and_left_records(run):
    for found in evaluate(run.path, run.settings.home / "truth", run.settings)["cohort"].values():
        provable = found["qualifying_with_records_count"]
        assert len(found["missed"]) == provable - round(found["found_share"] * provable)


@pytest.mark.parametrize(
    ("statements", "assessment", "cause"),
    [
        (["update linked.person_record set person_id = 'apart' where record_id = $record"], "not_met", "a member's records were not linked to one another"),
        (["delete from linked.household_member where person_id = $person"], "not_met", "a member was put into no household"),
        (
            ["update linked.household_member set household_id = 'elsewhere' where person_id = $person"],
            "not_met",
            "a member was put into another household",
        ),
        ([], "not_assessed", "the records decide nothing about a criterion"),
        ([], "not_met", "a criterion is found otherwise from the same records"),
    ],
)
def test_a_missed_family_is_explained_by_what_was_done_to_it(run, statements, assessment, cause):
    (family,) = lose(run, *statements, assessment=assessment)
    assert (family["status"], family["cause"]) == ("near_miss", cause)
    assert CRITERION in family["criteria_lacking"]


def test_a_family_without_a_household_of_its_own_is_explained(run):
    alone = "update linked.household_member set household_id = 'elsewhere' where household_id = $household"
    (family,) = lose(run, alone, "delete from cohort.family where household_id = $household")
    assert family["status"] == "not assessed"
    assert family["cause"] == "its people stand in the household of another family"
