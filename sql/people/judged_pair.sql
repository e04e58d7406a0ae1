-- judged_pair: compared pairs of units with the pairs of records behind them, and how many of those are truly one person. Grain: pair of units, n_l <= n_r.
with member as (
    select unit.n, truth.true_person, count(*) as record_count
    from people_unit as unit
    inner join people_truth as truth on truth.given_n = unit.given_n
    group by unit.n, truth.true_person
),
size as (
    select n, sum(record_count) as record_count
    from member
    group by n
),
pair as (
    select n_l, n_r, match_weight, match_probability from link_scored_pair
    union all
    select n_l, n_r, match_weight, match_probability from repeated_scored_pair
),
together as (
    select pair.n_l, pair.n_r, sum(if(pair.n_l = pair.n_r, l.record_count * (l.record_count - 1) // 2, l.record_count * r.record_count)) as true_count
    from pair
    inner join member as l on l.n = pair.n_l
    inner join member as r on r.n = pair.n_r and r.true_person = l.true_person
    group by pair.n_l, pair.n_r
)
select
    pair.match_weight,
    pair.match_probability,
    sum(if(pair.n_l = pair.n_r, l.record_count * (l.record_count - 1) // 2, l.record_count * r.record_count))::double as pair_count,
    sum(coalesce(together.true_count, 0))::double as true_count
from pair
inner join size as l on l.n = pair.n_l
inner join size as r on r.n = pair.n_r
left join together on together.n_l = pair.n_l and together.n_r = pair.n_r
group by pair.match_weight, pair.match_probability
order by pair.match_weight desc
