-- grain: framework. How many verified families, and families in review, truly qualify, and how many that qualify (and have the records) were found.
with listed as (
    select
        framework_id,
        count(*) filter (where status = 'verified') as verified_count,
        count(*) filter (where status = 'verified' and is_true) as verified_true_count,
        count(*) filter (where status = 'review') as review_count,
        count(*) filter (where status = 'review' and is_true) as review_true_count
    from family_truth
    group by framework_id
),
wanted as (
    select
        q.framework_id,
        count(*) as qualifying_count,
        count(*) filter (where q.has_records) as provable_count,
        count(*) filter (where q.has_records and f.true_household_id is not null) as found_count
    from true_framework q
    left join (select distinct framework_id, true_household_id from family_truth where status in ('verified', 'review')) f
        on f.framework_id = q.framework_id and f.true_household_id = q.household_id
    where q.qualifies
    group by q.framework_id
)
select
    l.framework_id,
    l.verified_count,
    case when w.framework_id is not null then l.verified_true_count end as verified_true_count, -- nobody knows the truth under other frameworks
    l.review_count,
    case when w.framework_id is not null then l.review_true_count end as review_true_count,
    coalesce(w.qualifying_count, 0) as qualifying_count,
    coalesce(w.provable_count, 0) as provable_count,
    coalesce(w.found_count, 0) as found_count
from listed l
left join wanted w using (framework_id)
order by l.framework_id
