-- household_criterion: the published finding for each criterion, with the reason in words. Grain: household x framework x criterion.
with told as (
    select
        *,
        array_to_string(sources, ', ') as source,
        array_to_string(undelivered, ', ') as missing_source,
        -- A value below the threshold must not read as the threshold.
        printf('%g', case when value < threshold then least(round(value, 2), threshold - 0.01) else round(value, 2) end) as found,
        printf('%g', coalesce(value, 0)) as found_so_far,
        case unit when 'percent' then '%' when 'agencies' then ' agency' else ' ' || rtrim(unit, 's') end as unit_of_one,
        case unit when 'percent' then '%' else ' ' || unit end as unit_of_many
    from criterion_assessment
    inner join criterion using (criterion_n)
    left join latest_before using (household_id, criterion_n)
),
spoken as (
    select
        *,
        found || case found when '1' then unit_of_one else unit_of_many end || '; threshold: ' || printf('%g', threshold) || if(unit = 'percent', '%', '') as reckoning,
        found_so_far || case found_so_far when '1' then unit_of_one else unit_of_many end || ' so far' as reckoning_so_far
    from told
)
select
    household_id,
    framework_id,
    criterion_id,
    headline,
    assessment,
    case
        when assessment = 'not_assessed' then null
        when value < threshold then least(round(value, 4), threshold - 0.0001)
        else round(value, 4)
    end as value,
    unit,
    threshold,
    window_from as window_from_date,
    window_to as window_to_date,
    case
        when not is_delivered then 'Not assessed: no partner delivers ' || missing_source || '.'
        when assessment = 'not_assessed' and why is not null then 'Not assessed: ' || why || '.'
        when assessment = 'met' and coalesce(value < threshold, true) then label || ', by the stage the account has reached.'
        when assessment = 'met' and unit = 'status' then label || '.'
        when assessment = 'met' then label || ' (' || reckoning || ').'
        when assessment = 'not_assessed' and len(undelivered) > 0 then
            'Not assessed: ' || reckoning_so_far || ', and no partner delivers ' || missing_source || '.'
        when is_met_at_unknown_age then 'Not assessed: it turns on the age of someone whose date of birth is not known.'
        when is_indeterminate then 'Not assessed: a record in ' || source || ' does not say enough to decide.'
        when assessment = 'not_assessed' then
            'Not assessed: ' || source || ' has no record of ' || (expected_count - known_count) || ' of ' || expected_count || ' children of school age.'
        when value is null and silence = 'not_assessed' then 'The household has no child of school age.'
        when value is null and latest_date < window_from then
            'No such record in ' || source || case when window_from = window_to
                then ' that holds on the day; the last ended on ' else ' within the window; the latest before it is of ' end || latest_date || '.'
        when value is null then 'No such record in ' || source || '.'
        when unit = 'status' and silence = 'not_met' then 'No rent account has reached that stage.'
        when unit = 'status' then 'No child stands so by the latest term.'
        else 'Below the threshold (' || reckoning || ').'
    end as reason
from spoken
order by household_id, position
