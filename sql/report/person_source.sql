-- Grain: number of sources a person is known to.
select source_count, count(*)::integer as person_count
from linked.person
group by source_count
order by source_count
