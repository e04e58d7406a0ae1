-- requirement: the frameworks' rules taken apart. Grain: framework x rule x requirement x headline (or need).
select
    unnest(
        from_json(
            $rows::json,
            '[{"framework_id": "varchar", "rule": "varchar", "rule_label": "varchar", "rule_position": "integer", "requirement": "integer",
            "needed": "integer", "unit": "varchar", "districts": "varchar[]", "wards": "varchar[]"}]'
        ),
        recursive := true
    )
