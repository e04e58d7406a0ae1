-- unseen_rejection: of the rejections taken on the publication attached as seen, those on households that did not qualify there. Grain: decision.
select taken.decision_id
from (
    select unnest(from_json($rows::json, '[{"decision_id": "bigint", "household_id": "varchar"}]'), recursive := true)
) as taken
inner join seen.cohort.family as family on family.household_id = taken.household_id
where family.framework_id = (select framework_id from seen.audit.run)
    and family.status in ('near_miss', 'not_qualifying')
