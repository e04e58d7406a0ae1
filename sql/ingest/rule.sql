-- rule: the rules of this delivery, numbered. Grain: rule.
create or replace temp table rule as
select
    unnest(range(1, len($names) + 1))::integer as number,
    unnest($names) as rule,
    unnest($columns) as column_name,
    unnest($headers) as header_name,
    unnest($reasons) as reason
