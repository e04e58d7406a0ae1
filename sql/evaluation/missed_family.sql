-- grain: framework x true household that qualifies, has the records and is neither verified nor in review. The one cause that explains it best.
with missed as (
    select q.framework_id, q.household_id as true_household_id
    from true_framework as q
    where q.qualifies and q.has_records
        and q.framework_id in (select framework_id from family_truth)
        and not exists (
            select 1
            from family_truth as f
            where f.framework_id = q.framework_id and f.true_household_id = q.household_id and f.status in ('verified', 'review')
        )
),
resident as (
    select person_id as true_person_id, household_id as true_household_id
    from true_person
    union
    select person_id, other_household_id
    from true_person
    where other_household_id is not null
),
-- Homes that no child has as its first.
second_home as (
    select other_household_id as true_household_id
    from true_person
    where role = 'child' and other_household_id is not null
    except
    select household_id
    from true_person
    where role = 'child'
),
-- The household found for the family: of several, the one that meets most.
own as (
    select missed.*, found.household_id, found.status
    from missed
    left join family_truth as found on found.framework_id = missed.framework_id and found.true_household_id = missed.true_household_id
    left join cohort.household_criterion as met
        on met.household_id = found.household_id and met.framework_id = found.framework_id and met.assessment = 'met'
    group by missed.framework_id, missed.true_household_id, found.household_id, found.status
    qualify row_number() over (partition by missed.framework_id, missed.true_household_id order by count(met.criterion_id) desc, found.household_id) = 1
),
lacking as (
    select own.*, truly.criterion_id, said.assessment
    from own
    inner join true_criterion as truly on truly.framework_id = own.framework_id and truly.household_id = own.true_household_id and truly.has_records
    left join cohort.household_criterion as said
        on said.household_id = own.household_id and said.framework_id = own.framework_id and said.criterion_id = truly.criterion_id
    where said.assessment is distinct from 'met'
),
told_by as (
    select distinct framework_id, criterion_id, source
    from cohort.evidence
),
-- Who of a family stands in the household found for it, by whatever record.
present as (
    select distinct own.framework_id, own.true_household_id, record.true_person_id
    from own
    inner join linked.household_member as member on member.household_id = own.household_id
    inner join record_person as record on record.found_person_id = member.person_id
),
-- The records of the family's people that could show what is lacking, and where they went.
behind as (
    select
        lacking.framework_id,
        lacking.true_household_id,
        lacking.criterion_id,
        record.true_person_id,
        here.household_id is not null as is_here,
        present.true_person_id is not null as is_person_here,
        exists (select 1 from linked.household_member as placed where placed.person_id = record.found_person_id) as is_placed,
        exists (
            select 1
            from cohort.evidence as counted
            where counted.record_id = record.record_id
                and counted.framework_id = lacking.framework_id
                and counted.criterion_id = lacking.criterion_id
                and counted.household_id is distinct from lacking.household_id
        ) as is_counted_elsewhere
    from lacking
    inner join told_by on told_by.framework_id = lacking.framework_id and told_by.criterion_id = lacking.criterion_id
    inner join resident on resident.true_household_id = lacking.true_household_id
    inner join record_person as record on record.true_person_id = resident.true_person_id
    inner join staging.person_record as kept on kept.record_id = record.record_id and kept.source = told_by.source
    left join linked.household_member as here on here.household_id = lacking.household_id and here.person_id = record.found_person_id
    left join present
        on present.framework_id = lacking.framework_id
        and present.true_household_id = lacking.true_household_id
        and present.true_person_id = record.true_person_id
),
traced as (
    select
        framework_id,
        true_household_id,
        criterion_id,
        bool_or(not is_here and is_person_here) as is_record_apart,
        bool_or(is_counted_elsewhere) as is_counted_elsewhere,
        bool_or(not is_person_here and is_placed) as is_person_elsewhere,
        bool_or(not is_person_here and not is_placed) as is_person_nowhere
    from behind
    group by all
),
explained as (
    select
        lacking.framework_id,
        lacking.true_household_id,
        lacking.criterion_id,
        lacking.status,
        case
            when lacking.household_id is null and is_second.true_household_id is not null then '0 the second home of children whom the sources place in the other'
            when lacking.household_id is null and traced.is_counted_elsewhere then '1 its people stand in the household of another family'
            when lacking.household_id is null then '2 no household with a child was formed of its people'
            when traced.is_record_apart then '3 a member''s records were not linked to one another'
            when traced.is_counted_elsewhere or traced.is_person_elsewhere then '4 a member was put into another household'
            when traced.is_person_nowhere then '5 a member was put into no household'
            when lacking.assessment = 'not_assessed' then '6 the records decide nothing about a criterion'
            else '7 a criterion is found otherwise from the same records'
        end as cause
    from lacking
    left join second_home as is_second on is_second.true_household_id = lacking.true_household_id
    left join traced
        on traced.framework_id = lacking.framework_id
        and traced.true_household_id = lacking.true_household_id
        and traced.criterion_id = lacking.criterion_id
)
select
    own.framework_id,
    own.true_household_id,
    coalesce(own.status, 'not assessed') as status,
    coalesce(substr(min(explained.cause), 3), 'every criterion is met, and the rule is not') as cause,
    coalesce(string_agg(explained.criterion_id, ', ' order by explained.criterion_id), '') as criteria_lacking
from own
left join explained using (framework_id, true_household_id)
group by all
order by own.framework_id, cause, own.true_household_id
