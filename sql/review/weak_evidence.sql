-- weak_evidence: what keeps a family in review off the list: rows of evidence on a link or membership that is not sure. Grain: household x person x record.
select distinct evidence.household_id, evidence.person_id, evidence.record_id, record.person_id as record_person_id,
    evidence.link_probability < $acceptance as is_weak_link, evidence.membership_probability < $acceptance as is_weak_member
from cohort.evidence as evidence
inner join cohort.family as family using (household_id, framework_id)
inner join linked.person_record as record on record.record_id = evidence.record_id
where family.framework_id = $framework_id
    and family.status = 'review'
    and least(evidence.link_probability, evidence.membership_probability) < $acceptance
