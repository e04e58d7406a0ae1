-- Grain: act in the life of one household id, with the households that split off from it told as whither its people moved.
select act, other_id, reason, run_id
from register.lineage
where identity_kind = 'household' and identity_id = $household_id
union all
select
    'moved',
    identity_id,
    regexp_replace(reason, '^(\d+) of its (\d+) people lived in a household that goes on without them\.$', '\1 of the \2 people of that household lived here before.'),
    run_id
from register.lineage
where identity_kind = 'household' and act = 'split' and other_id = $household_id
order by run_id, act, other_id
