-- What became of families since the list before. Grain: kind of change.
select change, count(*)::integer as family_count
from cohort.change
group by change
order by change
