-- subject: people as members of an assessed household, as measures count them. Grain: household x person x set of records counted.
-- "Whole" counts every record; "strong" counts those whose link (and the membership) reach the acceptance probability or were confirmed.
-- Where both sets are the same, one row stands for both. "Doubtful" counts besides the records that a person has yet to settle. Whoever was left out and
-- may belong (`is_maybe_member`) is doubtful with all their own records, strong once a person confirmed it, and never part of the whole.
-- Where a measure is about the household itself, it stands as a subject without a person.
with belonging as (
    select
        household_id,
        person_id,
        member_role,
        case when is_confirmed then 1 else membership_probability end as membership_probability,
        is_confirmed,
        false as is_maybe_member
    from linked.household_member
    inner join assessed_household using (household_id)
    union all
    select household_id, person_id, member_role, membership_probability, is_confirmed, true
    from doubtful_member
),
member as (
    select
        belonging.*,
        date_sub('year', person.birth_date, $as_of) as age,
        date_sub('year', person.birth_date, $as_of) >= 5 and date_sub('year', person.birth_date, $school_year_eve) <= 15 as is_of_school_age
    from belonging
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
    where not member.is_maybe_member
    union all
    select member.*, false as is_whole, true as is_strong, false as is_doubtful
    from member
    inner join tied using (person_id)
    where member.membership_probability >= $acceptance and tied.is_partly_strong and (not tied.is_strong or member.is_maybe_member)
    union all
    select member.*, false as is_whole, false as is_strong, true as is_doubtful
    from member
    where case when is_maybe_member then not is_confirmed else person_id in (select person_id from possible_record where is_doubtful) end
    union all by name
    select household_id, false as is_maybe_member, unnest([true, false]) as is_whole, not is_whole as is_strong, false as is_doubtful
    from assessed_household
    where exists (from criterion where subject = 'household')
)
select row_number() over (order by household_id, person_id nulls first, is_whole, is_doubtful) as subject_n, *
from counted
