-- home_now: the dwelling each person lives at now. Grain: person who is placed.
-- A family moves together: an old address of one member gives way to where its kin are, if the kin were there too, it is a child, or its records are divided.
-- strength: what speaks for this home; share: what part that is of all that speaks for any.
with own as (
    select n, dwelling_key, strength, strength / sum(strength) over (partition by n) as share, is_contact, is_over
    from home_stay
),

backing as (
    select
        kin.n_l as n,
        stay.dwelling_key,
        sum(stay.strength) as support,
        max(kin.dwelling_count) as dwelling_count,
        count(*) as relative_count,
        sum(1 + kin.is_declared::integer) as kin_count
    from home_kin as kin
    inner join home_stay as stay on stay.n = kin.n_r
    group by kin.n_l, stay.dwelling_key
),

choice as (
    select
        coalesce(own.n, backing.n) as n,
        coalesce(own.dwelling_key, backing.dwelling_key) as dwelling_key,
        coalesce(own.strength, 0) as strength,
        coalesce(own.is_contact or own.is_over, false) as is_left,
        coalesce(backing.support, 0) as support,
        coalesce(backing.dwelling_count, 0) as dwelling_count,
        coalesce(backing.relative_count, 0) as relative_count,
        coalesce(backing.kin_count, 0) as kin_count
    from own
    full join backing on backing.n = own.n and backing.dwelling_key = own.dwelling_key
),

-- Several relatives say more of where a child lives than its own records; one may be the parent it does not live with.
weighed as (
    select
        choice.*,
        -- To a home of which its own records know nothing it takes two; one declared parent there may have a child in care.
        person.age < $dependent_age and if(choice.strength > 0, choice.kin_count, choice.relative_count) > 1 as is_carried,
        choice.strength + if(is_carried, $carried_weight, $kin_weight) * choice.support as weight
    from choice
    inner join home_person as person on person.n = choice.n
),

-- What the person's own records speak for most, its kin deciding between equals.
first_choice as (
    select n, dwelling_key, strength, support, weight
    from weighed
    where strength > 0
    qualify row_number() over (partition by n order by round(strength, 2) desc, support desc, dwelling_key) = 1
),

-- Children whom their own records have where a declared parent's own records have that parent.
with_parent as (
    select child.n
    from first_choice as child
    inner join home_relation as relation on relation.kind = 'parent' and relation.n_r = child.n
    inner join first_choice as parent on parent.n = relation.n_l and parent.dwelling_key = child.dwelling_key
),

-- Where the other parent of one's child is, without a partner, a claim or a tenancy that the table tells of both.
other_parent as (
    select one.n_l as n, there.dwelling_key
    from home_relation as one
    inner join home_relation as other on other.kind = 'parent' and other.n_r = one.n_r and other.n_l <> one.n_l
    inner join first_choice as there on there.n = other.n_l
    where one.kind = 'parent'
    except
    select n, dwelling_key
    from (
        select together.n_l as n, there.dwelling_key
        from home_relation as together
        inner join first_choice as there on there.n = together.n_r
        where together.kind in ('partner', 'kin', 'unit')
        union all
        select together.n_r, there.dwelling_key
        from home_relation as together
        inner join first_choice as there on there.n = together.n_l
        where together.kind in ('partner', 'kin', 'unit')
    )
),

second_choice as (
    select choice.n, choice.dwelling_key
    from weighed as choice
    inner join first_choice as first on first.n = choice.n
    where
        choice.weight > first.weight
        -- Nobody is carried back to a home that was left, nor a parent to its child on the word of the child's own record alone.
        and not choice.is_left
        -- Nobody is moved to where the other parent went, nor a child away from a parent, unless its own records say so.
        and (choice.strength > 0 or (choice.n, choice.dwelling_key) not in (select (n, dwelling_key) from other_parent))
        and (choice.strength > 0 or (choice.is_carried or first.support > 0) and choice.n not in (from with_parent))
        and choice.strength >= first.strength - case
            -- Seen with the same kin at two dwellings: they move as one, whoever is behind.
            when choice.is_carried or choice.dwelling_count > 1 then $child_follows
            when first.support > 0 then $adult_follows
            else $nearly_equal
        end
    qualify row_number() over (partition by choice.n order by round(choice.weight, 3) desc, choice.strength desc, choice.dwelling_key) = 1
)

select first.n, coalesce(second.dwelling_key, first.dwelling_key) as dwelling_key, coalesce(own.share, 0) as share, coalesce(own.strength, 0) as strength
from first_choice as first
left join second_choice as second on second.n = first.n
left join own on own.n = first.n and own.dwelling_key = coalesce(second.dwelling_key, first.dwelling_key)
