-- candidate_pair of units that stand for several records: each with itself. Grain: unit.
select n as n_l, n as n_r
from link_record
where record_count > 1 and not $is_link_only
