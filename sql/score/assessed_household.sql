-- assessed_household: households that are assessed: a home of their own, and a child under 18; or, where a framework admits them, a member who expects a child.
-- The health service must tell of the pregnancy, on a record and a membership that are sure: it began at most 42 weeks ago, and the day of the birth
-- it tells is not past. Grain: household.
with expecting as (
    select distinct member.household_id
    from staging.event as event
    inner join linked.person_record as record using (record_id)
    inner join linked.household_member as member using (person_id)
    where $is_expecting_admitted
        and event.event_type = 'need'
        and event.code = 'pregnancy'
        and event.from_date between $as_of::date - 294 and $as_of
        and (event.to_date is null or event.to_date >= $as_of)
        and (record.is_confirmed or record.link_probability >= $acceptance)
        and (member.is_confirmed or member.membership_probability >= $acceptance)
)
select household.household_id, household.child_count > 0 as has_child
from linked.household as household
left join expecting on expecting.household_id = household.household_id
where household.household_kind = 'private' and (household.child_count > 0 or expecting.household_id is not null)
