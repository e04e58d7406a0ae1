-- confirmed_member: people whom a household held when a person confirmed it, or of whom a person decided that they belong. Grain: household x person.
select confirmed.household_id, person.n, true as is_confirmed
from confirmed_household as confirmed
inner join register.confirmed_link as covered using (decision_id)
inner join household_person as person on person.person_id = covered.person_id
union
select identity.household_id, own.n, true
from decided_tie as decided
inner join household_membership as own on own.n in (decided.n_l, decided.n_r)
inner join household_membership as other on other.n = decided.n_l + decided.n_r - own.n and other.group_n = own.group_n
inner join household_identity as identity on identity.group_n = own.group_n
inner join household_person as person on person.n = own.n
inner join decided_membership as settled on settled.subject_id = person.person_id and settled.decision = 'belongs'
where decided.decision = 'belongs'
