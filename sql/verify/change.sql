-- change: who joined the list, left it, or stays on it for other criteria, and why. Grain: household.
with now as (
    select family.household_id, family.status, family.criteria_met, family.decision, status.confidence >= $acceptance as is_sure, status.has_rule
    from cohort.family as family
    inner join family_status as status using (household_id, framework_id)
    where family.framework_id = $framework_id
),
split as (
    select distinct identity_id as household_id
    from register.lineage
    where identity_kind = 'household' and act = 'split' and run_id = $run_id
),
-- Households that hold people of one whose id stands elsewhere now, or nowhere.
onward as (
    select
        if(act = 'split', other_id, identity_id) as household_id,
        string_agg(distinct if(act = 'split', identity_id, other_id), ', ' order by if(act = 'split', identity_id, other_id)) as ids
    from register.lineage
    where identity_kind = 'household' and act in ('split', 'moved') and run_id = $run_id
    group by 1
),
silenced as (
    select unnest(from_json($silenced::json, '[{"criterion_id": "varchar", "source": "varchar"}]'), recursive := true)
),
-- No data is never evidence: a criterion that was met and cannot be assessed now is told apart from one that is no longer met.
unassessed as (
    select
        before.household_id,
        list(distinct criterion.criterion_id order by criterion.criterion_id) as ids,
        list(distinct silenced.source order by silenced.source) filter (where silenced.source is not null) as silent_sources,
        array_to_string(list_sort(list(distinct regexp_extract(criterion.reason, '^Not assessed: (.*)\.$', 1))), '; ') as why
    from previous_family as before
    inner join cohort.household_criterion as criterion on criterion.household_id = before.household_id
    left join silenced on silenced.criterion_id = criterion.criterion_id
    where criterion.framework_id = $framework_id
        and criterion.assessment = 'not_assessed'
        and list_contains(string_split(before.criteria_met, ','), criterion.criterion_id)
    group by before.household_id
),
compared as (
    select
        coalesce(now.household_id, before.household_id) as household_id,
        before.status as status_before,
        now.status as status_after,
        now.decision,
        now.is_sure,
        now.has_rule,
        coalesce(before.is_merged, false) as is_merged,
        onward.ids as onward_ids,
        split.household_id is not null as is_split,
        array_to_string(list_filter(met_now.ids, lambda c: not list_contains(met_before.ids, c)), ', ') as gained,
        array_to_string(list_filter(met_before.ids, lambda c: not list_contains(met_now.ids, c) and not list_contains(coalesce(unassessed.ids, []), c)), ', ') as lost,
        array_to_string(unassessed.ids, ', ') as not_assessed,
        unassessed.why,
        case
            when now.household_id is null then $gone
            when now.status <> 'verified' then coalesce(unassessed.silent_sources, [])
            else []
        end as silent_sources,
        coalesce(before.status = 'verified', false) as was_listed,
        coalesce(now.status = 'verified', false) as is_listed
    from now
    full join previous_family as before on before.household_id = now.household_id
    cross join lateral (select list_filter(string_split(coalesce(now.criteria_met, ''), ','), lambda c: c <> '') as ids) as met_now
    cross join lateral (select list_filter(string_split(coalesce(before.criteria_met, ''), ','), lambda c: c <> '') as ids) as met_before
    left join split on split.household_id = now.household_id
    left join onward on onward.household_id = before.household_id
    left join unassessed on unassessed.household_id = now.household_id
),
difference as (
    select unnest(from_json($differences::json, '[{"concerns": "varchar", "criterion_id": "varchar", "words": "varchar"}]'), recursive := true)
),
-- What of the configuration bears on a family: values of the criteria that it gained or lost, rules where it meets the rule no longer or did not before,
-- and what verification asks where it was or is in review.
recast as (
    select compared.household_id, string_agg(difference.words, '; ' order by difference.words) as words
    from compared
    inner join difference
        on case difference.concerns
            when 'criterion' then list_contains(string_split(gained || ', ' || lost, ', '), difference.criterion_id)
            when 'rule' then (coalesce(status_after, '') in ('near_miss', 'not_qualifying')) <> (coalesce(status_before, '') in ('near_miss', 'not_qualifying'))
            else coalesce(status_after = 'review', false) or coalesce(status_before = 'review', false)
        end
    group by compared.household_id
),
told as (
    select
        compared.*,
        case when is_listed and not was_listed then 'joined' when was_listed and not is_listed then 'left' else 'changed' end as change,
        case when is_merged then ' Another household merged into it.' when is_split then ' It split off from another household.' else '' end as identity,
        case when gained = '' then '' else ' New: ' || gained || '.' end || case when lost = '' then '' else ' No longer: ' || lost || '.' end
            || case when not_assessed is null then '' else ' Not assessed now: ' || not_assessed || '.' end
            || case
                when $is_recast and (gained <> '' or lost <> '' or status_after in ('near_miss', 'not_qualifying') or status_before in ('near_miss', 'not_qualifying'))
                    then ' The criteria or their values changed since that list.'
                when recast.words is not null then ' Changed since that list: ' || recast.words || '.'
                else ''
            end as criteria
    from compared
    left join recast on recast.household_id = compared.household_id
    where is_listed <> was_listed or (is_listed and (gained <> '' or lost <> '' or not_assessed is not null))
)
select
    household_id,
    change,
    status_before,
    status_after,
    case
        when change = 'joined' and $previous_run_id::varchar is null then 'On the first list.'
        when change = 'joined' and decision = 'confirm' then 'A coordinator confirmed it.'
        when change = 'joined' and status_before is null then 'Not assessed before.'
        when change = 'joined' and status_before in ('rejected', 'deferred', 'in_service', 'suppressed') then
            'It was ' || replace(status_before, '_', ' ') || ' before; that no longer stands' || case when decision = 'release' then ', since a coordinator released it.' else '.' end
        when change = 'joined' and gained = '' and status_before = 'review' then 'It was ' || replace(status_before, '_', ' ') || ' before; the links behind it are sure enough now.'
        when change = 'joined' then 'It was ' || replace(status_before, '_', ' ') || ' before.'
        when change = 'changed' and gained = '' and lost = '' then 'Still listed; some of its criteria could not be assessed: ' || why || '.'
        when change = 'changed' then 'Still listed, for other criteria.'
        when status_after is null then
            'No longer assessed: no private home with a child under 18 was found for it'
            || case when len(silent_sources) > 0 then ', and there is no extract of ' || array_to_string(silent_sources, ', ') || ' any more.' else '.' end
        when status_after in ('rejected', 'deferred', 'suppressed') then 'A coordinator ' || status_after || ' it.'
        when status_after = 'in_service' then 'A coordinator says that a service works with it already.'
        when status_after = 'review' and is_sure then 'A person must confirm it before it is listed.'
        when status_after = 'review' then 'A link or membership it rests on needs a person''s look.'
        when not has_rule then 'No rule is in force for it: they are limited to districts or wards, and it is not known to live in one of those.'
        when not_assessed is not null then 'Whether the rule is still met could not be assessed: ' || why || '.'
        else 'The rule is no longer met.'
    end || identity || case when change = 'left' and onward_ids is not null then ' People of it are in ' || onward_ids || ' now.' else '' end
        || case when $previous_run_id::varchar is null then '' else criteria end as reason,
    case when change = 'left' then array_to_string(silent_sources, ',') else '' end as silent_sources,
    $previous_run_id::varchar as previous_run_id,
    $run_id as run_id
from told
order by household_id
