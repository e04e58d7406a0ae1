-- criterion_found: each met criterion with how surely: the surest person, judged by the weakest row. Grain: household x framework x criterion.
with person as (
    select household_id, framework_id, criterion_id, person_id, min(least(link_probability, membership_probability)) as confidence
    from cohort.evidence
    group by household_id, framework_id, criterion_id, person_id
)
select criterion.household_id, criterion.framework_id, criterion.criterion_id, criterion.headline, max(person.confidence) as confidence
from cohort.household_criterion as criterion
inner join person using (household_id, framework_id, criterion_id)
where criterion.assessment = 'met'
group by criterion.household_id, criterion.framework_id, criterion.criterion_id, criterion.headline
