-- known_id: those of the given ids that a publication or a run knows, as records, people or households. Grain: kind x id.
select distinct 'record_id' as kind, record_id as known_id
from register.person
where record_id in (select unnest($ids::varchar[]))
union all
select distinct 'person_id', person_id
from register.person
where person_id in (select unnest($ids::varchar[]))
union all
select distinct 'household_id', household_id
from register.household
where household_id in (select unnest($ids::varchar[]))
