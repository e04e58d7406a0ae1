-- arm: the services with places in the frameworks' tiers, with the first and last of a tier's places that are theirs. Grain: framework x tier x arm.
select
    unnest(
        from_json($rows::json, '[{"framework_id": "varchar", "tier": "varchar", "arm": "varchar", "first_place": "integer", "last_place": "integer"}]'),
        recursive := true
    )
