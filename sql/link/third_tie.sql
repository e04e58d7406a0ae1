-- third_tie: records that are surely one person by the two alone, both ways round. Grain: record x record.
select n_l as n, n_r as third
from link_scored_pair
where match_weight >= $sure and not is_vetoed
union all
select n_r as n, n_l as third
from link_scored_pair
where match_weight >= $sure and not is_vetoed
