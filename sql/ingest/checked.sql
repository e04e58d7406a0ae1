-- checked: the delivery's rows in the contract's columns and types, with the rules each breaks and the repairs it got. Grain: row of the delivered file.
create or replace temp table checked as
with tidied as (
    select
        source_row,
        fault,
        source_row in (select source_row from duplicate) as is_duplicate,
        {originals}{cells}{tidied}
    from delivered
),
known as (
    select * replace ({known}) from tidied
),
mended as (
    select * {mended} from known
),
decoded as (
    select * replace ({decoded}) from mended
),
typed as (
    select *, {typed}, {is_stranger} as is_stranger, {is_told_before} as is_told_before, {is_incomplete} as is_incomplete from decoded
)
select
    {accepted},
    -- Of a row that a stray quotation mark ran together with others nobody knows what its cells are, so it breaks that rule alone.
    case {torn} else list_filter([{broken}], lambda rule: rule is not null) end::integer[] as broken,
    list_filter([{repairs}], lambda repair: repair is not null)::struct(number integer, before varchar, after varchar)[] as repairs
from typed
