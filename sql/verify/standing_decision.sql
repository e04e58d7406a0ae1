-- standing_decision: the decision that holds for each household, decisions on ids that merged into it included. Grain: household.
-- A release lifts every decision before it. Where several stand, a suppression outlives the others: it protects people.
-- A suppression also goes with a part that split off after it.
with followed as (
    select coalesce(successor.successor_id, decided.household_id) as household_id, decided.decision, decided.decided_by, decided.decided_at
    from decided
    left join successor on successor.household_id = decided.household_id
    union
    select part.identity_id, decided.decision, decided.decided_by, decided.decided_at
    from decided
    inner join register.lineage as part on part.identity_kind = 'household' and part.act = 'split' and part.other_id = decided.household_id
    where decided.decision = 'suppress' and left(part.run_id, 10)::date >= decided.decided_at::date
),
lifted as (
    select *, max(decided_at) filter (where decision = 'release') over (partition by household_id) as released_at
    from followed
)
select household_id, decision, decided_by, decided_at
from lifted
where released_at is null or decided_at >= released_at
qualify row_number() over (partition by household_id order by decision = 'suppress' desc, decided_at desc, decision, decided_by) = 1
