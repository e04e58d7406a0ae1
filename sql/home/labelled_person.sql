-- labelled_person: the household found, the true one, and two plain ways of grouping. Grain: linked person of whom a true household is known.
with truth as (
    select record.n, truth.value as true_household, count(*) as record_count
    from home_record as record
    inner join home_truth as truth on truth.given_n = record.given_n
    group by record.n, truth.value
    qualify row_number() over (partition by record.n order by record_count desc, truth.value) = 1
),

usual_address as (
    select n, address_key
    from home_record
    where address_key is not null
    group by n, address_key
    qualify row_number() over (partition by n order by count(*) desc, address_key) = 1
),

usual_surname as (
    select n, surname
    from home_record
    where surname is not null
    group by n, surname
    qualify row_number() over (partition by n order by count(*) desc, surname) = 1
)

select
    membership.household_id as households,
    coalesce(address.address_key::varchar, 'N' || truth.n) as address_only,
    coalesce(address.address_key || '|' || surname.surname, 'N' || truth.n) as address_and_surname,
    truth.true_household
from truth
inner join home_membership as membership on membership.n = truth.n
left join usual_address as address on address.n = truth.n
left join usual_surname as surname on surname.n = truth.n
order by truth.n
