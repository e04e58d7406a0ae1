-- family: every assessed household with its status and the reason in words. Grain: household x framework.
with criterion as (
    select
        household_id,
        framework_id,
        coalesce(string_agg(criterion_id, ',' order by criterion_id) filter (where assessment = 'met'), '') as criteria_met,
        coalesce(string_agg(criterion_id, ',' order by criterion_id) filter (where assessment = 'not_assessed'), '') as criteria_not_assessed,
        count(*) filter (where assessment = 'not_assessed') as not_assessed_count
    from cohort.household_criterion
    group by household_id, framework_id
),
-- What the framework's rules count, and how many of them the household has.
counted as (
    select framework_id, any_value(kind) as unit
    from counted_unit
    where kind <> 'criterion'
    group by framework_id
),
problem as (
    select household_id, framework_id, count(*) as problem_count
    from found_unit
    where kind <> 'criterion'
    group by household_id, framework_id
),
told as (
    select
        status.household_id,
        status.framework_id,
        coalesce(problem.problem_count, 0) as problem_count,
        case counted.unit when 'need' then 'need' else 'headline problem' end as problem
    from family_status as status
    inner join counted using (framework_id)
    left join problem on problem.household_id = status.household_id and problem.framework_id = status.framework_id
),
identifying as (
    select household_id, framework_id, string_agg(source, ',' order by source) as identifying_sources
    from (
        select household_id, framework_id, source from cohort.evidence
        union
        -- Without a child it is there for a pregnancy, of which health tells.
        select status.household_id, status.framework_id, 'health' as source
        from family_status as status
        inner join linked.household as household using (household_id)
        where household.child_count = 0
    )
    group by household_id, framework_id
),
registered as (
    select household_id, min(first_identified_date) as first_identified_date
    from register.household
    group by household_id
),
-- The register dates what the list's framework finds. Under the others a household is known since the list before knows it, ids that merged included.
identified as (
    select coalesce(successor.successor_id, earlier.household_id) as household_id, earlier.framework_id, min(earlier.first_identified_date) as first_identified_date
    from earlier_identified as earlier
    left join successor on successor.household_id = earlier.household_id
    group by 1, 2
)
select
    status.household_id,
    $as_of as as_of_date,
    status.framework_id,
    status.status,
    criterion.criteria_met,
    criterion.criteria_not_assessed,
    status.headlines_met,
    status.headline_count,
    status.qualifying_rule,
    tier.tier,
    arm.arm,
    place.district,
    place.cluster,
    place.ward,
    place.basis_of_ward,
    household.adult_count,
    household.child_count,
    case
        when status.framework_id = $framework_id then registered.first_identified_date
        else coalesce(identified.first_identified_date, case when status.status in ('verified', 'review') then $as_of end)
    end as first_identified_date,
    coalesce(identifying.identifying_sources, '') as identifying_sources,
    round(coalesce(computed.confidence, status.confidence), 6) as link_confidence,
    case status.status
        when 'suppressed' then case status.basis
            when 'member' then 'Somebody in it was in a household that a coordinator keeps off every list; release it if it may be listed.'
            else 'A coordinator keeps this household off every list.'
        end
        when 'rejected' then 'Meets the rule (' || status.rule_label || '), but a coordinator rejected it.'
        when 'deferred' then 'Meets the rule (' || status.rule_label || '); a coordinator put the decision off.'
        when 'in_service' then 'Meets the rule (' || status.rule_label || '); a coordinator says that a service works with it already.'
        when 'verified' then
            'Meets the rule: ' || status.rule_label
            || case when status.is_confirmed then '; a coordinator confirmed it.' else '; the links behind it are sure enough.' end
        when 'review' then
            'Meets the rule (' || status.rule_label || '), but '
            || case
                when status.is_rejected_unseen then 'a coordinator rejected it when it did not: a person must decide anew.'
                when status.confidence >= $acceptance then 'a person must confirm it before it is listed.'
                else case when status.is_confirmed then 'since a coordinator confirmed it, ' else '' end
                    || case
                        when doubt.is_left_out then 'it rests on somebody who was left out of it and may belong to it'
                        when doubt.is_membership then 'it rests on somebody of whom it is not sure that they belong to it'
                        else 'it rests on records of which it is not sure whose they are'
                    end
                    || ' (probability ' || printf('%.2f', status.confidence) || '): a person must look'
                    || case when status.is_confirmed then ' again.' else '.' end
            end
        when 'near_miss' then 'One ' || told.problem || ' short of the rule' || coalesce(
            '; nearest is ' || nearest.criterion_id || ' ('
            || printf('%g', case when nearest.value < nearest.threshold then least(round(nearest.value, 2), nearest.threshold - 0.01) else nearest.value end)
            || case
                when nearest.unit = 'percent' then '%'
                when nearest.unit = 'status' then ''
                when nearest.value = 1 then ' ' || if(nearest.unit = 'agencies', 'agency', rtrim(nearest.unit, 's'))
                else ' ' || nearest.unit
            end || '; threshold: ' || printf('%g', nearest.threshold) || if(nearest.unit = 'percent', '%', '') || ').',
            ', and nothing is recorded of what would complete it.'
        )
        when 'not_qualifying' then case
            when status.has_rule then 'Has ' || told.problem_count || ' ' || told.problem || case told.problem_count when 1 then '' else 's' end || '; the rule asks for more.'
            else 'No rule is in force for it: they are limited to districts or wards, and it is not known to live in one of those.'
        end
    end || case when household.child_count = 0 then ' Somebody in it expects a child.' else '' end
    || case criterion.not_assessed_count
        when 0 then ''
        when 1 then ' 1 criterion could not be assessed.'
        else ' ' || criterion.not_assessed_count || ' criteria could not be assessed.'
    end as reason,
    status.decision,
    status.decided_by,
    status.decided_at,
    $run_id as run_id,
    $criteria_sha256 as criteria_sha256
from family_status as status
inner join criterion using (household_id, framework_id)
inner join told using (household_id, framework_id)
inner join linked.household as household using (household_id)
inner join household_place as place using (household_id)
left join tier_found as tier on tier.household_id = status.household_id and tier.framework_id = status.framework_id
left join arm_found as arm on arm.household_id = status.household_id and arm.framework_id = status.framework_id
left join nearest_criterion as nearest on nearest.household_id = status.household_id and nearest.framework_id = status.framework_id
left join weakest_doubt as doubt on doubt.household_id = status.household_id and doubt.framework_id = status.framework_id
left join registered using (household_id)
left join identified on identified.household_id = status.household_id and identified.framework_id = status.framework_id
left join computed_confidence as computed on computed.household_id = status.household_id and computed.framework_id = status.framework_id
left join identifying using (household_id, framework_id)
order by status.household_id, status.framework_id
