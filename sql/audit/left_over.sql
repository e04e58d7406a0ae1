-- What somebody made in an engine's memory and left there: schemas, tables, views, sequences and types. Grain: object.
-- Macros are not looked for: ours go with the connection that made them, and asking for them takes ten times as long as for all the rest.
select schema_name as name from duckdb_schemas() where database_name = 'memory' and schema_name not in ('main', 'information_schema', 'pg_catalog')
union all
select table_name as name from duckdb_tables() where database_name = 'memory'
union all
select view_name as name from duckdb_views() where database_name = 'memory' and not internal
union all
select sequence_name as name from duckdb_sequences() where database_name = 'memory'
union all
select type_name as name from duckdb_types() where database_name = 'memory' and not internal
