-- tier: the frameworks' tiers in their order. Grain: framework x tier.
select
    unnest(
        from_json($rows::json, '[{"framework_id": "varchar", "position": "integer", "tier": "varchar", "headlines_at_least": "integer", "any_of": "varchar[]"}]'),
        recursive := true
    )
