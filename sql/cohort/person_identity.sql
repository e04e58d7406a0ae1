-- Grain: act in the life of one person id, with those who were parted from it.
select act, other_id, reason, run_id
from register.lineage
where identity_kind = 'person' and identity_id = $person_id
union all
select 'parted', identity_id, reason, run_id
from register.lineage
where identity_kind = 'person' and act = 'split' and other_id = $person_id
order by run_id, act, other_id
