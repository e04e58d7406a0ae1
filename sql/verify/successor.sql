-- successor: every household id that merged into another, with the id that stands now. Grain: retired household id.
with recursive merged as (
    select identity_id as household_id, other_id as successor_id
    from register.lineage
    where identity_kind = 'household' and act = 'merged'
),
followed as (
    select household_id, successor_id from merged
    union
    select followed.household_id, merged.successor_id
    from followed
    inner join merged on merged.household_id = followed.successor_id
)
select household_id, max(successor_id) as successor_id
from followed
where successor_id not in (select merged.household_id from merged)
group by household_id
