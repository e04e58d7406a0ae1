-- withheld: verified households, under any framework, that are suppressed or the home of someone whose household is. Grain: household.
with recursive hidden as (
    select 'household' as kind, unnest($households::varchar[]) as id
    union
    select 'person', unnest($people::varchar[])
    union
    select 'person', person_id from register.person where is_present and list_contains($records::varchar[], record_id)
    union
    select act.identity_kind, case act.act when 'merged' then act.other_id else act.identity_id end
    from hidden
    inner join register.lineage as act
        on act.identity_kind = hidden.kind and case act.act when 'merged' then act.identity_id when 'split' then act.other_id end = hidden.id
)
select distinct household_id
from cohort.family
where status = 'verified'
    and (
        household_id in (select id from hidden where kind = 'household')
        or household_id in (
            select member.household_id
            from register.household as member
            inner join hidden on hidden.kind = 'person' and hidden.id = member.person_id
            where member.is_primary and member.is_present
        )
        -- Of somebody who may belong to the household the list would tell what it rests on.
        or household_id in (
            select evidence.household_id
            from cohort.evidence as evidence
            inner join hidden on hidden.kind = 'person' and hidden.id = evidence.person_id
            anti join register.household as home on home.household_id = evidence.household_id and home.person_id = evidence.person_id
        )
    )
