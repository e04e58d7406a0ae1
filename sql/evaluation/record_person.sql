-- grain: record. The true person each record is about, and the person it was linked to.
-- Two contacts of one pupil stand in the same row in the same role: the delivered name tells them apart.
with candidate as (
    select
        s.record_id,
        s.extract_id,
        s.source_row,
        t.person_id as true_person_id,
        -- titles come and go between the rows of one record, and MRS GEORGIA looks more like MR BOB than like GEORGIA
        coalesce(jaro_winkler_similarity(
            regexp_replace(upper(r.name_original), '^(MR|MRS|MS|MISS|DR) ', ''),
            regexp_replace(upper(t.name_delivered), '^(MR|MRS|MS|MISS|DR) ', '')
        ), 0) as likeness
    from staging.record_source s
    join staging.person_record r using (record_id)
    join true_appearance t
        on t.source = s.source
        and t.source_row = s.source_row
        and t.role = s.role
        -- the delivery's date stands in the file's name and in the extract's id
        and contains(replace(s.extract_id, '-', ''), regexp_replace(t.file_name, '[^0-9]', '', 'g'))
    where t.person_id is not null
),
best as (
    select record_id, true_person_id
    from candidate
    qualify row_number() over (partition by record_id, extract_id, source_row order by round(likeness, 6) desc, true_person_id) = 1
),
vote as (
    select record_id, true_person_id, count(*) as votes
    from best
    group by record_id, true_person_id
    qualify row_number() over (partition by record_id order by votes desc, true_person_id) = 1
)
select v.record_id, v.true_person_id, p.person_id as found_person_id, t.household_id as true_household_id, t.name_origin
from vote v
join linked.person_record p using (record_id)
join true_person t on t.person_id = v.true_person_id
order by v.record_id
