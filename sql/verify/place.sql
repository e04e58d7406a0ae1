-- place: the authority's geography by postcode sector. Grain: sector.
select unnest(from_json($rows::json, '[{"sector": "varchar", "district": "varchar", "cluster": "varchar"}]'), recursive := true)
