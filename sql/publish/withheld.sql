-- withheld: verified households, under any framework, that are suppressed or the home of someone whose household is. Grain: household.
with recursive hidden as (
    select 'household' as identity_kind, unnest($households::varchar[]) as identity_id
    union
    select 'person', unnest($people::varchar[])
    union
    select act.identity_kind, act.other_id
    from hidden
    inner join register.lineage as act
        on act.identity_kind = hidden.identity_kind and act.identity_id = hidden.identity_id and act.act = 'merged'
)
select distinct household_id
from cohort.family
where status = 'verified'
    and (
        household_id in (select identity_id from hidden where identity_kind = 'household')
        or household_id in (
            select member.household_id
            from cohort.member as member
            inner join hidden on hidden.identity_kind = 'person' and hidden.identity_id = member.person_id
            where member.is_primary
        )
    )
