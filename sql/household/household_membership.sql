-- household_membership: who is in which household. Grain: group x person.
select n, group_n, probability, basis, true as is_primary from primary_membership
union all
select n, group_n, probability, 'parental_contact' as basis, false as is_primary from second_home
