-- home_torn: adults whom their records put here no more than elsewhere, as lately, where nobody of the family here was ever seen. Grain: person.
-- Who lives apart, and has a name in common with those here, looks so. A family that moved was seen at the other home too. Without dates the other home is mostly a former one.
select distinct now.n
from home_now as now
inner join home_person as person on person.n = now.n and person.member_role = 'adult'
inner join home_stay as here on here.n = now.n and here.dwelling_key = now.dwelling_key
inner join home_stay as away on away.n = now.n and away.dwelling_key <> now.dwelling_key and not away.is_over
where
    now.share < $contested_share
    and away.seen_date >= here.seen_date
    and away.strength >= $as_strong * here.strength
    and not exists (
        select 1
        from home_kin as kin
        inner join home_stay as other on other.n = kin.n_r and other.dwelling_key = away.dwelling_key
        inner join home_now as lives on lives.n = kin.n_r and lives.dwelling_key = now.dwelling_key
        where kin.n_l = now.n
    )
