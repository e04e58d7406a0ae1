-- facts: what a publication's run was a function of, and how it was approved. Grain: run, of which a publication has one.
select
    run_id,
    as_of_date,
    authority,
    framework_id,
    extracts_sha256,
    previous_run_id,
    decisions_through,
    decisions_sha256,
    configuration_sha256,
    criteria_sha256,
    code_sha256,
    approval,
    approved_by
from audit.run
