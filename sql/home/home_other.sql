-- home_other: another household that a person has a place in: a child's second home, or one it may belong to but was left out of. Grain: person.
with second_home as (
    select child.n, parent.household_id, $second_home as probability, 'second_home' as basis
    from home_person as person
    inner join home_membership as child on child.n = person.n
    inner join home_stay as stay on stay.n = person.n and coalesce(stay.to_date >= $as_of, true)
    inner join home_now as now on now.dwelling_key = stay.dwelling_key
    inner join home_membership as parent on parent.n = now.n and parent.group_n <> child.group_n
    inner join home_person as adult on adult.n = now.n and adult.age - person.age between $parent_from and $parent_to
    where
        person.age < $adult_age
        and (
            (now.n, person.n) in (select (n_l, n_r) from home_relation where kind = 'parent')
            or exists (
                select 1
                from home_surname as l
                inner join home_surname as r on r.part = l.part
                where l.n = person.n and r.n = adult.n
            )
        )
),

torn as (
    select l.n, r.household_id, tie.probability, tie.basis
    from (select n_l, n_r, probability, basis from home_tie union all select n_r, n_l, probability, basis from home_tie) as tie
    inner join home_membership as l on l.n = tie.n_l
    inner join home_membership as r on r.n = tie.n_r and r.group_n <> l.group_n
    where tie.probability >= $doubt
)

select n, household_id, probability, basis
from (from second_home union all from torn)
qualify row_number() over (partition by n order by basis = 'second_home' desc, probability desc, household_id) = 1
