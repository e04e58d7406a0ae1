-- ranked: the order of the listed families within their tier. Grain: household x framework.
-- Who holds a place counts $keep_place_margin headline problems more, so that a place changes hands for a clear difference only.
-- Ties: who holds a place, most criteria, longest known, and at last the id, so that the order is always the same.
with known as (
    select household_id, min(first_identified_date) as first_identified_date
    from register.household
    group by household_id
),
met as (
    select household_id, framework_id, count(*) as criterion_count
    from criterion_found
    group by household_id, framework_id
),
ordered as (
    select kept.*, offered.arm is not null as is_holder, met.criterion_count, known.first_identified_date
    from kept_tier as kept
    left join met on met.household_id = kept.household_id and met.framework_id = kept.framework_id
    left join known on known.household_id = kept.household_id
    left join place_offered as offered
        on offered.framework_id = kept.framework_id and offered.tier is not distinct from kept.tier and offered.arm = kept.arm_before
)
select
    * exclude (first_identified_date),
    row_number() over (
        partition by framework_id, tier
        order by
            headline_count + case when is_holder then $keep_place_margin else 0 end desc,
            is_holder desc,
            criterion_count desc,
            first_identified_date nulls last,
            household_id
    ) as rank
from ordered
