-- Grain: record of the people of one household, with the pair that ties it best to another record of the same person.
-- No addresses: somebody of the household may live elsewhere, and need not be found by it.
with own as (
    select record.person_id, record.record_id, record.link_probability, record.is_confirmed
    from linked.person_record as record
    where record.person_id in (select person_id from linked.household_member where household_id = $household_id)
),
tie as (
    select own.record_id, other.record_id as other_id, pair.match_probability, pair.levels, pair.weights, pair.decision
    from own
    inner join linked.scored_pair as pair on own.record_id in (pair.record_id_l, pair.record_id_r) and pair.outcome = 'link'
    inner join own as other
        on other.record_id = if(own.record_id = pair.record_id_l, pair.record_id_r, pair.record_id_l) and other.person_id = own.person_id
    qualify row_number() over (partition by own.record_id order by pair.decision = 'same' desc, pair.match_probability desc, other.record_id) = 1
)
select
    own.*, record.source, record.role, record.name_original as name, record.birth_date_original as birth_date,
    record.seen_date, tie.other_id, tie.match_probability, tie.levels, tie.weights, tie.decision
from own
inner join staging.person_record as record using (record_id)
left join tie using (record_id)
order by own.person_id, record.source, own.record_id
