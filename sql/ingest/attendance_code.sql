-- attendance_code: what each mark counts as. Grain: code.
create or replace temp table attendance_code as
select
    unnest($codes) as mark,
    unnest($counts_as) as counts_as
