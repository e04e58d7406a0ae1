-- grain: true person of a private household who has records. The household found for most of the person's records, against the true one.
with found as (
    select true_person_id, true_household_id, found_person_id, count(*) as record_count
    from record_person
    group by true_person_id, true_household_id, found_person_id
    qualify row_number() over (partition by true_person_id order by record_count desc, found_person_id) = 1
)
select f.true_person_id, f.true_household_id, coalesce(m.household_id, 'none-' || f.true_person_id) as found_household_id
from found f
join true_household h on h.household_id = f.true_household_id and h.kind = 'private'
left join linked.household_member m on m.person_id = f.found_person_id and m.is_primary
order by f.true_person_id
