-- session_day: each day that marks speak of, its term, and whether it is of the last school days. Grain: day.
-- A table of its own: the planner then knows that it is small, and does not build a hash table of a hundred million marks to join it.
create or replace temp table session_day as
with school_day as (
    select session_date, row_number() over (order by session_date desc) <= $unresolved_days as is_recent
    from (select distinct session_date from extract.session_mark)
)
select school_day.session_date, school_day.is_recent, school_term.academic_year, school_term.term
from school_day
inner join school_term on school_day.session_date between school_term.from_date and school_term.to_date
