-- family_status: where each assessed household stands. Grain: household x framework.
-- A near miss lacks one problem of a rule and is near it: near_rule.sql says when.
-- Verified: the rule is met on links and memberships that reach the acceptance probability or that a coordinator confirmed. A confirmation
-- covers what its coordinator saw: where the rule rests on something weak that came since, a person looks again. So they do where a rejection was taken on
-- a family that did not qualify then.
with met as (
    select household_id, framework_id, count(*) as headline_count, string_agg(headline, ',' order by headline) as headlines_met, min(confidence) as confidence
    from headline_found
    group by household_id, framework_id
),
standing as (
    select
        qualification.household_id,
        qualification.framework_id,
        qualification.qualifying_rule,
        qualification.rule_label,
        qualification.has_rule,
        qualification.is_near,
        coalesce(met.headline_count, 0) as headline_count,
        coalesce(met.headlines_met, '') as headlines_met,
        coalesce(qualification.confidence, met.confidence, 1) as confidence,
        decision.decision,
        decision.basis,
        decision.decided_by,
        decision.decided_at,
        coalesce(decision.decision = 'confirm', false) as is_confirmed,
        coalesce(decision.decision = 'reject' and decision.decision_id in (from unseen_rejection), false) as is_rejected_unseen
    from (
        select * exclude (confidence), case when missing_count = 0 then confidence end as confidence
        from qualification
    ) as qualification
    left join met on met.household_id = qualification.household_id and met.framework_id = qualification.framework_id
    left join standing_decision as decision on decision.household_id = qualification.household_id
)
select
    *,
    case
        when decision = 'suppress' then 'suppressed'
        when qualifying_rule is null and is_near then 'near_miss'
        when qualifying_rule is null then 'not_qualifying'
        when is_rejected_unseen then 'review'
        when decision = 'reject' then 'rejected'
        when decision = 'defer' then 'deferred'
        when decision = 'serve' then 'in_service'
        when confidence >= $acceptance and (is_confirmed or not $require_decision) then 'verified'
        else 'review'
    end as status
from standing
