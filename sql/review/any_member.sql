-- any_member: a person and a household side by side, whether or not they are asked about. Grain: membership.
-- Where somebody of a suppressed household lives is told in that household alone: whoever asks about another must not learn it.
with told_home as (
    select household_id
    from linked.household
    where household_id = $household_id or household_id not in (select household_id from register.decision where decision = 'suppress')
)
select
    person.person_id is not null and house.household_id is not null as is_known,
    'member' as kind,
    coalesce(member.membership_probability, doubt.membership_probability) as probability,
    case
        when member.person_id is not null then 'They are in the household now.'
        when person.person_id is null or house.household_id is null then 'The person or the household is not in the run under this id.'
        else 'They are not in the household now.'
    end as why,
    $household_id as household_id,
    $person_id as person_id,
    concat_ws(' ', person.forename, person.surname) as name_l, 'household of ' || home.people as name_r,
    person.birth_date::varchar as birth_date_l,
    person.sex as sex_l,
    own_house.address as address_l, house.address as address_r,
    own_house.postcode as postcode_l, house.postcode as postcode_r,
    around.people as household_l
from (select 1 as one)
left join linked.person as person on person.person_id = $person_id
left join linked.household as house on house.household_id = $household_id
left join linked.household_member as member on member.household_id = $household_id and member.person_id = $person_id
left join linked.household_doubt as doubt on doubt.household_id = $household_id and doubt.person_id = $person_id
left join linked.household_member as lives on lives.person_id = person.person_id and lives.is_primary
left join told_home on told_home.household_id = lives.household_id
left join linked.household as own_house on own_house.household_id = told_home.household_id
left join household_around as home on home.household_id = $household_id
left join household_around as around on around.household_id = told_home.household_id
limit 1
