-- What somebody made in an engine's memory and left there: schemas, tables, views, sequences, types and macros. Grain: object.
select schema_name as name from duckdb_schemas() where database_name = 'memory' and schema_name not in ('main', 'information_schema', 'pg_catalog')
union all
select table_name as name from duckdb_tables() where database_name = 'memory'
union all
select view_name as name from duckdb_views() where database_name = 'memory' and not internal
union all
select sequence_name as name from duckdb_sequences() where database_name = 'memory'
union all
select type_name as name from duckdb_types() where database_name = 'memory' and not internal
union all
select function_name as name from duckdb_functions() where database_name = 'memory' and not internal
