-- kin_excess: how many more pairs share surname and area, or postcode, than would by chance, families mostly. Grain: one row.
with named as (
    select surname, if($is_by_postcode, postcode, area) as area, source
    from link_record
    where surname is not null and if($is_by_postcode, postcode, area) is not null
),
by_source as (
    -- By both, by either and by neither of surname and area.
    select grouping_id(surname, area) as kind, surname, area, source, count(*)::double as record_count
    from named
    group by grouping sets ((surname, area, source), (surname, source), (area, source), (source))
),
shared as (
    select kind, power(sum(record_count), 2) - sum(record_count) as all_twice, sum(power(record_count, 2) - record_count) as one_source_twice
    from by_source
    group by kind, surname, area
),
pair as (
    select kind, sum(case $link_type when 'link_only' then all_twice - one_source_twice when 'dedupe_only' then one_source_twice else all_twice end) / 2 as pair_count
    from shared
    group by kind
)
select
    max(pair_count) filter (kind = 0)
    - max(pair_count) filter (kind = 1) * max(pair_count) filter (kind = 2) / nullif(max(pair_count) filter (kind = 3), 0) as excess
from pair
