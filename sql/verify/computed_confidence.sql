-- computed_confidence: how sure the weakest link or membership behind a confirmed household was before a person confirmed it: a decision makes a
-- household certain to be listed, and leaves the figure to be seen. Grain: confirmed household x framework.
with person as (
    select
        evidence.household_id,
        evidence.framework_id,
        evidence.criterion_id,
        evidence.person_id,
        min(least(
            coalesce(record.link_probability, evidence.link_probability),
            coalesce(member.membership_probability, doubt.membership_probability, evidence.membership_probability)
        )) as confidence
    from cohort.evidence as evidence
    inner join family_status as status
        on status.household_id = evidence.household_id and status.framework_id = evidence.framework_id and status.is_confirmed
    left join linked.person_record as record on record.record_id = evidence.record_id and record.person_id = evidence.person_id
    left join linked.household_member as member on member.household_id = evidence.household_id and member.person_id = evidence.person_id
    left join linked.household_doubt as doubt on doubt.household_id = evidence.household_id and doubt.person_id = evidence.person_id
    group by evidence.household_id, evidence.framework_id, evidence.criterion_id, evidence.person_id
),
headline as (
    select person.household_id, person.framework_id, criterion.headline, max(person.confidence) as confidence
    from person
    inner join cohort.household_criterion as criterion using (household_id, framework_id, criterion_id)
    where criterion.assessment = 'met'
    group by person.household_id, person.framework_id, criterion.headline
)
select household_id, framework_id, min(confidence) as confidence
from headline
group by household_id, framework_id
