-- effect: households that differ between the present run and the supposed one: in status, or in who belongs to them. Grain: household.
with present_person as (
    select record.record_id, member.household_id, member.is_primary
    from present.linked.person_record as record
    inner join present.linked.household_member as member using (person_id)
),
supposed_person as (
    select record.record_id, member.household_id, member.is_primary
    from supposed.linked.person_record as record
    inner join supposed.linked.household_member as member using (person_id)
),
-- By records, since the people of one side may be merged or parted on the other.
moved as (
    select coalesce(before.household_id, after.household_id) as household_id, coalesce(before.record_id, after.record_id) as record_id,
        before.record_id is null as has_joined
    from present_person as before
    full join supposed_person as after on after.record_id = before.record_id and after.household_id = before.household_id
    where before.record_id is null or after.record_id is null
),
named as (
    select
        moved.household_id,
        string_agg(distinct record.name_original, '; ' order by record.name_original) filter (where has_joined) as joined,
        string_agg(distinct record.name_original, '; ' order by record.name_original) filter (where not has_joined) as gone
    from moved
    inner join present.staging.person_record as record using (record_id)
    group by moved.household_id
),
size_before as (select household_id, count(*) as people from present.linked.household_member group by household_id),
size_after as (select household_id, count(*) as people from supposed.linked.household_member group by household_id),
status_before as (select household_id, status from present.cohort.family where framework_id = $framework_id),
status_after as (select household_id, status from supposed.cohort.family where framework_id = $framework_id)
select
    household_id,
    status_before.status as status_before,
    status_after.status as status_after,
    coalesce(size_before.people, 0) as people_before,
    coalesce(size_after.people, 0) as people_after,
    named.joined,
    named.gone
from (select household_id from size_before union select household_id from size_after) as known
left join size_before using (household_id)
left join size_after using (household_id)
left join status_before using (household_id)
left join status_after using (household_id)
left join named using (household_id)
where status_before.status is distinct from status_after.status
    or size_before.people is distinct from size_after.people
    or named.household_id is not null
order by household_id
