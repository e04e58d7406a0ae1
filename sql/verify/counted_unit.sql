-- counted_unit: what each criterion counts as in its framework's rules: its headline, or its need. Grain: framework x criterion.
select unnest(from_json($rows::json, '[{"framework_id": "varchar", "criterion_id": "varchar", "unit": "varchar"}]'), recursive := true)
