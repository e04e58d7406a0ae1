-- household_person: every person with a number, an age and a role. Grain: person; n counts from 0 in the order of person_id.
with role_seen as (
    select
        pr.person_id,
        bool_or(r.role = 'pupil') as is_pupil,
        bool_or(r.role in ('parent', 'claimant', 'partner', 'tenant', 'joint_tenant', 'liable', 'joint_liable')) as has_adult_role
    from linked.person_record as pr
    inner join staging.person_record as r on r.record_id = pr.record_id
    group by pr.person_id
),

aged as (
    select
        p.person_id,
        p.sex,
        p.birth_date,
        p.birth_date_latest,
        coalesce(s.is_pupil, false) as is_pupil,
        coalesce(s.has_adult_role, false) as has_adult_role,
        date_diff('year', p.birth_date, $as_of)
            - (strftime(p.birth_date, '%m%d') > strftime($as_of::date, '%m%d'))::integer as age
    from linked.person as p
    left join role_seen as s on s.person_id = p.person_id
)

select
    (row_number() over (order by person_id) - 1)::integer as n,
    person_id,
    sex,
    is_pupil,
    -- A pupil of twenty and more carries a parent's date of birth by mistake.
    case when is_pupil and not has_adult_role and age >= 20 then null else age end as age,
    case
        when is_pupil and not has_adult_role then if(age between 18 and 19, 'adult', 'child')
        when age >= 18 then 'adult'
        when has_adult_role and age is null then 'adult'
        when has_adult_role and age < 12 then 'adult'
        when age is not null then 'child'
        when birth_date_latest <= $as_of::date - interval 18 year then 'adult'
        else 'unknown'
    end as member_role
from aged
