-- household_criterion: the published finding for each criterion, with the reason in words. Grain: household x framework x criterion.
select
    household_id,
    framework_id,
    criterion_id,
    headline,
    assessment,
    case when assessment <> 'not_assessed' then value end as value,
    unit,
    threshold,
    window_from as window_from_date,
    window_to as window_to_date,
    case
        when not is_delivered then 'Not assessed: no partner delivers ' || source || '.'
        when assessment = 'not_assessed' and why is not null then 'Not assessed: ' || why || '.'
        when assessment = 'met' and coalesce(value < threshold, true) then label || ': met by the stage the account has reached.'
        when assessment = 'met' then label || ': ' || printf('%g', round(value, 1)) || ' ' || unit || '; the threshold is ' || printf('%g', threshold) || '.'
        when is_met_at_unknown_age then 'Not assessed: it turns on the age of someone whose date of birth is not known.'
        when is_indeterminate then 'Not assessed: a record in ' || source || ' does not say enough to decide.'
        when assessment = 'not_assessed' then
            'Not assessed: ' || source || ' has no record of ' || (expected_count - known_count) || ' of ' || expected_count || ' children of school age.'
        when person_count = 0 and silence = 'not_assessed' then 'No child of the age it is about has such a record in ' || source || '.'
        when value is null then 'No such record in ' || source || '.'
        else label || ': no; ' || printf('%g', round(value, 1)) || ' ' || unit || ', and the threshold is ' || printf('%g', threshold) || '.'
    end as reason
from criterion_assessment
