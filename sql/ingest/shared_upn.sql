-- shared_upn: rows whose UPN had its letter put back and that several pupils have: other references, and another name or date of birth. Grain: row.
create or replace temp table shared_upn as
with mended as (
    select source_row, {upn} as upn, {reference} as reference, concat_ws(' ', {names}) as pupil
    from checked
    where len(list_filter(repairs, lambda repair: repair.number = $repair)) > 0
),
shared as (
    select upn
    from mended
    group by upn
    having count(distinct reference) > 1 and count(distinct pupil) > 1
)
select source_row from mended where upn in (select upn from shared)
