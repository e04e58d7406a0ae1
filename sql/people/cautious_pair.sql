-- link_scored_pair where pairs of which nothing that names a person could be compared are for review at most. Grain: candidate pair.
-- A skeleton: pipelines.people_caution puts in the table. What is taken off the weight is told as a veto's weight is.
with doubted as (
    select *, if(pattern & $naming = 0, least($most_weight - match_weight, 0), 0)::double as doubt
    from {table}
)
select
    * exclude (doubt)
    replace (
        veto_weight + doubt as veto_weight,
        match_weight + doubt as match_weight,
        if(doubt < 0, 1 / (1 + power(2, -(match_weight + doubt))), match_probability) as match_probability,
        if(doubt < 0, household_probability * (1 + power(2, match_weight)) / (1 + power(2, match_weight + doubt)), household_probability) as household_probability
    )
from doubted
