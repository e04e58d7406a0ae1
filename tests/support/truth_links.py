"""A borough's records linked and put into households by its truth, so that scoring can be looked at apart from linkage."""

from collections.abc import Sequence
from pathlib import Path

from pipelines import flow, provenance, standardise, warehouse
from pipelines.provenance import Run
from schemas import cohort, linked
from schemas.staging import SOURCES
from tests.support.borough import AS_OF, BoroughOnDisk, a_borough
from tests.support.suppliers import an_authority, plain_profiles

# The truth is read from Parquet; the people of events are those of the rows, and roles are the contract's.
_TRUTH = """
create or replace temp table true_person as from read_parquet('{folder}/person.parquet');
create or replace temp table true_household as from read_parquet('{folder}/household.parquet') where kind = 'private';
create or replace temp table true_record as
    select source.record_id, min(coalesce(seen.person_id, 'record ' || source.record_id)) as person_id, count(distinct seen.person_id) as person_count
    from staging.record_source as source
    left join (from read_parquet('{folder}/appearance.parquet') where role <> 'parent') as seen
        on seen.source = source.source and seen.source_row = source.source_row and seen.role = source.role
    group by source.record_id;
create or replace temp table true_member as
    select person_id, unnest(list_distinct([household_id, other_household_id])) as household_id, date_sub('year', birth_date, $as_of::date) as age
    from true_person
"""
_FILL = {
    linked.PERSON_RECORD: "select record_id, person_id, 1.0 as link_probability, false as is_confirmed from true_record",
    linked.PERSON: """
        select person_id, birth_date, 1 as record_count, 1 as source_count, '' as sources, 1.0 as link_confidence from true_person
        union all by name
        select distinct person_id, 1 as record_count, 1 as source_count, '' as sources, 1.0 as link_confidence
        from true_record where person_id not in (select person_id from true_person)""",
    linked.HOUSEHOLD: """
        select household_id, 'private' as household_kind, postcode, count(*) filter (where age >= 18) as adult_count,
            count(*) filter (where age < 18) as child_count, 1.0 as household_confidence
        from true_household inner join true_member using (household_id)
        group by household_id, postcode""",
    linked.HOUSEHOLD_MEMBER: """
        select household_id, person_id, if(age >= 18, 'adult', 'child') as member_role, true as is_primary, 1.0 as membership_probability,
            'declared_relationship' as basis, false as is_confirmed
        from true_member inner join true_household using (household_id)""",
}


def a_linked_borough(home: Path, people: int, seed: int, authority: str, framework: str, optional: Sequence[str] = ()) -> tuple[BoroughOnDisk, Run]:
    """A borough delivered, ingested and standardised as by a refresh, then linked by its truth; the authority has profiles of the optional sources made."""
    borough = a_borough(home, people=people, seed=seed, optional=optional)
    settings = an_authority(home, plain_profiles(optional), authority, landing=borough.landing, key="0" * 64)
    for source in (*SOURCES, *optional):
        (delivery,) = flow.ingest_source(authority, source, AS_OF, settings)
        assert delivery.outcome == "ingested", delivery.message
    run = provenance.load(flow.open_run(authority, framework, AS_OF, settings), settings)
    standardise.standardise(run)
    link_by_truth(run, borough.truth_folder)
    return borough, run


def link_by_truth(run: Run, folder: Path) -> None:
    """Fill the linked tables of a run from the truth."""
    with run.open() as con:
        for statement in _TRUTH.format(folder=folder).split(";"):
            con.execute(statement.replace("$as_of", f"'{run.as_of}'"))
        for table in (*linked.TABLES, cohort.REGISTER_DECISION, cohort.HELD_PERSON, cohort.CONFIRMED_LINK):
            warehouse.create(con, table)
        for table, query in _FILL.items():
            warehouse.append(con, table, query)


def shared_records(run: Run, folder: Path) -> set[str]:
    """People whose identity values are, to the letter, somebody else's too: no record tells the two apart."""
    with run.open(read_only=True) as con:
        for statement in _TRUTH.format(folder=folder).split(";")[:3]:
            con.execute(statement)
        # The folder is the test's own.
        shared = con.execute(f"""
            select distinct seen.person_id
            from staging.record_source as source
            inner join read_parquet('{folder}/appearance.parquet') as seen
                on seen.source = source.source and seen.source_row = source.source_row and seen.role = source.role
            where source.record_id in (select record_id from true_record where person_count > 1)""").fetchall()  # noqa: S608
        return {row[0] for row in shared}
