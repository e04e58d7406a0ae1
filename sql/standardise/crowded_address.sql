-- crowded_address: addresses that more unrelated adults use than a family's dwelling holds. Grain: address key.
-- A house in multiple occupation shows adults without ties: no partner, child or joint tenant there, and a surname none of the families there bears.
-- A refuge shows several families at once: as many surnames among pupils, and among the adults tied to them.
-- Surnames are told apart by their sound, so that a spelling counts once. Text that shows a hostel makes the whole address one.
with tied as (
    select record_id_l as record_id from staging.relationship where is_same_address
    union
    select record_id_r as record_id from staging.relationship where is_same_address
),
lived_in as (
    select
        placed.address_key,
        placed.kind,
        appearance.surname_phonetic,
        appearance.role = 'pupil' as is_pupil,
        appearance.role = 'pupil' or tied.record_id is not null as is_family,
        appearance.role <> 'pupil' and coalesce(appearance.birth_date <= $as_of_date - to_years(18), true) as is_adult
    from standard_appearance as appearance
    inner join placed_record as placed on placed.record_id = appearance.record_id
    left join tied on tied.record_id = appearance.record_id
    -- Strangers in a block whose flats' numbers were left out say nothing of how anyone lives.
    where placed.address_key is not null and not placed.is_flat_missing and appearance.seen_date > $as_of_date - to_days($crowd_window_days)
),
family_surname as (
    select distinct address_key, surname_phonetic
    from lived_in
    where is_family
),
counted as (
    select
        lived_in.address_key,
        bool_or(kind = 'communal') as is_communal_in_text,
        count(distinct lived_in.surname_phonetic) filter (where is_adult) as surname_count,
        least(
            count(distinct lived_in.surname_phonetic) filter (where is_pupil), count(distinct lived_in.surname_phonetic) filter (where is_adult and is_family)
        ) as family_count,
        count(distinct lived_in.surname_phonetic) filter (where is_adult and family_surname.address_key is null) as single_surname_count
    from lived_in
    left join family_surname on family_surname.address_key = lived_in.address_key and family_surname.surname_phonetic = lived_in.surname_phonetic
    group by lived_in.address_key
)
select
    address_key,
    if(is_communal_in_text or surname_count >= $communal_surname_minimum or family_count >= $communal_family_minimum, 'communal', 'hmo') as kind
from counted
where is_communal_in_text
    or surname_count >= $communal_surname_minimum
    or family_count >= $communal_family_minimum
    or single_surname_count >= $hmo_single_surname_minimum
