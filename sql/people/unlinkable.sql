-- The share of records that would not link even with a record that says the same, by threshold. Grain: threshold.
select threshold, round(count_if(match_probability < threshold) / greatest(count(*), 1), 5) as share
from link_scored_pair, (select unnest($thresholds) as threshold)
group by threshold
order by threshold
