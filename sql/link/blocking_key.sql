-- blocking_key: the keys of one rule under which a record may meet another. Grain: record x key. A skeleton: matching.blocking puts in the rule's parts.
with part as (
    select
        n,
        source_n,
        {columns}
    from {records}
)
select {distinct} n, source_n, hash({key}) as key
from part
where {present}
