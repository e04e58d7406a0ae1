-- effect: households that differ between the present run and the supposed one: in status, or in who belongs to them. Grain: household.
with present_person as (
    select record.record_id, member.household_id, member.person_id
    from present.linked.person_record as record
    inner join present.linked.household_member as member using (person_id)
),
supposed_person as (
    select record.record_id, member.household_id, member.person_id
    from supposed.linked.person_record as record
    inner join supposed.linked.household_member as member using (person_id)
),
-- Who of a household is who on the other side goes by records, since ids may change and two people may bear one name: one to one, by most records.
alike as (
    select before.household_id, before.person_id as before_id, after.person_id as after_id, count(*) as record_count
    from present_person as before
    inner join supposed_person as after on after.record_id = before.record_id and after.household_id = before.household_id
    group by all
),
stayed as (
    select *
    from alike
    qualify row_number() over (partition by household_id, before_id order by record_count desc, before_id = after_id desc, before_id, after_id) = 1
        and row_number() over (partition by household_id, after_id order by record_count desc, before_id = after_id desc, before_id, after_id) = 1
),
moved as (
    select member.household_id, true as has_joined, person.person_id, person.forename, person.surname
    from supposed.linked.household_member as member
    inner join supposed.linked.person as person using (person_id)
    anti join stayed on stayed.household_id = member.household_id and stayed.after_id = member.person_id
    union all
    select member.household_id, false, person.person_id, person.forename, person.surname
    from present.linked.household_member as member
    inner join present.linked.person as person using (person_id)
    anti join stayed on stayed.household_id = member.household_id and stayed.before_id = member.person_id
),
named as (
    select
        household_id,
        string_agg(name, '; ' order by name, person_id) filter (where has_joined) as joined,
        string_agg(name, '; ' order by name, person_id) filter (where not has_joined) as gone
    from (select *, coalesce(nullif(concat_ws(' ', forename, surname), ''), 'somebody unnamed') as name from moved)
    group by household_id
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
