-- Grain: framework x criterion, households by what was found.
select
    framework_id,
    criterion_id,
    count_if(assessment = 'met')::integer as met_count,
    count_if(assessment = 'not_met')::integer as not_met_count,
    count_if(assessment = 'not_assessed')::integer as not_assessed_count
from cohort.household_criterion
group by framework_id, criterion_id
order by framework_id, criterion_id
