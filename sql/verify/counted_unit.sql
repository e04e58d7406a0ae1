-- counted_unit: what each criterion counts as in its framework's rules: its headline, or its need; and itself, where a rule names it. Grain: framework x criterion x unit.
select unnest(from_json($rows::json, '[{"framework_id": "varchar", "criterion_id": "varchar", "unit": "varchar", "kind": "varchar"}]'), recursive := true)
