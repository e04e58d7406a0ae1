-- silent_criterion: why a criterion cannot be fully assessed: sources that are missing or too old, or delivered by nobody. Grain: household x criterion.
-- Where others of its sources speak, the criterion may be met all the same.
with silent as (
    select silent.household_id, criterion.criterion_n, silent.source, silent.why, len(criterion.sources) as source_count
    from (select criterion_n, sources, unnest(sources) as source from condition) as criterion
    inner join silent_source as silent using (source)
)
select household_id, criterion_n, min(why) as why, count(*) = max(source_count) as is_all
from silent
group by household_id, criterion_n
