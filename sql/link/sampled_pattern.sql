-- pattern: how often each vector of levels occurs among the sampled pairs. Grain: pattern.
-- Records that say exactly the same in several sources stand as one: each source counts, or a sample of people at one address would lack those without a mistake.
select
    pair.pattern,
    sum(if(pair.n_l = pair.n_r, l.said_count * (l.said_count - 1) / 2, l.said_count * r.said_count))::bigint as pair_count
from compared_pair as pair
inner join link_record as l on l.n = pair.n_l
inner join link_record as r on r.n = pair.n_r
group by pair.pattern
order by pair.pattern
