-- checked: the delivery's rows in the contract's columns and types, with the rules each breaks. Grain: row of the delivered file.
create or replace temp table checked as
with tidied as (
    select
        source_row,
        fault,
        source_row in (select source_row from duplicate) as is_duplicate,
        {originals}{tidied}
    from delivered
),
known as (
    select * replace ({known}) from tidied
),
decoded as (
    select * replace ({decoded}) from known
),
typed as (
    select *, {typed} from decoded
)
select
    {accepted},
    list_filter([{broken}], lambda rule: rule is not null)::integer[] as broken
from typed
