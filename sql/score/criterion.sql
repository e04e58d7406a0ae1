-- criterion: the criteria in force, one row each, with the span their window means; those that ask the same share criterion_n. Grain: framework x criterion.
select
    unnest(
        from_json(
            $rows::json,
            '[{"position": "integer", "criterion_n": "integer", "measure_n": "integer", "framework_id": "varchar", "criterion_id": "varchar", "headline": "varchar",
            "label": "varchar", "sources": "varchar[]", "undelivered": "varchar[]", "is_delivered": "boolean", "silence": "varchar", "is_for_expecting": "boolean",
            "subject": "varchar", "age_from": "integer", "age_to": "integer", "is_school_age": "boolean", "operator": "varchar",
            "threshold": "double", "unit": "varchar", "window_from": "date", "window_to": "date", "districts": "varchar[]",
            "wards": "varchar[]"}]'
        ),
        recursive := true
    )
