-- found_unit: what the rules count: each met headline problem, or each met need where the framework counts needs, with its surest criterion;
-- and each met criterion that a rule names (kind criterion).
-- Grain: household x framework x unit.
select found.household_id, found.framework_id, counted.unit, counted.kind, max(found.confidence) as confidence
from criterion_found as found
inner join counted_unit as counted using (framework_id, criterion_id)
group by found.household_id, found.framework_id, counted.unit, counted.kind
