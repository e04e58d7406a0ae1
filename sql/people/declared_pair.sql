-- link_declared of a people table: records of which one names the other as its parent, partner or other kin. Grain: pair of units, n_l < n_r.
-- A reference is a record id of the same source, or of the only other source that has it.
with reference as (
    select record.n, given.source, unnest(string_split_regex(trim(given.value), '\s*[;,|]\s*')) as record_id
    from home_reference as given
    inner join people_unit as record on record.given_n = given.given_n
),
found as (
    select reference.n, coalesce(own.n, other.n) as other_n
    from reference
    left join people_unit as own on own.source = reference.source and own.record_id = reference.record_id
    left join (select record_id, min(n) as n from people_unit group by record_id having count(*) = 1) as other on other.record_id = reference.record_id
)
select distinct least(n, other_n) as n_l, greatest(n, other_n) as n_r
from found
where other_n <> n
