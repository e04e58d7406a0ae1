-- known_household: those of the given household ids that a publication knows, and whether another id stands for it now. Grain: household id.
select household_id, bool_or(is_merged) as is_merged
from (
    select household_id, false as is_merged
    from register.household
    union all
    select identity_id, act = 'merged'
    from register.lineage
    where identity_kind = 'household'
    union all
    select household_id, false
    from cohort.family
)
where household_id in (select unnest($household_ids::varchar[]))
group by household_id
