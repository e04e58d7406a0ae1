-- pattern: how often each vector of levels occurs among the compared pairs. Grain: pattern.
select pattern, count(*)::bigint as pair_count
from compared_pair
group by pattern
order by pattern
