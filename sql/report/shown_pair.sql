-- Pairs that the page of a linkage can show. Grain: pair of records; those asked for first, then of every whole bit of weight alike many.
with asked as (
    select unnest($left::varchar[]) as one, unnest($right::varchar[]) as other
),
ranked as (
    select
        pairs.*,
        exists (
            select 1
            from asked
            where (asked.one = pairs.record_id_l and asked.other = pairs.record_id_r) or (asked.one = pairs.record_id_r and asked.other = pairs.record_id_l)
        ) as is_asked,
        row_number() over (partition by floor(match_weight) order by hash(record_id_l, record_id_r), record_id_l, record_id_r) as turn,
        abs(match_weight - $link_weight) as distance
    from pairs
),
chosen as (
    select *
    from ranked
    order by not is_asked, turn, distance, record_id_l, record_id_r
    limit $pair_limit
)
select * exclude (turn, distance)
from chosen
order by not is_asked, distance, record_id_l, record_id_r
