-- person_dwelling: how strongly the sources put a person in a dwelling today. Grain: person x dwelling.
-- `is_own`: a source puts this person there, and not only a school that has one address for a pupil and both parents.
with told_elsewhere as (
    select distinct record_id_l as record_id from staging.relationship where relationship_type = 'parent_of' and not is_same_address
),

-- A school that knows no address of the second parent writes the pupil's: that tells of parenthood, and next to nothing of where the parent lives.
told_second as (
    select record_id_l as record_id
    from staging.relationship
    where relationship_type = 'parent_of'
    group by record_id_l
    having min(contact_rank) > 1 and bool_and(is_same_address)
),

spell as (
    select
        pr.person_id,
        d.dwelling_key,
        d.is_partial,
        d.postcode,
        d.paon,
        s.source,
        w.reliability,
        least(s.seen_date, coalesce(s.to_date, s.seen_date), $as_of::date) as seen_date,
        coalesce(s.to_date < $as_of::date, false) as has_ended,
        s.from_date,
        w.role <> 'second_parent' as is_own
    from staging.address_spell as s
    inner join linked.person_record as pr on pr.record_id = s.record_id
    inner join staging.person_record as r on r.record_id = s.record_id
    inner join dwelling as d on d.address_key = s.address_key
    left join told_elsewhere as t on t.record_id = s.record_id
    left join told_second as second on second.record_id = s.record_id
    inner join address_reliability as w
        on w.source = s.source
        and w.role = case when t.record_id is not null then 'parent_elsewhere' when second.record_id is not null then 'second_parent' else r.role end
    where s.address_kind not in ('care_of', 'no_fixed_abode')
),

whole as (
    select distinct person_id, postcode, paon, min(dwelling_key) as dwelling_key
    from spell
    where not is_partial
    group by person_id, postcode, paon
    having count(distinct dwelling_key) = 1
),

-- A person known at one flat of the building is meant there when the flat's number was left out.
placed as (
    select
        s.person_id,
        if(s.is_partial, coalesce(w.dwelling_key, s.dwelling_key), s.dwelling_key) as dwelling_key,
        s.is_partial and w.dwelling_key is null as is_partial,
        s.source,
        s.reliability * pow(0.5, date_diff('day', s.seen_date, $as_of::date) / $half_life_days) * if(s.has_ended, $ended_share, 1) as strength,
        s.seen_date,
        s.from_date,
        s.is_own and not s.has_ended as is_own
    from spell as s
    left join whole as w on w.person_id = s.person_id and w.postcode = s.postcode and w.paon = s.paon
),

by_source as (
    select
        person_id,
        dwelling_key,
        is_partial,
        source,
        max(strength) as strength,
        max(seen_date) as seen_date,
        max(from_date) as from_date,
        bool_or(is_own) as is_own
    from placed
    group by person_id, dwelling_key, is_partial, source
)

select
    person_id,
    dwelling_key,
    is_partial,
    round(sum(strength), 6) as strength,
    max(seen_date) as seen_date,
    max(from_date) as from_date,
    bool_or(is_own) as is_own
from by_source
group by person_id, dwelling_key, is_partial
