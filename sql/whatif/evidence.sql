-- evidence: how surely each person meets what each variant finds, by the weakest row. Grain: household x variant x criterion x person.
select household_id, framework_id, criterion_id, person_id, link_probability, membership_probability
from cohort.assessed_evidence
union all
select found.household_id, variant.framework_id, found.criterion_id, found.person_id, found.link_probability, found.membership_probability
from (
    select household_id, criterion_id, person_id, min(link_probability) as link_probability, min(membership_probability) as membership_probability
    from run.cohort.evidence
    where framework_id = $framework_id
    group by household_id, criterion_id, person_id
) as found
inner join variant using (criterion_id)
