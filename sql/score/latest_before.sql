-- latest_before: the last day before the window of which something is on record that the criterion would have counted. Grain: household x criterion that has any.
select
    subject.household_id,
    criterion.criterion_n,
    max(coalesce(event.to_date, event.from_date)) as latest_date
from measured_before as measured
inner join condition as criterion using (measure_n)
inner join subject using (subject_n)
inner join staging.event as event on event.rowid = measured.event_n
where subject.is_whole
    -- Whom the criterion covers, as in person_assessment.
    and (criterion.subject = 'member' or subject.member_role = criterion.subject)
    and (criterion.age_from is null or subject.age between criterion.age_from and criterion.age_to)
    and (not criterion.is_school_age or subject.is_of_school_age)
group by subject.household_id, criterion.criterion_n
