-- known_household: those of the given household ids that a publication knows, now or under a later id. Grain: household id.
select household_id
from register.household
where household_id in (select unnest($household_ids::varchar[]))
union
select identity_id
from register.lineage
where identity_kind = 'household' and identity_id in (select unnest($household_ids::varchar[]))
union
select household_id
from cohort.family
where household_id in (select unnest($household_ids::varchar[]))
