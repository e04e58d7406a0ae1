-- Grain: run without a single extract but the council's gazetteer, which tells of no family.
select $run_id as run_id
where not exists (from audit.extract where run_id = $run_id and source <> 'gazetteer' and extract_id is not null)
