-- candidate_pair for estimation: pairs drawn at random. Grain: pair; an equi-join on shuffled numbers, since a condition on an expression is slow.
with shuffled as (
    select n, row_number() over (order by hash(n, $seed), n) as place
    from link_record
),
shifted as (
    select n, place + unnest(range(1, $pairs_per_record + 1)) as place
    from shuffled
)
select least(shuffled.n, shifted.n) as n_l, greatest(shuffled.n, shifted.n) as n_r
from shuffled
inner join shifted on shifted.place = shuffled.place
