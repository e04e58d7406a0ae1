-- blocking_summary: what each rule brought. Grain: rule; new pairs are those no earlier rule had proposed.
with size as (
    select
        position,
        sum(case when is_refused then 0 else record_count * (record_count - 1) // 2 end) as pair_count,
        count_if(is_refused) as refused_block_count,
        max(record_count) as largest_block
    from block
    group by position
),
fresh as (
    select position, count(*) as new_pair_count
    from candidate_pair
    group by position
)
select
    rule.position,
    rule.rule,
    coalesce(size.pair_count, 0)::bigint as pair_count,
    coalesce(fresh.new_pair_count, 0)::bigint as new_pair_count,
    coalesce(size.refused_block_count, 0)::bigint as refused_block_count,
    coalesce(size.largest_block, 0)::bigint as largest_block
from blocking_rule as rule
left join size on size.position = rule.position
left join fresh on fresh.position = rule.position
order by rule.position
