-- new_decision: decisions recorded since the last publication's run. Grain: decision.
select unnest(from_json($rows::json, '[{"decision_id": "bigint", "household_id": "varchar", "decision": "varchar", "decided_by": "varchar", "decided_at": "timestamp", "run_id": "varchar"}]'), recursive := true)
