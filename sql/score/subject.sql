-- subject: people as members of an assessed household, as measures count them. Grain: household x person x set of records counted.
-- "Whole" counts every record; "strong" counts those whose link (and the membership) reach the acceptance probability or were confirmed.
-- Where both sets are the same, one row stands for both. "Doubtful" counts besides the records that a person has yet to settle.
-- Where a measure is about the household itself, it stands as a subject without a person.
with member as (
    select
        member.household_id,
        member.person_id,
        member.member_role,
        case when member.is_confirmed then 1 else member.membership_probability end as membership_probability,
        member.is_confirmed,
        date_sub('year', person.birth_date, $as_of) as age,
        date_sub('year', person.birth_date, $as_of) >= 5 and date_sub('year', person.birth_date, $school_year_eve) <= 15 as is_of_school_age
    from linked.household_member as member
    inner join assessed_household using (household_id)
    inner join linked.person as person using (person_id)
),
tied as (
    select
        person_id,
        bool_and(is_confirmed or link_probability >= $acceptance) as is_strong,
        bool_or(is_confirmed or link_probability >= $acceptance) as is_partly_strong
    from possible_record
    where not is_doubtful
    group by person_id
),
counted as (
    select member.*, true as is_whole, member.membership_probability >= $acceptance and tied.is_strong as is_strong, false as is_doubtful
    from member
    inner join tied using (person_id)
    union all
    select member.*, false as is_whole, true as is_strong, false as is_doubtful
    from member
    inner join tied using (person_id)
    where member.membership_probability >= $acceptance and tied.is_partly_strong and not tied.is_strong
    union all
    select member.*, false as is_whole, false as is_strong, true as is_doubtful
    from member
    where person_id in (select person_id from possible_record where is_doubtful)
    union all by name
    select household_id, unnest([true, false]) as is_whole, not is_whole as is_strong, false as is_doubtful
    from assessed_household
    where exists (from criterion where subject = 'household')
)
select row_number() over (order by household_id, person_id nulls first, is_whole, is_doubtful) as subject_n, *
from counted
