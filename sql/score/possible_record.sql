-- possible_record: the records of each person, and as doubtful ones those that a person has yet to settle. Grain: person x record.
-- A doubtful record never counts as sure, however alike it is: something else spoke against the link. The doubt is whether two are one person, so with
-- the record that raised it stand all those of the other. A confirmation of the household settles the links and doubts that its coordinator saw,
-- and none that came since.
with covered as (
    select distinct person_id, record_id from register.confirmed_link
),
settled as (
    select
        record.person_id,
        record.record_id,
        case when record.is_confirmed or covered.record_id is not null then 1 else record.link_probability end as link_probability,
        record.is_confirmed or covered.record_id is not null as is_confirmed,
        false as is_doubtful
    from linked.person_record as record
    left join covered using (person_id, record_id)
),
open_pair as (
    select record_id_l as own_id, record_id_r as other_id, match_probability
    from linked.scored_pair
    where outcome = 'review' and not is_vetoed and decision is distinct from 'different'
    union all
    select record_id_r, record_id_l, match_probability
    from linked.scored_pair
    where outcome = 'review' and not is_vetoed and decision is distinct from 'different'
),
maybe_one as (
    select own.person_id, other.person_id as other_person_id, max(open_pair.match_probability) as match_probability
    from open_pair
    inner join settled as own on own.record_id = open_pair.own_id
    inner join settled as other on other.record_id = open_pair.other_id
    where own.person_id <> other.person_id
    group by own.person_id, other.person_id
)
select person_id, record_id, link_probability, is_confirmed, is_doubtful
from settled
union all
select
    maybe_one.person_id,
    other.record_id,
    case when count(covered.record_id) > 0 then 1 else least(max(maybe_one.match_probability), $acceptance - 0.01) end as link_probability,
    count(covered.record_id) > 0 as is_confirmed,
    count(covered.record_id) = 0 as is_doubtful
from maybe_one
inner join settled as other on other.person_id = maybe_one.other_person_id
left join covered on covered.person_id = maybe_one.person_id and covered.record_id = other.record_id
group by maybe_one.person_id, other.record_id
