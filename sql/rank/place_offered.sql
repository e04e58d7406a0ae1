-- place_offered: the places of each arm of each tier; of a framework without tiers, those the authority offers. Grain: framework x tier x arm.
select unnest(from_json($rows::json, '[{"framework_id": "varchar", "tier": "varchar", "arm": "varchar", "position": "integer", "places": "integer"}]'), recursive := true)
