-- own_decision: decisions that stand for each household id, under the ids of the last publication. Grain: household id x decision.
-- A release lifts what was decided on that household before it. A suppression stands until then; of other decisions the latest stands.
with recursive gone as (
    select identity_id, other_id from previous_lineage where act = 'merged'
),
named as (
    select decision_id, household_id, decision, decided_by, decided_at, run_id from new_decision
    union
    -- The id has merged, perhaps since the publication that the decision was taken on. There a release is about what was seen, and follows nobody.
    select named.decision_id, gone.other_id, named.decision, named.decided_by, named.decided_at, named.run_id
    from named
    inner join gone on gone.identity_id = named.household_id
    where named.decision <> 'release' or named.run_id = $previous_run_id
),
released as (
    select household_id, max(decision_id) as decision_id from named where decision = 'release' group by household_id
),
every as (
    select household_id, decision_id, decision, decided_by, decided_at from carried_decision
    union
    select household_id, decision_id, decision, decided_by, decided_at from named
)
select every.*
from every
left join released using (household_id)
where every.decision_id >= coalesce(released.decision_id, 0)
qualify every.decision = 'suppress' or every.decision_id = max(every.decision_id) filter (where every.decision <> 'suppress') over (partition by every.household_id)
