-- exclusion_tally: a pupil's suspensions, at lunchtime too, and permanent exclusions in a term; one that was reinstated does not count.
-- Grain: pupil x school x term. An exclusion told by several files counts once, as the last file tells it.
create or replace temp table exclusion_tally as
with standing as (
    select source_person_id, school_urn, start_date, category, max_by(reinstated_date is not null, file_number) as is_reinstated
    from extract.exclusion
    group by source_person_id, school_urn, start_date, category
)
select
    standing.source_person_id,
    standing.school_urn,
    school_term.academic_year,
    school_term.term,
    (count(*) filter (where category <> 'permanent' and not is_reinstated))::integer as suspension_count,
    (count(*) filter (where category = 'permanent' and not is_reinstated))::integer as permanent_exclusion_count
from standing
inner join school_term on standing.start_date between school_term.from_date and school_term.to_date
group by all
