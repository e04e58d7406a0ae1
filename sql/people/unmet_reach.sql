-- How many records of two sources without anybody in common were compared, and the likeliest of them. Grain: pair of sources.
with crossing as (
    select least(l.source, r.source) as source_l, greatest(l.source, r.source) as source_r, pair.n_l, pair.n_r
    from candidate_pair as pair
    inner join link_record as l on l.n = pair.n_l
    inner join link_record as r on r.n = pair.n_r
    where l.source <> r.source
),
reach as (
    select crossing.source_l, crossing.source_r, count(*) as pair_count, max(scored.match_probability) as best_probability
    from crossing
    inner join unmet_source as unmet on unmet.source_l = crossing.source_l and unmet.source_r = crossing.source_r
    left join link_scored_pair as scored on scored.n_l = crossing.n_l and scored.n_r = crossing.n_r
    group by crossing.source_l, crossing.source_r
)
select unmet.*, coalesce(reach.pair_count, 0) as pair_count, reach.best_probability
from unmet_source as unmet
left join reach on reach.source_l = unmet.source_l and reach.source_r = unmet.source_r
order by unmet.record_count_l * unmet.record_count_r desc, unmet.source_l, unmet.source_r
limit $most
