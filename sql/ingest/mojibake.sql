-- mojibake: cells spoilt by a wrong encoding, and what they mean. Grain: distinct cell.
create or replace temp table mojibake as
select
    unnest($before::varchar[]) as before,
    unnest($after::varchar[]) as after
