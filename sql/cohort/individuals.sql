-- Grain: person whose own records meet a criterion of the framework, in a family that qualifies under it; somebody of two families once, in the main one.
-- Of the criteria a person meets the surest decides how sure the person is; one whom only doubtful links name is for review though the family is verified.
with criterion as (
    select
        household_id,
        person_id,
        criterion_id,
        min(case when is_confirmed then 1 else least(link_probability, membership_probability) end) as surety,
        min(least(link_probability, membership_probability)) as confidence
    from cohort.evidence
    where framework_id = $framework
    group by household_id, person_id, criterion_id
),
person as (
    select
        household_id,
        person_id,
        string_agg(criterion_id, ',' order by criterion_id) as criteria_met,
        max(surety) >= $acceptance as is_sure,
        round(max(confidence), 6) as confidence
    from criterion
    group by household_id, person_id
),
teller as (
    select household_id, person_id, string_agg(distinct source, ',' order by source) as sources
    from cohort.evidence
    where framework_id = $framework
    group by household_id, person_id
),
told as (
    select
        family.framework_id,
        family.as_of_date,
        case when family.status = 'verified' and not person.is_sure then 'review' else family.status end as status,
        person.person_id,
        member.forename,
        member.surname,
        member.birth_date,
        person.household_id,
        member.is_primary,
        member.address,
        member.postcode,
        family.district,
        person.criteria_met,
        teller.sources,
        person.confidence,
        family.decision,
        family.run_id
    from person
    inner join teller using (household_id, person_id)
    inner join cohort.family as family on family.household_id = person.household_id and family.framework_id = $framework
    inner join cohort.member as member on member.household_id = person.household_id and member.person_id = person.person_id
)
select * exclude (is_primary)
from told
where status = $status
qualify row_number() over (partition by person_id order by is_primary desc, confidence desc, household_id) = 1
order by district, household_id, person_id
