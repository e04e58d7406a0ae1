-- third_combination: the patterns of three pairs. Grain: own, near and far pattern.
select distinct pattern, near_pattern, far_pattern
from third_closed
order by pattern, near_pattern, far_pattern
