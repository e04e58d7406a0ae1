-- Grain: run without a single extract.
select $run_id as run_id
where not exists (from audit.extract where run_id = $run_id and extract_id is not null)
