-- Grain: household whose place on the list changed since the previous publication, with the person's decision where one made the change.
select
    change.household_id,
    change.change,
    change.status_before,
    change.status_after,
    change.reason,
    change.silent_sources,
    family.decision,
    family.decided_by,
    family.decided_at,
    change.previous_run_id,
    change.run_id
from cohort.change as change
left join cohort.family as family
    on family.household_id = change.household_id
    and family.framework_id = (select framework_id from audit.run)
    and case change.change
        when 'joined' then family.decision in ('confirm', 'release')
        when 'left' then family.decision in ('reject', 'defer', 'serve', 'suppress', 'release')
        else false
    end
order by change.change, change.household_id
