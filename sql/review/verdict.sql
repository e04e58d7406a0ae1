-- verdict: what stands on pairs and memberships by all answers so far. Grain: kind x subject x other.
select
    unnest(
        from_json(
            $rows::json,
            '[{"kind": "varchar", "subject_id": "varchar", "other_id": "varchar", "decision": "varchar", "is_disputed": "boolean"}]'
        ),
        recursive := true
    )
