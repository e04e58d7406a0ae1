-- forename_pair and surname_pair: how alike two different names are, worked out once however many candidate pairs have them. Grain: name x name.
-- A skeleton: matching.comparison puts in the name, what is known of it, and its statement in sql/link/alike/.
with met as (
    select distinct l.{name}_n as l_n, r.{name}_n as r_n
    from candidate_pair as pair
    inner join link_record as l on l.n = pair.n_l
    inner join link_record as r on r.n = pair.n_r
    where l.{name}_n <> r.{name}_n
),
name as (
    select {name}_n, {known}
    from link_record
    where {name}_n is not null
    group by {name}_n
)
select met.l_n, met.r_n, {alike} as level
from met
inner join name as l on l.{name}_n = met.l_n
inner join name as r on r.{name}_n = met.r_n
