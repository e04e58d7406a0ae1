-- variant: the criteria that a variant of the framework leaves as the run assessed them, and a nameless one for each variant. Grain: variant x criterion.
select unnest(from_json($rows::json, '[{"framework_id": "varchar", "criterion_id": "varchar"}]'), recursive := true)
