-- grain: true person of a private household who has records. What grouping by address alone, and by address and surname, would make of them,
-- with every person's records known to be one person's: the address, and the surname, that most of them hold.
with person as (
    select distinct p.true_person_id, p.true_household_id
    from record_person p
    join true_household h on h.household_id = p.true_household_id and h.kind = 'private'
),
address as (
    select p.true_person_id, r.address_key
    from record_person p
    join staging.person_record r using (record_id)
    where r.address_key is not null
    group by p.true_person_id, r.address_key
    qualify row_number() over (partition by p.true_person_id order by count(*) desc, r.address_key) = 1
),
surname as (
    select p.true_person_id, r.surname
    from record_person p
    join staging.person_record r using (record_id)
    where r.surname is not null
    group by p.true_person_id, r.surname
    qualify row_number() over (partition by p.true_person_id order by count(*) desc, r.surname) = 1
)
select
    p.true_household_id,
    coalesce(a.address_key, 'none-' || p.true_person_id) as by_address,
    coalesce(a.address_key || '|' || s.surname, 'none-' || p.true_person_id) as by_address_and_surname
from person p
left join address a using (true_person_id)
left join surname s using (true_person_id)
order by p.true_person_id
