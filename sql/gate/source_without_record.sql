-- Grain: source that delivered rows of which none became a record; the council's gazetteer names nobody.
select extract.source
from audit.extract as extract
anti join staging.record_source as source on source.extract_id = extract.extract_id
where extract.run_id = $run_id and extract.standing_count > 0 and extract.source <> 'gazetteer'
