-- declared_apart: two parents whom a school puts at two addresses. Grain: person x person, each pair both ways.
with told as (
    select distinct home.n_l as home_n, away.n_l as away_n
    from household_relation as home
    inner join household_relation as away on away.n_r = home.n_r and away.n_l <> home.n_l
    where
        home.relationship_type = 'parent_of' and home.is_same_address
        and away.relationship_type = 'parent_of' and away.is_other_address and not away.is_same_address
)

select home_n as n_l, away_n as n_r from told
union
select away_n, home_n from told
