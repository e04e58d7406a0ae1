-- Warnings and notes: what did not hold and stops nothing. Grain: stage of the run. The only count of them: of every stage, of the report, of the command line.
with told as (
    select stage, severity from audit.gate where not is_passed
    union all
    select stage, severity from audit.expectation where not is_success
)
select
    stage,
    count(*) filter (where severity = 'warning') as warning_count,
    count(*) filter (where severity = 'info') as note_count
from told
group by stage
order by list_position(['landing', 'staging', 'cohort'], stage)
