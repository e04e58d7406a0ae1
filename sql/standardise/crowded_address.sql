-- crowded_address: addresses that more unrelated adults use than a family's dwelling holds. Grain: address key.
-- Adults are told apart by initial and the sound of the surname, so that spellings of one person count once.
with lived_in as (
    select
        placed_record.address_key,
        placed_record.kind,
        appearance.surname_phonetic,
        left(appearance.forename, 1) || appearance.surname_phonetic as person,
        appearance.role <> 'pupil' and coalesce(appearance.birth_date <= $as_of_date - to_years(18), true) as is_adult
    from standard_appearance as appearance
    inner join placed_record on placed_record.record_id = appearance.record_id
    where placed_record.address_key is not null and appearance.seen_date > $as_of_date - to_days($crowd_window_days)
),
counted as (
    select
        address_key,
        bool_or(kind = 'communal') as is_communal_in_text,
        count(distinct surname_phonetic) filter (where is_adult) as surname_count,
        count(distinct person) filter (where is_adult) as adult_count
    from lived_in
    group by address_key
)
select
    address_key,
    case when is_communal_in_text or surname_count >= $communal_surname_minimum then 'communal' else 'hmo' end as kind
from counted
where is_communal_in_text
    or (adult_count >= $hmo_adult_minimum and surname_count >= $hmo_surname_minimum and surname_count >= $hmo_surname_share_minimum * adult_count)
