-- candidate_pair, of which it is not known how alike the two sides are. Grain: pair of records.
-- A skeleton: the table that holds what is known is put in.
select pair.*
from every_pair as pair
anti join {known} as known on known.n_l = pair.n_l and known.n_r = pair.n_r
order by pair.n_l
