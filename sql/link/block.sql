-- block: the records that share a key. Grain: rule x key; blocks of one record bring nothing and are left out.
select
    blocking_key.rule,
    blocking_key.key,
    any_value(rule.position) as position,
    count(*) as record_count,
    count(*) > any_value(rule.size_limit) as is_refused
from blocking_key
inner join blocking_rule as rule on rule.rule = blocking_key.rule
group by blocking_key.rule, blocking_key.key
having count(*) > 1
