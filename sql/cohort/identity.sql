-- Grain: act in the life of one household id.
select act, other_id, reason, run_id
from register.lineage
where identity_kind = 'household' and identity_id = $household_id
order by run_id, act, other_id
