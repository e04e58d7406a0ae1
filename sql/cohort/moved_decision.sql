-- Grain: decided household that is assessed no more since its people moved to others with this list, however it stood: the decision has to be taken anew there.
select
    decision.household_id,
    'moved' as change,
    null as status_before,
    null as status_after,
    'Decided (' || decision.decision || '), and no longer assessed: its people are in ' || string_agg(distinct moved.to_id, ', ' order by moved.to_id)
        || ' now. The decision does not follow them: take it anew there if it still holds.' as reason,
    '' as silent_sources,
    decision.decision,
    decision.decided_by,
    decision.decided_at,
    (select previous_run_id from audit.run) as previous_run_id,
    moved.run_id
from register.decision as decision
inner join (
    select if(act = 'split', other_id, identity_id) as from_id, if(act = 'split', identity_id, other_id) as to_id, run_id
    from register.lineage
    where identity_kind = 'household' and act in ('split', 'moved') and run_id = (select run_id from audit.run)
) as moved on moved.from_id = decision.household_id
where decision.basis = 'household'
    and decision.decision not in ('suppress', 'release')
    and decision.household_id not in (select household_id from cohort.family)
group by decision.household_id, decision.decision, decision.decided_by, decision.decided_at, moved.run_id
order by decision.household_id
