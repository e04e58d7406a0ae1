-- decided: the latest decision on each household id, as recorded. Grain: household id.
select
    unnest(
        from_json($rows::json, '[{"household_id": "varchar", "decision": "varchar", "decided_by": "varchar", "decided_at": "timestamp"}]'),
        recursive := true
    )
