-- protected: people and records whom the households held as their main home when the decisions on them were taken, under all ids they ever had. Grain: kind x id.
with recursive person as (
    select person_id from register.household where is_primary and list_contains($households, household_id)
    union
    select case act.act when 'merged' then act.identity_id else act.other_id end
    from person
    inner join register.lineage as act
        on act.identity_kind = 'person' and case act.act when 'merged' then act.other_id when 'split' then act.identity_id end = person.person_id
    where $is_followed
)
select 'person' as kind, person_id as id from person
union
select 'record', record_id from register.person where person_id in (select person_id from person)
