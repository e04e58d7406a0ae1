-- weakest_doubt: what the figure of a family in review is about: the evidence that is as doubtful as the family. Grain: household x framework.
select
    evidence.household_id,
    evidence.framework_id,
    bool_or(member.person_id is null) as is_left_out,
    bool_or(evidence.membership_probability <= evidence.link_probability) as is_membership
from cohort.evidence as evidence
inner join family_status as status
    on status.household_id = evidence.household_id
    and status.framework_id = evidence.framework_id
    and status.status = 'review'
    and least(evidence.link_probability, evidence.membership_probability) = status.confidence
left join linked.household_member as member on member.household_id = evidence.household_id and member.person_id = evidence.person_id
group by evidence.household_id, evidence.framework_id
