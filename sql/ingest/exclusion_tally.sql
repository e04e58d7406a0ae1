-- exclusion_tally: a pupil's suspensions, at lunchtime too, and permanent exclusions in a term; one that was reinstated does not count.
-- Grain: pupil x school x term. What several files tell of a pupil's day at a school counts as the last of them tells it, whatever category it gives:
-- a permanent exclusion that a correction made a suspension does not stay beside it.
create or replace temp table exclusion_tally as
with standing as (
    select source_person_id, school_urn, start_date, category, reinstated_date is not null as is_reinstated
    from extract.exclusion
    qualify file_number = max(file_number) over (partition by source_person_id, school_urn, start_date)
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
