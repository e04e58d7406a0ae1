-- individual: the people who meet a criterion of a framework that lists individuals, in households that qualify under it. Grain: person x household.
select
    evidence.framework_id,
    evidence.household_id,
    evidence.person_id,
    string_agg(distinct evidence.criterion_id, ',' order by evidence.criterion_id) as criteria_met,
    round(min(least(evidence.link_probability, evidence.membership_probability)), 6) as confidence
from cohort.evidence as evidence
inner join qualification
    on qualification.household_id = evidence.household_id
    and qualification.framework_id = evidence.framework_id
    and qualification.qualifying_rule is not null
where evidence.framework_id = $framework_id
group by evidence.framework_id, evidence.household_id, evidence.person_id
order by evidence.household_id, evidence.person_id
