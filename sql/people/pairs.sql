-- pairs.parquet. Grain: pair of records. A skeleton: pipelines.people_output puts in the levels and weights of the fields.
-- Units of very many records are told by their first one only; so are the pairs inside them.
with numbered as (
    select n, record_id, source, record_count, 1 as place
    from people_unit
    where record_count = 1
    union all
    select n, record_id, source, record_count, row_number() over (partition by n order by source, record_id) as place
    from people_unit
    where record_count > 1
),
shown as (
    select *
    from numbered
    where place = 1 or record_count <= $largest_unit
)
select
    l.record_id as record_id_l,
    r.record_id as record_id_r,
    l.source as source_l,
    r.source as source_r,
    {levels},
    {weights},
    pattern_level.weight_prior,
    pair.name_rarity as weight_name_rarity,
    pair.household_weight as weight_household,
    pair.veto_weight as weight_veto,
    pair.context_weight as weight_third_record,
    pair.is_vetoed,
    pair.match_weight,
    pair.match_probability,
    pair.household_probability,
    greatest(1 - pair.match_probability - pair.household_probability, 0) as unrelated_probability
from told_pair as pair
inner join pattern_level on pattern_level.pattern = pair.pattern
inner join shown as l on l.n = pair.n_l
inner join shown as r on r.n = pair.n_r and (pair.n_l < pair.n_r or l.place < r.place)
